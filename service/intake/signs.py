"""Tell in one pass over its bytes whether one of many words stands in a text: most texts hold none of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import compiled

Bytes = npt.NDArray[np.uint8]

_COMMON: Final = b"bpzqxjkvygfwmucldrhsnioate "
"""Bytes from rare to common in texts, after two that many signs share; those beyond ASCII are rarer still."""


def anchor_of(sign: bytes) -> int:
    """Return the place of the byte of a sign that is rarest in texts."""
    return min(range(len(sign)), key=lambda at: _COMMON.find(sign[at]))


def sign_table(signs: Iterable[bytes]) -> tuple[Bytes, Bytes]:
    """Return a row for each sign, and where the rows of each anchor begin and end: uint8[256, 2].

    A row holds the length of the sign, the place of its anchor, and its bytes; rows are sorted by their anchors.
    """
    ordered = sorted(signs, key=lambda sign: sign[anchor_of(sign)])
    table = np.zeros((len(ordered), max(map(len, ordered)) + 2), np.uint8)
    rows = np.zeros((256, 2), np.uint8)
    for place, sign in enumerate(ordered):
        table[place, : len(sign) + 2] = (len(sign), anchor_of(sign), *sign)
        anchor = sign[anchor_of(sign) :][:1]
        for byte in (*anchor, *anchor.upper()):
            rows[byte] = (rows[byte, 0] if rows[byte, 1] else place, place + 1)
    return table, rows


class Signs:
    """Words and parts of words in small letters, 255 at most."""

    def __init__(self, words: Iterable[str]) -> None:
        self._tables = sign_table(word.encode() for word in words)

    def stand_in(self, text: str) -> bool:
        """Return whether one of them stands in a text; capital letters of ASCII count as small ones.

        >>> Signs(["retract", "düzelt"]).stand_in("The paper retracted it")
        True
        """
        encoded = text.encode("utf-8", "surrogatepass")
        return bool(_stand_in(np.frombuffer(encoded, np.uint8), *self._tables))


@compiled
def _stand_in(encoded: Bytes, signs: Bytes, rows: Bytes) -> bool:
    at = 0
    while at < encoded.size and not (rows[encoded[at], 1] and stands_at(encoded, at, signs, rows)):
        at += 1
    return at < encoded.size


@compiled
def stands_at(encoded: Bytes, anchor: int, signs: Bytes, rows: Bytes) -> bool:
    """Tell whether a sign stands around its anchor."""
    byte_there = encoded[anchor]
    for row in range(rows[byte_there, 0], rows[byte_there, 1]):
        size, start = signs[row, 0], anchor - signs[row, 1]
        if start < 0 or start + size > encoded.size:
            continue
        same = 0
        while same < size:
            byte = encoded[start + same]
            if 0x41 <= byte <= 0x5A:
                byte |= 0x20
            if byte != signs[row, 2 + same]:
                break
            same += 1
        if same == size:
            return True
    return False
