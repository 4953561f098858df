"""Write and read a log of segments: the verdicts of every envelope, stored before they are acted on.

One record per envelope: key = offset of the envelope (8 bytes, big endian), value = the packed segment, a header
with the digest of the envelope it answers for. The topic is deleted by age, never compacted: of two segments for
one envelope the first one wins, and compaction would keep the last.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from service.line.decided_by import DecidedBy, read_decided_by
from service.line.records_out import Letter
from service.line.stopping import NoRecordAtFault
from service.topics import DEDUP_SEGMENTS

DIGEST_HEADER: Final = "copydesk.envelope.digest"
COLLECTION_HEADER: Final = "copydesk.collection"
DECIDED_BY_HEADER: Final = "copydesk.decided_by"


class SegmentUnreadable(NoRecordAtFault):
    """Stop the worker: a stored segment is missing or not what it should be, and none is skipped."""


@dataclass(frozen=True, slots=True)
class StoredSegment:
    """Hold a segment as it is stored in the log."""

    position: int
    envelope_offset: int
    digest: bytes
    value: bytes
    collection: str | None = None  # whose verdicts these are; None in a log of a release that did not say so
    decided_by: DecidedBy | None = None  # the same


def segment_letter(
    topic: str,
    partition: int,
    offset: int,
    packed: bytes,
    digest: bytes,
    collection: str,
    decided_by: DecidedBy,
) -> Letter:
    """Make the record that carries the packed segment of the envelope at `offset`."""
    headers = [
        (DIGEST_HEADER, digest),
        (COLLECTION_HEADER, collection.encode()),
        (DECIDED_BY_HEADER, decided_by.pack()),
    ]
    return Letter(topic, offset.to_bytes(8, "big"), packed, headers, partition=partition)


def stored(
    position: int, key: bytes | None, value: bytes | None, headers: Any, topic: str = DEDUP_SEGMENTS
) -> StoredSegment:
    """Read a record of the log, and check all but its content. Raises: `SegmentUnreadable`."""
    found = dict(headers)
    digest, collection = found.get(DIGEST_HEADER), found.get(COLLECTION_HEADER)
    if key is None or len(key) != 8 or value is None or digest is None:
        raise SegmentUnreadable(f"record at {topic}@{position} is no segment: key {key!r}")
    name = None if collection is None else collection.decode("utf-8", "replace")
    by = read_decided_by(found.get(DECIDED_BY_HEADER))
    return StoredSegment(position, int.from_bytes(key, "big"), digest, value, name, by)


class SegmentLog(Protocol):
    """Read the log of segments; the loop writes it through its outbox.

    The stage calls these methods in `prepare`, one at a time for each log, from the event loop's thread. All of them
    may wait for the broker.
    """

    async def beginning(self, partition: int) -> int:
        """Return the position of the oldest segment that is kept; that of `end` where none is."""

    async def end(self, partition: int) -> int:
        """Return the position after the last segment that is stored, 0 for an empty log.

        It does not mean that the segment before it is still kept, or that no other worker writes another one.
        """

    def read(self, partition: int, start: int, end: int) -> AsyncIterator[StoredSegment]:
        """Yield the segments with start <= position < end, in order.

        Segments that retention has deleted are left out, so a position may be missing, and the first one may come
        after `start`. Close the iterator before the next call. Raises: `SegmentUnreadable` if a record is not a
        segment, or does not arrive in time.
        """

    async def read_at(self, partition: int, position: int) -> StoredSegment:
        """Return the segment at a position. Raises: `SegmentUnreadable` if none is kept there."""

    async def consumed(self, partition: int) -> int | None:
        """Return the offset up to which envelopes were read and committed; None where none of them is kept."""


class MemorySegmentLog:
    """Keep the log in memory: for `process` and for tests."""

    def __init__(self, topic: str = DEDUP_SEGMENTS) -> None:
        self.topic = topic
        self.partitions: dict[int, list[StoredSegment]] = {}
        self.committed: dict[int, int] = {}
        self._beginnings: dict[int, int] = {}

    def append(self, letter: Letter) -> int:
        """Store a segment letter and return its position."""
        assert letter.partition is not None
        log = self.partitions.setdefault(letter.partition, [])
        position = self._beginnings.get(letter.partition, 0) + len(log)
        log.append(stored(position, letter.key, letter.value, letter.headers, self.topic))
        return position

    def delete_before(self, partition: int, position: int) -> None:
        """Delete the segments before a position, as retention does."""
        begins = self._beginnings.get(partition, 0)
        del self.partitions.get(partition, [])[: position - begins]
        self._beginnings[partition] = position

    async def beginning(self, partition: int) -> int:
        """Return the position of the oldest segment that is kept."""
        return self._beginnings.get(partition, 0)

    async def end(self, partition: int) -> int:
        """Return the position after the last segment."""
        return self._beginnings.get(partition, 0) + len(self.partitions.get(partition, []))

    async def read(self, partition: int, start: int, end: int) -> AsyncIterator[StoredSegment]:
        """Yield the segments in [start, end) that are still kept."""
        begins = self._beginnings.get(partition, 0)
        for segment in self.partitions.get(partition, [])[max(0, start - begins) : max(0, end - begins)]:
            yield segment

    async def read_at(self, partition: int, position: int) -> StoredSegment:
        """Return one segment. Raises: `SegmentUnreadable`."""
        async for segment in self.read(partition, position, position + 1):
            return segment
        raise SegmentUnreadable(f"{self.topic}[{partition}]@{position} is no longer kept")

    async def consumed(self, partition: int) -> int | None:
        """Return what `committed` says."""
        return self.committed.get(partition)
