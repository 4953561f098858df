"""Pick the lines of a text that may be furniture, in one pass over its bytes: most lines of most texts are prose.

A line may mislead; furniture that is told by its beginning or its end never goes unpicked.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.intake.cleaning.furniture_lines import EDGE
from service.intake.signs import anchor_of, sign_table, stands_at
from service.languages import furniture

Bytes = npt.NDArray[np.uint8]

HASH_BITS: Final = 16
"""Number of bits of the hash under which a beginning stands in the table: a few hundred among 65,536."""

_MULTIPLIER: Final = 0x9E3779B1
_EDGE, _DIGIT, _CLOSING, _STOP, _ANCHOR, _NEWLINE = 1, 2, 4, 8, 16, 32


def _hash_of(head: bytes) -> int:
    key = int.from_bytes(head, "little")
    return (key * _MULTIPLIER & 0xFFFFFFFF) >> (32 - HASH_BITS)


def _head_table() -> npt.NDArray[np.uint8]:
    """Tabulate which lengths of beginnings have a hash, as bits."""
    table = np.zeros(1 << HASH_BITS, np.uint8)
    for head in furniture.HEADS:
        if head.isascii():
            table[_hash_of(head.encode())] |= 1 << len(head) - 1
    return table


def _byte_table() -> npt.NDArray[np.uint8]:
    table = np.zeros(256, np.uint8)
    table[[ord(mark) for mark in EDGE if mark.isascii()]] |= _EDGE
    table[list(b"0123456789")] |= _DIGIT
    table[list(b")]")] |= _CLOSING
    table[ord(".")] |= _STOP
    table[ord("\n")] |= _NEWLINE
    for sign in furniture.SIGNS:
        anchor = sign[anchor_of(sign) :][:1]
        table[[*anchor, *anchor.upper()]] |= _ANCHOR
    return table


_TABLES: Final = (_head_table(), _byte_table(), *sign_table(furniture.SIGNS))


def lines_in_doubt(encoded: bytes) -> list[list[int]]:
    """Return pairs: the place of a line of a text in UTF-8 that may be furniture, and 1 where a sign in it tells so."""
    found = np.empty((encoded.count(b"\n") + 1, 2), np.int32)
    count = _pick(np.frombuffer(encoded, np.uint8), *_TABLES, found)
    picked: list[list[int]] = found[:count].tolist()
    return picked


@compiled
def _pick(
    encoded: Bytes, heads: Bytes, kinds: Bytes, signs: Bytes, rows: Bytes, found: npt.NDArray[np.int32]
) -> int:
    count, line, start = 0, 0, 0
    has_sign = False
    for i in range(encoded.size + 1):
        kind = kinds[encoded[i]] if i < encoded.size else np.uint8(32)
        if not kind & 48:
            continue
        if kind & 16:
            has_sign = has_sign or stands_at(encoded, i, signs, rows)
            continue
        if i > start and (
            has_sign or _begins(encoded, start, i, heads, kinds) or _ends(encoded, start, i, kinds)
        ):
            found[count, 0] = line
            found[count, 1] = has_sign
            count += 1
        line += 1
        start = i + 1
        has_sign = False
    return count


@compiled
def _begins(encoded: Bytes, start: int, end: int, heads: Bytes, kinds: Bytes) -> bool:
    """Tell whether a line, or what follows the marks before it, begins as furniture may."""
    if _begins_here(encoded, start, end, heads):
        return True
    bare = start
    while bare < end:
        if kinds[encoded[bare]] & 1:
            bare += 1
        elif (
            bare + 2 < end and encoded[bare] == 0xE2 and encoded[bare + 1] == 0x80
        ):  # dashes, quotation marks
            bare += 3
        else:
            break
    return bare > start and _begins_here(encoded, bare, end, heads)


@compiled
def _begins_here(encoded: Bytes, start: int, end: int, heads: Bytes) -> bool:
    """Tell whether bytes begin as one of the table, beyond ASCII, or are too few to be told."""
    if end - start <= 4:
        return True
    key = np.uint32(0)
    at = start
    for place in range(4):
        if at >= end:
            return True
        byte = encoded[at]
        at += 1
        if byte >= 0x80:
            if byte != 0xE2 or encoded[at] != 0x80:
                return True
            if encoded[at + 1] != 0x99:
                return False
            byte = np.uint8(0x27)  # a typographic apostrophe
            at += 2
        if 0x41 <= byte <= 0x5A:
            byte |= 0x20
        key |= np.uint32(byte) << np.uint32(8 * place)
        if heads[np.uint32(key * np.uint32(0x9E3779B1)) >> np.uint32(16)] & (1 << place):
            return True
    return False


@compiled
def _ends(encoded: Bytes, start: int, end: int, kinds: Bytes) -> bool:
    """Tell whether a line ends as captions and data of images do, or beyond ASCII with no quotation mark."""
    last = encoded[end - 1]
    if last >= 0x80:
        return bool(end - start < 3 or encoded[end - 3] != 0xE2 or encoded[end - 2] != 0x80)
    if kinds[last] & 8:
        return bool(kinds[encoded[end - 2]] & 12)
    return bool(kinds[last] & 6)
