"""Records of one partition that were fetched together travel through Faust as one event: a run.

Faust's work for an event, from the consumer to the acknowledgement, costs 100 to 200 µs of CPU, as much as cleaning
an article. A run pays it once. Its message stands at the offset of its last record, and acknowledging it acknowledges
all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from faust.transport.drivers import aiokafka as driver

from service.core.records import Origin, RawRecord


class Fetched(Protocol):
    """A record as aiokafka hands it over."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


def cut_into_runs(records: Sequence[Fetched], records_max: int) -> list[Sequence[Fetched]]:
    """The same records in order, at most `records_max` together."""
    return [records[first : first + records_max] for first in range(0, len(records), records_max)]


def raw_records(event: Any) -> list[RawRecord]:
    """What an event of `RunConsumer` carries."""
    return [_raw_record(record) for record in event.message.records]


def _raw_record(record: Fetched) -> RawRecord:
    timestamp = record.timestamp
    known = timestamp is not None and timestamp >= 0
    origin = Origin(record.topic, record.partition, record.offset, timestamp if known else None)
    return RawRecord(record.key, record.value, tuple(record.headers or ()), origin)


class RunConsumer(driver.Consumer):
    """Faust's consumer, with runs of at most `transport.run_records` records in place of records."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._firsts: dict[
            Any, dict[int, int]
        ] = {}  # partition -> offset of a run -> the first it stands for

    async def _wait_next_records(self, timeout: float) -> Any:  # noqa: ASYNC109 - Faust's signature
        """Called by `getmany`, which takes from each partition in turn what it holds: here, runs."""
        records, active = await super()._wait_next_records(timeout)
        return self._in_runs(records), active

    def _in_runs(self, records: Mapping[Any, Sequence[Fetched]] | None) -> Any:
        if records is None:
            return None
        return {place: cut_into_runs(found, self.transport.run_records) for place, found in records.items()}

    def _to_message(self, tp: Any, run: Sequence[Fetched]) -> Any:
        """The message of a run; records that were read before a seek back are left out, as Faust leaves them out."""
        read = self._read_offset[tp]
        records = run if read is None else [record for record in run if record.offset >= read] or run
        last = records[-1]
        message = super()._to_message(tp, last)
        message.key = message.value = None  # Faust would decode the last record's and show it to sensors
        message.records = records
        first = records[0].offset
        self._firsts.setdefault(tp, {})[last.offset] = first if read is None else min(first, read + 1)
        return message

    async def _add_gap(self, tp: Any, offset_from: int, offset_to: int) -> None:
        """Nothing to note: every run knows what lies between it and the one before.

        Faust would remember the gap apart from the run, and count it as done when a later run is.
        """

    def _new_offset(self, tp: Any) -> Any:
        """The offset to commit: Faust's reckoning, with every offset that an acknowledged run stands for."""
        acked, firsts = self._acked[tp], self._firsts.get(tp, {})
        for last in tuple(acked):
            acked.extend(range(firsts.pop(last, last), last))
        return super()._new_offset(tp)

    async def on_partitions_revoked(self, revoked: set[Any]) -> None:
        """Called in a rebalance, before others may read these partitions."""
        await super().on_partitions_revoked(revoked)
        self._forget(revoked)

    def _forget(self, revoked: set[Any]) -> None:
        for tp in revoked:
            self._firsts.pop(tp, None)
