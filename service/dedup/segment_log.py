"""dedup.segments: the verdicts of every envelope, written before they are acted on.

One record per envelope: key = offset of the envelope (8 bytes, big endian), value = the packed segment, a header
with the digest of the envelope it answers for. The topic is deleted by age, never compacted: of two segments for
one envelope the first one wins, and compaction would keep the last.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from aiokafka import AIOKafkaConsumer, TopicPartition

from service.dedup.segments import Segment
from service.kafka.goodbye import take_leave
from service.line.records_out import Letter
from service.topics import DEDUP_SEGMENTS

DIGEST_HEADER: Final = "copydesk.envelope.digest"
FETCH_SECONDS_MAX: Final = 60.0
"""How long a rebuild waits for the next segment before it gives up loudly."""


class SegmentUnreadable(Exception):  # noqa: N818 - it is what happened
    """A stored segment is not what it should be; the worker stops, nothing is skipped."""


@dataclass(frozen=True, slots=True)
class StoredSegment:
    """A segment as it lies in the log."""

    position: int
    envelope_offset: int
    digest: bytes
    value: bytes

    def segment(self) -> Segment:
        """Unpacked. Raises `SegmentUnreadable`."""
        try:
            segment = Segment.unpack(self.value)
        except ValueError as error:
            raise SegmentUnreadable(f"segment at {DEDUP_SEGMENTS}@{self.position}: {error}") from error
        if segment.offset != self.envelope_offset:
            raise SegmentUnreadable(
                f"segment at {DEDUP_SEGMENTS}@{self.position} has key {self.envelope_offset} but speaks of "
                f"envelope {segment.offset}"
            )
        return segment

    def must_answer_for(self, digest: bytes) -> None:
        """Raises `SegmentUnreadable` unless the segment was written for the envelope with this digest."""
        if self.digest != digest:
            raise SegmentUnreadable(
                f"segment at {DEDUP_SEGMENTS}@{self.position} was written for another envelope at offset "
                f"{self.envelope_offset}: articles.sketched was made anew without dedup.segments"
            )


def segment_letter(partition: int, segment: Segment, digest: bytes) -> Letter:
    """The record that carries a segment."""
    key = segment.offset.to_bytes(8, "big")
    return Letter(DEDUP_SEGMENTS, key, segment.pack(), [(DIGEST_HEADER, digest)], partition=partition)


def stored(position: int, key: bytes | None, value: bytes | None, headers: Any) -> StoredSegment:
    """A record of the log, checked as far as its frame goes. Raises `SegmentUnreadable`."""
    digest = next((value for name, value in headers if name == DIGEST_HEADER), None)
    if key is None or len(key) != 8 or value is None or digest is None:
        raise SegmentUnreadable(f"record at {DEDUP_SEGMENTS}@{position} is no segment: key {key!r}")
    return StoredSegment(position, int.from_bytes(key, "big"), digest, value)


class SegmentLog(Protocol):
    """Reading side of the log; the loop writes through the outbox."""

    async def end(self, partition: int) -> int:
        """Position after the last segment the broker has."""

    def read(self, partition: int, start: int, end: int) -> AsyncIterator[StoredSegment]:
        """All segments with start <= position < end, in order; from the oldest kept where `start` is gone."""

    async def read_at(self, partition: int, position: int) -> StoredSegment:
        """One segment."""


class KafkaSegmentLog:
    """The log on the broker, read without a consumer group."""

    def __init__(self, topic: str, client_options: dict[str, Any], record_bytes_max: int) -> None:
        self._topic = topic
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

    async def end(self, partition: int) -> int:
        """Position after the last segment the broker has."""
        place = TopicPartition(self._topic, partition)
        return int((await self._reader().end_offsets([place]))[place])

    async def read(self, partition: int, start: int, end: int) -> AsyncIterator[StoredSegment]:
        """All segments in [start, end) that are still kept. Raises `SegmentUnreadable` when none arrives."""
        consumer, place = self._reader(), TopicPartition(self._topic, partition)
        oldest = int((await consumer.beginning_offsets([place]))[place])
        position = max(start, oldest)
        if position >= end:
            return
        consumer.assign([place])
        consumer.seek(place, position)
        try:
            while position < end:
                batches = await consumer.getmany(place, timeout_ms=int(FETCH_SECONDS_MAX * 1000))
                records = batches.get(place, [])
                if not records:
                    raise SegmentUnreadable(
                        f"{self._topic}[{partition}]@{position} did not arrive within {FETCH_SECONDS_MAX:.0f} s"
                    )
                for record in records:
                    if record.offset >= end:
                        return
                    yield stored(record.offset, record.key, record.value, record.headers)
                    position = record.offset + 1
        finally:
            consumer.unsubscribe()

    async def read_at(self, partition: int, position: int) -> StoredSegment:
        """One segment. Raises `SegmentUnreadable` where retention has taken it."""
        async for segment in self.read(partition, position, position + 1):
            return segment
        raise SegmentUnreadable(f"{self._topic}[{partition}]@{position} is no longer kept")

    def _reader(self) -> AIOKafkaConsumer:
        assert self._consumer is not None, "start() the segment log first"
        return self._consumer


class MemorySegmentLog:
    """The same log in memory: for `process` and for tests."""

    def __init__(self) -> None:
        self.partitions: dict[int, list[StoredSegment]] = {}

    def append(self, letter: Letter) -> int:
        """Store a segment letter and return its position."""
        assert letter.partition is not None
        log = self.partitions.setdefault(letter.partition, [])
        log.append(stored(len(log), letter.key, letter.value, letter.headers))
        return len(log) - 1

    async def end(self, partition: int) -> int:
        """Position after the last segment."""
        return len(self.partitions.get(partition, []))

    async def read(self, partition: int, start: int, end: int) -> AsyncIterator[StoredSegment]:
        """All segments in [start, end)."""
        for segment in self.partitions.get(partition, [])[start:end]:
            yield segment

    async def read_at(self, partition: int, position: int) -> StoredSegment:
        """One segment."""
        return self.partitions[partition][position]
