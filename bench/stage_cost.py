"""What the stages do around their own work, in memory.

    python -m bench.stage_cost [--count 800] [--words 800] [--rounds 9]

Made-up articles, 30 % of them reprints, go through the loop that runs on Kafka, in batches as large as they are there.
Letters go into record batches of the real producer, which keeps them; observations go to the real telemetry. So a
figure is the CPU between "the bytes of a batch are here" and "its records are handed over and counted". Claims are
found beforehand (`bench.claims_cost` has what they cost). The whole is timed without the clocks of the parts; each
figure is the median of the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from aiokafka import AIOKafkaProducer

from bench.articles import articles
from bench.claims_cost import Clocks
from service.dedup import stage as dedup_stage
from service.dedup.collection import Collection
from service.enrich import enrich as enrich_room
from service.enrich import stage as enrich_stage
from service.enrich.claims import Findings
from service.enrich.doc import Asked
from service.intake import article as intake_room
from service.intake import stage as intake_stage
from service.kafka.outbox import KafkaOutbox
from service.line import logged_stage
from service.line.dead_letters import MemoryOriginals
from service.line.envelopes import Arrived, unpack_unique
from service.line.loop import Line
from service.line.records_out import Letter
from service.line.segment_log import MemorySegmentLog
from service.line.stopping import DeadLetterLimit
from service.pipeline.app import warm_up
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.records import RawRecord
from service.settings import Settings, load_settings
from service.stages import STAGES, Services
from service.telemetry.tell import Telemetry
from service.topics import ALL_TOPICS, ARTICLES_SKETCHED, ARTICLES_UNIQUE

FIRST_MS: Final = 1_790_000_000_000

PARTS: Final[dict[str, tuple[tuple[Any, str, str], ...]]] = {
    "intake": (
        (intake_stage, "intake", "fields, ids"),
        (intake_room, "facts_of", "facts"),
        (intake_room, "read_object", "JSON"),
        (intake_room, "clean", "clean"),
        (intake_room, "sketch_of", "sketch"),
        (intake_stage, "pack_sketched", "envelope packed"),
    ),
    "dedup": (
        (dedup_stage, "unpack_sketched", "envelope unpacked"),
        (Collection, "decide_each", "index"),
        (logged_stage, "segment_letter", "segment"),
        (logged_stage, "digest", "digest of the envelope"),
        (dedup_stage, "_outcome", "verdicts to records"),
        (Arrived, "texts_of", "texts handed on"),
        (dedup_stage, "pack_unique", "envelope packed"),
        (dedup_stage, "duplicate_letter", "duplicates"),
    ),
    "enrich": (
        (enrich_stage, "unpack_unique", "envelope unpacked"),
        (enrich_stage, "enrich_all", "claims, ids"),
        (enrich_stage, "enriched_letters", "JSON, headers"),
        (enrich_stage, "prepare", "prepared for threads"),
        (enrich_stage, "pack_prepared", "envelope packed"),
    ),
}
"""Where each function is looked up, and what to call the time it takes apart from the others listed."""

AROUND: Final = ((Line, "_tell_all", "limit, observations told"),)
"""Of every stage."""
SENDING: Final = "record batches"
"""What the outbox does; it is timed as it is awaited, as nothing else runs meanwhile."""


class Kept(AIOKafkaProducer):
    """The real producer, but its batches stay here, and it was never started."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ends: dict[tuple[str, int], int] = defaultdict(int)

    def __del__(self) -> None:
        """Nothing was opened."""

    async def send_batch(self, batch: Any, topic: str, *, partition: int) -> asyncio.Future[Any]:
        """Build the batch as the sender does, and take it as delivered."""
        batch._build()
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        future.set_result(Written(self._ends[topic, partition]))
        self._ends[topic, partition] += batch.record_count()
        return future


class Timed(KafkaOutbox):
    """An outbox that knows what it took."""

    taken_ns = 0

    async def deliver(self, letters: Iterable[Letter]) -> None:
        """As always."""
        started = time.thread_time_ns()
        await super().deliver(letters)
        self.taken_ns += time.thread_time_ns() - started

    async def deliver_one(self, letter: Letter) -> int:
        """As always."""
        started = time.thread_time_ns()
        offset = await super().deliver_one(letter)
        self.taken_ns += time.thread_time_ns() - started
        return offset


class Written(NamedTuple):
    """Where a batch begins."""

    offset: int


class Listening(MemoryPipeline):
    """Remembers what its stages read."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.read: dict[str, list[RawRecord]] = defaultdict(list)

    def _records(self, topic: str) -> list[RawRecord]:
        records = super()._records(topic)
        self.read[topic] += records
        return records


class KnownClaims:
    """Stands for `find_all_claims`: what was found once is not looked for again."""

    def __init__(self) -> None:
        self._find = enrich_room.find_all_claims
        self._found: dict[Asked, Findings] = {}

    def __call__(self, asked: Sequence[Asked], chars_max: int, confidence_min: float) -> list[Findings]:
        """Return the claims of these texts."""
        if asked[0] not in self._found:
            self._found.update(zip(asked, self._find(asked, chars_max, confidence_min), strict=True))
        return [self._found[one] for one in asked]


async def inputs(settings: Settings, count: int, words: int) -> dict[str, list[list[RawRecord]]]:
    """Return the batches that each stage reads of so many articles."""
    raw = [raw_record(n, value, timestamp_ms=FIRST_MS + n) for n, value in enumerate(articles(count, words))]
    step = settings.intake.batch_articles
    batches = [raw[at : at + step] for at in range(0, count, step)]
    pipeline = Listening(settings)
    for batch in batches:
        await pipeline.feed(batch)
    return {
        "intake": batches,
        "dedup": [[envelope] for envelope in pipeline.read[ARTICLES_SKETCHED]],
        "enrich": [[envelope] for envelope in pipeline.read[ARTICLES_UNIQUE]],
    }


def line(name: str, settings: Settings) -> tuple[Line, Timed]:
    """Return a stage as it stands at the beginning of its topic, with all that it has on Kafka, and its outbox."""
    told = Telemetry(settings, name)
    outbox = Timed("", {}, settings.topics.output_bytes_max, told.tell)
    outbox._producer = Kept(**outbox.producer_options())
    outbox._partitions = dict.fromkeys(ALL_TOPICS, settings.topics.partitions)
    spec = STAGES[name]
    desk = Line(
        spec.name,
        spec.source,
        spec.make(settings, Services(MemorySegmentLog(), told.tell, outbox.partition_of)),
        outbox=outbox,
        originals=MemoryOriginals(),
        limit=DeadLetterLimit(name, settings.dead_letters),
        tell=told.tell,
    )
    return desk, outbox


async def handled_us(
    name: str, settings: Settings, batches: Sequence[Sequence[RawRecord]]
) -> tuple[float, float]:
    """Return µs of CPU to handle all batches once, and how much of it went into record batches."""
    desk, outbox = line(name, settings)
    started = time.process_time_ns()
    for batch in batches:
        outcome = await desk.handle(batch)
        assert not outcome.set_aside, f"{name} set aside {outcome.set_aside[0].detail}"
    return (time.process_time_ns() - started) / 1e3, outbox.taken_ns / 1e3


async def parts_us(name: str, settings: Settings, batches: Sequence[Sequence[RawRecord]]) -> dict[str, float]:
    """Return the CPU by part; what none of the parts took is the rest."""
    clocks = Clocks()
    parts = (*PARTS[name], *AROUND)
    kept = [(owner, function, getattr(owner, function)) for owner, function, _ in parts]
    try:
        for owner, function, label in parts:
            setattr(owner, function, clocks.around(label, getattr(owner, function)))
        whole, sending = await handled_us(name, settings, batches)
    finally:
        for owner, function, original in kept:
            setattr(owner, function, original)
    taken = {label: clocks.taken.get(label, 0) / 1e3 for _, _, label in parts} | {SENDING: sending}
    return taken | {"the rest": whole - sum(taken.values())}


def show(name: str, articles_in: int, whole: Sequence[float], parts: Sequence[dict[str, float]]) -> None:
    """One stage's table."""
    print(f"{name:26s}{statistics.median(whole) / articles_in:8.1f}   of {articles_in} articles")
    for label in parts[0]:
        print(f"  {label:24s}{statistics.median(one[label] for one in parts) / articles_in:8.1f}")


async def measure(settings: Settings, count: int, words: int, rounds: int) -> None:
    """Measure and print."""
    enrich_room.find_all_claims = KnownClaims()
    read = await inputs(settings, count, words)
    gc.freeze()
    articles_in = {"intake": count, "dedup": count, "enrich": goes_on(read["enrich"])}
    print(f"us of CPU an article of {words} words, {rounds} rounds")
    for name in PARTS:
        whole, parts = [], []
        for _ in range(rounds):
            whole.append((await handled_us(name, settings, read[name]))[0])
            parts.append(await parts_us(name, settings, read[name]))
        show(name, articles_in[name], whole, parts)


def goes_on(batches: Sequence[Sequence[RawRecord]]) -> int:
    """Return articles that dedup sent on."""
    return sum(len(unpack_unique(record.value)) for batch in batches for record in batch)


def main() -> None:
    """Measure all stages."""
    parser = argparse.ArgumentParser(prog="bench.stage_cost", description=__doc__)
    parser.add_argument("--count", type=int, default=800)
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=9)
    chosen = parser.parse_args()
    for stage in STAGES:
        warm_up(stage)
    asyncio.run(measure(load_settings(env={}), chosen.count, chosen.words, chosen.rounds))


if __name__ == "__main__":
    main()
