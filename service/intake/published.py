"""Read when an article was published: what feeds write becomes RFC 3339 in UTC, or nothing where it is not certain."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from service.intake.shapes.values import plain
from service.intake.written_dates import Ambiguous, read_written
from service.intake.zones import zone_of

DATE_CHARS_MAX: Final = 100
"""Maximum length of a date, in characters."""

YEARS: Final = range(1600, 2200)
"""Years that news is published in: others stand for "never", or for another calendar."""

_SECONDS: Final = range(100_000_000, 10_000_000_000)
"""Numbers read as seconds since 1970: 1973 to 2286. Milliseconds, microseconds and nanoseconds are the same times
a thousand each, so that no number can be two of them."""
_UNITS: Final = (1, 1_000, 1_000_000, 1_000_000_000)

_AS_WANTED: Final = re.compile(r"\d{4}-\d\d-\d\d(T(?:[01]\d|2[0-3]):\d\d:[0-5]\dZ)?", re.ASCII)
_ISO: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::[0-5]\d|:60)?)(?:[.,](\d{1,9}))?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.ASCII | re.IGNORECASE,
)
_RFC2822: Final = re.compile(
    r"(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d(?::[0-5]\d)?) (GMT|UTC|Z|[+-]\d{4})",
    re.ASCII,
)
_AGENCY: Final = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d:\d\d:[0-5]\d)(?:[.,]\d{1,9})?", re.ASCII)
"""As archives of agencies have it, 26-FEB-1987 15:01:01.79: read here in a tenth of what it takes part by part."""
_PART_KEYS: Final = (
    ("year",),
    ("monthValue", "month"),
    ("dayOfMonth", "day"),
    ("hour", "hours"),
    ("minute", "minutes"),
    ("second", "seconds"),
)
"""Keys of the parts of a time in objects of Java and of Google's APIs."""
_DATE_KEYS: Final = ("$date", "iso", "date", "original", "published", "created")
"""Keys under which an object holds a date, that of publication before that of the record."""
_MONTHS: Final = {calendar.month_abbr[month]: f"{month:02}" for month in range(1, 13)}
_COMPACT: Final = re.compile(
    r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_WEEK_DATE: Final = re.compile(r"\d{4}-W\d\d-[1-7]", re.ASCII)
_DOTNET: Final = re.compile(r"/Date\((\d{11,13})(?:[+-]\d{4})?\)/", re.ASCII)


def read_published_at(value: Any) -> str | None:
    """Return RFC 3339 in UTC, or None for what cannot be read with certainty.

    Takes ISO 8601 and RFC 3339, RFC 2822, dates as pages write them in eight languages (`4. Juni 2025, 9:12 Uhr`),
    seconds to nanoseconds since 1970, lists of numbers (Python's struct_time) and objects around one of them. A bare
    date is midnight; a time without a zone is taken as UTC.

    >>> read_published_at("2024-02-08T12:30:00+03:00")
    '2024-02-08T09:30:00Z'
    """
    try:
        return read_time(value)
    except Ambiguous:
        return None


def read_time(value: Any) -> str | None:
    """Return RFC 3339 in UTC, or None for what cannot be read. Raises `Ambiguous` for what may be two times."""
    if isinstance(value, str) and (wanted := _AS_WANTED.fullmatch(value)) and int(value[:4]) in YEARS:
        try:
            datetime.fromisoformat(value)  # raises where there is no such day or hour
        except ValueError:
            return None
        return value if wanted[1] else f"{value}T00:00:00Z"
    try:
        moment = _moment(value)
        if moment is None or moment.year not in YEARS:
            return None
        in_utc = moment if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return f"{in_utc.replace(tzinfo=None).isoformat()}Z"


def _moment(value: Any) -> datetime | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _numeric(str(int(value))) or _since_1970(value)
    if isinstance(value, list) and len(value) >= 3 and all(type(part) is int for part in value[:9]):
        return _struct(value)
    if isinstance(value, dict):
        return _in_object(value)
    if isinstance(value, list):
        value = plain(value)
        return None if value is None else _moment(value)
    if not isinstance(value, str) or len(value) > DATE_CHARS_MAX:
        return None
    text = value.strip().replace("\N{MINUS SIGN}", "-")
    return (
        _numeric(text)
        or _iso(text)
        or _rfc2822(text)
        or _agency(text)
        or _week_date(text)
        or read_written(text)
    )


def _in_object(value: dict[str, Any]) -> datetime | None:
    """Read a date of MongoDB, Firestore, PHP, or any object around one."""
    parts = [next((value[key] for key in keys if type(value.get(key)) is int), None) for keys in _PART_KEYS]
    if None not in parts[:3]:
        return _struct([part or 0 for part in parts])
    for key in _DATE_KEYS:
        if key in value:
            zone = value.get("timezone")
            inner = value[key]
            if isinstance(inner, str) and isinstance(value.get("time"), str):
                inner = f"{inner} {value['time']}"
            return _moment(f"{inner} {zone}" if isinstance(zone, str) and isinstance(inner, str) else inner)
    for key in ("seconds", "_seconds", "epochSecond", "unix", "epoch", "timestamp"):
        if isinstance(value.get(key), int):
            return _since_1970(value[key])
    found = plain(value)
    if isinstance(found, str) and "$numberLong" in value:
        return _since_1970(int(found))
    return None if found is None else _moment(found)


def _struct(parts: list[int]) -> datetime:
    """Read year, month, day, hour, minute, second; the rest tells nothing more, or nanoseconds."""
    year, month, day, hour, minute, second = (*parts[:6], 0, 0, 0)[:6]
    return datetime(year, month, day, hour, minute, second)


def _week_date(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if _WEEK_DATE.fullmatch(text) else None


def _numeric(text: str) -> datetime | None:
    """Read digits: a compact date, or time since 1970."""
    if match := _DOTNET.fullmatch(text):
        return _since_1970(int(match[1]))
    if (match := _COMPACT.fullmatch(text)) and (moment := _compact(match)) is not None:
        return moment
    bare = text.removeprefix("-").replace(".", "", 1)
    if len(bare) < 9 or not (bare.isascii() and bare.isdigit()):
        return None
    return _since_1970(float(text) if "." in text else int(text))


def _compact(match: re.Match[str]) -> datetime | None:
    *parts, zone = match.groups()
    try:
        local = datetime(*(int(part or 0) for part in parts))  # type: ignore[arg-type]  # six of them
    except ValueError:
        return None
    return _with_zone(local, zone)


def _since_1970(number: float) -> datetime | None:
    for unit in _UNITS:
        if int(number) // unit in _SECONDS:
            seconds, rest = divmod(number, unit)
            return datetime.fromtimestamp(seconds, UTC) + timedelta(seconds=rest / unit)
    return None


def _iso(text: str) -> datetime | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    day, time, fraction, zone = match.groups()
    if time is None:
        return datetime.fromisoformat(day) if zone is None else None
    if time.startswith("24:00") and not time.strip("0:24") and not (fraction or "").strip("0"):
        return _with_zone(datetime.fromisoformat(day) + timedelta(days=1), zone)
    leap = timedelta(seconds=time.endswith(":60"))  # the leap second counts as the first second after it
    if leap and len(time) == 8:
        time = f"{time[:6]}59"
    moment = datetime.fromisoformat(f"{day}T{time}").replace(
        microsecond=int((fraction or "0")[:6].ljust(6, "0"))
    )
    return _with_zone(moment + leap, zone)


def _rfc2822(text: str) -> datetime | None:
    match = _RFC2822.fullmatch(text)
    if match is None or match[2] not in _MONTHS:
        return None
    day, month, year, time, zone = match.groups()
    return _with_zone(datetime.fromisoformat(f"{year}-{_MONTHS[month]}-{day:0>2}T{time}"), zone)


def _agency(text: str) -> datetime | None:
    match = _AGENCY.fullmatch(text)
    month = match and _MONTHS.get(match[2].capitalize())
    if match is None or month is None:
        return None
    return datetime.fromisoformat(f"{match[3]}-{month}-{match[1]:0>2}T{match[4]}")


def _with_zone(local: datetime, zone: str | None) -> datetime | None:
    if zone is None:
        return local
    found = zone_of(zone, local)
    return None if found is None else local.replace(tzinfo=found)
