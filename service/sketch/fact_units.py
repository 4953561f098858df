"""Tell the unit or currency of a figure, and read times of day: 6 p.m., 6pm and 18:00 are one."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing
from service.languages.en.fact_units import (
    CLOCK,
    LENGTH,
    MEMBER_BITS,
    MONEY,
    SHARE,
    SIGNS,
    SPEED,
    TEMPERATURE,
    UNIT_WORDS,
    unit,
)
from service.sketch.fact_characters import C_DIGIT, C_LOWER, C_UPPER, Kinds
from service.sketch.fact_columns import (
    CAPITALS,
    DOUBTFUL,
    FIGURE,
    GAP,
    GAP_NONE,
    HASH,
    KIND,
    LETTERS,
    MANTISSA,
    NAME,
    UNIT_OF,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_words import UNIT, word_hash
from service.sketch.hashing import CodePoints

RECKONED: Final = 256
"""Bit beside the number of a unit: the figure is a time of day, which older versions read otherwise."""
ORDINAL: Final = 512
"""Bit beside the number of a unit: the figure is an ordinal, "third" or "3rd"."""
UNIT_MASK: Final = 255
AM: Final = unit(CLOCK, 1)
PM: Final = unit(CLOCK, 2)
NOON: Final = 12
HOURS: Final = 24
MINUTES: Final = 60

_DOLLAR, _EURO, _POUND, _YEN, _PERCENT_SIGN = (ord(sign) for sign in "$€£¥%")
_UNITS_OF_SIGNS: Final = tuple(SIGNS[sign] for sign in "$€£¥%")
_PERCENT: Final = UNIT_WORDS["percent"]
_CENT: Final = UNIT_WORDS["cent"]
_CELSIUS: Final = UNIT_WORDS["celsius"]
_BASIS_POINTS: Final = UNIT_WORDS["bp"]
_MILE: Final = UNIT_WORDS["mile"]
_KM: Final = UNIT_WORDS["km"]
_PER, _AN, _HOUR, _H, _DEGREES, _PERCENTAGE, _BASIS = (
    np.int64(np.uint64(word_hash(word))) for word in "per an hour h degrees percentage basis".split()
)
_A, _P, _M, _BLANK, _POINT, _COLON = (ord(char) for char in "apm .:")


@borrowing
def unit_of_sign(point: int) -> int:
    """Return the unit that a sign stands for; 0 for any other character."""
    if point == _DOLLAR:
        return _UNITS_OF_SIGNS[0]
    if point == _EURO:
        return _UNITS_OF_SIGNS[1]
    if point == _POUND:
        return _UNITS_OF_SIGNS[2]
    if point == _YEN:
        return _UNITS_OF_SIGNS[3]
    return _UNITS_OF_SIGNS[4] if point == _PERCENT_SIGN else 0


@borrowing
def sign_around(points: CodePoints, start: int, end: int) -> int:
    """Return the unit of a sign before or behind a figure, a blank between them or not; 0 without one."""
    if start and unit_of_sign(points[start - 1]):
        return unit_of_sign(points[start - 1])
    if start > 1 and points[start - 1] == _BLANK and unit_of_sign(points[start - 2]) in _UNITS_OF_SIGNS[:4]:
        return unit_of_sign(points[start - 2])
    if end < points.size and points[end] == _BLANK:
        end += 1
    return unit_of_sign(points[end]) if end < points.size else 0


@borrowing
def _two_digits(points: CodePoints, kinds: Kinds, at: int) -> int:
    """Return the number that two digits make which begin here; -1 where there are fewer or more."""
    if at + 2 > points.size or points[at] > ord("9") or points[at + 1] > ord("9"):
        return -1
    if kinds[points[at]] != C_DIGIT or kinds[points[at + 1]] != C_DIGIT:
        return -1
    if at + 2 < points.size and (points[at + 2] == _COLON or (ord("0") <= points[at + 2] <= ord("9"))):
        return -1
    return int(points[at] - ord("0")) * 10 + int(points[at + 1] - ord("0"))


@borrowing
def read_clock(
    points: CodePoints, kinds: Kinds, at: int, mantissa: int, exponent: int
) -> tuple[int, int, int, int]:
    """Read what makes a figure a time of day; return the place behind it, the value, hours before the point, and unit.

    The unit is 0 where the figure is none. Hours count to twelve, as "6.30 p.m." has them.
    """
    hour, minute, unit_found = mantissa * 10 ** min(exponent, 2) if exponent >= 0 else -1, -1, 0
    if 0 <= hour < HOURS and at < points.size and points[at] == _COLON:
        minute = _two_digits(points, kinds, at + 1)
        if 0 <= minute < MINUTES:
            at += 3
            unit_found = RECKONED
            if hour > NOON or hour == 0:
                unit_found |= PM if hour > NOON else AM
                hour = hour - NOON if hour > NOON else NOON
            mantissa, exponent = hour * 100 + minute, -2
    behind, half = _half_of_day(points, kinds, at)
    if half and mantissa < (NOON + 1) * 100:
        at, unit_found = behind, unit_found & RECKONED | half
    return at, mantissa, exponent, unit_found


@borrowing
def _half_of_day(points: CodePoints, kinds: Kinds, at: int) -> tuple[int, int]:
    """Return the place behind "am", "p.m." or the like, and the unit; 0 if it does not stand here."""
    size = points.size
    if at < size and points[at] == _BLANK:
        at += 1
    if at + 1 >= size or points[at] | 32 not in (_A, _P):
        return at, 0
    half = AM if points[at] | 32 == _A else PM
    at += 1
    is_pointed = points[at] == _POINT
    at += is_pointed
    at += is_pointed and at < size and points[at] == _BLANK
    if at >= size or points[at] | 32 != _M:
        return at, 0
    at += 1
    if at < size and points[at] < 0x10000 and kinds[points[at]] in (C_LOWER, C_UPPER, C_DIGIT):
        return at, 0
    if is_pointed and at < size and points[at] == _POINT and _goes_on(points, kinds, at + 1):
        at += 1
    return at, half


@borrowing
def _goes_on(points: CodePoints, kinds: Kinds, at: int) -> bool:
    """Return whether a sentence goes on behind a point: with a small letter, a figure or another mark."""
    while at < points.size and points[at] == _BLANK:
        at += 1
    if at == points.size or points[at] >= 0x10000:
        return False
    return bool(
        kinds[points[at]] in (C_LOWER, C_DIGIT) or points[at] in (ord(","), ord(";"), ord("-"), ord(")"))
    )


@borrowing
def unit_behind(tokens: Numbers, i: int, size: int) -> int:
    """Return the unit that stands in words behind a figure, or before it as in "EUR 5 million"; 0 without one."""
    at = i + 1
    if at < size and tokens[at, GAP] == GAP_NONE:
        h = tokens[at, HASH]
        is_part = h in (_DEGREES, _PERCENTAGE, _BASIS) or tokens[at, KIND] in (NAME, DOUBTFUL)
        if (
            is_part
            and not tokens[at, WORD_CLASS] & UNIT
            and at + 1 < size
            and tokens[at + 1, GAP] == GAP_NONE
        ):
            found = _unit_at(tokens, at + 1, size)
            group = found >> MEMBER_BITS
            if h == _BASIS:
                return _BASIS_POINTS if group == SHARE else 0
            is_fit = group == (TEMPERATURE if h == _DEGREES else (SHARE if h == _PERCENTAGE else MONEY))
            return found if is_fit else 0
        found = _unit_at(tokens, at, size)
        if found:
            return found
    if (
        i
        and tokens[i, GAP] == GAP_NONE
        and tokens[i - 1, WORD_CLASS] & UNIT
        and tokens[i - 1, KIND] != FIGURE
    ):
        is_code = tokens[i - 1, LETTERS] == tokens[i - 1, CAPITALS] == 3
        if is_code and tokens[i - 1, MANTISSA] >> MEMBER_BITS == MONEY:
            return int(tokens[i - 1, MANTISSA])
    return 0


@borrowing
def _unit_at(tokens: Numbers, at: int, size: int) -> int:
    """Return the unit that the words from here on name."""
    following = tokens[at + 1, HASH] if at + 1 < size and tokens[at + 1, GAP] == GAP_NONE else 0
    if tokens[at, HASH] == _PER and following and tokens[at + 1, WORD_CLASS] & UNIT:
        return _PERCENT if tokens[at + 1, MANTISSA] == _CENT else 0
    if tokens[at, KIND] == FIGURE or not tokens[at, WORD_CLASS] & UNIT:
        return 0
    found = int(tokens[at, MANTISSA])
    if found >> MEMBER_BITS == TEMPERATURE and tokens[at, LETTERS] == 1 and not tokens[at, CAPITALS]:
        return _CENT if found == _CELSIUS else 0
    return _with_hour(tokens, at + 1, size, found)


@borrowing
def _with_hour(tokens: Numbers, at: int, size: int, found: int) -> int:
    """Return the unit of speed for a unit of length with "per hour" or "/h" behind it; all else as it is."""
    if (found != _MILE and found != _KM) or at >= size or tokens[at, GAP] != GAP_NONE:
        return found
    h = tokens[at, HASH]
    is_speed = h in (_PER, _AN) and at + 1 < size and tokens[at + 1, HASH] == _HOUR
    return found + (SPEED - LENGTH << MEMBER_BITS) if is_speed or h == _H else found


@borrowing
def set_unit(tokens: Numbers, i: int, size: int) -> None:
    """Note the unit of a figure, or of what is glued to it and the words behind."""
    found = int(tokens[i, UNIT_OF]) & UNIT_MASK
    found = _with_hour(tokens, i + 1, size, found) if found else unit_behind(tokens, i, size)
    tokens[i, UNIT_OF] = tokens[i, UNIT_OF] & (RECKONED | ORDINAL) | found


@borrowing
def glued_unit(value: int, is_capital: bool) -> int:
    """Return the unit of the letters that are glued to a figure: a small "c" is a cent."""
    if value >> MEMBER_BITS == TEMPERATURE and not is_capital:
        return _CENT if value == _CELSIUS else 0
    return value
