"""Read units of time with what stands before them: "two weeks ago", "last year", "the past week", "each day"."""

from __future__ import annotations

from service.enrich.dates.beside import beside, beside_at
from service.enrich.dates.counted import length_after, read_counted
from service.enrich.dates.counts_and_years import (
    AND,
    ARTICLES,
    EARLY,
    FISCAL,
    HALF,
    HYPHENS,
    LAST_WORDS,
    MEASURED,
    NEXT_WORDS,
    OF,
    ORDINAL,
    START_END,
    THE,
    THIS_WORDS,
    with_bound,
    with_comparator,
    with_the,
)
from service.enrich.dates.direction import way_of
from service.enrich.dates.expressions import (
    FUTURE,
    PAST,
    Ago,
    Day,
    Length,
    Mention,
    Period,
    Repeated,
    SameQuarter,
    Unsettled,
)
from service.enrich.dates.months import MONTH
from service.enrich.dates.named_years import read_fiscal_year, read_holiday_unit, read_year_in_words
from service.enrich.dates.nth import read_day_of_month
from service.enrich.dates.numeric import read_century
from service.enrich.dates.parts import read_owned_quarter, read_quarter
from service.enrich.lexer.codes import IN_DIGITS, NUMBER, code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.numerals import CARDINAL
from service.enrich.lexer.scanner import GAP_LINE, GAP_NONE, LOWER, TITLE
from service.languages.en.words import context, date_cues, numbers, time

PERIOD = table(time.PERIODS, "")
PERIOD_WORDS = codes_of("quarter period third second first fourth")
"""Words behind "year-earlier" that it belongs to."""
_AGO, _COUPLE, _PAST_WORD, _NEXT_WORD, _EARLIER, _TO, _RECENT = (
    code_of(word) for word in ("ago", "couple", "past", "next", "earlier", "to", "recent")
)
_HOLIDAYS = codes_of("new boxing")
"""Words before "year" or "day" that may begin the name of a holiday."""
_THOUSAND, _OR, _SO = (code_of(word) for word in ("thousand", "or", "so"))
_THROUGHOUT = codes_of("over in within during for")
_ENDED = codes_of("ended ending")
_QUARTERS, _CENTURY = codes_of("quarter quarters"), codes_of("century centuries")
_SINCE = codes_of("ago earlier")
_OTHER, _RELATIVE = codes_of("following previous prior"), codes_of("before after later")
_AFTER = code_of("after")
_AROUND = {_AFTER: code_of("tomorrow"), code_of("before"): code_of("yesterday")}
"""Words between "the day" and the word for a day that it lies beside."""
_PARTS = codes_of("half")
_FULL = codes_of("full entire whole")
_SOMETIME = codes_of("early late earlier later sometime")
_COUNTS = flags([IN_DIGITS], numbers.CARDINALS, numbers.SCALES, ["half"])
_LENGTH_BEFORE = flags(
    date_cues.LENGTH_BEFORE,
    context.COMPARATORS,
)
_RATES = codes_of("once twice times % percent cent")
_SETS = {"S": "PT1S", "TM": "PT1M", "TH": "PT1H", "D": "P1D", "W": "P1W", "F": "P2W", "M": "P1M", "Q": "P3M",
         "Y": "P1Y", "WE": "P1W"}  # fmt: skip
_CALENDAR_UNITS = frozenset("D W M Q Y WE".split(" "))


def read_period(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read the length, the point in time or the repetition whose unit is token `i`."""
    code, gap = tokens.code, tokens.gap
    unit = PERIOD[code[i]]
    k = i - 1
    before = code[k]
    hyphen = before in HYPHENS
    if hyphen:
        if gap[i] != GAP_NONE or gap[k] != GAP_NONE:
            return None
        k -= 1
        before = code[k]
    elif gap[i] == GAP_NONE and before != NUMBER:
        return None
    if unit == "Y" and code[i + 1] in HYPHENS and code[i + 2] in _SINCE and code[i + 3] not in PERIOD_WORDS:
        return Mention(i, i + 3, "date", Ago(-1, unit, code[i + 2] == _EARLIER))  # "a year-earlier loss"
    if unit == "Y" and code[i + 2] == _THOUSAND:
        year = read_year_in_words(tokens, i, floor)
        if year is not None:
            return year
    if not before or k < floor or gap[i] == GAP_LINE:
        return None
    if before in _HOLIDAYS:
        holiday = read_holiday_unit(tokens, i, unit, floor)
        if holiday is not None:
            return holiday
    if before == HALF or (before in ARTICLES and code[k - 1] in _PARTS):
        counted = read_counted(tokens, i, k, unit, floor) if before == HALF else None
        return counted or _part_of_unit(tokens, i, k, unit, floor)
    if _COUNTS[before]:
        return None if tokens.mark[i] == TITLE and gap[i] else read_counted(tokens, i, k, unit, floor)
    if code[i] in _QUARTERS or unit == "P":
        quarter = read_quarter(tokens, i, k, floor)
        if quarter is not None or unit == "P":
            return quarter
    if hyphen:
        return None
    if code[i] in _CENTURY and ORDINAL[before]:
        return read_century(tokens, i, floor)
    if before == FISCAL and k - 1 >= floor:
        return read_fiscal_year(tokens, i, k, floor)
    reader = _BY_WORD_BEFORE[before]
    found = reader(tokens, i, k, unit, floor) if reader else None
    if found is None and code[i + 1] == _AGO and _plural(tokens, i) and unit != "S":
        return Mention(i, i + 2, "date", Unsettled("how long ago"))  # "months ago"
    return found


def _part_of_unit(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    """Read "half a year ago", "half an hour", "a half-hour"."""
    code = tokens.code
    first = k - 1 if code[k] in ARTICLES else k
    if first < floor or unit in ("P", "WE") or _plural(tokens, i):
        return None
    if code[i + 1] == _AGO:
        return Mention(with_comparator(tokens, first, floor), i + 2, "date", Ago(-0.5, unit))
    if code[first - 1] in ARTICLES and first - 1 >= floor:
        first -= 1
    return Mention(with_bound(tokens, first, floor), i + 1, "duration", Length(0.5, unit))


def _plural(tokens: Tokens, i: int) -> bool:
    return tokens.text[tokens.end[i] - 1] == "s"


def _determined(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    """Read "last year", "next month", "earlier this week", "the past year", "this year's third quarter"."""
    code = tokens.code
    here = code[k]
    if here in _OTHER:
        if _plural(tokens, i):
            return Mention(with_the(tokens, k, floor), i + 1, "date", Unsettled("next to another"))
        shift = 1 if here in NEXT_WORDS else -1
        return Mention(with_the(tokens, k, floor), i + 1, "date", beside(unit, shift))
    shift = -1 if here in LAST_WORDS else 1 if here in NEXT_WORDS else 0
    coming = shift and code[k - 1] in THIS_WORDS and k - 1 >= floor  # "this past", "this coming"
    first = k - 1 if coming else with_the(tokens, k, floor)
    if unit == "Y":
        owned = read_owned_quarter(tokens, i, first, shift)
        if owned is not None:
            return owned
    if unit == "M" and code[first - 1] == OF:
        day = read_day_of_month(tokens, i, first - 1, shift, floor)
        if day is not None:
            return day
    the = code[first] == THE
    if code[first - 1] in _SOMETIME and first - 1 >= floor:
        first -= 1
    if _plural(tokens, i):
        return Mention(first, i + 1, "duration", Length(None, unit, shift))
    if the and unit == "D" and here == _NEXT_WORD and first == k - 1 and code[first - 1] not in _THROUGHOUT:
        return Mention(first, i + 1, "date", beside(unit, 1))
    if here == _PAST_WORD or (the and shift and unit not in ("WE", "E", "C")) or unit in ("TH", "TM", "S"):
        last = i + 3 if code[i + 1] == _OR and code[i + 2] == _SO else i + 1  # "the next year or so"
        return Mention(first, last, "duration", Length(1, unit, shift)) if shift else None
    return Mention(first, i + 1, "date", Period(unit, shift))


def _same(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    """Read "the same day", "later that year"."""
    if unit not in _CALENDAR_UNITS or _plural(tokens, i):
        return None
    first = k - 1 if tokens.code[k - 1] in EARLY and k - 1 >= floor else with_the(tokens, k, floor)
    return Mention(first, i + 1, "date", beside(unit, 0))


def _one(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    """Read "a year ago", "for a month", "a minute and a half"; not "5 percent a year", "once a week"."""
    code = tokens.code
    last = i + 1
    if _plural(tokens, i):
        return None
    after = code[last]
    if after in _SINCE:
        return Mention(with_comparator(tokens, k, floor), last + 1, "date", Ago(-1, unit, after == _EARLIER))
    if after in HYPHENS and tokens.gap[last] == GAP_NONE:
        if code[last + 1] in _SINCE:
            return Mention(i, last + 2, "date", Ago(-1, unit, code[last + 1] == _EARLIER))
        return None
    if after == AND and code[last + 1] in ARTICLES and code[last + 2] == HALF:
        return Mention(with_bound(tokens, k, floor), last + 3, "duration", Length(1.5, unit))
    if after == _OR and (code[last + 1] == _SO or CARDINAL[code[last + 1]] == 2):
        last += 2  # "a year or two"
    before = code[k - 1]
    if unit in ("S", "WE", "P") or not _LENGTH_BEFORE[before] or before in _RATES or MEASURED[before]:
        return None
    return Mention(with_bound(tokens, k, floor), last, "duration", Length(1, unit))


def _every(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    period = _SETS.get(unit)
    return Mention(k, i + 1, "set", Repeated(period)) if period else None


def _few(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    """Read "a few minutes", "several years ago", "recent months": a length nobody counted."""
    code = tokens.code
    first, toward = k, -1 if code[k] == _RECENT else 0
    if k - 1 >= floor:
        if code[k - 1] in ARTICLES:
            first = k - 1
        elif code[k - 1] in LAST_WORDS or code[k - 1] in NEXT_WORDS:
            first = with_the(tokens, k - 1, floor)
            toward = -1 if code[k - 1] in LAST_WORDS else 1
    if code[i + 1] == _AGO:
        return Mention(first, i + 2, "date", Unsettled("nobody counted"))
    return Mention(first, i + 1, "duration", Length(None, unit, toward))


def _couple(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    """Read "a couple of years", "the next couple of months": two."""
    code = tokens.code
    if code[k] != _COUPLE:
        k -= 1
        if code[k] != _COUPLE or k < floor:
            return None
    first = k - 1 if code[k - 1] in ARTICLES and k - 1 >= floor else k
    if code[i + 1] == _AGO:
        return Mention(first, i + 2, "date", Ago(-2, unit))
    return length_after(tokens, first, i + 1, 2, unit, floor)


def _definite(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    """Read "the week", "the quarter", "the end of the year", "the full year", "the weekend"."""
    code = tokens.code
    first = k
    if code[k] in _FULL:
        first = with_the(tokens, k, floor)
        if first == k:
            return None
    last = i + 1
    if unit == "D" and code[last] in _AROUND and first == k and code[last + 1] == _AROUND[code[last]]:
        days = 2 if code[last] == _AFTER else -2
        return Mention(first, last + 2, "date", Day(days))  # "the day after tomorrow"
    if code[last] in _RELATIVE and unit in _CALENDAR_UNITS and not _plural(tokens, i) and first == k:
        return Mention(first, last + 1, "date", beside_at(tokens, last, unit))
    if unit not in ("Y", "Q", "W", "M", "WE") or (code[last] in HYPHENS and tokens.gap[last] == GAP_NONE):
        return None
    if _plural(tokens, i):
        return None
    if code[last] in _ENDED or (code[last] == _TO and MONTH[code[last + 1]]):
        return Mention(first, last, "duration", Length(1, unit))
    if code[first - 1] == OF and code[first - 2] in START_END and first - 2 >= floor:
        first = with_the(tokens, first - 2, floor)
    elif unit == "M":
        return None
    elif unit == "Q":
        return Mention(first, last, "date", SameQuarter(0))
    elif unit == "WE":
        way = FUTURE if way_of(tokens, first, last) == FUTURE else PAST
        return Mention(first, last, "date", Period(unit, 0, way))
    return Mention(first, last, "date", Period(unit, 0))


def _bare_plural(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    """Read "for years", "in months"."""
    if not _plural(tokens, i) or unit == "P" or tokens.mark[i] != LOWER:
        return None
    return Mention(i, i + 1, "duration", Length(None, unit))


def _after_of(tokens: Tokens, i: int, k: int, unit: str, floor: int) -> Mention | None:
    return _couple(tokens, i, k, unit, floor) if tokens.code[k - 1] == _COUPLE else None


_BY_WORD_BEFORE = table(
    dict.fromkeys(date_cues.BARE_LENGTH_BEFORE, _bare_plural)
    | dict.fromkeys(date_cues.DETERMINERS, _determined)
    | dict.fromkeys(("same", "that"), _same)
    | dict.fromkeys(("a", "an"), _one)
    | dict.fromkeys(("every", "each"), _every)
    | dict.fromkeys("several few many some recent".split(" "), _few)
    | dict.fromkeys("the full entire whole".split(" "), _definite)
    | {"couple": _couple, "of": _after_of},
    None,
)
"""How a unit is read after this word: "last year", "a year", "each year"."""
