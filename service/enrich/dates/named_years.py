"""Read years told in words, business years, and holidays whose name ends with a unit of time."""

from __future__ import annotations

from service.enrich.dates.counts_and_years import (
    LAST_WORDS,
    NEXT_WORDS,
    THIS_WORDS,
    YEAR_MAX,
    YEAR_MIN,
    with_the,
)
from service.enrich.dates.expressions import Calendar, Mention, Unsettled
from service.enrich.dates.holidays import read_boxing_day, read_new_year
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.number_words import cardinal
from service.enrich.lexer.numerals import CARDINAL


def read_year_in_words(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "the year two thousand and six"."""
    read = cardinal(tokens, i + 1) if CARDINAL[tokens.code[i + 1]] > 0 else None
    if read is None or not YEAR_MIN <= read.value <= YEAR_MAX:
        return None
    return Mention(with_the(tokens, i, floor), read.end, "date", Calendar(int(read.value)))


def read_holiday_unit(tokens: Tokens, i: int, unit: str, floor: int) -> Mention | None:
    """Read "New Year's Day" and "Boxing Day" at their unit."""
    if unit == "Y":
        return read_new_year(tokens, i, floor)
    return read_boxing_day(tokens, i, floor) if unit == "D" else None


def read_fiscal_year(tokens: Tokens, i: int, k: int, floor: int) -> Mention | None:
    """Read "the current fiscal year": which one, the business knows."""
    code = tokens.code
    first = (
        k - 1 if code[k - 1] in THIS_WORDS or code[k - 1] in LAST_WORDS or code[k - 1] in NEXT_WORDS else k
    )
    start = with_the(tokens, first, floor)
    return Mention(start, i + 1, "date", Unsettled("of a business year")) if start < k else None
