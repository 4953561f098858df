"""Digits and number words -> figures with their value: 1,200,000, 7-5/8, twenty-five, 1.2 million."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing
from service.sketch.fact_characters import (
    C_CLOSE,
    C_COLON,
    C_COMMA,
    C_DASH,
    C_DIGIT,
    C_END,
    C_NEWLINE,
    C_OTHER,
    C_POINT,
    Kinds,
)
from service.sketch.fact_columns import (
    DOUBTFUL,
    END,
    EXPONENT,
    FIGURE,
    HASH,
    JOINED,
    KIND,
    LETTERS,
    MANTISSA,
    STEM,
    TOKEN_COLUMNS,
    UNIT_OF,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_units import ORDINAL, set_unit
from service.sketch.fact_words import NUMBER, SCALE, STEP, UNIT
from service.sketch.hashing import CodePoints

GROUP: Final = 3
"""Number of digits between two marks of thousands."""
_AFTER_GROUP: Final = (C_OTHER, C_NEWLINE, C_POINT, C_COMMA, C_END, C_CLOSE, C_DASH, C_COLON)

WHOLE_MAX: Final = 1_000_000_000
"""Maximum whole part of a number with a fraction behind it."""


@borrowing
def read_number(points: CodePoints, kinds: Kinds, digits: Kinds, at: int) -> tuple[int, int, int]:
    """Read a number that begins here; return the place behind it, its mantissa and its power of ten."""
    size = points.size
    mantissa, n_points, n_commas, behind = 0, 0, 0, 0
    while at < size:
        point = points[at]
        kind = kinds[point] if point < 0x10000 else C_OTHER
        if kind == C_DIGIT:
            if mantissa < 100_000_000_000_000_000:
                mantissa = mantissa * 10 + int(digits[point])
            else:
                mantissa = (mantissa * 31 + int(digits[point])) & 0xFFFFFFFFFFFFFF
            behind += 1
        elif (
            kind in (C_POINT, C_COMMA)
            and at + 1 < size
            and points[at + 1] < 0x10000
            and kinds[points[at + 1]] == C_DIGIT
        ):
            n_points += kind == C_POINT
            n_commas += kind == C_COMMA
            behind = 0
        elif is_grouped_by_blank(points, kinds, at, behind) and not n_points and not n_commas:
            behind = 0
        else:
            break
        at += 1
    is_decimal = n_points == 1 or (n_points == 0 and n_commas == 1 and behind != 3)
    return at, mantissa, -behind if is_decimal else 0


@borrowing
def is_grouped_by_blank(points: CodePoints, kinds: Kinds, at: int, behind: int) -> bool:
    """Return whether a blank stands between the thousands of a number, as in "240 000"; `behind` digits are before."""
    if points[at] != ord(" ") or not 0 < behind <= GROUP or at + GROUP >= points.size:
        return False
    for i in range(at + 1, at + GROUP + 1):
        if points[i] >= 0x10000 or kinds[points[i]] != C_DIGIT:
            return False
    behind_it = at + GROUP + 1
    return (
        behind_it == points.size or points[behind_it] >= 0x10000 or kinds[points[behind_it]] in _AFTER_GROUP
    )


@borrowing
def with_fraction(
    points: CodePoints, kinds: Kinds, digits: Kinds, start: int, at: int, mantissa: int, exponent: int
) -> tuple[int, int, int]:
    """Read the fraction that a number is part of, as in "7-5/8" or "1/2"; all else comes back as it was.

    Only halves of halves: prices have these, and dates and seasons ("1986/87") rarely look so.
    """
    if exponent or mantissa > WHOLE_MAX or at >= points.size:
        return at, mantissa, exponent
    if points[at] == ord("/"):
        end, over, under = _fraction(points, kinds, digits, start)
        mantissa = 0
    elif points[at] == ord("-") or points[at] == ord(" "):
        end, over, under = _fraction(points, kinds, digits, at + 1)
    else:
        return at, mantissa, exponent
    if end:
        at = end
        while under > 1:
            mantissa, over, under, exponent = mantissa * 10, over * 5, under // 2, exponent - 1
        mantissa += over
    elif points[at] == ord("/"):
        _, mantissa, exponent = read_number(points, kinds, digits, start)
    return at, mantissa, exponent


@borrowing
def _fraction(points: CodePoints, kinds: Kinds, digits: Kinds, at: int) -> tuple[int, int, int]:
    """Read a proper fraction of halves, quarters ... that begins here; return its end, 0 if there is none."""
    over, under = 0, 0
    for is_over in (True, False):
        begin, value = at, 0
        while at < points.size and at < begin + 3 and points[at] < 0x10000 and kinds[points[at]] == C_DIGIT:
            value = value * 10 + int(digits[points[at]])
            at += 1
        if at == begin or at == begin + 3 or (is_over and (at >= points.size or points[at] != ord("/"))):
            return 0, 0, 1
        if is_over:
            over = value
            at += 1
        else:
            under = value
    if not 0 < over < under or under & (under - 1) or (at < points.size and points[at] == ord("/")):
        return 0, 0, 1
    return at, over, under


@borrowing
def join_figures(out: Numbers, count: int) -> int:
    """Turn number words into figures, "twenty-five" into one, and let a scale multiply the figure before it."""
    kept = 0
    for i in range(count):
        bits = out[i, WORD_CLASS] if out[i, KIND] <= DOUBTFUL else 0
        last = kept - 1
        follows = kept > 0 and out[last, KIND] == FIGURE
        if bits & SCALE and follows and out[i, LETTERS] > 1:
            out[last, EXPONENT] += out[i, MANTISSA]
            out[last, END] = out[i, END]
            continue
        if bits & NUMBER and follows and _completes(out, last, i):
            out[last, MANTISSA] = out[last, MANTISSA] * 10 + out[i, MANTISSA]
            out[last, EXPONENT] = 0
            out[last, END] = out[i, END]
            out[last, UNIT_OF] |= ORDINAL if bits & UNIT else 0
            continue
        if kept != i:
            for column in range(TOKEN_COLUMNS):
                out[kept, column] = out[i, column]
        if bits & NUMBER and not (bits & UNIT and follows):  # "a 10-second gap"
            out[kept, KIND], out[kept, WORD_CLASS], out[kept, EXPONENT] = FIGURE, 0, 0
            out[kept, UNIT_OF] = ORDINAL if bits & UNIT else 0
            while out[kept, MANTISSA] and out[kept, MANTISSA] % 10 == 0:
                out[kept, MANTISSA] //= 10
                out[kept, EXPONENT] += 1
        kept += 1
    for i in range(kept):
        if out[i, KIND] == FIGURE:
            set_unit(out, i, kept)
            out[i, HASH] = out[i, STEM] = np.int64(figure_hash(out[i, MANTISSA], out[i, EXPONENT]))
    return kept


@borrowing
def _completes(tokens: Numbers, tens: int, i: int) -> bool:
    """Return whether a number word is the "five" of "twenty-five"."""
    return bool(
        tokens[i, MANTISSA] < 10
        and tokens[i, JOINED]
        and tokens[tens, LETTERS]
        and tokens[tens, MANTISSA] < 10
        and tokens[tens, EXPONENT] == 1
    )


@borrowing
def figure_hash(mantissa: int, exponent: int) -> np.uint64:
    """Hash a figure by its value."""
    return np.uint64((np.uint64(mantissa) * np.uint64(31) + np.uint64(exponent + 64)) * STEP)
