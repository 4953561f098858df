"""Tell which figures of a line are those of a date or a time."""

from __future__ import annotations

from typing import Final

from service.compiled import borrowing
from service.languages.en.fact_units import CLOCK, MEMBER_BITS
from service.sketch.fact_columns import (
    END,
    EXPONENT,
    FIGURE,
    GLUED,
    KIND,
    MANTISSA,
    NAME,
    START,
    UNIT_OF,
    WORD,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_units import RECKONED, UNIT_MASK
from service.sketch.fact_words import AUXILIARY, DATE

DAYS_MAX: Final = 31
"""Highest figure that is taken for a day of a month."""
PACKED_YEARS: Final = 10_000
"""What a date without blanks is divided by for its year."""
SIXTIETHS_END: Final = 60
"""Figure that minutes and seconds stay below."""
YEARS_FROM: Final = 1_900
YEARS_END: Final = 2_100
"""Figures from the first on and below the second are taken for years."""


@borrowing
def _value(tokens: Numbers, i: int) -> float:
    """Return the value of a figure; -1 where no figure stands."""
    return tokens[i, MANTISSA] * 10.0 ** tokens[i, EXPONENT] if tokens[i, KIND] == FIGURE else -1.0


@borrowing
def is_year(tokens: Numbers, i: int) -> bool:
    """Return whether a figure may be a year."""
    return bool(YEARS_FROM <= _value(tokens, i) < YEARS_END)


@borrowing
def _is_of_a_date(tokens: Numbers, first: int, i: int) -> bool:
    """Return whether a figure may be a day, a year, or the minutes behind an hour."""
    value = _value(tokens, i)
    if is_year(tokens, i) or 0 <= value <= DAYS_MAX or tokens[i, UNIT_OF] & RECKONED:
        return True
    if i > first and 0 <= _value(tokens, i - 1) <= DAYS_MAX and value < SIXTIETHS_END:
        return True
    year = value % PACKED_YEARS  # "13.05.2026" is one figure
    return bool(PACKED_YEARS < value <= DAYS_MAX * PACKED_YEARS * 100 and YEARS_FROM <= year < YEARS_END)


@borrowing
def is_time(tokens: Numbers, i: int) -> bool:
    """Return whether a figure is the hour of a day, in either half of it."""
    return bool((tokens[i, UNIT_OF] & UNIT_MASK) >> MEMBER_BITS == CLOCK)


@borrowing
def is_may(tokens: Numbers, i: int) -> bool:
    """Return whether a word is the month of May, or the name: written with a capital inside a sentence."""
    bits = tokens[i, WORD_CLASS]
    return bool((tokens[i, KIND] == NAME) & (bits & DATE != 0) & (bits & AUXILIARY != 0))


@borrowing
def _names_month(tokens: Numbers, first: int, end: int, i: int) -> bool:
    """Return whether a word makes the figure beside it one of a date or a time: "3 May", not "Ida May 3"."""
    bits = tokens[i, WORD_CLASS]
    if not bits & DATE:
        return False
    if bits & AUXILIARY:  # "may"
        is_surname = i > first and tokens[i - 1, KIND] == NAME and tokens[i, START] == tokens[i - 1, END] + 1
        if tokens[i, KIND] == WORD or is_surname:
            return False
    before = i > first and tokens[i - 1, KIND] == FIGURE
    return bool(before or (i + 1 < end and tokens[i + 1, KIND] == FIGURE))


@borrowing
def _tells_date(tokens: Numbers, first: int, end: int) -> bool:
    """Return whether these tokens tell a date or a time: with a month, by three figures as in 13.05.2026, or 3 p.m."""
    for i in range(first, end):
        if is_time(tokens, i) or _names_month(tokens, first, end, i):
            return True
        if i + 2 < end and (is_year(tokens, i) or is_year(tokens, i + 2)):
            others = _value(tokens, i + 1), _value(tokens, i + 2 if is_year(tokens, i) else i)
            if min(others) > 0 and max(others) <= DAYS_MAX:
                return True
    return False


@borrowing
def has_figures_of_dates(tokens: Numbers, first: int, end: int, is_placed: bool) -> bool:
    """Return whether all figures among these tokens are those of a date; true without figures.

    `is_placed`: the date stands where the form of the line has one, so its month may be in any language.
    """
    is_dated = is_placed or _tells_date(tokens, first, end)
    for i in range(first, end):
        kind = tokens[i, KIND]
        if kind == GLUED or (kind == FIGURE and not (is_dated and _is_of_a_date(tokens, first, i))):
            return False
    return True
