"""Settle what a date leaves to the dates around it: a year named once, "the quarter", "a year earlier"."""

from __future__ import annotations

from service.enrich.dates.beside import base_of, day_ago, earlier, of_that_year, week_of
from service.enrich.dates.counts_and_years import AND, COMMA, DASHES
from service.enrich.dates.expressions import (
    ANY,
    FUTURE,
    NEAREST,
    PAST,
    THAT_ONE,
    Ago,
    Beside,
    Calendar,
    Day,
    Ending,
    Expression,
    Mention,
    Part,
    Period,
    SameQuarter,
    Weekday,
)
from service.enrich.lexer.codes import code_of, codes_of
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import GAP_LINE, GAP_SPACE
from service.languages.en.beside_dates import CHANGED

_STOPS = codes_of(". ? ! ;")
_JOINING = DASHES | {AND} | codes_of("to through until till or ,")
_ON = code_of("on")
_FROM, _TO, _BETWEEN, _THROUGH = (
    code_of("from"),
    code_of("to"),
    code_of("between"),
    codes_of("through until till"),
)
_YEAR_TOKENS_MAX = 12
"""Maximum number of tokens between a quarter and a later one of its sentence that names the year."""
_JOINED_TOKENS_MAX = 2
"""Maximum number of tokens between two dates that share a year: "from 3 May to 7 June 2024"."""
_CHANGE_TOKENS_MAX = 8
"""Maximum number of tokens between a word of change and the "from" of what it changed."""
_EARLIER_TOKENS_MAX = 120
"""Maximum number of tokens between a quarter and "a year earlier" that means the quarter a year before."""


def settle_by_context(tokens: Tokens, mentions: list[Mention]) -> None:
    """Change expressions in place."""
    _join_weeks(tokens, mentions)
    quarter: Mention | None = None
    for place, mention in enumerate(mentions):
        meant = mention.expression
        if isinstance(meant, Calendar):
            if meant.month is not None and place:
                _settle_calendar(tokens, mentions, place, meant)
        elif isinstance(meant, Weekday):
            if place and _ends_span(tokens, mentions[place - 1], mention, meant):
                mention.expression = Beside("D", 1, meant.weekday, mentions[place - 1].expression)
        elif isinstance(meant, Part) and meant.kind in ("Q", "H"):
            if meant.year is not None:
                _share_year_of_part(tokens, mentions, place, meant)
            if meant.kind == "Q":
                quarter = mention
        elif isinstance(meant, SameQuarter):
            if quarter is not None and isinstance(quarter.expression, Part):
                mention.expression = (
                    Part("Q", quarter.expression.number, meant.year)
                    if meant.year
                    else _years_on(quarter.expression, meant.years)
                )
            elif meant.year:
                mention.expression = Calendar(meant.year)
        elif isinstance(meant, Beside):
            base = base_of(mentions, place, meant.unit)
            if base is not None and meant.base is None:
                mention.expression = Beside(meant.unit, meant.shift, meant.weekday, base.expression)
        elif isinstance(meant, Ago) and meant.count == -1:
            _settle_ago(mentions, place, meant, quarter)


def _settle_ago(mentions: list[Mention], place: int, ago: Ago, quarter: Mention | None) -> None:
    """Read "a year earlier": before the date next to it, or the quarter a year before the one named last."""
    mention = mentions[place]
    base = base_of(mentions, place, ago.unit) if ago.earlier else None
    beside = earlier(ago.unit, base)
    if quarter is None or ago.unit != "Y" or mention.first - quarter.last > _EARLIER_TOKENS_MAX:
        mention.expression = beside or ago
    elif base is not None and beside is not None and base.first > quarter.first:
        mention.expression = beside
    elif isinstance(quarter.expression, Part):
        mention.expression = _years_on(quarter.expression, -1)


def _join_weeks(tokens: Tokens, mentions: list[Mention]) -> None:
    """Make one mention of "the week" and "March 6" in "the week of March 6", and of "a week ago" and "today"."""
    for place in range(len(mentions) - 2, -1, -1):
        week = mentions[place]
        meant = week.expression
        if isinstance(meant, Period):
            day = mentions[place + 1]
            if week_of(tokens, week, day):
                mentions[place : place + 2] = [
                    Mention(week.first, day.last, "date", Beside("W", 0, 0, day.expression))
                ]
        elif isinstance(meant, Ago) and not meant.earlier:
            day = mentions[place + 1]
            counted = day_ago(meant, day.expression)
            if counted is not None and _touch(tokens, week, day):
                mentions[place : place + 2] = [Mention(week.first, day.last, "date", counted)]


def _touch(tokens: Tokens, ago: Mention, day: Mention) -> bool:
    """Tell whether "today", "Monday" or "on Monday" stands right behind "a week ago"."""
    on = isinstance(day.expression, Weekday) and tokens.code[ago.last] == _ON
    joined = range(ago.last, day.first + 1)
    return ago.last + on == day.first and all(tokens.gap[k] == GAP_SPACE for k in joined)


def _years_on(quarter: Part, years: int) -> Part:
    """Return the same quarter of another year."""
    if quarter.year is not None:
        return Part("Q", quarter.number, quarter.year + years)
    way = PAST if years and quarter.shift == 0 and quarter.way != FUTURE else quarter.way
    return Part("Q", quarter.number, None, quarter.shift + years, way)


def _share_year_of_part(tokens: Tokens, mentions: list[Mention], place: int, part: Part) -> None:
    """Read "Q1 and Q2 but recovered in Q4 2024": earlier parts of the sentence are of that year."""
    first = mentions[place].first
    for before in reversed(mentions[:place][-4:]):
        meant = before.expression
        if first - before.last > _YEAR_TOKENS_MAX or _parted(tokens, before.last, first):
            return
        if not isinstance(meant, Part) or meant.kind != part.kind or meant.year is not None or meant.shift:
            return
        if meant.number >= part.number or meant.way == FUTURE:
            return
        before.expression = Part(meant.kind, meant.number, part.year)
        first = before.first


def _settle_calendar(tokens: Tokens, mentions: list[Mention], place: int, date: Calendar) -> None:
    mention, before = mentions[place], mentions[place - 1]
    begin = before.expression
    if date.way == THAT_ONE:
        base = base_of(mentions, place, "Y")
        mention.expression = of_that_year(date, base.expression if base is not None else None)
    elif date.year is not None:
        _share_year_of_date(tokens, before, mention, date)
    elif isinstance(begin, Calendar) and _are_alike(begin, date) and _spans(tokens, before, mention):
        mention.expression = Ending(date, begin)


def _are_alike(one: Calendar, other: Calendar) -> bool:
    """Tell whether both dates name a month, with or without a day."""
    return one.month is not None and (one.day is None) == (other.day is None)


def _ends_span(tokens: Tokens, before: Mention, mention: Mention, weekday: Weekday) -> bool:
    """Tell whether a weekday is the first of its name behind another day: "from Jan. 4, until Monday"."""
    if weekday.weeks or weekday.shift != ANY or not _is_day(before.expression):
        return False
    return _spans(tokens, before, mention)


def _spans(tokens: Tokens, before: Mention, mention: Mention) -> bool:
    """Tell whether two dates begin and end a span: "from Jan. 4, to Friday", "May 3 through June 4"."""
    joining = mention.first - 1
    if not 0 <= joining - before.last <= (tokens.code[before.last] == COMMA):
        return False
    opening, word = tokens.code[before.first - 1] if before.first else 0, tokens.code[joining]
    if word == _TO and opening == _FROM:
        return isinstance(before.expression, Weekday) or not _are_compared(tokens, before.first - 1)
    return word in _THROUGH or (word == AND and opening == _BETWEEN)


def _are_compared(tokens: Tokens, opening: int) -> bool:
    """Tell whether a date was changed, or two are compared: "moved from May 20 to May 12", "rose from May to June"."""
    for k in range(opening - 1, max(-1, opening - 1 - _CHANGE_TOKENS_MAX), -1):
        if tokens.code[k] in _STOPS:
            return False
        if tokens.word(k).lower() in CHANGED:
            return True
    return False


def _is_day(expression: Expression) -> bool:
    """Tell whether an expression is one day of the calendar, or a weekday."""
    if isinstance(expression, Calendar):
        return expression.day is not None
    return isinstance(expression, Day) or (isinstance(expression, Weekday) and not expression.weeks)


def _parted(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether a sentence ends between two tokens."""
    return any(tokens.gap[k] == GAP_LINE or tokens.code[k] in _STOPS for k in range(first, last))


def _share_year_of_date(tokens: Tokens, before: Mention, mention: Mention, date: Calendar) -> None:
    """Read "from 3 May to 7 June 2024": the first date is of the year of the second, or of the year before."""
    meant = before.expression
    if not isinstance(meant, Calendar) or meant.year is not None or meant.month is None or date.year is None:
        return
    between = range(before.last, mention.first)
    if not 0 < len(between) <= _JOINED_TOKENS_MAX or not all(tokens.code[k] in _JOINING for k in between):
        return
    if (
        meant.way in (NEAREST, PAST, FUTURE, THAT_ONE)
        and (meant.day is None) == (date.day is None)
        and date.month
    ):
        before.expression = Calendar(date.year - (meant.month > date.month), meant.month, meant.day)
