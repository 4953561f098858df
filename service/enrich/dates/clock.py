"""Times of day: 2.15pm, 10:35 a.m., 11 o'clock, 0735 GMT, 9 a.m. EST Tuesday."""

from __future__ import annotations

from service.enrich.dates.counts_and_years import COLON, COMMA, DOT, OPENING, QUOTES, whole, with_bound
from service.enrich.dates.direction import way_of
from service.enrich.dates.expressions import Clock, Day, Mention, Weekday
from service.enrich.lexer.codes import code_of, codes_of, table
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_NONE, LOWER, TITLE
from service.languages.en.words import date_cues, time

_P, _A, _M, _O, _CLOCK, _ON = (code_of(word) for word in ("p", "a", "m", "o", "clock", "on"))
_WEEKDAY = table(time.WEEKDAYS, 0)
_DAY_SHIFT = table(time.DAY_WORDS, 9)
_SHORT_DAYS = codes_of(time.SHORT_WEEKDAYS)
ZONES = codes_of(time.TIME_ZONES)
_AM_PM = {code_of("am"): 0, code_of("pm"): 12}
CLOCK_BEHIND = codes_of("am pm p a o") | ZONES
_CLOCK_BEFORE = codes_of(date_cues.CLOCK_BEFORE)
_HOURS, _HOURS_BEFORE = code_of("hours"), codes_of(date_cues.HOURS_BEFORE)


def read_clock(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read 2.15pm, 10:35 a.m., 11 o'clock, 0735 GMT, 1900 hours; with a day behind it: "9 a.m. EST Tuesday"."""
    code = tokens.code
    if tokens.gap[i] == GAP_NONE and code[i - 1] not in OPENING:
        return None
    read = clock_end(tokens, i)
    if read is None:
        return None
    hour, minute, j = read
    if code[i + 1] == COLON and j == i + 3 and code[i - 1] not in _CLOCK_BEFORE:
        return None  # 4:39 may be a score, a lap or a verse
    first = with_bound(tokens, i, floor)
    k = j + 1 if code[j] == _ON or code[j] == COMMA else j
    day: Weekday | Day | None = None
    if _WEEKDAY[code[k]] and tokens.mark[k] == TITLE and code[k] not in _SHORT_DAYS:
        day, j = Weekday(_WEEKDAY[code[k]], way_of(tokens, i, k + 1)), k + 1
    elif k == j and _DAY_SHIFT[code[k]] < 9:
        day, j = Day(_DAY_SHIFT[code[k]]), k + 1
    return Mention(first, j, "time", Clock(hour, minute, day))


def clock_end(tokens: Tokens, i: int) -> tuple[int, int, int] | None:
    """Return hour, minute and the token behind the time of day that starts at `i`."""
    code, gap = tokens.code, tokens.gap
    hour_text, _, minute_text = tokens.word(i).partition(".")
    j, exact = i + 1, False
    if code[j] == COLON and gap[j] == gap[j + 1] == GAP_NONE:
        minute_text, j, exact = str(whole(tokens, j + 1, 2)), j + 2, True
        if code[j] == COLON and gap[j] == gap[j + 1] == GAP_NONE and whole(tokens, j + 1, 2) >= 0:
            j += 2  # seconds
    if len(hour_text) == 4 and code[j] in ZONES:
        hour_text, minute_text, exact = hour_text[:2], hour_text[2:], True
    if len(hour_text) > 2 or not hour_text.isdecimal() or len(minute_text) not in (0, 2):
        return None
    hour, minute = int(hour_text), int(minute_text) if minute_text else 0
    if not 0 <= minute < 60:
        return None
    half = _AM_PM.get(code[j])
    if half is not None:
        j += 1
    elif code[j] in (_P, _A) and code[j + 1] == DOT and code[j + 2] == _M and gap[j + 2] == GAP_NONE:
        half = 12 if code[j] == _P else 0
        j += 4 if code[j + 3] == DOT and gap[j + 3] == GAP_NONE else 3
    elif code[j] == _O and code[j + 1] in QUOTES and code[j + 2] == _CLOCK:
        exact, j = True, j + 3
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + half
    elif not exact or hour > 23:
        return None
    if code[j] in ZONES and tokens.mark[j] != LOWER:
        j += 1
    return hour, minute, j


def read_hours(tokens: Tokens, i: int) -> Mention | None:
    """Read "0500 hours", "at 1900 hours": four digits that are a time; "1900 hours of work" stay a length."""
    if tokens.code[i + 1] != _HOURS or tokens.gap[i + 1] == GAP_NONE:
        return None
    digits = tokens.word(i)
    hour, minute = int(digits[:2]), int(digits[2:])
    if hour > 23 or minute > 59 or not (digits[0] == "0" or tokens.code[i - 1] in _HOURS_BEFORE):
        return None
    return Mention(i, i + 2, "time", Clock(hour, minute))
