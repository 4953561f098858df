"""What a reader may ask: filters and cursors, read from the parameters of an address."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

UNIT_HOURS: Final = {"h": 1, "d": 24, "w": 24 * 7}
Kind = TypeVar("Kind", bound=Struct)

TEXT_CHARS_MAX: Final = 500
"""Maximum characters of a parameter; ids and addresses of articles are shorter."""


class BadQuestion(Exception):  # noqa: N818 - it is what happened
    """A parameter cannot be read; the message says which and what is wanted."""


class NothingThere(Exception):  # noqa: N818 - it is what happened
    """What was asked for is not in the store."""


class Filters(Struct, frozen=True, omit_defaults=True):
    """Hold what the river is narrowed to; an empty text does not narrow."""

    q: str = ""
    source: str = ""
    speaker: str = ""
    collection: str = ""
    language: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""

    @property
    def picks_articles(self) -> bool:
        """Tell whether single articles are asked for, and not stories with their newest article."""
        return bool(self.q or self.source or self.speaker or self.language or self.kind)


class Cursor(Struct, frozen=True, array_like=True):
    """Hold the place behind the last row of a page: when it was fed, and its id."""

    fed_at: str
    id: int


def filters_of(parameters: Mapping[str, str]) -> Filters:
    """Read the filters. Raises BadQuestion."""
    given = {name: parameters.get(name, "").strip() for name in Filters.__struct_fields__}
    for name, value in given.items():
        if len(value) > TEXT_CHARS_MAX or "\0" in value:
            raise BadQuestion(f"{name} is longer than {TEXT_CHARS_MAX} characters, or holds NUL")
    return Filters(**given)


def required(parameters: Mapping[str, str], name: str) -> str:
    """Return a parameter that must be there. Raises BadQuestion."""
    value = parameters.get(name, "")
    if not value or "\0" in value:
        raise BadQuestion(f"the address lacks {name}=...")
    return value


def whole_number(parameters: Mapping[str, str], name: str, default: int, *, lowest: int, highest: int) -> int:
    """Read a number between two bounds. Raises BadQuestion."""
    text = parameters.get(name, "")
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
        raise BadQuestion(f"{name} must be a whole number between {lowest} and {highest}")
    return int(text)


def moment(name: str, text: str, now: datetime) -> str:
    """Read a span before now (12h, 7d, 2w), a date or a time; return it as the store writes times.

    >>> moment("since", "1d", datetime(2026, 3, 2, tzinfo=UTC)), moment("until", "2026-03-01", datetime.now(UTC))
    ('2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z')
    """
    if span := re.fullmatch(r"([0-9]{1,5})([hdw])", text):
        found = now - timedelta(hours=int(span[1]) * UNIT_HOURS[span[2]])
    else:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            raise BadQuestion(
                f"{name} must be a span (12h, 7d, 2w), a date or a time, not {text[:40]}"
            ) from None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def written(cursor: Struct) -> str:
    """Write a cursor for an address."""
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def cursor_of(parameters: Mapping[str, str], kind: type[Kind]) -> Kind | None:
    """Read the cursor; None where the first page is asked for. Raises BadQuestion."""
    text = parameters.get("cursor", "")
    if not text:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=kind)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise BadQuestion("cursor is none that a page of ours gave") from None
