"""articles.sketched -> articles.unique, articles.duplicates: verdicts are written before they are acted on.

For each envelope: decide, write one segment, and only then publish. An envelope whose segment exists is not
decided again; its outputs are published from the segment, byte for byte the same.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from service.dedup import NAME
from service.dedup.collection import Collection, ForeignSource
from service.dedup.new_facts import new_facts
from service.dedup.outputs import incoming, to_duplicate, to_unique
from service.dedup.segment_log import SegmentLog, StoredSegment, segment_letter
from service.dedup.segments import Segment
from service.dedup.verdict import Verdict
from service.facts import (
    ArticlesDecided,
    ArticlesRedelivered,
    Fact,
    IndexMeasured,
    RecoveryDone,
    RecoveryProgressed,
    RecoveryStarted,
    SegmentsCut,
    Tell,
)
from service.line.codec import digest, duplicate_letter
from service.line.envelopes import Arrived, pack_unique, unpack_sketched
from service.line.follow import Follow
from service.line.outcome import OutcomeBuilder, finished
from service.line.poison import DETAIL, KIND, WHOLE, poisoned
from service.line.records_out import Letter, Outcome, SetAside
from service.line.stage import Stage
from service.line.stopping import NoRecordAtFault
from service.records import GOES_ON, NewFact, RawRecord, Reason, Unique
from service.settings import Settings
from service.topics import ARTICLES_SKETCHED, ARTICLES_UNIQUE, DEDUP_SEGMENTS

Known = dict[tuple[int, int], StoredSegment]
"""Segments that exist already, by partition and offset of their envelopes."""

POISON_BUG: Final = f"{KIND}: {DETAIL}"
"""The `bug` of a verdict on an article that ended workers."""

REASONS: Final = {KIND: Reason.POISON, ForeignSource.__name__: Reason.FOREIGN_SOURCE}
"""Why a verdict has a `bug` that is none of ours, by the name that it begins with."""

APPLY_SLICE = 200
"""Segments applied at a time while rebuilding."""


class SegmentLost(NoRecordAtFault):
    """The log of segments and the log of envelopes do not belong together; nothing may be guessed."""


@dataclass(slots=True)
class Desk:
    """What this worker holds of one partition."""

    collection: Collection
    next_segment: int = 0  # position in the segment log up to which it was read
    places: dict[int, int] = field(default_factory=dict)  # envelope offset -> position of its segment
    is_cut_told: bool = False
    stale: bool = True  # others may have written since we looked

    def apply(self, segments: Sequence[StoredSegment]) -> int:
        """Follow segments of the log, in order; returns how many told something new. Raises `SegmentUnreadable`."""
        applied = 0
        for stored in segments:
            self.next_segment = stored.position + 1
            if stored.envelope_offset <= self.collection.last_offset:
                continue  # two segments for one envelope: the first one wins
            self.places[stored.envelope_offset] = stored.position
            self.collection.apply(stored.segment())
            applied += 1
        return applied


class DedupStage(Stage[Known]):
    """Decide on one envelope at a time, with an index that is rebuilt from the segments of the partition."""

    def __init__(
        self,
        settings: Settings,
        segments: SegmentLog,
        tell: Tell,
        *,
        partition_of: Callable[[str, str], int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Return `partition_of(topic, key)` is the partition an article id belongs to on a topic."""
        self._settings = settings
        self._segments = segments
        self._tell = tell
        self._partition_of = partition_of
        self._clock = clock
        self._followed = Follow(NAME, settings.telemetry)
        self._desks: dict[int, Desk] = {}
        self._locks: dict[int, asyncio.Lock] = {}

    def assigned(self, partitions: set[int]) -> None:
        """Drop the indexes of other partitions; those of ours are brought up to date before their next use."""
        for partition in [held for held in self._desks if held not in partitions]:
            del self._desks[partition]
        for desk in self._desks.values():
            desk.stale = True

    async def prepare(self, records: Sequence[RawRecord]) -> Known:
        """Rebuild the index or bring it up to date; return the segments of envelopes that were decided before."""
        known: Known = {}
        for record in records:
            partition, offset = record.origin.partition, record.origin.offset
            desk = await self.recover(partition)
            if offset <= desk.collection.last_offset and offset in desk.places:
                known[partition, offset] = await self._segments.read_at(partition, desk.places[offset])
        return known

    async def recover(self, partition: int) -> Desk:
        """Return the desk of a partition, as its segments say; reads only what it has not read yet."""
        async with self._locks.setdefault(partition, asyncio.Lock()):
            desk = self._desks.get(partition)
            if desk is None:
                intake = self._settings.intake
                collection = Collection(intake.collections[partition], self._settings.dedup, intake.trust)
                desk = Desk(collection)
            if desk.stale:
                await self._catch_up(partition, desk)
                desk.stale = False
            self._desks[partition] = desk
            return desk

    async def _catch_up(self, partition: int, desk: Desk) -> None:
        end = await self._segments.end(partition)
        todo, started = end - desk.next_segment, self._clock()
        if todo > 0:
            await self._follow(partition, desk, end, started)
        consumed = await self._segments.consumed(partition)
        if consumed is not None and consumed - 1 > desk.collection.last_offset:
            raise SegmentLost(
                f"{ARTICLES_SKETCHED}[{partition}] was read up to envelope {consumed - 1}, and {DEDUP_SEGMENTS} holds "
                f"verdicts up to {desk.collection.last_offset} only: it was emptied, cut or made anew, and copies of "
                "the articles since would go on as new. Reset the group of dedup to the earliest offset, and they are "
                "decided again"
            )

    async def _follow(self, partition: int, desk: Desk, end: int, started: float) -> None:
        """Apply the segments that were not read yet."""
        name, todo = desk.collection.name, end - desk.next_segment
        self._tell(RecoveryStarted(name, todo))
        applied, waiting = 0, list[StoredSegment]()
        async for stored in self._segments.read(partition, desk.next_segment, end):
            waiting.append(stored)
            if len(waiting) == APPLY_SLICE:
                # in a thread, so that the next segments are fetched meanwhile, and heartbeats sent
                applied += await asyncio.to_thread(desk.apply, waiting)
                self._tell(RecoveryProgressed(name, end - desk.next_segment))
                waiting = []
        applied += desk.apply(waiting)
        self._tell(RecoveryDone(name, applied, desk.collection.entries, self._clock() - started))

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
            return Outcome([], [poisoned(record)], segment=self.passed_over(record), tally=tally)
        yield WHOLE
        try:
            arrived = unpack_sketched(record.value)
        except ValueError as error:
            aside = SetAside(record.origin, Reason.SCHEMA, str(error), type(error).__name__, record=record)
            tally = [(record.origin.partition, Reason.SCHEMA)]
            return Outcome([], [aside], segment=self.passed_over(record), tally=tally)
        origin, envelope = record.origin, record.value or b""
        desk = self._desks[origin.partition]
        stored = prepared.get((origin.partition, origin.offset))
        if stored is not None:
            stored.must_answer_for(digest(envelope))
            segment = stored.segment()
            again = yield from _outcome(arrived, segment, self._partition_of, poison)
            steps = self._steps(arrived, segment)
            return replace(again, facts=[ArticlesRedelivered(len(arrived.sketched)), *steps])
        if origin.offset <= desk.collection.last_offset:
            raise SegmentLost(
                f"envelope {origin.offset} of {origin.topic}[{origin.partition}] lies before the last decided one "
                f"({desk.collection.last_offset}) and has no segment: {ARTICLES_SKETCHED} was made anew, or the group "
                "was reset beyond what dedup.segments holds. Delete both topics together, or reset to a later offset"
            )
        articles = [incoming(sketched) for sketched in arrived.sketched]
        segment = yield from desk.collection.decide_each(
            origin.offset, articles, origin.timestamp_ms, dict.fromkeys(poison, POISON_BUG)
        )
        letter = segment_letter(origin.partition, segment, digest(envelope))
        outcome = yield from _outcome(arrived, segment, self._partition_of, poison)
        measured = _measured(desk.collection)
        noted = [*_cut(desk), *self._steps(arrived, segment)]
        return replace(outcome, segment=letter, facts=[*outcome.facts, measured, *noted])

    def _steps(self, arrived: Arrived, segment: Segment) -> Iterator[Fact]:
        """Make the facts of the followed articles of an envelope."""
        if self._followed.anyone:
            articles = (sketched.article for sketched in arrived.sketched)
            decided = zip(articles, map(_decided_as, segment.verdicts), strict=True)
            yield from self._followed.steps("decided", decided)

    def passed_over(self, record: RawRecord) -> Letter | None:
        """Return an empty segment for an envelope that is set aside: one without any would look like a lost one."""
        collection, origin = self._desks[record.origin.partition].collection, record.origin
        if origin.offset <= collection.last_offset:
            return None
        return segment_letter(
            origin.partition, collection.decide(origin.offset, []), digest(record.value or b"")
        )

    def segment_written(self, partition: int, envelope_offset: int, position: int) -> None:
        """Remember where the segment of an envelope is."""
        desk = self._desks[partition]
        desk.places[envelope_offset] = position
        if position == desk.next_segment:
            desk.next_segment = position + 1


def _cut(desk: Desk) -> Iterator[Fact]:
    """Tell once that the log begins too late; only an article's time shows how far the window reaches."""
    if desk.collection.is_cut and not desk.is_cut_told:
        desk.is_cut_told = True
        yield SegmentsCut(desk.collection.name)


def _decided_as(verdict: Verdict) -> dict[str, Any]:
    return {
        "relation": "redelivered" if verdict.redelivered else verdict.relation,
        "match": verdict.match_id,
        "cluster": verdict.cluster_id,
        "revision": verdict.revision,
        "novelty": round(verdict.novelty, 3),
    }


def _measured(collection: Collection) -> Fact:
    return IndexMeasured(
        collection.name, collection.entries, collection.capacity, collection.bytes, collection.evicted
    )


def _outcome(
    arrived: Arrived, segment: Segment, partition_of: Callable[[str, str], int], poison: frozenset[int]
) -> Generator[int, None, Outcome]:
    """Make records of the verdicts, article by article: a pure function, so a redelivery sends the same bytes."""
    verdicts = segment.verdicts
    articles = [one.article for one in arrived.sketched]
    if len(articles) != len(verdicts):
        raise SegmentLost(f"{len(verdicts)} verdicts for {len(articles)} articles at {segment.offset}")
    out = OutcomeBuilder()
    failed: dict[int, Reason] = {}  # by number in the envelope
    going_on: dict[int, dict[int, Unique]] = {}  # by partition, then by number in the envelope
    for number, (article, verdict) in enumerate(zip(articles, verdicts, strict=True)):
        yield number
        bug = POISON_BUG if number in poison else verdict.bug
        if bug is not None:
            kind = bug.partition(":")[0]
            failed[number] = REASONS.get(kind, Reason.BUG)
            whole = arrived.whole(number)
            out.set_aside(SetAside(article.origin, failed[number], bug, kind, article=whole))
        elif verdict.relation in GOES_ON:
            partition = partition_of(ARTICLES_UNIQUE, article.article_id)
            going_on.setdefault(partition, {})[number] = to_unique(
                article, verdict, new=_new_in(arrived, number, verdict)
            )
        elif verdict.relation is not None:
            out.send([duplicate_letter(to_duplicate(article, verdict), article.trace, NAME)])
    yield WHOLE
    for partition, uniques in sorted(going_on.items()):
        sent = _envelope(arrived, partition, uniques)
        if isinstance(sent, Letter):
            out.send([sent])
            continue
        failed |= dict.fromkeys(uniques, Reason.SCHEMA)
        for aside in sent:
            out.set_aside(aside)
    for number, article in enumerate(articles):
        out.count(article.origin.partition, failed.get(number))
    out.trace(articles)
    out.tell(*_facts(verdicts))
    return out.build()


def _new_in(arrived: Arrived, number: int, verdict: Verdict) -> tuple[NewFact, ...]:
    """Return the facts of an update that its match does not have; none if the text cannot be read."""
    if not verdict.new_facts:
        return ()
    try:
        text = arrived.text(number)
    except ValueError:
        return ()
    return new_facts(arrived.sketched[number].article.title, text, verdict.new_facts)


def _envelope(arrived: Arrived, partition: int, uniques: dict[int, Unique]) -> Letter | list[SetAside]:
    """Pack what goes on to one partition, or set its articles aside one by one if their texts are broken."""
    try:
        texts = arrived.texts_of(list(uniques))
    except ValueError as error:
        kind, detail = type(error).__name__, str(error)
        return [
            SetAside(unique.article.origin, Reason.SCHEMA, detail, kind, article=arrived.whole(number))
            for number, unique in uniques.items()
        ]
    return Letter(ARTICLES_UNIQUE, None, pack_unique(list(uniques.values()), texts), partition=partition)


def _facts(verdicts: Sequence[Verdict]) -> list[Fact]:
    decided = [(one.relation, one.similarity, one.candidates) for one in verdicts if one.relation is not None]
    again = len(verdicts) - len(decided)
    return [ArticlesDecided(decided), *([ArticlesRedelivered(again)] if again else [])]
