"""A stage that writes its verdicts to a log before it acts on them, and rebuilds its memory from that log.

For each envelope: decide, write one segment, and only then publish. An envelope whose segment exists is not
decided again; its outputs are published from the segment, byte for byte the same.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from service.line.codec import digest
from service.line.decided_by import decided_by
from service.line.outcome import finished
from service.line.poison import WHOLE, poisoned
from service.line.records_out import Letter, Outcome, SetAside
from service.line.recovery import C, Log, OtherCollection, Rebuilt, Recovery, S, SegmentLost
from service.line.segment_log import SegmentLog, SegmentUnreadable, StoredSegment, segment_letter
from service.line.stage import Stage
from service.observations import ArticlesRedelivered, IndexMeasured, Observation, SegmentsCut, Tell
from service.records import RawRecord, Reason
from service.settings import Settings

Known = dict[tuple[int, int], StoredSegment]
"""Segments that exist already, by partition and offset of their envelopes."""

A = TypeVar("A")


class LoggedStage(Stage[Known], Generic[S, A, C]):
    """Decide on one envelope at a time, with a memory that is rebuilt from the segments of the partition.

    `S` is its segment, `A` an unpacked envelope, `C` its memory of a collection.
    """

    source: str
    log_topic: str
    segment_type: type[S]

    def __init__(self, settings: Settings, segments: SegmentLog, tell: Tell) -> None:
        self._segments = segments
        self._decided_by = decided_by(settings)
        self._log = Log(self.log_topic, self.source, segments, self.segment_type, self._decided_by)
        self._names: Sequence[str] = settings.intake.collections
        self.recovery = Recovery[S, C](self._log, tell)

    async def up_to_date(self, partition: int) -> Rebuilt[C]:
        """Return the memory of a partition as its segments say."""
        return await self.recovery.up_to_date(partition, self._new)

    def _new(self, partition: int) -> C:
        if partition >= len(self._names):
            raise OtherCollection(
                f"{self.source}[{partition}] holds envelopes, and intake.collections names {len(self._names)} "
                "collections: put back the one that was taken out, until its envelopes are decided"
            )
        return self.new_collection(self._names[partition])

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

    def _measured(self, memory: Rebuilt[C]) -> Iterator[Observation]:
        """Tell how full the memory of a collection is, and once that its log begins too late.

        Only an article's time shows how far the window reaches.
        """
        it = memory.collection
        yield IndexMeasured(it.name, it.entries, it.capacity, it.bytes, it.evicted)
        if it.is_cut and not memory.is_cut_told:
            memory.is_cut_told = True
            yield SegmentsCut(it.name, self.log_topic)

    def steps(self, arrived: A, segment: S) -> Iterable[Observation]:
        """Make the observations of the followed articles of an envelope."""
        return ()

    def assigned(self, partitions: set[int]) -> None:
        """Keep the memory of these partitions alone."""
        self.recovery.assigned(partitions)

    async def prepare(self, records: Sequence[RawRecord]) -> Known:
        """Rebuild memory or bring it up to date; return the segments of envelopes that were decided before."""
        known: Known = {}
        for record in records:
            partition, offset = record.origin.partition, record.origin.offset
            memory = await self.up_to_date(partition)
            position = memory.places.get(offset) if offset <= memory.collection.last_offset else None
            if position is not None:
                known[partition, offset] = await self._segments.read_at(partition, position)
        return known

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
        collection = self.recovery.held[origin.partition].collection
        stored = prepared.get((origin.partition, origin.offset))
        if stored is not None:
            self._must_answer_for(stored, envelope)
            segment = self._log.read(stored)
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
        measured = self._measured(self.recovery.held[origin.partition])
        observations = [*outcome.observations, *measured, *self.steps(arrived, segment)]
        return replace(outcome, segment=letter, observations=observations)

    def _passed_over(self, record: RawRecord) -> Letter | None:
        """Return an empty segment for an envelope that is set aside: one without any would look like a lost one."""
        origin = record.origin
        collection = self.recovery.held[origin.partition].collection
        if origin.offset <= collection.last_offset:
            return None
        segment = finished(self.decide_each(collection, origin.offset, None, None, frozenset()))
        return self._letter(origin.partition, segment, record.value or b"")

    def _letter(self, partition: int, segment: S, envelope: bytes) -> Letter:
        return segment_letter(
            self.log_topic,
            partition,
            segment.offset,
            segment.pack(),
            digest(envelope),
            self._names[partition],
            self._decided_by,
        )

    def segment_written(self, partition: int, envelope_offset: int, position: int) -> None:
        """Remember where the segment of an envelope is."""
        self.recovery.held[partition].written(envelope_offset, position, self._decided_by)
