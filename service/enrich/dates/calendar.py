"""Calendar arithmetic on days: months on, quarters, ISO weeks, the nearest day of a name."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from service.enrich.dates.expressions import FUTURE, LAST, NEXT, PAST, THIS

YEAR_MIN, YEAR_MAX = 1, 9999
FAR_DAYS = 330
"""A date without a year is not looked for further away than this, whatever its sentence says."""
_DAYS_MAX = 4_000_000  # more than any date is away from any other


_LARGER = {"E": (10, "Y"), "C": (100, "Y"), "ML": (1000, "Y"), "Q": (3, "M"), "F": (2, "W"), "WE": (2, "D")}
_SMALLER = {"Y": ("M", 12), "W": ("D", 7), "TH": ("M", 60), "TM": ("S", 60)}
_COUNT_MAX = 1e9


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    """The day; None where there is none (30 February, year 0)."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def plus_days(day: dt.date, days: float) -> dt.date | None:
    """So many days on; None beyond the years 1 to 9999."""
    if not -_DAYS_MAX < days < _DAYS_MAX:
        return None
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def plus_months(day: dt.date, months: float) -> dt.date | None:
    """So many months on; the day is cut to the length of the month.

    >>> plus_months(dt.date(2023, 3, 31), -1)
    datetime.date(2023, 2, 28)
    """
    if not -_DAYS_MAX < months < _DAYS_MAX:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + round(months), 12)
    if not YEAR_MIN <= year <= YEAR_MAX:
        return None
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_interval(year: int, first: int, last: int) -> str:
    """From the first day of one month to the last day of another, "first/last"."""
    return f"{year:04d}-{first:02d}-01/{year:04d}-{last:02d}-{monthrange(year, last)[1]:02d}"


def quarter_interval(year: int, number: int) -> str:
    """A quarter of the calendar year."""
    return months_interval(year, 3 * number - 2, 3 * number)


def iso_week(day: dt.date) -> str:
    """Read "2023-W47"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def nearest_day(month: int, day: int, way: int, today: dt.date) -> dt.date | None:
    """The day of that name nearest to today, or on the side that `way` says unless that is far away."""
    years = (today.year - 1, today.year, today.year + 1)
    found = [date for year in years if (date := date_or_none(year, month, day))]
    past = [date for date in found if date <= today]
    future = [date for date in found if date >= today]
    if past and future:
        return _choose(past[-1], future[0], way, today)
    return past[-1] if past else future[0] if future else None


def nearest_month(month: int, way: int, today: dt.date) -> int:
    """The year of the month of that name nearest to today."""
    if month == today.month:
        return today.year
    past_year = today.year if month < today.month else today.year - 1
    past = date_or_none(past_year, month, 15)
    future = date_or_none(past_year + 1, month, 15)
    if past is None or future is None:
        return today.year
    return _choose(past, future, way, today).year


def _choose(past: dt.date, future: dt.date, way: int, today: dt.date) -> dt.date:
    back, ahead = (today - past).days, (future - today).days
    if way == PAST and back <= FAR_DAYS:
        return past
    if way == FUTURE and ahead <= FAR_DAYS:
        return future
    return past if back <= ahead else future


def weekday_date(weekday: int, way: int, shift: int, today: dt.date) -> dt.date | None:
    """The day a weekday means: the nearest one past, today included, unless its sentence looks ahead."""
    distance = weekday - today.isoweekday()
    if shift == THIS:
        return plus_days(today, distance)
    ahead, back = distance % 7, -distance % 7
    if shift == LAST:
        return plus_days(today, -(back or 7))
    if shift == NEXT:
        return plus_days(today, ahead or 7)
    return plus_days(today, ahead if way == FUTURE else -back)


def iso_duration(count: float, unit: str) -> str | None:
    """Read "P2W", "P2Y6M", "PT1M30S"; decades and centuries in years, quarters in months, weekends in days.

    >>> iso_duration(2.5, "Y"), iso_duration(2, "E"), iso_duration(90, "TM")
    ('P2Y6M', 'P20Y', 'PT90M')
    """
    factor, letter = _LARGER.get(unit, (1, unit))
    if letter == "P" or not 0 < count < _COUNT_MAX:
        return None
    total = count * factor
    whole = int(total)
    head = "PT" if letter in ("S", "TM", "TH") else "P"
    name = letter[-1]
    if total == whole:
        return f"{head}{whole}{name}"
    if letter not in _SMALLER:
        return f"{head}{total:.6g}{name}"
    smaller, size = _SMALLER[letter]
    rest = round((total - whole) * size)
    return f"{head}{f'{whole}{name}' if whole else ''}{rest}{smaller}"
