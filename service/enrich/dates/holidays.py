"""Read holidays: Christmas Eve, New Year's Day, Good Friday, Easter Monday, Thanksgiving."""

from __future__ import annotations

from service.enrich.dates.counts_and_years import QUOTES, S, year_behind
from service.enrich.dates.direction import way_of
from service.enrich.dates.expressions import Calendar, Expression, Feast, Mention, NthWeekday
from service.enrich.lexer.codes import code_of, codes_of
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_NONE, GAP_SPACE, LOWER, TITLE
from service.languages.en.words import date_cues

_HOLIDAY_BEFORE = codes_of(date_cues.HOLIDAY_BEFORE)
_CHRISTMAS, _THANKSGIVING, _NEW, _GOOD, _BOXING = (
    code_of(word) for word in ("christmas", "thanksgiving", "new", "good", "boxing")
)
_DAY, _EVE, _FRIDAY = code_of("day"), code_of("eve"), code_of("friday")
_EASTER_DAYS = {code_of("sunday"): 0, code_of("monday"): 1}
_GOOD_FRIDAY = -2
"""Days from Easter Sunday to Good Friday."""


def read_holiday(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read Christmas, Easter or Thanksgiving at token `i`, with "Eve", "Day", "Monday" and a year behind it."""
    code = tokens.code
    if tokens.mark[i] == LOWER:
        return None
    after = code[i + 1]
    named = after in (_DAY, _EVE) if code[i] in (_CHRISTMAS, _THANKSGIVING) else after in _EASTER_DAYS
    if not named and code[i - 1] not in _HOLIDAY_BEFORE:
        return None  # Christmas cards
    last = i + 1 + named
    year, end = year_behind(tokens, last)
    way = 0 if year else way_of(tokens, i, last)
    if code[i] == _CHRISTMAS:
        meant: Expression = Calendar(year, 12, 24 if named and after == _EVE else 25, way)
    elif code[i] == _THANKSGIVING:
        meant = NthWeekday(4, 4, Calendar(year, 11, None, way))
    else:
        meant = Feast(_EASTER_DAYS[after] if named else 0, year, way)
    return Mention(i, end, "date", meant)


def read_good_friday(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "Good Friday" at its second word."""
    if (
        tokens.code[i] != _FRIDAY
        or tokens.code[i - 1] != _GOOD
        or tokens.mark[i - 1] != TITLE
        or i - 1 < floor
    ):
        return None
    year, end = year_behind(tokens, i + 1)
    return Mention(i - 1, end, "date", Feast(_GOOD_FRIDAY, year, 0 if year else way_of(tokens, i - 1, i + 1)))


def read_new_year(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "New Year's Day", "New Year's Eve" at "Year"."""
    code = tokens.code
    if code[i - 1] != _NEW or tokens.mark[i] != TITLE or i - 1 < floor or code[i + 1] not in QUOTES:
        return None
    if code[i + 2] != S or tokens.gap[i + 2] != GAP_NONE or code[i + 3] not in (_DAY, _EVE):
        return None
    return _fixed(tokens, i - 1, i + 4, *((1, 1) if code[i + 3] == _DAY else (12, 31)))


def read_boxing_day(tokens: Tokens, i: int, floor: int) -> Mention | None:
    """Read "Boxing Day" at its second word."""
    if (
        tokens.code[i - 1] != _BOXING
        or tokens.mark[i] != TITLE
        or i - 1 < floor
        or tokens.gap[i] != GAP_SPACE
    ):
        return None
    return _fixed(tokens, i - 1, i + 1, 12, 26)


def _fixed(tokens: Tokens, first: int, last: int, month: int, day: int) -> Mention:
    """Return the mention of a holiday whose date never moves."""
    year, end = year_behind(tokens, last)
    return Mention(first, end, "date", Calendar(year, month, day, 0 if year else way_of(tokens, first, last)))
