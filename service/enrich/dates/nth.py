"""Read weekdays that are counted: "the first Monday of September", "Sunday two weeks ago", "a week on Monday"."""

from __future__ import annotations

from service.enrich.dates.counts_and_years import (
    ARTICLES,
    LAST_WORDS,
    NEXT_WORDS,
    OF,
    ORDINAL,
    TH,
    THE,
    THIS_WORDS,
    whole,
    with_the,
    year_behind,
)
from service.enrich.dates.direction import way_of
from service.enrich.dates.expressions import (
    FUTURE,
    PAST,
    Calendar,
    DayOfMonth,
    Mention,
    NthWeekday,
    Period,
    Weekday,
)
from service.enrich.lexer.codes import code_of, codes_of, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.numerals import CARDINAL
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE, LOWER
from service.languages.en.words import time

_MONTH = table(time.MONTHS, 0)
_LAST, _IN, _ON, _AGO, _FORTNIGHT, _WEEK, _MONTH_WORD = (
    code_of(word) for word in ("last", "in", "on", "ago", "fortnight", "week", "month")
)
_WEEKS = codes_of("week weeks")
_NTH_MAX = 5
"""Maximum number of weekdays of one name in a month."""
_WEEKS_MAX = 60
"""Maximum number of weeks that a weekday is counted over."""


def read_nth(tokens: Tokens, i: int, weekday: int, floor: int) -> Mention | None:
    """Read "the first Monday of September 2025", "the last Friday in May", "the first Sunday of next month"."""
    code = tokens.code
    number = -1 if code[i - 1] == _LAST else ORDINAL[code[i - 1]]
    j = i + 2
    if not -1 <= number <= _NTH_MAX or number == 0 or code[i + 1] not in (OF, _IN):
        return None
    first = with_the(tokens, i - 1, floor)
    month = _MONTH[code[j]]
    if month and tokens.mark[j] != LOWER:
        year, end = year_behind(tokens, j + 1)
        way = 0 if year else way_of(tokens, first, end)
        return Mention(first, end, "date", NthWeekday(number, weekday, Calendar(year, month, None, way)))
    shift = -1 if code[j] in LAST_WORDS else 1 if code[j] in NEXT_WORDS else 0
    if code[j + 1] != _MONTH_WORD or not (shift or code[j] in THIS_WORDS or code[j] == THE):
        return None
    return Mention(first, j + 2, "date", NthWeekday(number, weekday, Period("M", shift)))


def read_weeks_from(tokens: Tokens, i: int, weekday: int, floor: int) -> Mention | None:
    """Read "a week on Monday", "two weeks on Friday": that number of weeks behind the coming one."""
    code = tokens.code
    if code[i - 1] != _ON or code[i - 2] not in _WEEKS or i - 3 < floor or tokens.gap[i - 2] == GAP_LINE:
        return None
    weeks = _count_at(tokens, i - 3)
    return Mention(i - 3, i + 1, "date", Weekday(weekday, FUTURE, weeks=weeks)) if weeks else None


def weeks_behind(tokens: Tokens, first: int, j: int, day: Weekday) -> Mention | None:
    """Read "Sunday two weeks ago", "Friday fortnight", "Monday week"; `j` is the token behind the weekday."""
    code = tokens.code
    if tokens.gap[j] != GAP_SPACE:
        return None
    if code[j] == _FORTNIGHT or (code[j] == _WEEK and tokens.mark[j + 1] != LOWER):
        weeks = 2 if code[j] == _FORTNIGHT else 1
        return Mention(first, j + 1, "date", Weekday(day.weekday, FUTURE, weeks=weeks))
    weeks = _count_at(tokens, j)
    if weeks and code[j + 1] in _WEEKS and code[j + 2] == _AGO:
        return Mention(first, j + 3, "date", Weekday(day.weekday, PAST, weeks=-weeks))
    return None


def read_day_of_month(tokens: Tokens, i: int, of: int, shift: int, floor: int) -> Mention | None:
    """Read "the 2nd of this month", "the 30th of next month"; `of` is the token before "this"."""
    k = of - 2 if tokens.code[of - 1] in TH and tokens.gap[of - 1] == GAP_NONE else -1
    day = whole(tokens, k, 2) if k >= floor else -1
    return (
        Mention(with_the(tokens, k, floor), i + 1, "date", DayOfMonth(day, shift))
        if day in range(1, 32)
        else None
    )


def _count_at(tokens: Tokens, j: int) -> int:
    """Return the number of weeks that token `j` says: "a", "two", "3"; 0 for none."""
    if tokens.code[j] in ARTICLES:
        return 1
    value = int(CARDINAL[tokens.code[j]])
    count = value if value >= 0 else whole(tokens, j, 2)
    return count if 0 < count <= _WEEKS_MAX else 0
