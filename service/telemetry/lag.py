"""How far behind is each partition this worker reads, in records and in seconds.

What goes wrong elsewhere, and how it is kept out here: a revoked partition's answer that arrives late
is thrown away; what the broker did not say is left out, never reported as -1; a leader that briefly
knows less than we acknowledged gives 0, not a negative number; measuring has its own timer and its own
connection, so it neither stops with a stalled consumer nor slows a busy one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

from service.observations import (
    LagMeasured,
    LagUnknown,
    Observation,
    PartitionLag,
    PartitionsAssigned,
    PartitionsRevoked,
    Tell,
)

TopicPartition = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what the broker said of one partition. Offsets as Kafka has them: `end_offset` is the next to be written."""

    topic: str
    partition: int
    start_offset: int
    end_offset: int
    committed_offset: int | None  # the next to be read; None before the first acknowledgement
    oldest_unread_ms: int | None = None  # its record timestamp; None if unknown
    nothing_unread: bool = False  # only markers of transactions stand between committed and end


Probe = Callable[[frozenset[TopicPartition]], Awaitable[Iterable[Reading]]]
"""Asks the broker; may raise what it likes, and may leave partitions out. Asked about none, it still asks:
a standby too wants to know whether Kafka answers."""


class LagBook:
    """Turn readings into lags; remember how far each partition was, and since when it is behind."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self.assigned: frozenset[TopicPartition] = frozenset()
        self._positions: dict[TopicPartition, int] = {}
        self._behind: dict[TopicPartition, tuple[int, float]] = {}

    def assign(self, partitions: Iterable[TopicPartition]) -> None:
        """Replace the partitions that are watched."""
        self.assigned = frozenset(partitions)
        for known in (self._positions, self._behind):
            for gone in known.keys() - self.assigned:
                known.pop(gone)

    def measured(self, readings: Iterable[Reading]) -> LagMeasured:
        """Return the lags of the partitions that are still assigned."""
        return LagMeasured(tuple(self._lag(r) for r in readings if (r.topic, r.partition) in self.assigned))

    def _lag(self, reading: Reading) -> PartitionLag:
        where = (reading.topic, reading.partition)
        # What retention has deleted nobody can read any more: it is not lag.
        position = max(reading.committed_offset or 0, reading.start_offset)
        acknowledged = max(position - self._positions.get(where, position), 0)
        self._positions[where] = position
        records = 0 if reading.nothing_unread else max(reading.end_offset - position, 0)
        seconds = self._age(where, position, reading.oldest_unread_ms) if records else 0.0
        if not records:
            self._behind.pop(where, None)
        return PartitionLag(reading.topic, reading.partition, records, seconds, acknowledged)

    def _age(self, where: TopicPartition, position: int, oldest_unread_ms: int | None) -> float:
        """Return the age of the record at `position`; if it has no timestamp, the time since it was first seen."""
        now = self._now()
        if oldest_unread_ms is not None:
            return max(now - oldest_unread_ms / 1000.0, 0.0)
        if self._behind.get(where, (-1, now))[0] != position:
            self._behind[where] = (position, now)
        return now - self._behind[where][1]


class LagWatch:
    """Measure the lag soon after an assignment and then every `every_seconds`."""

    def __init__(self, tell: Tell, *, every_seconds: float = 10.0, answer_seconds_max: float = 10.0) -> None:
        self._tell = tell
        self._every = every_seconds
        self._answer_max = answer_seconds_max
        self._book = LagBook()
        self._changed = asyncio.Event()

    def note(self, observation: Observation) -> None:
        """Follow what this worker reads."""
        match observation:
            case PartitionsAssigned(partitions=partitions):
                self._book.assign(partitions)
                self._changed.set()
            case PartitionsRevoked(partitions=partitions):
                self._book.assign(self._book.assigned - frozenset(partitions))

    async def run(self, probe: Probe) -> None:
        """Measure at intervals until cancelled."""
        while True:
            with suppress(TimeoutError):  # then it is time to look again
                await asyncio.wait_for(self._changed.wait(), self._every)
            self._changed.clear()
            self._tell(await self._measure(probe))

    async def _measure(self, probe: Probe) -> LagMeasured | LagUnknown:
        try:
            async with asyncio.timeout(self._answer_max):
                readings = await probe(self._book.assigned)
        except Exception as error:  # whatever is wrong with the broker, measuring must not stop the work
            return LagUnknown(f"{type(error).__name__}: {error}")
        return self._book.measured(readings)
