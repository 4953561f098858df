"""Which records a person asked for: ``--since 10m``, ``--where speaker.name=Lotte Brandt``."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from service.commands.shared import CommandFailed
from service.exit_codes import ExitCode

if TYPE_CHECKING:
    from service.kafka.browsing import Found

UNIT_SECONDS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}

OWN_HEADER_PREFIX: Final = "copydesk.dlq."
"""Prefix of Copydesk's headers, which a condition may leave out: ``--where reason=no_text``."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold one condition: `path` leads through the fields of a value, or names a header."""

    path: str
    wanted: str


def moment_ms(text: str, now_ms: int) -> int:
    """Read ``10m`` (s, m, h, d, w before now), or a date or time of ISO 8601 (UTC if it names no zone).

    >>> moment_ms("10m", 1_000_000)
    400000
    >>> moment_ms("1970-01-02", 0)
    86400000
    """
    if span := re.fullmatch(r"(\d+(?:\.\d+)?)([smhdw])", text.strip()):
        return now_ms - int(float(span[1]) * UNIT_SECONDS[span[2]] * 1_000)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise CommandFailed(
            f"--since {text} is neither a span (90s, 10m, 2h, 7d) nor a time (2025-05-01T08:00)",
            ExitCode.USAGE,
        ) from None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1_000)


def since_moment(text: str | None) -> int | None:
    """Return the moment that ``--since`` means, in milliseconds; None if it was not used."""
    return moment_ms(text, int(time.time() * 1_000)) if text else None


def conditions(texts: Sequence[str] | None) -> tuple[Condition, ...]:
    """Read the conditions of ``--where key=value``. Raises CommandFailed (USAGE)."""
    found = []
    for text in texts or ():
        path, equals, wanted = text.partition("=")
        if not equals or not path:
            raise CommandFailed(f"--where {text} must be key=value", ExitCode.USAGE)
        found.append(Condition(path.strip(), wanted))
    return tuple(found)


def meets(record: Found, wanted: Sequence[Condition]) -> bool:
    """Return whether all conditions hold. A list meets a condition if one of its items does."""
    if not wanted:
        return True
    value = parsed(record.value)
    return all(_holds(record, value, condition) for condition in wanted)


def parsed(value: bytes | None) -> Any:
    """Parse a value as JSON; return None if it is none."""
    try:
        return orjson.loads(value or b"null")
    except orjson.JSONDecodeError:
        return None


def _holds(record: Found, value: Any, condition: Condition) -> bool:
    if any(_as_text(found) == condition.wanted for found in _at(value, condition.path.split("."))):
        return True
    names = (condition.path, OWN_HEADER_PREFIX + condition.path)
    return any(record.header(name) == condition.wanted for name in names)


def _at(value: Any, path: list[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _at(item, path)
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from _at(value[path[0]], path[1:])


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
