"""When an article was published: what feeds write -> RFC 3339 in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DATE_CHARS_MAX = 64
EPOCH_SECONDS = range(
    100_000_000, 10_000_000_000
)  # 1973 to 2286: nobody means a day or a year by such a number
EPOCH_MILLISECONDS = range(100_000_000_000, 10_000_000_000_000)

_AS_WANTED = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:[0-5]\dZ)?", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_LEAP_SECOND = re.compile(r"(?<=\d\d:\d\d):60(?!\d)")
_LONG_FRACTION = re.compile(r"(?<=:\d\d)([.,]\d{6})\d+")
_MONTH_FIRST = re.compile(r"^([A-Za-z]{3,9}\.?) (\d{1,2}),? (\d{4})$")
_NAMED_DATE = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]{0,6}\.? (\d{4})")


def read_published_at(value: object) -> str | None:
    """RFC 3339 in UTC, or None for what cannot be read.

    Takes RFC 3339 and ISO 8601 dates and times, RFC 2822 (`Thu, 08 Feb 2024 10:00:00 GMT`), a bare date
    (midnight; `8 February 2024` too) and seconds or milliseconds since 1970. A time without a zone is taken as UTC.

    >>> read_published_at("2024-02-08T12:30:00+03:00")
    '2024-02-08T09:30:00Z'
    """
    try:
        if isinstance(value, str) and (wanted := _AS_WANTED.fullmatch(value)):
            datetime.fromisoformat(value)  # raises where there is no such day or hour
            return value if wanted[1] else f"{value}T00:00:00Z"
        if isinstance(value, str):
            moment = _parse(value.strip())
        elif isinstance(value, int | float) and not isinstance(value, bool):
            moment = _since_1970(value)
        else:
            return None
        if moment is None:
            return None
        in_utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return f"{in_utc.replace(tzinfo=None).isoformat()}Z"


def _parse(text: str) -> datetime | None:
    if not text or len(text) > DATE_CHARS_MAX or not text.isascii():
        return None
    if _ISO_DATE.match(text):
        second = timedelta(0)
        if _LEAP_SECOND.search(text):  # the leap second counts as the first second after it
            text, second = _LEAP_SECOND.sub(":59", text), timedelta(seconds=1)
        text = _LONG_FRACTION.sub(r"\1", text)
        return datetime.fromisoformat(_iso(text)) + second
    if text.isdigit():
        return _since_1970(int(text)) if len(text) >= 9 else None
    named = _NAMED_DATE.fullmatch(_MONTH_FIRST.sub(r"\2 \1 \3", text))
    return parsedate_to_datetime(text if named is None else named.expand(r"\1 \2 \3 00:00"))


def _iso(text: str) -> str:
    """RFC 3339 allows small letters and feeds put a blank before the zone; `fromisoformat` takes neither."""
    text = text.upper().replace(",", ".")
    for zone in (" UTC", " GMT", " Z"):
        text = text.removesuffix(zone) + ("Z" if text.endswith(zone) else "")
    return re.sub(r" (?=[+-]\d\d:?\d\d$)", "", text)


def _since_1970(number: float) -> datetime | None:
    if int(number) in EPOCH_MILLISECONDS:
        number /= 1000
    elif int(number) not in EPOCH_SECONDS:
        return None
    return datetime.fromtimestamp(number, UTC)
