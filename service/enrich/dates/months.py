"""Read dates around a month: "20 November 2023", "Nov. 20", "Sept. 20-24", "last October", "January-November"."""

from __future__ import annotations

from service.enrich.dates.counts_and_years import (
    AND,
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
from service.enrich.dates.direction import way_of
from service.enrich.dates.expressions import (
    LAST_ONE,
    NEAREST,
    NEXT_ONE,
    THAT_ONE,
    THIS_ONE,
    Between,
    Calendar,
    Mention,
)
from service.enrich.lexer.codes import NUMBER, code_of, codes_of, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.numerals import CARDINAL
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, GAP_SPACE, LOWER, SYMBOL, TITLE
from service.languages.en.words import date_cues, time

MONTH = table(time.MONTHS, 0)
_WEEKDAY = table(time.WEEKDAYS, 0)
_FULL_NAMES = codes_of(word for word in time.MONTHS if len(word) > 4) | codes_of("may june july")
_VERBS = codes_of("may march")
"""Months that are words too: a date only with a day, a year, or a word before them that wants a month."""
_MONTH_BEFORE = codes_of(date_cues.MONTH_BEFORE)
_ABOUT = codes_of("about around")
_DAYS = range(1, 32)
_THAT, _BEFORE_THAT = code_of("that"), codes_of(date_cues.BEFORE_THAT) | codes_of(". ;")
_TO, _BETWEEN = code_of("to"), code_of("between")
_THROUGH, _MEASURE_SIGNS = codes_of("to through"), codes_of("% $ - ‑")
_HONORIFICS, _SAYING = codes_of(date_cues.HONORIFICS), codes_of(date_cues.SAYING)


def read_month(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read the date around the month at token `i`, with weekday, day and year, "early" and "last" before it."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    if mark[i] == LOWER:
        return None
    month = MONTH[code[i]]
    dashed = _dashed(tokens, i, month, floor) if code[i - 1] in HYPHENS else None
    if dashed is not None:
        return dashed
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
    if day is None and year is None:
        unclear = (short and j == i + 1) or code[i] in _VERBS
        if (unclear and code[i - 1] not in _MONTH_BEFORE) or _is_person(tokens, i, j):
            return None
        if code[j] in DASHES and MONTH[code[j + 1]] and mark[j + 1] != LOWER and gap[j] == gap[j + 1]:
            return _months(tokens, i, j, month)
    if day is not None and last_day is None:
        other = _other_day(tokens, first, j, Calendar(year, month, day))
        if other is not None:
            return other
    return _around(tokens, first, j, floor, Calendar(year, month, day), last_day)


def _around(tokens: Tokens, first: int, j: int, floor: int, date: Calendar, last_day: int | None) -> Mention:
    """Take in what stands before the date at tokens first..j, and decide which way it is looked for."""
    first = _with_weekday(tokens, first, floor) if date.day is not None else _with_early(tokens, first, floor)
    way = NEAREST
    if date.year is None:
        first, way = _with_last(tokens, first, j, floor, date.day is None)
    date = Calendar(date.year, date.month, date.day, way)
    if last_day is None or date.day is None:
        return Mention(first, j, "date", date)
    return Mention(first, j, "date", Between(date, Calendar(date.year, date.month, last_day, way)))


def _dashed(tokens: Tokens, i: int, month: int, floor: int) -> Mention | None:
    """Read "19-Nov-2012", "7-Feb-24": day, month and year with hyphens, the first of which stands before token `i`."""
    code, gap = tokens.code, tokens.gap
    if code[i + 1] != code[i - 1] or i - 2 < floor:
        return None
    if not gap[i - 1] == gap[i] == gap[i + 1] == gap[i + 2] == GAP_NONE:
        return None
    day, year = whole(tokens, i - 2, 2), whole(tokens, i + 2, 4)
    if day not in _DAYS or year < 0:
        return None
    if tokens.end[i + 2] - tokens.start[i + 2] == 2:
        year += 2000 if year < 50 else 1900
    return Mention(i - 2, i + 3, "date", Calendar(year, month, day)) if year > 999 else None


def _is_person(tokens: Tokens, i: int, j: int) -> bool:
    """Tell a month that is a name: "June Carter", "Theresa May", "Mr March", "April said"."""
    code, gap, mark = tokens.code, tokens.gap, tokens.mark
    if code[i] not in _FULL_NAMES or (code[i - 1] in _MONTH_BEFORE and code[i - 1] != AND):
        return False
    before_name = (
        mark[i - 1] == TITLE and gap[i] == GAP_SPACE and (not code[i - 1] or code[i - 1] in _HONORIFICS)
    )
    behind_name = mark[j] == TITLE and gap[j] == GAP_SPACE and not code[j]
    return before_name or code[i - 1] in _HONORIFICS or behind_name or code[j] in _SAYING


def _day_before(tokens: Tokens, i: int, floor: int) -> tuple[int, int | None, int | None]:
    """Read "20 November", "the 20th of November", "20-24 November", "3 to 7 June": first token, day, last day."""
    code, gap = tokens.code, tokens.gap
    if gap[i] == GAP_LINE:
        return i, None, None
    k = i - 2 if code[i - 1] == OF else i - 1
    spelt = _spelt_day_before(tokens, k) if ORDINAL[code[k]] else None
    if spelt is not None and k - 2 >= floor:
        return with_the(tokens, k - 2, floor), spelt, None
    if code[k] in TH and gap[k] == GAP_NONE:
        k -= 1
    day = whole(tokens, k, 2) if k >= floor else -1
    if day not in _DAYS:
        return i, None, None
    before = whole(tokens, k - 2, 2) if k - 2 >= floor else -1
    if 0 < before < day and (_joins_days(tokens, k - 1) or (code[k - 1] == AND and before == day - 1)):
        return k - 2, before, day
    return with_the(tokens, k, floor), day, None


def _joins_days(tokens: Tokens, k: int) -> bool:
    """Tell whether token `k` joins two days: a dash, "to", or "and" behind "between"."""
    here = tokens.code[k]
    return here in DASHES or here == _TO or (here == AND and tokens.code[k - 2] == _BETWEEN)


def _spelt_day_before(tokens: Tokens, k: int) -> int | None:
    """Read "twenty-fourth" that ends with token `k`: the day."""
    code = tokens.code
    tens, unit = int(CARDINAL[code[k - 2]]), ORDINAL[code[k]]
    ordinal = tens in (20, 30) and 0 < unit < 10 and code[k - 1] in HYPHENS
    return tens + unit if ordinal and tens + unit in _DAYS else None


def _day_behind(tokens: Tokens, j: int) -> tuple[int, int | None, int] | None:
    """Read "20", "3rd", "eighth", "twenty-fourth", "20-24", "3 to 7" behind a month: day, last day, token behind."""
    code, gap = tokens.code, tokens.gap
    if gap[j] == GAP_LINE:
        return None
    if code[j] != NUMBER:
        spelt = _spelt_day_before(tokens, j + 2) if ORDINAL[code[j + 2]] else None
        if spelt is not None:
            return spelt, None, j + 3
        return (ORDINAL[code[j]], None, j + 1) if ORDINAL[code[j]] else None
    day = whole(tokens, j, 2)
    if day not in _DAYS:
        return None
    after = j + 1
    if gap[after] != GAP_NONE:
        return _with_last_day(tokens, day, after)
    if code[after] in TH:
        return day, None, after + 1
    if tokens.mark[after] != SYMBOL or (code[after] == COLON and code[after + 1] == NUMBER):
        return None
    last_day = whole(tokens, after + 1, 2) if code[after] in DASHES and gap[after + 1] == GAP_NONE else -1
    if day < last_day <= 31:
        return day, last_day, after + 2
    return day, None, after


def _with_last_day(tokens: Tokens, day: int, after: int) -> tuple[int, int | None, int]:
    """Take in "to 7", "through 7", "and 4" behind "June 3" where no noun follows: "June 3 to 7, 2024"."""
    code = tokens.code
    last_day = whole(tokens, after + 1, 2) if code[after] in _THROUGH or code[after] == AND else -1
    if code[after] == AND and last_day != day + 1:
        return day, None, after
    ends = tokens.mark[after + 2] == SYMBOL or tokens.gap[after + 2] == GAP_LINE
    if day < last_day <= 31 and ends and code[after + 2] not in _MEASURE_SIGNS:
        return day, last_day, after + 2
    return day, None, after


def _other_day(tokens: Tokens, first: int, j: int, date: Calendar) -> Mention | None:
    """Read "March 28-April 2", "28 March - 2 April [2024]": a dash joins two days of two months."""
    code = tokens.code
    if code[j] not in DASHES or tokens.gap[j] != tokens.gap[j + 1]:
        return None
    k = j + 1
    day = whole(tokens, k, 2)
    if day in _DAYS and MONTH[code[k + 1]] and tokens.mark[k + 1] != LOWER:
        month, k = MONTH[code[k + 1]], k + 2
    elif MONTH[code[k]] and tokens.mark[k] != LOWER:
        month, k = MONTH[code[k]], k + 1 + (code[k + 1] == DOT)
        day, k = whole(tokens, k, 2), k + 1
    else:
        return None
    if day not in _DAYS:
        return None
    year, end = year_behind(tokens, k)
    way = NEAREST if year or date.year else way_of(tokens, first, end)
    low = date.year or (year - 1 if year and date.month and month < date.month else year)
    return Mention(
        first, end, "date", Between(Calendar(low, date.month, date.day, way), Calendar(year, month, day, way))
    )


def _months(tokens: Tokens, i: int, j: int, month: int) -> Mention:
    """Read January-November [2023]: a period; one that ends before it begins began in the year before."""
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
            return first - 1, LAST_ONE
        if before in NEXT_WORDS:
            return first - 1, NEXT_ONE
        if before in THIS_WORDS and month_only:
            return first - 1, THIS_ONE
        if before == _THAT and month_only and _points_back(tokens, first - 1):
            return first - 1, THAT_ONE
    return first, way_of(tokens, first, last)


def _points_back(tokens: Tokens, k: int) -> bool:
    """Tell whether "that" at token `k` points at a month: "; that November he lost", "again that April"."""
    return tokens.gap[k] == GAP_LINE or tokens.code[k - 1] in _BEFORE_THAT
