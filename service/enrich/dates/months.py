"""Dates around a month: "20 November 2023", "Nov. 20", "Sept. 20-24", "last October", "January-November"."""

from __future__ import annotations

from service.enrich.dates.direction import way_of
from service.enrich.dates.expressions import FUTURE, NEAREST, PAST, Between, Calendar, Mention
from service.enrich.dates.phrases import (
    COLON,
    COMMA,
    DASHES,
    DOT,
    EARLY,
    HYPHENS,
    LAST_WORDS,
    NEXT_WORDS,
    OF,
    ORDINAL,
    START_END,
    TH,
    THIS_WORDS,
    whole,
    with_the,
    year_behind,
)
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE, LOWER, SYMBOL
from service.enrich.lexer.tokens import Tokens
from service.enrich.lexer.vocabulary import NUMBER, codes_of, table
from service.languages.en.words import date_cues, time

MONTH = table(time.MONTHS, 0)
_WEEKDAY = table(time.WEEKDAYS, 0)
_FULL_NAMES = codes_of(word for word in time.MONTHS if len(word) > 4) | codes_of("may june july")
_VERBS = codes_of("may march")
"""Months that are words too: a date only with a day, a year, or a word before them that wants a month."""
_MONTH_BEFORE = codes_of(date_cues.MONTH_BEFORE)
_ABOUT = codes_of("about around")
_DAYS = range(1, 32)


def read_month(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """The date around the month at token `i`, with weekday, day and year, "early" and "last" before it."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    if mark[i] == LOWER:
        return None
    month = MONTH[code[i]]
    short = code[i] not in _FULL_NAMES
    j = i + 1
    if short and code[j] == DOT and gap[j] == GAP_NONE:
        j += 1
    first, day, last_day = _day_before(tokens, i, floor)
    if day is None:
        behind = _day_behind(tokens, j)
        if behind:
            day, last_day, j = behind
    year, j = year_behind(tokens, j)
    alone = day is None and year is None
    if alone:
        if ((short and j == i + 1) or code[i] in _VERBS) and code[i - 1] not in _MONTH_BEFORE:
            return None
        if code[j] in DASHES and MONTH[code[j + 1]] and mark[j + 1] != LOWER and gap[j] == gap[j + 1]:
            return _months(tokens, i, j, month)
    first = _with_weekday(tokens, first, floor) if day is not None else _with_early(tokens, first, floor)
    way = NEAREST
    if year is None:
        first, way = _with_last(tokens, first, j, floor, day is None)
    calendar = Calendar(year, month, day, way)
    if last_day is None or day is None:
        return Mention(first, j, "date", calendar)
    return Mention(first, j, "date", Between(calendar, Calendar(year, month, last_day, way)))


def _day_before(tokens: Tokens, i: int, floor: int) -> tuple[int, int | None, int | None]:
    """Read "20 November", "the 20th of November", "20-24 November": first token, day, last day."""
    code, gap = tokens.code, tokens.gap
    if gap[i] == GAP_LINE:
        return i, None, None
    k = i - 2 if code[i - 1] == OF else i - 1
    if code[k] in TH and gap[k] == GAP_NONE:
        k -= 1
    day = whole(tokens, k, 2) if k >= floor else -1
    if day not in _DAYS:
        return i, None, None
    if code[k - 1] in DASHES and k - 2 >= floor and 0 < whole(tokens, k - 2, 2) < day:
        return k - 2, whole(tokens, k - 2, 2), day
    return with_the(tokens, k, floor), day, None


def _day_behind(tokens: Tokens, j: int) -> tuple[int, int | None, int] | None:
    """Read "20", "3rd", "eighth", "20-24" behind a month: day, last day, token behind."""
    code, gap = tokens.code, tokens.gap
    if gap[j] == GAP_LINE:
        return None
    if code[j] != NUMBER:
        return (ORDINAL[code[j]], None, j + 1) if ORDINAL[code[j]] else None
    day = whole(tokens, j, 2)
    if day not in _DAYS:
        return None
    after = j + 1
    if gap[after] != GAP_NONE:
        return day, None, after
    if code[after] in TH:
        return day, None, after + 1
    if tokens.mark[after] != SYMBOL or (code[after] == COLON and code[after + 1] == NUMBER):
        return None
    last_day = whole(tokens, after + 1, 2) if code[after] in DASHES and gap[after + 1] == GAP_NONE else -1
    if day < last_day <= 31:
        return day, last_day, after + 2
    return day, None, after


def _months(tokens: Tokens, i: int, j: int, month: int) -> Mention:
    """January-November [2023]: a period; one that ends before it begins began in the year before."""
    other = MONTH[tokens.code[j + 1]]
    year, last = year_behind(tokens, j + 2)
    way = NEAREST if year else way_of(tokens, i, last)
    low = year - 1 if year and other < month else year
    return Mention(
        i, last, "date", Between(Calendar(low, month, None, way), Calendar(year, other, None, way))
    )


def _with_weekday(tokens: Tokens, first: int, floor: int) -> int:
    """Take in "Friday," or "around" before a day."""
    code, gap = tokens.code, tokens.gap
    k = first - 1
    if k < floor or gap[first] == GAP_LINE:
        return first
    if code[k] in _ABOUT:
        return k
    if (code[k] == COMMA or code[k] == DOT) and gap[k] == GAP_NONE:
        k -= 1
    if k < floor or not _WEEKDAY[code[k]] or tokens.mark[k] == LOWER:
        return first
    if code[k - 1] in NEXT_WORDS and code[k - 2] in THIS_WORDS and k - 2 >= floor:
        return k - 2
    return k


def _with_early(tokens: Tokens, first: int, floor: int) -> int:
    """Take in "early", "mid-", "the end of" before a month."""
    code = tokens.code
    k = first - 1
    if k < floor or tokens.gap[first] == GAP_LINE:
        return first
    if code[k] in EARLY:
        return k
    if k - 1 < floor:
        return first
    if code[k] in HYPHENS and code[k - 1] in EARLY:
        return k - 1
    if code[k] == OF and code[k - 1] in START_END:
        return with_the(tokens, k - 1, floor)
    return first


def _with_last(tokens: Tokens, first: int, last: int, floor: int, month_only: bool) -> tuple[int, int]:
    """Take in "last", "next", "this"; the way to look for a date without a year."""
    before = tokens.code[first - 1]
    if first - 1 >= floor and tokens.gap[first] == GAP_SPACE:
        if before in LAST_WORDS:
            return first - 1, PAST
        if before in NEXT_WORDS:
            return first - 1, FUTURE
        if before in THIS_WORDS and month_only:
            return first - 1, NEAREST
    return first, way_of(tokens, first, last)
