"""The headers a dead letter carries beside its own: where it came from, and why it was set aside.

``__streams.errors.*`` are the names of KIP-1034, so that tools for stream processors know them; the
rest is ours. All values are UTF-8 text. Nothing here reads a clock: a redelivered record becomes the
same dead letter, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from service import __version__
from service.records import NOT_UNPACKED, Origin, Reason

EXCEPTION = "__streams.errors.exception"
MESSAGE = "__streams.errors.message"
TOPIC = "__streams.errors.topic"
PARTITION = "__streams.errors.partition"
OFFSET = "__streams.errors.offset"
STAGE = "copydesk.dlq.stage"
REASON = "copydesk.dlq.reason"
ATTEMPTS = "copydesk.dlq.attempts"
TIMESTAMP = "copydesk.dlq.timestamp"
VERSION = "copydesk.dlq.version"
REPLAYS = "copydesk.dlq.replays"
REPLAYED_FROM = "copydesk.dlq.replayed_from"
"""On a record that was sent back: the dead letter it was. One that dies again so names the letter it replaces."""

CUT = "copydesk.dlq.cut"
"""On a dead letter that does not carry all of its record, for that is larger than the topic takes: the bytes that its
key, value and headers had. The record itself stands at `TOPIC`, `PARTITION`, `OFFSET`."""

ERROR_HEADERS = frozenset(
    {
        CUT,
        NOT_UNPACKED,
        EXCEPTION,
        MESSAGE,
        TOPIC,
        PARTITION,
        OFFSET,
        STAGE,
        REASON,
        ATTEMPTS,
        TIMESTAMP,
        VERSION,
    }
)
"""What a replay takes off again. `REPLAYS` stays: it is how often a record was sent back already."""

DETAIL_CHARS_MAX = 1_000
"""Maximum length of the message, in characters: headers stay far below the 64 KiB a dead letter may be larger."""

REPLAYS_DIGITS_MAX = 4
"""Maximum number of digits of `REPLAYS` that are believed. A feeder may send any header, and Python refuses to read a
number of 4,301 digits."""

Headers = Iterable[tuple[str, bytes]]


def dead_letter_headers(
    original_headers: Headers,
    *,
    stage: str,
    reason: Reason,
    detail: str,
    exception: str,
    origin: Origin,
    replays: int,
) -> list[tuple[str, bytes]]:
    """Return the record's own headers, in order, then ours.

    `exception` is the name of its class. `timestamp` is the record's own, in milliseconds, absent where
    it had none. `attempts` counts the times a stage has tried: one more than the record was replayed.
    """
    ours = {
        EXCEPTION: exception,
        MESSAGE: detail[:DETAIL_CHARS_MAX],
        TOPIC: origin.topic,
        PARTITION: str(origin.partition),
        OFFSET: str(origin.offset),
        STAGE: stage,
        REASON: reason.value,
        ATTEMPTS: str(replays + 1),
        VERSION: __version__,
        REPLAYS: str(replays),
    }
    if origin.timestamp_ms is not None:
        ours[TIMESTAMP] = str(origin.timestamp_ms)
    own = [(name, value) for name, value in strip_error_headers(original_headers) if name != REPLAYS]
    return own + [(name, value.encode("utf-8", "backslashreplace")) for name, value in ours.items()]


def strip_error_headers(headers: Headers) -> list[tuple[str, bytes]]:
    """Return the headers without those that say why the record was set aside."""
    return [(name, value) for name, value in headers if name not in ERROR_HEADERS]


def replays_of(headers: Headers) -> int:
    """Count how often the record was sent back: 0 where the header is missing or holds no such number.

    >>> replays_of([("copydesk.dlq.replays", b"2")])
    2
    """
    text = header_text(headers, REPLAYS) or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) <= REPLAYS_DIGITS_MAX else 0


def replay_headers(headers: Headers, place: str) -> list[tuple[str, bytes]]:
    """Make the headers with which a dead letter goes back to `articles.raw`.

    These are its original headers, in order, `REPLAYS` raised by one, and the `place` it was sent back from.

    All that stands from our first header on is ours, the CloudEvents attributes of the dead letter included.
    """
    kept = list(headers)
    own = takewhile(lambda header: header[0] not in ERROR_HEADERS, kept)
    return [
        *(header for header in own if header[0] not in (REPLAYS, REPLAYED_FROM)),
        (REPLAYS, str(replays_of(kept) + 1).encode()),
        (REPLAYED_FROM, place.encode()),
    ]


def header_text(headers: Headers, name: str) -> str | None:
    """Return the last value under `name` as text (the last one is ours); None if there is none."""
    values = [value for key, value in headers if key == name and value is not None]
    return values[-1].decode("utf-8", "replace") if values else None
