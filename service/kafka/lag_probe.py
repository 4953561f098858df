"""Asks the broker how far a group is behind: over its own connections, so that it says so of a stalled consumer too."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from service.telemetry.lag import Reading

PEEK_SECONDS_MAX: Final = 3.0

IDLE_MS: Final = 5_000
"""Time after which a fetcher with nothing to fetch wakes, in milliseconds; a request wakes it at once."""


@dataclass(frozen=True, slots=True)
class Peek:
    """What stands at a group's position: a record of this time, or nothing up to the end."""

    timestamp_ms: int | None = None
    nothing_unread: bool = False


class LagProbe:
    """Readings of partitions for one group. A `Probe` (service/telemetry/lag.py); connects when first called.

    `client_options` are aiokafka's keyword arguments for reaching the brokers.
    """

    def __init__(self, group: str, client_options: Mapping[str, Any]) -> None:
        self._group = group
        self._options = dict(client_options)
        self._consumer: Any = None
        self._admin: Any = None
        self._seen: dict[TopicPartition, tuple[int, Peek]] = {}

    async def __call__(self, partitions: Iterable[tuple[str, int]]) -> list[Reading]:
        """Read offsets and lag of each partition. Raises `KafkaError` or a connection error."""
        places = [TopicPartition(topic, partition) for topic, partition in sorted(partitions)]
        try:
            await self._connect()
            committed = await self._admin.list_consumer_group_offsets(self._group, partitions=places)
            starts = await self._consumer.beginning_offsets(places)
            ends = await self._consumer.end_offsets(places)
        except BaseException:
            await self.stop()  # half a connection is worth less than none; the next call makes new ones
            raise
        positions = {p: max(_offset(committed.get(p)) or 0, starts[p]) for p in places}
        self._assign(positions)
        peeks = await self._peeks({p: at for p, at in positions.items() if at < ends[p]}, ends)
        return [
            Reading(
                place.topic,
                place.partition,
                starts[place],
                ends[place],
                _offset(committed.get(place)),
                peeks.get(place, Peek()).timestamp_ms,
                peeks.get(place, Peek()).nothing_unread,
            )
            for place in places
        ]

    async def stop(self) -> None:
        """Disconnect."""
        consumer, admin = self._consumer, self._admin
        self._consumer = self._admin = None
        if consumer is not None:
            await consumer.stop()
        if admin is not None:
            await admin.close()

    async def _connect(self) -> None:
        if self._admin is None:
            options = {name: value for name, value in self._options.items() if name != "isolation_level"}
            self._admin = AIOKafkaAdminClient(**options)
            await self._admin.start()
        if self._consumer is None:
            self._consumer = AIOKafkaConsumer(
                **self._options,
                group_id=None,
                enable_auto_commit=False,
                auto_offset_reset="none",
                max_partition_fetch_bytes=1,  # the broker still sends one whole batch: all that is wanted
                consumer_timeout_ms=IDLE_MS,
            )
            await self._consumer.start()

    def _assign(self, positions: Mapping[TopicPartition, int]) -> None:
        if self._consumer.assignment() == set(positions):
            return
        self._consumer.assign(list(positions))
        self._consumer.pause(*positions)  # it is to fetch only when it peeks
        for place, offset in positions.items():  # a partition without a position would look for one
            self._consumer.seek(place, offset)

    async def _peeks(
        self, behind: Mapping[TopicPartition, int], ends: Mapping[TopicPartition, int]
    ) -> dict[TopicPartition, Peek]:
        """Look at the next record of each lagging partition; a slow broker leaves some out.

        A record that was seen is not fetched again.
        """
        self._seen = {p: seen for p, seen in self._seen.items() if behind.get(p) == seen[0]}
        peeks = await self._look({p: at for p, at in behind.items() if p not in self._seen}, ends)
        for place, peek in peeks.items():
            if not peek.nothing_unread:  # where nothing stands, something may be written
                self._seen[place] = (behind[place], peek)
        return peeks | {p: peek for p, (_, peek) in self._seen.items()}

    async def _look(
        self, positions: Mapping[TopicPartition, int], ends: Mapping[TopicPartition, int]
    ) -> dict[TopicPartition, Peek]:
        consumer, missing, found = self._consumer, set(positions), dict[TopicPartition, Peek]()
        for place, offset in positions.items():
            consumer.seek(place, offset)
        consumer.resume(*positions)
        until = time.monotonic() + PEEK_SECONDS_MAX
        while missing and time.monotonic() < until:
            records = await consumer.getmany(*missing, timeout_ms=100)
            for place in list(missing):
                if records.get(place):
                    found[place] = Peek(timestamp_ms=_time(records[place][0].timestamp))
                elif await consumer.position(place) >= ends[place]:  # it read on, over markers, to the end
                    found[place] = Peek(nothing_unread=True)
            missing -= found.keys()
            consumer.pause(*found)
        consumer.pause(*positions)
        return found


def _offset(committed: Any) -> int | None:
    return committed.offset if committed is not None and committed.offset >= 0 else None


def _time(timestamp_ms: int | None) -> int | None:
    return timestamp_ms if timestamp_ms is not None and timestamp_ms >= 0 else None
