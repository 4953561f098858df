"""Run all stages in memory: for `copydesk process`, and for tests of the whole path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from service.compiled import drop_stale_once
from service.line.dead_letters import MemoryOriginals
from service.line.loop import Line
from service.line.partition import partition_of
from service.line.records_out import Letter
from service.line.segment_log import MemorySegmentLog
from service.line.stopping import DeadLetterLimit
from service.observations import Tell
from service.records import Origin, RawRecord
from service.settings import Settings
from service.stages import STAGES, Services, StageSpec
from service.topics import ARTICLES_RAW, INTERNAL, SEGMENT_LOGS


@dataclass(slots=True)
class MemoryOutbox:
    """Keep letters by topic, in order; segments go to their log."""

    partitions: int
    segments: MemorySegmentLog
    other_logs: dict[str, MemorySegmentLog] = field(default_factory=dict)
    topics: dict[str, list[Letter]] = field(default_factory=dict)
    sent: list[Letter] = field(default_factory=list)

    async def deliver(self, letters: Iterable[Letter]) -> None:
        """Keep letters, in order."""
        for letter in letters:
            self.topics.setdefault(letter.topic, []).append(letter)
            self.sent.append(letter)

    async def deliver_one(self, letter: Letter) -> int:
        """Keep one letter; return its offset in its partition."""
        if letter.topic in SEGMENT_LOGS:
            return self.log(letter.topic).append(letter)
        await self.deliver([letter])
        there = self._partition(letter)
        return sum(self._partition(one) == there for one in self.topics[letter.topic]) - 1

    def log(self, topic: str) -> MemorySegmentLog:
        """Return the log of segments on a topic."""
        if topic == self.segments.topic:
            return self.segments
        return self.other_logs.setdefault(topic, MemorySegmentLog(topic))

    def _partition(self, letter: Letter) -> int:
        return (
            partition_of(letter.key or b"", self.partitions) if letter.partition is None else letter.partition
        )

    def take(self, topic: str) -> list[Letter]:
        """Return what is in a topic, and empty it."""
        return self.topics.pop(topic, [])

    def partition_of(self, topic: str, key: str) -> int:
        """Return the partition in which Kafka would put the key."""
        return partition_of(key.encode(), self.partitions)


def _ignore(_: object) -> None:
    """Drop an observation."""


class MemoryPipeline:
    """Run the stages in one process; `feed` returns what would have been published."""

    def __init__(self, settings: Settings, tell: Tell = _ignore) -> None:
        drop_stale_once()
        self.outbox = MemoryOutbox(settings.topics.partitions, MemorySegmentLog())
        self.originals = MemoryOriginals()
        self._tell = tell
        self._settings = settings
        self._offsets: dict[tuple[str, int], int] = {}
        self._lines = [(spec, self._line(spec)) for spec in STAGES.values()]

    def _line(self, spec: StageSpec) -> Line:
        return Line(
            spec.name,
            spec.source,
            spec.make(self._settings, self._services(spec)),
            outbox=self.outbox,
            originals=self.originals,
            limit=DeadLetterLimit(spec.name, self._settings.dead_letters),
            tell=self._tell,
        )

    def _services(self, spec: StageSpec) -> Services:
        log = self.outbox.log(spec.segment_log or self.outbox.segments.topic)
        return Services(log, self._tell, self.outbox.partition_of)

    async def feed(self, batch: Sequence[RawRecord]) -> list[Letter]:
        """Run a batch of raw records through all stages; return what left for the output topics, in order."""
        for record in batch:
            self.originals.keep(record)
        for spec, line in self._lines:
            for records in self._batches(spec, batch):
                await line.handle(records)
        out = [letter for letter in self.outbox.sent if letter.topic not in INTERNAL]
        self.outbox.sent.clear()
        self.outbox.topics.clear()
        self.originals.records.clear()
        return out

    def _batches(self, spec: StageSpec, fed: Sequence[RawRecord]) -> Iterator[Sequence[RawRecord]]:
        if spec.source == ARTICLES_RAW:
            yield fed
            return
        records, step = self._records(spec.source), spec.batching(self._settings).records_max
        for start in range(0, len(records), step):
            yield records[start : start + step]

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
    """Make a record of articles.raw with this offset."""
    return RawRecord(key, value, headers, Origin(ARTICLES_RAW, 0, offset, timestamp_ms))
