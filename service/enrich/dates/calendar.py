"""Calendar arithmetic on days: months on, quarters, ISO weeks, the nearest day of a name."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from service.enrich.dates.expressions import (
    FUTURE,
    LAST,
    LAST_ONE,
    NEAREST,
    NEXT,
    NEXT_ONE,
    PAST,
    THIS,
    THIS_ONE,
)

YEAR_MIN, YEAR_MAX = 1, 9999
FAR_DAYS = 330
"""Maximum distance at which a date without a year is looked for, in days, whatever its sentence says."""
RECENT_DAYS = 270
"""Maximum distance of a past month without a year that is preferred to a coming one, in days."""
_DAYS_MAX = 4_000_000  # more than any date is away from any other


_LARGER = {"E": (10, "Y"), "C": (100, "Y"), "ML": (1000, "Y"), "Q": (3, "M"), "F": (2, "W"), "WE": (2, "D")}
_SMALLER = {"Y": ("M", 12), "W": ("D", 7), "TH": ("M", 60), "TM": ("S", 60)}
_COUNT_MAX = 1e9


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    """Return the day; None where it does not exist (30 February, year 0)."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def plus_days(day: dt.date, days: float) -> dt.date | None:
    """Add days; None beyond the years 1 to 9999."""
    if not -_DAYS_MAX < days < _DAYS_MAX:
        return None
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def plus_months(day: dt.date, months: float) -> dt.date | None:
    """Add months; the day is cut to the length of the month.

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
    """Return the first day of one month and the last day of another, as "first/last"."""
    return f"{year:04d}-{first:02d}-01/{year:04d}-{last:02d}-{monthrange(year, last)[1]:02d}"


def quarter_interval(year: int, number: int) -> str:
    """Return a quarter of the calendar year, as "first/last"."""
    return months_interval(year, 3 * number - 2, 3 * number)


def iso_week(day: dt.date) -> str:
    """Read "2023-W47"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def nearest_day(month: int, day: int, way: int, today: dt.date) -> dt.date | None:
    """Return the day of that name nearest to today, or on the side that `way` says unless that is far away."""
    years = (today.year - 1, today.year, today.year + 1)
    return nearest([date for year in years if (date := date_or_none(year, month, day))], way, today)


def nearest(days: list[dt.date], way: int, today: dt.date) -> dt.date | None:
    """Choose from `days`, sorted, the one nearest to today, or on the side that `way` says unless that is far away."""
    if way == THIS_ONE:
        return next((day for day in days if day.year == today.year), None)
    if way in (LAST_ONE, NEXT_ONE):
        days = [day for day in days if (day < today if way == LAST_ONE else day > today)]
        return (days[-1] if way == LAST_ONE else days[0]) if days else None
    past = [day for day in days if day <= today]
    future = [day for day in days if day >= today]
    if past and future:
        return _choose(past[-1], future[0], way, today)
    return past[-1] if past else future[0] if future else None


def nearest_month(month: int, way: int, today: dt.date) -> int:
    """Return the year of the month that is meant: a past one unless it is far away or `way` looks ahead."""
    if way == LAST_ONE:
        return today.year - (month >= today.month)
    if way == NEXT_ONE:
        return today.year + (month <= today.month)
    if month == today.month or way == THIS_ONE:
        return today.year
    past_year = today.year if month < today.month else today.year - 1
    past = date_or_none(past_year, month, 15)
    future = date_or_none(past_year + 1, month, 15)
    if past is None or future is None:
        return today.year
    if way == NEAREST and (today - past).days <= RECENT_DAYS:
        return past.year
    return _choose(past, future, way, today).year


def _choose(past: dt.date, future: dt.date, way: int, today: dt.date) -> dt.date:
    """Return the day on the side that `way` says unless it is far away, else the nearer one."""
    back, ahead = (today - past).days, (future - today).days
    if way == PAST and back <= FAR_DAYS:
        return past
    if way == FUTURE and ahead <= FAR_DAYS:
        return future
    return past if back <= ahead else future


def weekday_date(weekday: int, way: int, shift: int, today: dt.date) -> dt.date | None:
    """Return the day a weekday means: the nearest one past, today included, unless its sentence looks ahead."""
    distance = weekday - today.isoweekday()
    if shift == THIS:
        return plus_days(today, distance)
    ahead, back = distance % 7, -distance % 7
    if shift == LAST:
        return plus_days(today, -(back or 7))
    if shift == NEXT:
        return plus_days(today, ahead or 7)
    return plus_days(today, ahead if way == FUTURE else -back)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> dt.date | None:
    """Return the first to fifth weekday of a month, or the last one for -1; None where a month has no fifth.

    >>> nth_weekday(2023, 11, 4, 4), nth_weekday(2023, 2, 1, -1)
    (datetime.date(2023, 11, 23), datetime.date(2023, 2, 27))
    """
    first = date_or_none(year, month, 1)
    if first is None:
        return None
    days = range((weekday - first.isoweekday()) % 7 + 1, monthrange(year, month)[1] + 1, 7)
    place = number - 1 if number > 0 else len(days) - 1
    return date_or_none(year, month, days[place]) if place < len(days) else None


def easter(year: int) -> dt.date | None:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).

    >>> easter(2024)
    datetime.date(2024, 3, 31)
    """
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    shift = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * shift) // 451
    month, day = divmod(epact + shift - 7 * late + 114, 31)
    return date_or_none(year, month, day + 1)


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
