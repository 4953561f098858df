"""Records of one partition that were fetched together travel through Faust as one event: a run.

Faust's work for an event, from the consumer to the acknowledgement, costs 100 to 200 µs of CPU, as much as cleaning
an article. A run pays it once. Its message stands at the offset of its last record, and acknowledging it acknowledges
all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

from service.records import Origin, RawRecord


class Fetched(Protocol):
    """A record as aiokafka hands it over."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


RUN_BYTES: Final = 1_048_576
"""Size of keys and values, in bytes, from which a run takes no more: sixteen runs wait in a stream."""


def bytes_of(record: Fetched) -> int:
    """Return the size of key and value, in bytes."""
    return len(record.value or b"") + len(record.key or b"")


def cut_into_runs(records: Sequence[Fetched], records_max: int) -> list[Sequence[Fetched]]:
    """Cut records into runs, in order, of at most `records_max` records, or fewer large ones."""
    runs: list[Sequence[Fetched]] = []
    first = size = 0
    for number, record in enumerate(records, 1):
        size += bytes_of(record)
        if number - first == records_max or size >= RUN_BYTES or number == len(records):
            runs.append(records[first:number])
            first, size = number, 0
    return runs


def raw_records(event: Any) -> list[RawRecord]:
    """Return the records that an event of `RunConsumer` carries."""
    return [_raw_record(record) for record in event.message.records]


def _raw_record(record: Fetched) -> RawRecord:
    timestamp = record.timestamp
    known = timestamp is not None and timestamp >= 0
    origin = Origin(record.topic, record.partition, record.offset, timestamp if known else None)
    return RawRecord(record.key, record.value, tuple(record.headers or ()), origin)
