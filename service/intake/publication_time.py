"""Find when an article was published among the fields of its record, and say where a time was given and not read."""

from __future__ import annotations

from typing import Any, Final

from service.intake.cleaning.clean import Repair
from service.intake.published import DATE_CHARS_MAX, read_time
from service.intake.raw_fields import RawFields
from service.intake.shapes.paths import Field, Kind
from service.intake.shapes.values import plain
from service.intake.written_dates import Ambiguous

ZONE_ENDINGS: Final = ("TZ", "_tz", "_timezone", "Timezone", "TimeZone", "_zone")
"""What stands behind the name of a time in the name of the field that holds its zone: `pubDate`, `pubDateTZ`."""

_ZONE_CHARS_MAX: Final = 40
"""Maximum length of the name of a zone, in characters."""


def published_at_in(fields: RawFields) -> tuple[str | None, tuple[str, ...]]:
    """Return when the article was published, and what `repairs` says where a time was given and none was read."""
    ambiguous: list[bool] = []

    def read(value: Any, _: Kind) -> str | None:
        if any(ambiguous) and isinstance(value, list):
            return None  # feedparser's published_parsed: its guess at the same words
        try:
            found = read_time(value)
        except Ambiguous:
            ambiguous.append(True)
            return None
        if found is None and _may_be_a_time(value):
            ambiguous.append(False)
        return found

    found = fields.first(Field.PUBLISHED_AT, read)
    if found is not None:
        try:
            return _in_zone_beside(fields, found), ()
        except Ambiguous:
            ambiguous.append(True)
    if not ambiguous:
        return None, ()
    return None, ((Repair.TIME_AMBIGUOUS if any(ambiguous) else Repair.TIME_UNREAD).value,)


def _may_be_a_time(value: Any) -> bool:
    """Return whether a value that was not read may have been meant as a time: `data` may hold anything."""
    if isinstance(value, dict):
        value = plain(value)
    return value is not None and (not isinstance(value, str) or len(value) <= DATE_CHARS_MAX)


def _in_zone_beside(fields: RawFields, found: str) -> str:
    """Return the time in the zone that a field beside it names, where the time itself names none.

    Raises: Ambiguous, where several countries have that zone.
    """
    name = fields.read_from[Field.PUBLISHED_AT]
    written = fields.peek(name)
    if not isinstance(written, str) or written[-1:] in "Zz":
        return found
    if not any(key.endswith(ZONE_ENDINGS) for key in fields.raw):
        return found
    for ending in ZONE_ENDINGS:
        zone = fields.peek(f"{name}{ending}")
        if isinstance(zone, str) and len(zone) <= _ZONE_CHARS_MAX:
            return read_time(f"{written} {zone}") or found
    return found
