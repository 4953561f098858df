"""A stage that writes its verdicts to a log before it acts on them, and rebuilds its memory from that log.

For each envelope: decide, write one segment, and only then publish. An envelope whose segment exists is not
decided again; its outputs are published from the segment, byte for byte the same.
"""

from __future__ import annotations

import asyncio
import time
from abc import abstractmethod
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from service.line.codec import digest
from service.line.outcome import finished
from service.line.poison import WHOLE, poisoned
from service.line.records_out import Letter, Outcome, SetAside
from service.line.segment_log import SegmentLog, SegmentUnreadable, StoredSegment, segment_letter
from service.line.stage import Stage
from service.line.stopping import NoRecordAtFault
from service.observations import (
    ArticlesRedelivered,
    IndexMeasured,
    Observation,
    RecoveryDone,
    RecoveryProgressed,
    RecoveryStarted,
    Tell,
)
from service.records import RawRecord, Reason

Known = dict[tuple[int, int], StoredSegment]
"""Segments that exist already, by partition and offset of their envelopes."""

APPLY_SLICE: Final = 200
"""Number of segments applied at a time while rebuilding."""


class SegmentLost(NoRecordAtFault):
    """The log of segments and the log of envelopes do not belong together; nothing may be guessed."""


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

    def apply(self, segment: Any) -> None:
        """Remember what was decided before."""


S = TypeVar("S", bound=Segment)
A = TypeVar("A")
C = TypeVar("C", bound=Collection)


@dataclass(slots=True)
class Desk(Generic[C]):
    """What this worker holds of one partition."""

    collection: C
    next_segment: int = 0  # position in the segment log up to which it was read
    places: dict[int, int] = field(default_factory=dict)  # envelope offset -> position of its segment
    stale: bool = True  # others may have written since we looked

    def apply(self, segments: Sequence[StoredSegment], read: Callable[[StoredSegment], Segment]) -> int:
        """Follow segments of the log, in order; returns how many told something new. Raises `SegmentUnreadable`."""
        applied = 0
        for stored in segments:
            self.next_segment = stored.position + 1
            if stored.envelope_offset <= self.collection.last_offset:
                continue  # two segments for one envelope: the first one wins
            self.places[stored.envelope_offset] = stored.position
            self.collection.apply(read(stored))
            applied += 1
        return applied


class LoggedStage(Stage[Known], Generic[S, A, C]):
    """Decide on one envelope at a time, with a memory that is rebuilt from the segments of the partition.

    `S` is its segment, `A` an unpacked envelope, `C` its memory of a collection.
    """

    source: str
    log_topic: str
    segment_type: type[S]

    def __init__(
        self,
        collections: Sequence[str],
        segments: SegmentLog,
        tell: Tell,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._names = collections
        self._segments = segments
        self._tell = tell
        self._clock = clock
        self._desks: dict[int, Desk[C]] = {}
        self._locks: dict[int, asyncio.Lock] = {}

    @abstractmethod
    def new_collection(self, name: str) -> C:
        """Return an empty memory."""

    @abstractmethod
    def unpack_envelope(self, envelope: bytes | None) -> A:
        """Read an envelope. Raises: ValueError."""

    @abstractmethod
    def articles_in(self, arrived: A) -> int:
        """Count the articles of an envelope."""

    @abstractmethod
    def decide_each(
        self, collection: C, offset: int, arrived: A | None, written_ms: int | None, poison: frozenset[int]
    ) -> Generator[int, None, S]:
        """Decide on an envelope and remember it, and yield the number of each article before.

        `arrived` is None for an envelope that cannot be read. Articles in `poison` are not decided.
        """

    @abstractmethod
    def outcome_each(self, arrived: A, segment: S, poison: frozenset[int]) -> Generator[int, None, Outcome]:
        """Make records of verdicts, article by article: a pure function, so a redelivery sends the same bytes."""

    def measured(self, collection: C) -> list[Observation]:
        """Tell how full the memory of a collection is."""
        return [
            IndexMeasured(
                collection.name, collection.entries, collection.capacity, collection.bytes, collection.evicted
            )
        ]

    def steps(self, arrived: A, segment: S) -> Iterable[Observation]:
        """Make the observations of the followed articles of an envelope."""
        return ()

    def assigned(self, partitions: set[int]) -> None:
        """Drop the memory of other partitions; that of ours is brought up to date before its next use."""
        for partition in [held for held in self._desks if held not in partitions]:
            del self._desks[partition]
        for desk in self._desks.values():
            desk.stale = True

    async def prepare(self, records: Sequence[RawRecord]) -> Known:
        """Rebuild memory or bring it up to date; return the segments of envelopes that were decided before."""
        known: Known = {}
        for record in records:
            partition, offset = record.origin.partition, record.origin.offset
            desk = await self.recover(partition)
            if offset <= desk.collection.last_offset and offset in desk.places:
                known[partition, offset] = await self._segments.read_at(partition, desk.places[offset])
        return known

    async def recover(self, partition: int) -> Desk[C]:
        """Return the desk of a partition, as its segments say; reads only what it has not read yet."""
        async with self._locks.setdefault(partition, asyncio.Lock()):
            desk = self._desks.get(partition)
            if desk is None:
                desk = Desk(self.new_collection(self._names[partition]))
            if desk.stale:
                await self._catch_up(partition, desk)
                desk.stale = False
            self._desks[partition] = desk
            return desk

    async def _catch_up(self, partition: int, desk: Desk[C]) -> None:
        end = await self._segments.end(partition)
        todo, started = end - desk.next_segment, self._clock()
        if todo > 0:
            await self._follow(partition, desk, end, started)
        consumed = await self._segments.consumed(partition)
        if consumed is not None and consumed - 1 > desk.collection.last_offset:
            raise SegmentLost(
                f"{self.source}[{partition}] was read up to envelope {consumed - 1}, and {self.log_topic} holds "
                f"verdicts up to {desk.collection.last_offset} only: it was emptied, cut or made anew, and copies of "
                "the articles since would go on as new. Reset the group of the stage to the earliest offset, and they "
                "are decided again"
            )

    async def _follow(self, partition: int, desk: Desk[C], end: int, started: float) -> None:
        """Apply the segments that were not read yet."""
        name, todo = desk.collection.name, end - desk.next_segment
        self._tell(RecoveryStarted(name, todo))
        applied, waiting = 0, list[StoredSegment]()
        async for stored in self._segments.read(partition, desk.next_segment, end):
            waiting.append(stored)
            if len(waiting) == APPLY_SLICE:
                # in a thread, so that the next segments are fetched meanwhile, and heartbeats sent
                applied += await asyncio.to_thread(desk.apply, waiting, self._read)
                self._tell(RecoveryProgressed(name, end - desk.next_segment))
                waiting = []
        applied += desk.apply(waiting, self._read)
        self._tell(RecoveryDone(name, applied, desk.collection.entries, self._clock() - started))

    def _read(self, stored: StoredSegment) -> S:
        """Unpack a segment. Raises: `SegmentUnreadable`."""
        try:
            segment = self.segment_type.unpack(stored.value)
        except ValueError as error:
            raise SegmentUnreadable(f"segment at {self.log_topic}@{stored.position}: {error}") from error
        if segment.offset != stored.envelope_offset:
            raise SegmentUnreadable(
                f"segment at {self.log_topic}@{stored.position} has key {stored.envelope_offset} but speaks of "
                f"envelope {segment.offset}"
            )
        return segment

    def _must_answer_for(self, stored: StoredSegment, envelope: bytes) -> None:
        """Check that a segment was written for this envelope. Raises: `SegmentUnreadable`."""
        if stored.digest != digest(envelope):
            raise SegmentUnreadable(
                f"segment at {self.log_topic}@{stored.position} was written for another envelope at offset "
                f"{stored.envelope_offset}: {self.source} was made anew without {self.log_topic}"
            )

    def decide(self, records: Sequence[RawRecord], prepared: Known) -> Outcome:
        """Decide on one envelope, or repeat what its segment says."""
        (record,) = records
        return finished(self.decide_step_by_step(record, prepared, frozenset()))

    def decide_step_by_step(
        self, record: RawRecord, prepared: Known, poison: frozenset[int]
    ) -> Generator[int, None, Outcome]:
        """Decide on one envelope, article by article; the segment keeps which of them are poison."""
        if WHOLE in poison:
            tally = [(record.origin.partition, Reason.POISON)]
            return Outcome([], [poisoned(record)], segment=self._passed_over(record), tally=tally)
        yield WHOLE
        try:
            arrived = self.unpack_envelope(record.value)
        except ValueError as error:
            aside = SetAside(record.origin, Reason.SCHEMA, str(error), type(error).__name__, record=record)
            tally = [(record.origin.partition, Reason.SCHEMA)]
            return Outcome([], [aside], segment=self._passed_over(record), tally=tally)
        origin, envelope = record.origin, record.value or b""
        collection = self._desks[origin.partition].collection
        stored = prepared.get((origin.partition, origin.offset))
        if stored is not None:
            self._must_answer_for(stored, envelope)
            segment = self._read(stored)
            again = yield from self.outcome_each(arrived, segment, poison)
            told = (ArticlesRedelivered(self.articles_in(arrived)), *self.steps(arrived, segment))
            return replace(again, observations=list(told))
        if origin.offset <= collection.last_offset:
            raise SegmentLost(
                f"envelope {origin.offset} of {origin.topic}[{origin.partition}] lies before the last decided one "
                f"({collection.last_offset}) and has no segment: {self.source} was made anew, or the group was reset "
                f"beyond what {self.log_topic} holds. Delete both topics together, or reset to a later offset"
            )
        segment = yield from self.decide_each(collection, origin.offset, arrived, origin.timestamp_ms, poison)
        outcome = yield from self.outcome_each(arrived, segment, poison)
        letter = self._letter(origin.partition, segment, envelope)
        observations = [*outcome.observations, *self.measured(collection), *self.steps(arrived, segment)]
        return replace(outcome, segment=letter, observations=observations)

    def _passed_over(self, record: RawRecord) -> Letter | None:
        """Return an empty segment for an envelope that is set aside: one without any would look like a lost one."""
        collection, origin = self._desks[record.origin.partition].collection, record.origin
        if origin.offset <= collection.last_offset:
            return None
        segment = finished(self.decide_each(collection, origin.offset, None, None, frozenset()))
        return self._letter(origin.partition, segment, record.value or b"")

    def _letter(self, partition: int, segment: S, envelope: bytes) -> Letter:
        return segment_letter(self.log_topic, partition, segment.offset, segment.pack(), digest(envelope))

    def segment_written(self, partition: int, envelope_offset: int, position: int) -> None:
        """Remember where the segment of an envelope is."""
        desk = self._desks[partition]
        desk.places[envelope_offset] = position
        if position == desk.next_segment:
            desk.next_segment = position + 1
