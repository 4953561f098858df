"""Read dates that digits begin: 2023-11-20, 20/11/2023, 2.15pm, 1980s, 2012-13, a year by itself."""

from __future__ import annotations

from service.enrich.dates.clock import CLOCK_BEHIND, ZONES, read_clock, read_hours
from service.enrich.dates.counts_and_years import (
    COLON,
    DASHES,
    EARLY,
    FISCAL,
    HYPHENS,
    MEASURED,
    OF,
    OPENING,
    ORDINAL,
    QUOTES,
    SLASH,
    START_END,
    TH,
    THE,
    YEAR,
    S,
    four_digits,
    short_year,
    whole,
    with_the,
)
from service.enrich.dates.expressions import (
    Between,
    Calendar,
    Fiscal,
    Mention,
    Part,
    SameQuarter,
    Unsettled,
    Years,
)
from service.enrich.dates.parts import CODE_NEAR, read_quarter_code
from service.enrich.lexer.codes import NUMBER, code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.plurals import PLURAL
from service.enrich.lexer.scanner import GAP_NONE, GAP_SPACE, LOWER, MALFORMED, PLAIN, SYMBOL, TITLE
from service.languages.en.words import context, date_cues, time

_PERIOD, MONTH = flags(time.PERIODS), table(time.MONTHS, 0)
_SHORT_BEFORE = codes_of(date_cues.YEAR_SHORT_BEFORE)
_SEASON = table(time.SEASONS, 0)
_POST, _AD = code_of("post"), code_of("ad")
_YEAR_BEFORE = codes_of(date_cues.YEAR_BEFORE)
"""Words before any four digits that make them a year."""
_ANCIENT_BEFORE = codes_of(date_cues.ANCIENT_YEAR_BEFORE)
_NO_YEAR_BEFORE = codes_of(date_cues.NO_YEAR_BEFORE)
_COUNT_BEFORE = codes_of(date_cues.COUNT_BEFORE)
_YEAR_NOUNS = codes_of("quarter period")
_CENTURY = codes_of("century centuries")
_NO_YEAR_BEHIND = codes_of("/ %")
_FUNCTION = flags(context.FUNCTION_WORDS)


def read_number(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read the date or time whose first digits are token `i`."""
    code = tokens.code
    after = code[i + 1]
    shape = tokens.mark[i]
    if shape != PLAIN:
        if shape == MALFORMED:
            return _dotted(tokens, i)
        return read_clock(tokens, i, floor) if after in CLOCK_BEHIND else None
    length = tokens.end[i] - tokens.start[i]
    if tokens.gap[i + 1] == GAP_NONE:
        if after in HYPHENS or after == SLASH:
            written = _triple(tokens, i) or _year_and_month(tokens, i, length)
            if written is not None:
                return written
        elif after == COLON:
            return read_clock(tokens, i, floor)
        elif after == S:
            return _decade(tokens, i, length, floor)
        elif after in TH:
            return _century(tokens, i, whole(tokens, i, 2), i + 3, floor) if code[i + 2] in _CENTURY else None
    if after in CLOCK_BEHIND and (length <= 2 or after in ZONES):
        clock = read_clock(tokens, i, floor)
        if clock is not None:
            return clock
    if length == 4:
        return read_hours(tokens, i) or _year(tokens, i, floor)
    before = code[i - 1]
    if CODE_NEAR[before] or CODE_NEAR[after]:
        return read_quarter_code(tokens, i, floor)
    return _short_year(tokens, i, length, floor) if before in QUOTES else None


def _short_year(tokens: Tokens, i: int, length: int, floor: int) -> Mention | None:
    """Read "class of '68", "in '04"."""
    year = short_year(tokens, i - 1)
    if length != 2 or not year or tokens.code[i - 2] not in _SHORT_BEFORE or i - 1 < floor:
        return None
    return Mention(i - 1, i + 1, "date", Calendar(year))


def _year_and_month(tokens: Tokens, i: int, length: int) -> Mention | None:
    """Read "2021-06": a month where the digits cannot be the end of a pair of years ("2012-13")."""
    code, gap = tokens.code, tokens.gap
    month, year = whole(tokens, i + 2, 2), four_digits(tokens, i)
    if length != 4 or code[i + 1] not in HYPHENS or gap[i + 2] != GAP_NONE or not 1 <= month <= 12:
        return None
    two = tokens.end[i + 2] - tokens.start[i + 2] == 2
    free = gap[i] != GAP_NONE or code[i - 1] in OPENING
    ends = gap[i + 3] != GAP_NONE or (tokens.mark[i + 3] == SYMBOL and code[i + 4] != NUMBER)
    if not (two and free and ends and year >= 1900 and month <= year % 100):
        return None
    return Mention(i, i + 3, "date", Calendar(year, month))


def _triple(tokens: Tokens, i: int) -> Mention | None:
    """Read 2023-11-20, 20/11/2023, 11/20/2023. Day and month in doubt (03/04/2021): found, but without a value."""
    code, gap = tokens.code, tokens.gap
    if not (code[i + 3] == code[i + 1] and gap[i + 2] == gap[i + 3] == gap[i + 4] == GAP_NONE):
        return None
    first, second, third = whole(tokens, i, 4), whole(tokens, i + 2, 2), whole(tokens, i + 4, 4)
    last = i + 5
    if min(first, second, third) < 0 or (gap[i] == GAP_NONE and code[i - 1] not in OPENING):
        return None
    if gap[last] == GAP_NONE and (code[last] == NUMBER or code[last] == code[i + 1]):
        return None
    if four_digits(tokens, i) > 0:
        if 1 <= second <= 12 and 1 <= third <= 31:
            return Mention(i, last, "date", Calendar(first, second, third))
        return None
    if tokens.end[i + 4] - tokens.start[i + 4] == 2 and code[i + 1] == SLASH:
        third += 2000 if third < 50 else 1900
    elif four_digits(tokens, i + 4) < 0:
        return None
    return _day_month(i, last, first, second, third)


def _day_month(i: int, last: int, first: int, second: int, year: int) -> Mention | None:
    if 1 <= second <= 12 and (12 < first <= 31 or first == second):
        return Mention(i, last, "date", Calendar(year, second, first))
    if 1 <= first <= 12 < second <= 31:
        return Mention(i, last, "date", Calendar(year, first, second))
    if 1 <= first <= 12 and 1 <= second <= 12:
        return Mention(i, last, "date", Unsettled("day and month in doubt"))
    return None


def _dotted(tokens: Tokens, i: int) -> Mention | None:
    """Read 20.11.2023: with dots the day comes first, wherever dates are written so."""
    if tokens.end[i] - tokens.start[i] > 10:
        return None
    parts = tokens.word(i).split(".")
    if len(parts) != 3 or len(parts[2]) != 4 or "," in parts[0] or len(parts[0]) > 2 or len(parts[1]) > 2:
        return None
    day, month, year = (int(part) for part in parts)
    if not (1 <= day <= 31 and 1 <= month <= 12 and 1000 <= year <= 2999):
        return None
    return Mention(i, i + 1, "date", Calendar(year, month, day))


def _decade(tokens: Tokens, i: int, length: int, floor: int) -> Mention | None:
    """Read 1980s, the '80s, "the early 1990s", "the mid-1990s"."""
    code = tokens.code
    first = i
    year = whole(tokens, i, 4)
    if length == 2 and code[i - 1] in QUOTES and tokens.gap[i] == GAP_NONE:
        first, year = i - 1, year + (1900 if year > 20 else 2000)
    elif length != 4:
        return None
    if year % 10 or not 1000 <= year < 2100:
        return None
    if code[first - 1] in DASHES and code[first - 2] in EARLY:
        first -= 2
    elif code[first - 1] in EARLY:
        first -= 1
    count = 100 if year % 100 == 0 and year < 2000 else 10
    return Mention(max(with_the(tokens, first, floor), floor), i + 2, "date", Years(year, count))


def _century(tokens: Tokens, first: int, number: int, last: int, floor: int) -> Mention | None:
    if not 1 <= number <= 30:
        return None
    if tokens.code[first - 1] in EARLY and first - 1 >= floor:
        first -= 1
    return Mention(with_the(tokens, first, floor), last, "date", Years(100 * (number - 1), 100))


def read_century(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "the twentieth century"; the one in digits is read from its number."""
    number = ORDINAL[tokens.code[i - 1]]
    return _century(tokens, i - 1, number, i + 1, floor) if number and i - 1 >= floor else None


def _year(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read four digits that are a year: 1900-2050 nearly anywhere, others only behind a word that wants one."""
    code, gap = tokens.code, tokens.gap
    value = four_digits(tokens, i)
    before, after = code[i - 1], code[i + 1]
    if (
        _PLAIN_BEFORE[before]
        and gap[i + 1]
        and not (_AFTER_YEAR[after] or MONTH[after])
        and 1900 <= value <= 2050
        and gap[i]
    ):
        return Mention(i, i + 1, "date", Calendar(value))  # "in 2019"
    if value < 0 or before in _NO_YEAR_BEFORE or not _stands_free(tokens, i):
        return None
    wanted = before in _YEAR_BEFORE
    if not 1900 <= value <= 2050 and not (before in _ANCIENT_BEFORE if value < 1600 else wanted):
        return None
    period = _PERIOD[after] and (wanted or after in _YEAR_NOUNS)
    if gap[i + 1] <= GAP_SPACE and MEASURED[after] and not period:
        return None
    if gap[i + 1] == GAP_NONE and after:
        if after in DASHES and code[i + 2] == NUMBER and gap[i + 2] == GAP_NONE:
            return _years(tokens, i, value)
        hyphenated = after in HYPHENS and tokens.mark[i + 2] == LOWER and MEASURED[code[i + 2]]
        if tokens.mark[i + 1] != SYMBOL or after in _NO_YEAR_BEHIND or hyphenated:
            return None
    if (MEASURED[before] and not wanted) or (before in _COUNT_BEFORE and _counts(tokens, i)):
        return None
    if (
        after in DASHES
        and gap[i + 1] == GAP_SPACE
        and code[i + 2] == NUMBER
        and four_digits(tokens, i + 2) < value
    ):
        return None
    if before == FISCAL or (before == YEAR and code[i - 2] == FISCAL):
        first = i - 1 if before == FISCAL else i - 2
        return Mention(max(first, floor), i + 1, "date", Fiscal(value))
    if MONTH[after] and tokens.mark[i + 1] == TITLE and gap[i + 1] == GAP_SPACE and code[i + 2] != NUMBER:
        return Mention(i, i + 2, "date", Calendar(value, MONTH[after]))  # "in 2023 December"
    if _SEASON[before] and i - 1 >= floor:
        return Mention(with_the(tokens, i - 1, floor), i + 1, "date", Part("S", _SEASON[before], value))
    if after in _YEAR_NOUNS and before == THE and i - 1 >= floor and gap[i + 1] == GAP_SPACE:
        return Mention(i - 1, i + 2, "date", SameQuarter(0, value))  # "the 1988 period"
    return Mention(_year_start(tokens, i, floor), i + 1, "date", Calendar(value))


def _stands_free(tokens: Tokens, i: int) -> bool:
    """Tell whether a year stands free: with a blank before it, or an opening mark, or "mid-", "post-"."""
    if tokens.gap[i] != GAP_NONE:
        return True
    before = tokens.code[i - 1]
    return before in OPENING or (before in DASHES and tokens.code[i - 2] in _PREFIXES)


_PLAIN_BEFORE = flags(date_cues.PLAIN_YEAR_BEFORE)
_AFTER_YEAR = bytes(a or b for a, b in zip(MEASURED, flags(["-", "–", "—"]), strict=True))
"""What has to be looked at behind four digits: a measure, a dash."""
_PREFIXES = EARLY | {_POST, code_of("pre")}


def _counts(tokens: Tokens, i: int) -> bool:
    """Read "up to 2000 hires": a lower-case plural behind digits makes them a count where the word before allows it."""
    return tokens.mark[i + 1] == LOWER and tokens.gap[i + 1] == GAP_SPACE and bool(PLURAL[tokens.code[i + 1]])


def _year_start(tokens: Tokens, i: int, floor: int) -> int:
    """Take in "fiscal", "early", "mid-", "the end of" before a year."""
    code = tokens.code
    before = code[i - 1]
    first = i
    if before == FISCAL or (before in EARLY and tokens.gap[i] == GAP_SPACE):
        first = i - 1
    elif before in DASHES and code[i - 2] in _PREFIXES:
        first = i - 2
    elif before == OF and code[i - 2] in START_END:
        first = with_the(tokens, i - 2, floor)
    return first if first >= floor else i


def _years(tokens: Tokens, i: int, value: int) -> Mention | None:
    """Read 2012-13, 2012-2013: a pair of years."""
    other = whole(tokens, i + 2, 4)
    length = tokens.end[i + 2] - tokens.start[i + 2]
    if other < 0 or length not in (2, 4) or (tokens.gap[i + 3] == GAP_NONE and tokens.mark[i + 3] != SYMBOL):
        return None
    if length == 2:
        other += value // 100 * 100
    return (
        Mention(i, i + 3, "date", Between(Calendar(value), Calendar(other)))
        if value < other <= 2150
        else None
    )
