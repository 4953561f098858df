"""Expression + day of publication -> ISO 8601 value, or None where the text does not settle it.

Values: "2023", "2023-11", "2023-11-20", "2023-W47", "2023-11-20T14:15", "T14:15", "P2W", "PT5H30M"; "first/last" for
quarters, halves, decades and other periods, both ends included and of one precision; "2023-21" for the spring of 2023
(ISO 8601-2:2019, seasons 21 to 24); "R/P1D" for what repeats, and "R/2023-W47-2/P1W" for a weekday that repeats.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from service.enrich.dates import expressions as ex
from service.enrich.dates.beside import value_beside
from service.enrich.dates.calendar import (
    YEAR_MAX,
    YEAR_MIN,
    date_or_none,
    easter,
    iso_duration,
    iso_week,
    months_interval,
    nearest,
    nearest_day,
    nearest_month,
    nth_weekday,
    plus_days,
    plus_months,
    quarter_interval,
    weekday_date,
)

_MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "ML": 12000}
_DAYS_IN = {"D": 1, "W": 7, "F": 14, "WE": 7}

Today = dt.date | None


@lru_cache(maxsize=4096)
def resolve(expression: ex.Expression, today: Today) -> str | None:
    """Return the ISO 8601 value of an expression; `today` is the day of publication, None where it is not known.

    Remembered, because the articles of a day say "Tuesday" and "last year" over and over.
    """
    return _RESOLVERS[type(expression)](expression, today)


def day_of(expression: ex.Calendar | ex.Weekday | ex.Day | None, today: Today) -> dt.date | None:
    """Return the one day that an expression names, if it does."""
    if isinstance(expression, ex.Calendar):
        if expression.month is None or expression.day is None:
            return None
        if expression.year is not None:
            return date_or_none(expression.year, expression.month, expression.day)
        return nearest_day(expression.month, expression.day, expression.way, today) if today else None
    if expression is None or today is None:
        return None
    if isinstance(expression, ex.Day):
        month = plus_months(today, expression.months) if expression.months else today
        return plus_days(month, expression.days) if month else None
    day = weekday_date(expression.weekday, expression.way, expression.shift, today)
    return plus_days(day, 7 * expression.weeks) if day and expression.weeks else day


def _day(expression: ex.Weekday | ex.Day, today: Today) -> str | None:
    day = day_of(expression, today)
    return day.isoformat() if day else None


def _calendar(expression: ex.Calendar, today: Today) -> str | None:
    year, month = expression.year, expression.month
    if month is None:
        return f"{year:04d}" if year is not None else None
    if expression.day is not None:
        day = day_of(expression, today)
        return day.isoformat() if day else None
    if year is None:
        if today is None or expression.way == ex.THAT_ONE:
            return None
        year = nearest_month(month, expression.way, today)
    return f"{year:04d}-{month:02d}"


def _between(expression: ex.Between, today: Today) -> str | None:
    """Resolve both ends; a first month without a year is the last one before the end."""
    first, last = expression.first, expression.last
    high = _calendar(last, today)
    if high is None:
        return None
    if first.year is None and first.month and last.month:
        first = ex.Calendar(int(high[:4]) - (first.month > last.month), first.month, first.day)
    low = _calendar(first, today)
    return f"{low}/{high}" if low and low <= high else None


def _ago(expression: ex.Ago, today: Today) -> str | None:
    """Read "two years ago" is a year, "two months ago" a month, "two weeks ago" a week, "two days ago" a day."""
    if today is None:
        return None
    unit = expression.unit
    if unit in _MONTHS_IN:
        moved = plus_months(today, expression.count * _MONTHS_IN[unit])
        if moved is None:
            return None
        whole_years = unit not in ("M", "Q") and expression.count % 1 == 0
        return f"{moved.year:04d}" if whole_years else f"{moved.year:04d}-{moved.month:02d}"
    if unit in _DAYS_IN:
        moved = plus_days(today, expression.count * _DAYS_IN[unit])
        if moved is None:
            return None
        return moved.isoformat() if unit == "D" else iso_week(moved)
    return None


def _period(expression: ex.Period, today: Today) -> str | None:
    if today is None:
        return None
    unit, shift = expression.unit, expression.shift
    if unit == "WE":
        over = expression.way == ex.PAST and today.isoweekday() < 6
        saturday = plus_days(today, 6 - today.isoweekday() + 7 * (shift - over))
        sunday = plus_days(saturday, 1) if saturday else None
        return f"{saturday}/{sunday}" if sunday else None
    if unit in _DAYS_IN:
        day = plus_days(today, shift * _DAYS_IN[unit])
        if day is None:
            return None
        return day.isoformat() if unit == "D" else iso_week(day)
    if unit in ("E", "C"):
        years = 10 if unit == "E" else 100
        first = today.year // years * years + years * shift
        return f"{first:04d}/{first + years - 1:04d}" if YEAR_MIN <= first <= YEAR_MAX - years else None
    moved = plus_months(today, shift * _MONTHS_IN.get(unit, 1))
    if moved is None or unit not in _MONTHS_IN:
        return None
    if unit == "Q":
        return quarter_interval(moved.year, (moved.month + 2) // 3)
    return f"{moved.year:04d}-{moved.month:02d}" if unit == "M" else f"{moved.year:04d}"


def _part(expression: ex.Part, today: Today) -> str | None:
    kind, number, year = expression.kind, expression.number, expression.year
    if year is None:
        if today is None:
            return None
        if kind == "S" and expression.shift:
            return _season(number, expression.shift, today)
        year = today.year + expression.shift
        plain = expression.shift == 0 and expression.way != ex.FUTURE
        if kind == "Q" and (plain or (expression.shift and expression.way == ex.PAST)):
            year -= number > (today.month + 2) // 3
    if not YEAR_MIN <= year <= YEAR_MAX:
        return None
    if kind == "Q":
        return quarter_interval(year, number)
    if kind == "H":
        return months_interval(year, 6 * number - 5, 6 * number)
    if kind == "N":
        return months_interval(year, 1, number)
    return f"{year:04d}-{number}"


def _season(number: int, shift: int, today: dt.date) -> str | None:
    """Resolve "last summer", the last one that is over, and "next summer", the first that has not begun (north)."""
    first = 3 * (number - 20)  # its first month; winter's last two months are in the year after
    if shift < 0:
        year = today.year if first + 2 < today.month else today.year - 1
        if number == _WINTER:
            year = today.year - 1 if today.month > 2 else today.year - 2
    else:
        year = today.year if today.month < first else today.year + 1
    return f"{year:04d}-{number}" if YEAR_MIN <= year <= YEAR_MAX else None


_WINTER = 24


def _length(expression: ex.Length, today: Today) -> str | None:
    """Return the duration; from or up to the day of publication, as "first/last", behind "last" or "next"."""
    count, unit, toward = expression.count, expression.unit, expression.toward
    if count is None:
        return None
    value = iso_duration(count, unit)
    if not toward or today is None:
        return value
    if unit in _MONTHS_IN:
        other = plus_months(today, toward * count * _MONTHS_IN[unit])
    elif unit in _DAYS_IN:
        other = plus_days(today, toward * count * _DAYS_IN[unit])
    else:
        return value
    if other is None:
        return value
    return f"{other}/{today}" if other < today else f"{today}/{other}"


def _repeated(expression: ex.Repeated, today: Today) -> str | None:
    if not expression.weekday:
        return f"R/{expression.period}"
    if today is None:
        return None
    return f"R/{iso_week(today)}-{expression.weekday}/{expression.period}"


def _clock(expression: ex.Clock, today: Today) -> str | None:
    day = day_of(expression.day, today)
    return f"{day or ''}T{expression.hour:02d}:{expression.minute:02d}"


def _day_part(expression: ex.DayPart, today: Today) -> str | None:
    """Return the day; ISO 8601 has no morning."""
    day = day_of(expression.day, today)
    return day.isoformat() if day else None


def _nth_weekday(expression: ex.NthWeekday, today: Today) -> str | None:
    """Resolve the month, then count its weekdays; without a year it is the nearest such day."""
    month, number, weekday = expression.month, expression.number, expression.weekday
    if isinstance(month, ex.Calendar) and month.year is None and month.month and today:
        years = range(today.year - 1, today.year + 2)
        days = [day for year in years if (day := nth_weekday(year, month.month, weekday, number))]
        day = nearest(days, month.way, today)
        return day.isoformat() if day else None
    value = resolve(month, today)
    day = nth_weekday(int(value[:4]), int(value[5:7]), weekday, number) if value else None
    return day.isoformat() if day else None


def _day_of_month(expression: ex.DayOfMonth, today: Today) -> str | None:
    month = plus_months(today.replace(day=1), expression.shift) if today else None
    day = date_or_none(month.year, month.month, expression.day) if month else None
    return day.isoformat() if day else None


def _feast(expression: ex.Feast, today: Today) -> str | None:
    """Count from Easter Sunday."""
    if expression.year is not None:
        sunday = easter(expression.year)
        day = plus_days(sunday, expression.days) if sunday else None
        return day.isoformat() if day else None
    if today is None:
        return None
    sundays = [sunday for year in range(today.year - 1, today.year + 2) if (sunday := easter(year))]
    days = [day for sunday in sundays if (day := plus_days(sunday, expression.days))]
    day = nearest(days, expression.way, today)
    return day.isoformat() if day else None


def _years(expression: ex.Years, _: Today) -> str | None:
    return f"{expression.first:04d}/{expression.first + expression.count - 1:04d}"


def _beside(expression: ex.Beside, today: Today) -> str | None:
    return value_beside(expression, resolve(expression.base, today)) if expression.base is not None else None


def _ending(expression: ex.Ending, today: Today) -> str | None:
    begin, end = _calendar(expression.begin, today), _calendar(expression.date, today)
    if begin is None or end is None or end >= begin:
        return end
    year = int(begin[:4]) + (end[4:] < begin[4:])
    return _calendar(ex.Calendar(year, expression.date.month, expression.date.day), today)


def _unsettled(_: ex.Unsettled | ex.SameQuarter | ex.Fiscal, __: Today) -> str | None:
    return None


_RESOLVERS: dict[type, Callable[[Any, Today], str | None]] = {
    ex.Calendar: _calendar,
    ex.Between: _between,
    ex.Weekday: _day,
    ex.Day: _day,
    ex.Ago: _ago,
    ex.Period: _period,
    ex.Part: _part,
    ex.NthWeekday: _nth_weekday,
    ex.DayOfMonth: _day_of_month,
    ex.Feast: _feast,
    ex.Fiscal: _unsettled,
    ex.SameQuarter: _unsettled,
    ex.Years: _years,
    ex.Length: _length,
    ex.Repeated: _repeated,
    ex.Clock: _clock,
    ex.DayPart: _day_part,
    ex.Beside: _beside,
    ex.Ending: _ending,
    ex.Unsettled: _unsettled,
}
