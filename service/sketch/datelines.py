"""Find where the dateline of a line ends."""

from __future__ import annotations

from typing import Final

from service.compiled import compiled
from service.sketch.fact_characters import (
    C_APOSTROPHE,
    C_COLON,
    C_COMMA,
    C_DASH,
    C_DIGIT,
    C_LOWER,
    C_OTHER,
    C_POINT,
    C_UPPER,
    Kinds,
)
from service.sketch.hashing import CodePoints

DATELINE_CHARS_MAX: Final = 80
DATELINE_WORDS_MAX: Final = 8
AGENCY_CHARS_MAX: Final = 24


@compiled
def dateline_end(points: CodePoints, kinds: Kinds, begin: int) -> int:
    """Return where the dateline that begins here ends, as in "OSTBY, May 3 (Agency) -"; its start if there is none."""
    at, words, capitals = begin, 0, 0
    end = min(points.size, begin + DATELINE_CHARS_MAX)
    while at < end and points[at] < 0x10000:
        point = points[at]
        kind = kinds[point]
        if kind in (C_UPPER, C_DIGIT):
            capitals += kind == C_UPPER
            words += 1
            while (
                at < end
                and points[at] < 0x10000
                and kinds[points[at]] in (C_UPPER, C_LOWER, C_DIGIT, C_APOSTROPHE)
            ):
                at += 1
            if words > DATELINE_WORDS_MAX:
                return begin
            continue
        if point == ord("("):
            close = at + 1
            while (
                close < end
                and close < at + AGENCY_CHARS_MAX
                and points[close] < 0x10000
                and kinds[points[close]] in (C_UPPER, C_LOWER, C_DIGIT, C_OTHER, C_POINT)
                and points[close] != ord(")")
            ):
                close += 1
            if close < end and points[close] == ord(")") and close > at + 1 and (capitals or at == begin):
                return _behind(points, kinds, close + 1)
            return begin
        if point == ord("/"):
            close = at + 1
            while close < end and points[close] < 0x10000 and kinds[points[close]] == C_UPPER:
                close += 1
            if close > at + 1 and close < end and points[close] == ord("/"):
                return _behind(points, kinds, close + 1)
            return begin
        if kind == C_DASH:
            is_double = at + 1 < end and points[at + 1] < 0x10000 and kinds[points[at + 1]] == C_DASH
            is_apart = (
                at > begin and points[at - 1] == ord(" ") and at + 1 < end and points[at + 1] == ord(" ")
            )
            if capitals and (point != ord("-") or is_double or is_apart):
                return _behind(points, kinds, at)
            if not (
                at + 1 < end
                and points[at + 1] < 0x10000
                and kinds[points[at + 1]] == C_UPPER
                and at > begin
                and points[at - 1] != ord(" ")
            ):
                return begin
        elif kind != C_POINT and kind != C_COMMA and point not in (ord(" "), ord("["), ord("]")):
            return begin
        at += 1
    return begin


@compiled
def _behind(points: CodePoints, kinds: Kinds, at: int) -> int:
    """Skip dashes, stops, colons and blanks."""
    while (
        at < points.size
        and points[at] < 0x10000
        and (kinds[points[at]] in (C_DASH, C_POINT, C_COLON) or points[at] == ord(" "))
    ):
        at += 1
    return at
