"""Digits and number words -> figures with their value: 1,200,000, 7-5/8, twenty-five, 1.2 million."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import compiled
from service.sketch.fact_characters import C_COMMA, C_DIGIT, C_OTHER, C_POINT, Kinds
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
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_words import NUMBER, SCALE, STEP
from service.sketch.hashing import CodePoints

WHOLE_MAX: Final = 1_000_000_000
"""Maximum whole part of a number with a fraction behind it."""


@compiled
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
        else:
            break
        at += 1
    is_decimal = n_points == 1 or (n_points == 0 and n_commas == 1 and behind != 3)
    return at, mantissa, -behind if is_decimal else 0


@compiled
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


@compiled
def _fraction(points: CodePoints, kinds: Kinds, digits: Kinds, at: int) -> tuple[int, int, int]:
    """Read a proper fraction of halves, quarters ... that begins here; return its end, 0 if there is none."""
    parts = np.zeros(2, np.int64)
    for i in range(2):
        begin = at
        while at < points.size and at < begin + 3 and points[at] < 0x10000 and kinds[points[at]] == C_DIGIT:
            parts[i] = parts[i] * 10 + int(digits[points[at]])
            at += 1
        if at == begin or at == begin + 3 or (i == 0 and (at >= points.size or points[at] != ord("/"))):
            return 0, 0, 1
        at += i == 0
    over, under = parts[0], parts[1]
    if not 0 < over < under or under & (under - 1) or (at < points.size and points[at] == ord("/")):
        return 0, 0, 1
    return at, over, under


@compiled
def join_figures(out: Numbers, count: int) -> int:
    """Turn number words into figures, "twenty-five" into one, and let a scale multiply the figure before it."""
    kept = 0
    for i in range(count):
        row = out[i]
        bits = row[WORD_CLASS]
        if (
            kept
            and row[KIND] <= DOUBTFUL
            and bits & SCALE
            and out[kept - 1, KIND] == FIGURE
            and row[LETTERS] > 1
        ):
            out[kept - 1, EXPONENT] += row[MANTISSA]
            out[kept - 1, END] = row[END]
            continue
        if row[KIND] <= DOUBTFUL and bits & NUMBER:
            value = row[MANTISSA]
            if (
                kept
                and value < 10
                and row[JOINED]
                and out[kept - 1, KIND] == FIGURE
                and out[kept - 1, LETTERS]
                and out[kept - 1, MANTISSA] < 10
                and out[kept - 1, EXPONENT] == 1
            ):
                out[kept - 1, MANTISSA] = out[kept - 1, MANTISSA] * 10 + value
                out[kept - 1, EXPONENT] = 0
                out[kept - 1, END] = row[END]
                continue
            out[kept] = row
            out[kept, KIND], out[kept, WORD_CLASS], out[kept, EXPONENT] = FIGURE, 0, 0
            while value and value % 10 == 0:
                value //= 10
                out[kept, EXPONENT] += 1
            out[kept, MANTISSA] = value
        else:
            if kept != i:
                out[kept] = row
        kept += 1
    for i in range(kept):
        if out[i, KIND] == FIGURE:
            key = (np.uint64(out[i, MANTISSA]) * np.uint64(31) + np.uint64(out[i, EXPONENT] + 64)) * STEP
            out[i, HASH] = out[i, STEM] = np.int64(key)
    return kept
