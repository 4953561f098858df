"""What a text must survive before it is normalised: runs of combining marks, all of Unicode at once."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

NON_STARTERS_MAX = 30
"""Longest run of combining marks (UAX #15, stream-safe text format: https://www.unicode.org/reports/tr15/)."""

_MARKS_END = 0x20000
"""First code point above all combining marks (tested against unicodedata); the table's last entry is none."""

_ASCII = bytes(range(128))
_FEW_BYTES = 20_000
_PIECE_CHARS = 1_000
_AHEAD_CHARS = 64
"""How many characters to search for a safe split point. Without one, the rest of the text is normalised in one call."""
DISTINCT_MAX = 8_000
"""Maximum number of distinct characters handled one by one; texts with more are processed as a whole."""


@cache
def non_starters() -> frozenset[str]:
    """List all characters whose compatibility decomposition begins with a combining mark.

    Wider than "combining class is not 0": U+0F73, U+0F75 and U+0F81 have class 0 and decompose into marks.
    """
    return frozenset(filter(_is_non_starter, map(chr, range(0x300, _MARKS_END))))


def _is_non_starter(char: str) -> bool:
    if unicodedata.combining(char):
        return True
    return bool(
        unicodedata.decomposition(char) and unicodedata.combining(unicodedata.normalize("NFKD", char)[0])
    )


@cache
def _is_mark() -> NDArray[np.bool_]:
    table = np.zeros(_MARKS_END, dtype=np.bool_)
    table[[ord(char) for char in non_starters()]] = True
    return table


def distinct_beyond_ascii(encoded: bytes) -> frozenset[str]:
    """Return the characters beyond ASCII of a text in UTF-8. Dropping ASCII as bytes makes it cheap.

    Where there are more than DISTINCT_MAX, some of them: then any other may be in the text as well.
    """
    beyond = encoded.translate(None, _ASCII)
    if len(beyond) <= _FEW_BYTES:
        return frozenset(beyond.decode("utf-8", "surrogatepass"))
    points = np.frombuffer(_to_points(beyond.decode("utf-8", "surrogatepass")), dtype="<u4")
    seen = np.zeros(0x110000, dtype=np.bool_)
    seen[points] = True
    return frozenset(map(chr, np.flatnonzero(seen)[: DISTINCT_MAX + 1].tolist()))


def _to_points(text: str) -> bytes:
    return text.encode("utf-32-le", "surrogatepass")


def cap_non_starters(text: str) -> str:
    """Cut runs of combining marks to NON_STARTERS_MAX, so that normalising takes linear time.

    Sorting a run costs its length squared: 160 KB of marks kept `unicodedata.normalize` busy for 7 s.
    """
    if text.isascii():
        return text
    points = np.frombuffer(_to_points(text), dtype="<u4")
    is_mark = _is_mark()[np.minimum(points, _MARKS_END - 1)]
    if np.count_nonzero(is_mark) <= NON_STARTERS_MAX:
        return text
    places = np.arange(len(points))
    last_starter = np.maximum.accumulate(np.where(is_mark, -1, places))
    kept = places - last_starter <= NON_STARTERS_MAX
    if kept.all():
        return text
    return points[kept].tobytes().decode("utf-32-le", "surrogatepass")


def normalise(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Normalise piece by piece: `unicodedata.normalize` returns a piece that needs no change much sooner."""
    pieces, at = [], 0
    while len(text) - at > 2 * _PIECE_CHARS:
        end = at + _PIECE_CHARS
        while end < at + _PIECE_CHARS + _AHEAD_CHARS and not _stands_alone(text[end]):
            end += 1
        if end == at + _PIECE_CHARS + _AHEAD_CHARS:
            break
        pieces.append(unicodedata.normalize(form, text[at:end]))
        at = end
    pieces.append(unicodedata.normalize(form, text[at:]))
    return "".join(pieces)


@lru_cache(maxsize=4_096)
def _stands_alone(char: str) -> bool:
    """Return whether a character never joins the one before it: no mark, no part of a Hangul syllable."""
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.category(first)[0] != "M" and not "\u1100" <= first <= "\u11ff"
