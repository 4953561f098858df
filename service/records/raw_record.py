"""A record as it was fed: where it stood, what it was, and why it may be set aside."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta, Struct

INT32_MAX: Final = 2**31 - 1
INT64_MAX: Final = 2**63 - 1
"""Kafka's largest partition, and its largest offset and timestamp."""

NOT_UNPACKED = "copydesk.not_unpacked"
"""The one header of a record that could not be read as a whole, with the reason (service/kafka/batch_reader.py)."""


class Reason(StrEnum):
    """Why a record was set aside: a closed list, used as header and as metric label."""

    INVALID_JSON = "invalid_json"
    INVALID_UTF8 = "invalid_utf8"
    SCHEMA = "schema"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NO_VALUE = "no_value"
    NO_TEXT = "no_text"
    UNKNOWN_COLLECTION = "unknown_collection"
    FOREIGN_SOURCE = "foreign_source"
    TIMEOUT = "timeout"
    BUG = "bug"
    POISON = "poison"


DETAIL_CHARS_MAX: Final = 350
"""Maximum length of what is said of a record, in characters."""


class Rejected(Exception):  # noqa: N818 - said as the newsroom says it
    """This record cannot become an article; it goes to the dead letters with `reason`."""

    def __init__(self, reason: Reason, detail: str) -> None:
        detail = detail if detail.isprintable() else "".join(map(_shown, detail))
        self.reason = reason
        self.detail = detail if len(detail) <= DETAIL_CHARS_MAX else f"{detail[: DETAIL_CHARS_MAX - 1]}…"
        super().__init__(f"{reason.value}: {self.detail}")


def _shown(character: str) -> str:
    """Escape what could do something to the screen of whoever reads a detail: names of fields come from strangers."""
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")


class Origin(Struct, frozen=True):
    """Where the raw record stood in Kafka. `timestamp_ms` is the record's own, None where it has none."""

    topic: str
    partition: Annotated[int, Meta(ge=0, le=INT32_MAX)]
    offset: Annotated[int, Meta(ge=0, le=INT64_MAX)]
    timestamp_ms: Annotated[int, Meta(ge=-INT64_MAX, le=INT64_MAX)] | None = None


class Trace(Struct, frozen=True):
    """W3C trace context of the raw record, carried to every output (https://www.w3.org/TR/trace-context/)."""

    traceparent: str
    tracestate: str | None = None


class RawRecord(Struct, frozen=True, gc=False):
    """A record as Kafka delivered it, untouched."""

    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    origin: Origin
