"""Rebuild the memory of a partition from its log of segments, and bring it up to date after a rebalance."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from service.exit_codes import ExitCode
from service.line.decided_by import DecidedBy, heir
from service.line.segment_log import SegmentLog, SegmentUnreadable, StoredSegment
from service.line.segment_places import Places
from service.line.stopping import NoRecordAtFault
from service.observations import RecoveryDone, RecoveryProgressed, RecoveryStarted, Tell

APPLY_SLICE: Final = 200
"""Number of segments applied at a time while rebuilding."""


PLACES_BETWEEN: Final = 100_000
"""Number of segments a worker writes before it looks which of those before are still kept."""


class SegmentLost(NoRecordAtFault):
    """The log of segments and the log of envelopes do not belong together; nothing may be guessed."""


class OtherCollection(NoRecordAtFault):
    """The partition belongs to another collection than the settings say: articles of two would be compared."""

    exit_code = ExitCode.CONFIGURATION


class OtherDesk(NoRecordAtFault):
    """Workers of another group decide on the same topics by other settings: two truths would be published."""

    exit_code = ExitCode.CONFIGURATION


class Segment(Protocol):
    """Verdicts on one envelope, and what they did to memory."""

    @property
    def offset(self) -> int:
        """Return the offset of the envelope."""

    def pack(self) -> bytes:
        """Return as bytes."""

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """Read a segment. Raises: ValueError."""


class Collection(Protocol):
    """What a stage remembers of one partition."""

    name: str
    last_offset: int

    @property
    def entries(self) -> int:
        """Return how much is remembered."""

    @property
    def capacity(self) -> int:
        """Return how much can be remembered."""

    @property
    def bytes(self) -> int:
        """Return memory in use."""

    @property
    def evicted(self) -> int:
        """Return what went before its time, because memory was full."""

    @property
    def is_cut(self) -> bool:
        """Return whether the log began within the window: what was before it may count still, and is not remembered."""

    def apply(self, segment: Any) -> None:
        """Remember what was decided before."""


S = TypeVar("S", bound=Segment)
C = TypeVar("C", bound=Collection)


@dataclass(frozen=True, slots=True)
class Log(Generic[S]):
    """Name the log of a stage, what its segments answer for, and how they are read."""

    topic: str
    source: str  # the topic of envelopes
    segments: SegmentLog
    segment_type: type[S]
    decided_by: DecidedBy  # who writes to it here

    def must_be_ours(self, owner: DecidedBy | None) -> None:
        """Check that no other desk decides here. Raises: `OtherDesk`."""
        if owner is not None and owner.shuts_out(self.decided_by):
            raise OtherDesk(
                f"{self.topic} is written by the workers of kafka.group_prefix {owner.group!r}, whose settings of "
                f"{self.decided_by.differing(owner)} are not these of {self.decided_by.group!r}: two desks on the "
                "same topics must decide alike. Give this one a kafka.topic_prefix of its own, or the same settings; "
                "if the other has gone for good, set kafka.take_over"
            )

    def read(self, stored: StoredSegment) -> S:
        """Unpack a segment. Raises: `SegmentUnreadable`."""
        place = f"segment at {self.topic}@{stored.position}"
        try:
            segment = self.segment_type.unpack(stored.value)
        except ValueError as error:
            raise SegmentUnreadable(f"{place}: {error}") from error
        if segment.offset != stored.envelope_offset:
            raise SegmentUnreadable(
                f"{place} has key {stored.envelope_offset} but speaks of envelope {segment.offset}"
            )
        return segment


@dataclass(slots=True)
class Rebuilt(Generic[C]):
    """Hold the memory of one partition, and how far it follows the log."""

    collection: C
    next_segment: int = 0  # position in the segment log up to which it was read
    places: Places = field(default_factory=Places)
    stale: bool = True  # it was not looked at since partitions were assigned
    others_wrote: bool = False  # segments that were not read stand before our last one
    owner: DecidedBy | None = None  # whose log it is, up to `next_segment`
    is_cut_told: bool = False

    def apply(self, segments: Sequence[StoredSegment], read: Callable[[StoredSegment], Segment]) -> int:
        """Follow segments of the log, in order; returns how many told something new. Raises `SegmentUnreadable`."""
        applied = 0
        for stored in segments:
            self._must_be_ours(stored)
            self.next_segment = stored.position + 1
            self.owner = heir(self.owner, stored.decided_by)
            if stored.envelope_offset <= self.collection.last_offset:
                continue  # two segments for one envelope: the first one wins
            self.places.note(stored.envelope_offset, stored.position)
            self.collection.apply(read(stored))
            applied += 1
        return applied

    def _must_be_ours(self, stored: StoredSegment) -> None:
        if stored.collection not in (None, self.collection.name):
            raise OtherCollection(
                f"verdicts on {stored.collection} stand where intake.collections has {self.collection.name}: its order "
                "is that of the partitions; put it back, and add new names at the end"
            )

    def written(self, envelope_offset: int, position: int, by: DecidedBy) -> None:
        """Remember where the segment of an envelope is. Raises `SegmentLost` if the log has lost those before it."""
        if position < self.next_segment:
            raise SegmentLost(
                f"the segment of envelope {envelope_offset} of {self.collection.name} was written at {position}, and "
                f"the log had come to {self.next_segment}: it was made anew, or cut at its end, under this worker"
            )
        self.places.note(envelope_offset, position)
        if len(self.places) % PLACES_BETWEEN == 0:
            self.stale = True  # catching up drops the places that the log no longer holds
        if position == self.next_segment:
            self.next_segment = position + 1
            self.owner = heir(self.owner, by)
        else:
            self.others_wrote = True


class Recovery(Generic[S, C]):
    """The memories of all partitions that this worker reads."""

    def __init__(self, log: Log[S], tell: Tell, clock: Callable[[], float] = time.monotonic) -> None:
        """Follow a log."""
        self.held: dict[int, Rebuilt[C]] = {}  # by partition
        self._log = log
        self._tell = tell
        self._clock = clock
        self._locks: dict[int, asyncio.Lock] = {}

    def assigned(self, partitions: set[int]) -> None:
        """Drop the memory of other partitions; that of ours is brought up to date before its next use."""
        for partition in [held for held in self.held if held not in partitions]:
            del self.held[partition]
        for rebuilt in self.held.values():
            rebuilt.stale = True

    async def up_to_date(self, partition: int, new: Callable[[int], C]) -> Rebuilt[C]:
        """Return the memory of a partition, as its segments say; reads only what it has not read yet.

        `new` makes an empty memory. It is not kept: as a method of the stage that owns this, it would hold all memory
        in a circle, and gigabytes would wait for the next garbage collection.
        """
        async with self._locks.setdefault(partition, asyncio.Lock()):
            rebuilt = self.held.get(partition)
            if rebuilt is None:
                rebuilt = Rebuilt(new(partition))
            if rebuilt.stale:
                await self._catch_up(partition, rebuilt)
                rebuilt.stale = False
            elif rebuilt.others_wrote:
                await self._apply(partition, rebuilt, await self._log.segments.end(partition))
                rebuilt.others_wrote = False
            self._log.must_be_ours(rebuilt.owner)
            self.held[partition] = rebuilt
            return rebuilt

    async def _catch_up(self, partition: int, rebuilt: Rebuilt[C]) -> None:
        end = await self._log.segments.end(partition)
        rebuilt.places.forget_before(await self._log.segments.beginning(partition))
        if end > rebuilt.next_segment:
            await self._follow(partition, rebuilt, end)
        consumed, last = await self._log.segments.consumed(partition), rebuilt.collection.last_offset
        if consumed is not None and consumed - 1 > last:
            raise SegmentLost(
                f"{self._log.source}[{partition}] was read up to envelope {consumed - 1}, and {self._log.topic} holds "
                f"verdicts up to {last} only: it was emptied, cut or made anew, and copies of "
                "the articles since would go on as new. Reset the group of the stage to the earliest offset, and they "
                "are decided again"
            )

    async def _follow(self, partition: int, rebuilt: Rebuilt[C], end: int) -> None:
        """Apply the segments that were not read yet, and tell that it takes its time."""
        name, started = rebuilt.collection.name, self._clock()
        self._tell(RecoveryStarted(name, end - rebuilt.next_segment))
        applied = await self._apply(partition, rebuilt, end)
        self._tell(RecoveryDone(name, applied, rebuilt.collection.entries, self._clock() - started))

    async def _apply(self, partition: int, rebuilt: Rebuilt[C], end: int) -> int:
        """Apply the segments up to a position; return how many told something new."""
        applied, waiting = 0, list[StoredSegment]()
        async for stored in self._log.segments.read(partition, rebuilt.next_segment, end):
            waiting.append(stored)
            if len(waiting) == APPLY_SLICE:
                # in a thread, so that the next segments are fetched meanwhile, and heartbeats sent
                applied += await asyncio.to_thread(rebuilt.apply, waiting, self._log.read)
                self._tell(RecoveryProgressed(rebuilt.collection.name, end - rebuilt.next_segment))
                waiting = []
        return applied + rebuilt.apply(waiting, self._log.read)
