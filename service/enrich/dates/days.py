"""Read weekdays, "today" and parts of a day."""

from __future__ import annotations

from service.enrich.dates.clock import clock_end
from service.enrich.dates.counts_and_years import (
    COMMA,
    DOT,
    EARLY,
    EVERY,
    LAST_WORDS,
    NEXT_WORDS,
    OF,
    QUOTES,
    TH,
    THE,
    THIS_WORDS,
    S,
    whole,
)
from service.enrich.dates.direction import way_of
from service.enrich.dates.expressions import (
    ANY,
    FUTURE,
    LAST,
    NEXT,
    THIS,
    Beside,
    Clock,
    Day,
    DayPart,
    Mention,
    Repeated,
    Weekday,
)
from service.enrich.dates.months import MONTH, read_month
from service.enrich.dates.nth import read_nth, read_weeks_from, weeks_behind
from service.enrich.lexer.codes import IN_DIGITS, NUMBER, code_of, codes_of, flags, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_NONE, GAP_SPACE, LOWER, UPPER
from service.languages.en.words import date_cues, numbers, time

_WEEKDAY = table(time.WEEKDAYS, 0)
_WEEKDAYS = table(time.WEEKDAY_PLURALS, 0)
_SHORT_DAYS = codes_of(time.SHORT_WEEKDAYS)
_DAY_SHIFT = table(time.DAY_WORDS, 0)
_DAY_PART = table(time.DAY_PARTS, "")
_PARTS = codes_of(date_cues.DAY_PARTS)
_PART_PLURALS = codes_of("mornings afternoons evenings nights")
_NOONS, _MIDNIGHT, _TONIGHT = codes_of("noon midnight midday"), code_of("midnight"), code_of("tonight")
_CLOCK_BEFORE = codes_of(date_cues.CLOCK_BEFORE)
_WORLD = codes_of("in of")
_WEEK, _TOMORROW = code_of("week"), code_of("tomorrow")
_AT, _OTHERS = code_of("at"), codes_of("following previous prior")
_ON, _ORDINALS = code_of("on"), codes_of(numbers.ORDINALS)
_BESIDE = LAST_WORDS | NEXT_WORDS | THIS_WORDS | EVERY | _ORDINALS
"""Words right before a weekday that say which one it is."""
_ASKED_BEHIND = flags(date_cues.DAY_PARTS, numbers.CARDINALS, [IN_DIGITS, *"at a an fortnight week".split()])
"""Words behind a weekday at which `_with_time` has to look closer."""


def read_weekday(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "Tuesday", "last Tuesday", "Tuesday night", "every Tuesday", and "Friday, 20 November" from its month."""
    code, gap = tokens.code, tokens.gap
    if tokens.mark[i] == LOWER:
        return None
    j = i + 1
    if code[i] in _SHORT_DAYS:
        return _dated(tokens, i, j + (code[j] == DOT and gap[j] == GAP_NONE), floor)
    if code[j] == COMMA or code[j] == THE or MONTH[code[j]] or whole(tokens, j, 2) > 0:
        dated = _dated(tokens, i, j, floor)
        if dated is not None:
            return dated
    weekday = _WEEKDAY[code[i]]
    first, shift, way = i, ANY, 0
    before = code[i - 1]
    free = i - 1 >= floor and gap[i] == GAP_SPACE
    if free and before == _ON:
        counted = read_weeks_from(tokens, i, weekday, floor)
        if counted is not None:
            return counted
    elif free and before in _BESIDE:
        if before in EVERY:
            return Mention(i - 1, j, "set", Repeated("P1W", weekday))
        counted = read_nth(tokens, i, weekday, floor)
        if counted is not None:
            return counted
        if before in _OTHERS and code[i - 2] == THE and i - 2 >= floor:
            shift = 1 if before in NEXT_WORDS else -1
            return Mention(i - 2, j, "date", Beside("D", shift, weekday))
        first, shift = _with_last(tokens, i, floor)
        if shift == ANY and first < i:
            way = FUTURE
    day = Weekday(weekday, way or (way_of(tokens, first, j) if shift == ANY else 0), shift)
    return _with_time(tokens, first, j, day) if _ASKED_BEHIND[code[j]] else Mention(first, j, "date", day)


def _with_time(tokens: Tokens, first: int, j: int, day: Weekday) -> Mention:
    """Add what stands behind a weekday: "night", "at 2pm", "two weeks ago", "fortnight"."""
    code = tokens.code
    if code[j] in _PARTS and tokens.gap[j] == GAP_SPACE:
        if code[j] in _PART_PLURALS:
            return Mention(first, j + 1, "set", Repeated("P1W", day.weekday))
        return Mention(first, j + 1, "time", DayPart(_DAY_PART[code[j]], day))
    if code[j] == _AT and code[j + 1] == NUMBER:
        clock = clock_end(tokens, j + 1)
        if clock is not None:
            return Mention(first, clock[2], "time", Clock(clock[0], clock[1], day))
    return weeks_behind(tokens, first, j, day) or Mention(first, j, "date", day)


def _with_last(tokens: Tokens, i: int, floor: int) -> tuple[int, int]:
    """Take in "last", "next", "this" and "this coming" before a weekday: first token and shift."""
    code = tokens.code
    before = code[i - 1]
    if before in LAST_WORDS:
        both = (code[i - 2] == THE or code[i - 2] in THIS_WORDS) and i - 2 >= floor
        return (i - 2 if both else i - 1), LAST
    if before in NEXT_WORDS:
        if code[i - 2] in THIS_WORDS and i - 2 >= floor:
            return i - 2, ANY
        return i - 1, NEXT
    return (i - 1, THIS) if before in THIS_WORDS else (i, ANY)


def _dated(tokens: Tokens, i: int, j: int, floor: int) -> Mention | None:
    """Read "Friday, 20 November", "Fri. Nov. 20": the month reads it and takes the weekday in."""
    code = tokens.code
    k = j + 1 if code[j] == COMMA else j
    if not MONTH[code[k]]:
        k += code[k] == THE
        if whole(tokens, k, 2) < 1:
            return None
        k += 1
        k += code[k] in TH
        k += code[k] == OF
    found = read_month(tokens, k, floor) if MONTH[code[k]] else None
    return found if found is not None and found.first <= i else None


def read_weekdays(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "on Mondays"."""
    if tokens.mark[i] == LOWER:
        return None
    return Mention(i, i + 1, "set", Repeated("P1W", _WEEKDAYS[tokens.code[i]]))


def read_day_word(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read today, yesterday, tomorrow, tonight, with "late" before or "morning" behind."""
    code = tokens.code
    first, last = i, i + 1
    if tokens.mark[i] == UPPER and tokens.mark[i - 1] == UPPER:
        return None  # a headline, or USA TODAY
    if code[i - 1] in _WORLD and code[i + 1] in QUOTES and code[i + 2] == S:
        return None  # "in today's world"
    if code[i - 1] in EARLY and i - 1 >= floor and tokens.gap[i] == GAP_SPACE:
        first = i - 1
    day = Day(_DAY_SHIFT[code[i]])
    if code[last] in _PARTS and tokens.gap[last] == GAP_SPACE:
        return Mention(first, last + 1, "time", DayPart(_DAY_PART[code[last]], day))
    if code[last] == _WEEK and code[i] == _TOMORROW and tokens.gap[last] == GAP_SPACE:
        return Mention(first, last + 1, "date", Day(8))  # "tomorrow week"
    if code[i] == _TONIGHT:
        return Mention(first, last, "time", DayPart("NI", day))
    return Mention(first, last, "date", day)


def read_day_part(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "this morning", "later this afternoon", "last night", "at midnight"."""
    code = tokens.code
    before = code[i - 1]
    if tokens.gap[i] != GAP_SPACE or i - 1 < floor:
        return None
    part = _DAY_PART[code[i]]
    last_night = before in LAST_WORDS and part == "NI"
    if before in THIS_WORDS or last_night:
        first = i - 2 if code[i - 2] in EARLY and i - 2 >= floor else i - 1
        return Mention(first, i + 1, "time", DayPart(part, Day(-1 if last_night else 0)))
    if code[i] in _NOONS and before in _CLOCK_BEFORE:
        return Mention(i, i + 1, "time", Clock(0 if code[i] == _MIDNIGHT else 12, 0))
    return None
