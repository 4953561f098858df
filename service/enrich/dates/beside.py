"""Dates that stand beside another date of the text: "the following year", "later that day", "a year earlier"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from service.enrich.dates import expressions as ex
from service.enrich.dates.calendar import (
    YEAR_MAX,
    YEAR_MIN,
    date_or_none,
    iso_week,
    plus_days,
    plus_months,
    quarter_interval,
)
from service.enrich.dates.counts_and_years import OF
from service.enrich.lexer.codes import code_of
from service.enrich.lexer.number_tokens import Tokens
from service.enrich.lexer.scanner import SYMBOL

NEAR_TOKENS_MAX: Final = 60
"""Maximum number of tokens between a date and one that is told from it."""

CHAIN_MAX: Final = 8
"""Maximum number of dates that are told one from the other: "the following year", and "the following year" again."""

MENTIONS_MAX: Final = 4
"""Maximum number of dates looked back over."""

UNITS: Final = frozenset("D W M Q Y".split())
"""Units of the calendar that can be counted from another date."""

_WEEKS_IN: Final = {"W": 1, "F": 2}
_MONTHS_IN: Final = {"M": 1, "Y": 12, "E": 120}
_BEFORE: Final = code_of("before")
_THIS_WEEK: Final = ex.Period("W", 0)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?", re.ASCII)
_WEEK: Final = re.compile(r"(\d{4})-W(\d\d)", re.ASCII)


def beside(unit: str, shift: int) -> ex.Beside | ex.Unsettled:
    """Return the unit that lies `shift` units from another date; unsettled where it cannot be counted."""
    return ex.Beside(unit, shift) if unit in UNITS else ex.Unsettled("next to another")


def beside_at(tokens: Tokens, k: int, unit: str) -> ex.Beside | ex.Unsettled:
    """Read "the year before," at the word `k` behind the unit; "the day after the vote" is told from no date."""
    if k + 1 < tokens.count and tokens.mark[k + 1] != SYMBOL:
        return ex.Unsettled("next to an event")
    return beside(unit, -1 if tokens.code[k] == _BEFORE else 1)


def week_of(tokens: Tokens, mention: ex.Mention, date: ex.Mention) -> bool:
    """Tell whether two neighbours are one: "the week" and "March 6" in "the week of March 6"."""
    return (
        date.first == mention.last + 1
        and mention.expression == _THIS_WEEK
        and tokens.code[mention.last] == OF
        and isinstance(date.expression, ex.Calendar)
        and date.expression.day is not None
    )


def base_of(mentions: Sequence[ex.Mention], place: int, unit: str) -> ex.Mention | None:
    """Return the date from which the one at `place`, of a unit, is told; None where none is near."""
    fits = _may_name_day if unit in ("D", "W") else _may_name_month
    for before in reversed(mentions[max(0, place - MENTIONS_MAX) : place]):
        if mentions[place].first - before.last > NEAR_TOKENS_MAX:
            return None
        if fits(before.expression):
            return before if _chain(before.expression) < CHAIN_MAX else None
    return None


def earlier(unit: str, base: ex.Mention | None) -> ex.Beside | None:
    """Return what "a year earlier" means beside another date; None where that date does not say its year."""
    if base is None or unit not in UNITS or (unit == "Y" and not _names_year(base.expression)):
        return None
    return ex.Beside(unit, -1, 0, base.expression)


def day_ago(ago: ex.Ago, day: ex.Expression) -> ex.Day | ex.Weekday | None:
    """Return the day of "a week ago today", "a year ago yesterday", "two weeks ago on Monday"; None for others."""
    if ago.count % 1:
        return None
    count = int(ago.count)
    weeks = _WEEKS_IN.get(ago.unit, 0) * count
    if isinstance(day, ex.Weekday) and weeks and day.shift == ex.ANY and not day.weeks:
        return ex.Weekday(day.weekday, ex.PAST, weeks=weeks)
    months = _MONTHS_IN.get(ago.unit, 0) * count
    if isinstance(day, ex.Day) and day.days <= 0 and not day.months and (weeks or months):
        return ex.Day(day.days + 7 * weeks, months)
    return None


def of_that_year(date: ex.Calendar, base: ex.Expression | None) -> ex.Calendar:
    """Return "that April" behind a date that says its year; `date` where none does, or the month was over."""
    month = date.month or 0
    if not isinstance(base, ex.Calendar) or base.year is None or (base.month or 0) > month:
        return date
    return ex.Calendar(base.year, month)


def _chain(expression: ex.Expression | None) -> int:
    """Return how many dates an expression is told from."""
    length = 0
    while isinstance(expression, ex.Beside):
        expression, length = expression.base, length + 1
    return length


def _may_name_day(expression: ex.Expression) -> bool:
    """Tell whether an expression may name a day; one that names a month only hides the days before it."""
    return isinstance(
        expression,
        ex.Calendar | ex.Weekday | ex.Day | ex.NthWeekday | ex.Feast | ex.DayPart | ex.Clock | ex.Ago,
    ) or _is_settled(expression)


def _may_name_month(expression: ex.Expression) -> bool:
    """Tell whether an expression may name a month or a year; Tuesday says nothing of "the following year"."""
    return isinstance(expression, ex.Calendar) or _is_settled(expression)


def _is_settled(expression: ex.Expression) -> bool:
    return isinstance(expression, ex.Beside) and expression.base is not None


def _names_year(expression: ex.Expression) -> bool:
    """Tell whether a date says its year, itself or by the one that it is told from."""
    while isinstance(expression, ex.Beside) and expression.base is not None:
        expression = expression.base
    return isinstance(expression, ex.Calendar) and expression.year is not None


def value_beside(expression: ex.Beside, base: str | None) -> str | None:
    """Return the ISO 8601 value of a date beside `base`; None where `base` does not say enough."""
    if base is None:
        return None
    day = _day_in(base)
    if expression.weekday:
        return _weekday_beside(expression, day)
    if expression.unit in ("D", "W"):
        moved = plus_days(day, expression.shift * (7 if expression.unit == "W" else 1)) if day else None
        if moved is None:
            return None
        return moved.isoformat() if expression.unit == "D" else iso_week(moved)
    found = _DATE.fullmatch(base)
    if found is None or (expression.unit != "Y" and not found[2]):
        return None
    if expression.unit == "Y":
        year = int(found[1]) + expression.shift
        return f"{year:04d}" if YEAR_MIN <= year <= YEAR_MAX else None
    first = date_or_none(int(found[1]), int(found[2]), 1)
    month = plus_months(first, expression.shift * (3 if expression.unit == "Q" else 1)) if first else None
    if month is None:
        return None
    if expression.unit == "Q":
        return quarter_interval(month.year, (month.month + 2) // 3)
    return f"{month.year:04d}-{month.month:02d}"


def _day_in(value: str) -> dt.date | None:
    """Return the day of a value, the Monday of a week; None for a month or a year."""
    if week := _WEEK.fullmatch(value):
        try:
            return dt.date.fromisocalendar(int(week[1]), int(week[2]), 1)
        except ValueError:
            return None
    found = _DATE.fullmatch(value)
    return date_or_none(int(found[1]), int(found[2]), int(found[3])) if found and found[3] else None


def _weekday_beside(expression: ex.Beside, day: dt.date | None) -> str | None:
    if day is None:
        return None
    ahead = (expression.weekday - day.isoweekday()) % 7
    found = plus_days(day, ahead or 7) if expression.shift > 0 else plus_days(day, ahead - 7)
    return found.isoformat() if found else None
