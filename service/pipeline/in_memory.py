"""The same three stages without Kafka: for `copydesk process`, and for tests of the whole path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.dedup.segment_log import MemorySegmentLog
from service.dedup.stage import DedupStage
from service.enrich.stage import EnrichStage
from service.facts import Tell
from service.intake.stage import IntakeStage
from service.line.dead_letters import MemoryOriginals
from service.line.loop import Line
from service.line.partition import partition_of
from service.line.records_out import Letter, Post, Stage, each
from service.line.stopping import DeadLetterLimit
from service.records import Origin, RawRecord
from service.settings import Settings
from service.topics import ARTICLES_RAW, ARTICLES_SKETCHED, ARTICLES_UNIQUE, DEDUP_SEGMENTS


@dataclass(slots=True)
class MemoryOutbox:
    """Keeps letters by topic, in order; segments go to their log."""

    partitions: int
    segments: MemorySegmentLog
    topics: dict[str, list[Letter]] = field(default_factory=dict)
    sent: list[Letter] = field(default_factory=list)

    async def deliver(self, letters: Iterable[Post]) -> None:
        """Keep them."""
        for letter in each(letters):
            self.topics.setdefault(letter.topic, []).append(letter)
            self.sent.append(letter)

    async def deliver_one(self, letter: Letter) -> int:
        """Keep it; returns its offset in its partition."""
        if letter.topic == DEDUP_SEGMENTS:
            return self.segments.append(letter)
        await self.deliver([letter])
        return len(self.topics[letter.topic]) - 1

    def take(self, topic: str) -> list[Letter]:
        """What lies in a topic, which is empty afterwards."""
        return self.topics.pop(topic, [])

    def partition_of(self, topic: str, key: str) -> int:
        """Where Kafka would put the key."""
        return partition_of(key.encode(), self.partitions)


def _ignore(_: object) -> None:
    """Nobody is listening."""


class MemoryPipeline:
    """intake, dedup and enrich in one process; `feed` returns what would have been published."""

    def __init__(self, settings: Settings, tell: Tell = _ignore) -> None:
        self.outbox = MemoryOutbox(settings.topics.partitions, MemorySegmentLog())
        self.originals = MemoryOriginals()
        self.dedup = DedupStage(settings, self.outbox.segments, tell, partition_of=self.outbox.partition_of)
        self._offsets: dict[tuple[str, int], int] = {}
        self._lines = [
            self._line(stage, settings, tell)
            for stage in (IntakeStage(settings), self.dedup, EnrichStage(settings))
        ]

    def _line(self, stage: Stage, settings: Settings, tell: Tell) -> Line:
        return Line(
            stage,
            outbox=self.outbox,
            originals=self.originals,
            limit=DeadLetterLimit(stage.name, settings.dead_letters),
            tell=tell,
            segment_written=self.dedup.written if stage is self.dedup else None,
        )

    async def feed(self, batch: Sequence[RawRecord]) -> list[Letter]:
        """A batch of raw records all the way; what left for the output topics, in order."""
        for record in batch:
            self.originals.keep(record)
        intake, dedup, enrich = self._lines
        await intake.handle(batch)
        for record in self._records(ARTICLES_SKETCHED):
            await dedup.handle([record])
        for record in self._records(ARTICLES_UNIQUE):
            await enrich.handle([record])
        inner = {ARTICLES_SKETCHED, ARTICLES_UNIQUE, DEDUP_SEGMENTS}
        out = [letter for letter in self.outbox.sent if letter.topic not in inner]
        self.outbox.sent.clear()
        self.outbox.topics.clear()
        self.originals.records.clear()
        return out

    def _records(self, topic: str) -> list[RawRecord]:
        return [self._record(letter) for letter in self.outbox.take(topic)]

    def _record(self, letter: Letter) -> RawRecord:
        partition = letter.partition or 0
        offset = self._offsets.get((letter.topic, partition), 0)
        self._offsets[letter.topic, partition] = offset + 1
        origin = Origin(letter.topic, partition, offset)
        return RawRecord(letter.key, letter.value, tuple(letter.headers), origin)


def raw_record(
    offset: int,
    value: bytes | None,
    *,
    key: bytes | None = None,
    headers: tuple[tuple[str, bytes], ...] = (),
    timestamp_ms: int | None = None,
) -> RawRecord:
    """A record as it would stand in articles.raw at this offset."""
    return RawRecord(key, value, headers, Origin(ARTICLES_RAW, 0, offset, timestamp_ms))
