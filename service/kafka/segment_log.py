"""Log of segments on a broker: read by position, without a consumer group."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupLoadInProgressError, OffsetOutOfRangeError

from service.kafka.away import AWAY_SECONDS_MAX, while_away
from service.kafka.goodbye import take_leave
from service.line.segment_log import SegmentUnreadable, StoredSegment, stored

FETCH_SECONDS_MAX: Final = 60.0
"""Maximum time that a rebuild waits for the next segment, in seconds; then it raises `SegmentUnreadable`."""


class KafkaSegmentLog:
    """The log on the broker, read without a consumer group."""

    def __init__(
        self,
        topic: str,
        client_options: dict[str, Any],
        record_bytes_max: int,
        group: str = "",
        envelopes: str = "",
    ) -> None:
        """Read the topic of segments; `group` reads the topic `envelopes`. Without `group`, `consumed` returns None."""
        self._topic = topic
        self._group = group
        self._envelopes = envelopes
        self._options = client_options
        self._bytes_max = record_bytes_max
        self._consumer: AIOKafkaConsumer | None = None

    async def start(self) -> None:
        """Connect. Raises aiokafka's KafkaError where there is no broker."""
        self._consumer = AIOKafkaConsumer(
            **self._options,
            enable_auto_commit=False,
            auto_offset_reset="none",
            max_partition_fetch_bytes=self._bytes_max,
            fetch_max_bytes=self._bytes_max,
            fetch_max_wait_ms=50,
        )
        await self._consumer.start()

    async def stop(self) -> None:
        """Disconnect."""
        if self._consumer is not None:
            await take_leave(self._consumer.stop())  # seen to wait for ever after a long read
            self._consumer = None

    async def beginning(self, partition: int) -> int:
        """Return the position of the oldest segment that the broker keeps."""
        return await self._answered(self._reader().beginning_offsets, partition)

    async def end(self, partition: int) -> int:
        """Return the position after the last segment on the broker."""
        return await self._answered(self._reader().end_offsets, partition)

    async def _answered(
        self, question: Callable[[list[TopicPartition]], Awaitable[dict[TopicPartition, int]]], partition: int
    ) -> int:
        place = TopicPartition(self._topic, partition)
        return int((await while_away(lambda: question([place]), AWAY_SECONDS_MAX))[place])

    async def read(self, partition: int, start: int, end: int) -> AsyncIterator[StoredSegment]:
        """Yield the segments in [start, end) that are still kept. Raises `SegmentUnreadable` if none comes in time."""
        consumer, place = self._reader(), TopicPartition(self._topic, partition)
        position = max(start, await self.beginning(partition))
        if position >= end:
            return
        consumer.assign([place])
        consumer.seek(place, position)
        try:
            while position < end:
                try:
                    batches = await consumer.getmany(place, timeout_ms=int(FETCH_SECONDS_MAX * 1000))
                except OffsetOutOfRangeError as error:
                    raise SegmentUnreadable(
                        f"{self._topic}[{partition}]@{position} is not in the log"
                    ) from error
                records = batches.get(place, [])
                if not records:
                    raise SegmentUnreadable(
                        f"{self._topic}[{partition}]@{position} did not arrive within {FETCH_SECONDS_MAX:.0f} s"
                    )
                for record in records:
                    if record.offset >= end:
                        return
                    yield stored(record.offset, record.key, record.value, record.headers, self._topic)
                    position = record.offset + 1
        finally:
            consumer.unsubscribe()

    async def read_at(self, partition: int, position: int) -> StoredSegment:
        """Return one segment. Raises `SegmentUnreadable` if retention has deleted it."""
        async for segment in self.read(partition, position, position + 1):
            return segment
        raise SegmentUnreadable(f"{self._topic}[{partition}]@{position} is no longer kept")

    async def consumed(self, partition: int) -> int | None:
        """Return the offset up to which envelopes were read and committed; None where none of them is kept."""
        if not self._group:
            return None
        place = TopicPartition(self._envelopes, partition)
        return await while_away(lambda: self._committed(place), AWAY_SECONDS_MAX)

    async def _committed(self, place: TopicPartition) -> int | None:
        options = {name: value for name, value in self._options.items() if name != "isolation_level"}
        admin = AIOKafkaAdminClient(**options)
        try:
            await admin.start()
            answer = await admin.list_consumer_group_offsets(self._group, partitions=[place])
        finally:
            await admin.close()
        if (
            place not in answer
        ):  # a coordinator that has just started says so above the topics, where nobody looks
            raise GroupLoadInProgressError
        found = answer[place]
        oldest = int((await self._reader().beginning_offsets([place]))[place])
        return int(found.offset) if found.offset > oldest else None

    def _reader(self) -> AIOKafkaConsumer:
        assert self._consumer is not None, "start() the segment log first"
        return self._consumer
