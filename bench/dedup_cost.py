"""What dedup costs as its index grows: CPU of a decision, bytes an article, seconds to rebuild.

    python -m bench.dedup_cost [--sizes 10000,100000,1000000] [--json FILE] [--plot FILE.png]

The index is filled from packed segments, as a rebuild does (that time is reported), with made-up articles of the same
size as real ones: 64 shingles learned, 32 stored, 64 words, ids of 24 characters. Then 800-word articles, 30 % of them
reprints, are decided on in envelopes of 50. CPU is process time. Bytes an article: the sum of what the parts say they
hold, and the growth of resident memory. The index has room for a tenth more than each size.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench.articles import articles
from bench.peers_path import find_peers
from service.dedup.collection import Collection, warm_up
from service.dedup.decided import (
    ANSWERED_BY,
    CODES,
    COLUMNS,
    CONTENT,
    ID_BYTES,
    ID_HASH,
    IS_KNOWN,
    IS_STORED,
    NOVELTY,
    OUTCOME,
    RAW_OFFSET,
    REVISION,
    SECONDS,
    Decided,
    Relation,
)
from service.dedup.index.fact_filter import FILTER_WORDS
from service.dedup.index.index import ENTRY_COLUMNS, LEARNED, SAMPLE
from service.dedup.index.lookup import WORD_SAMPLE
from service.dedup.outputs import incoming
from service.dedup.segments import Segment
from service.dedup.stage import DedupStage
from service.intake.cleaning.clean import clean
from service.intake.stage import IntakeStage
from service.line.envelopes import unpack_sketched
from service.line.recovery import Rebuilt
from service.line.segment_log import MemorySegmentLog
from service.pipeline.in_memory import MemoryOutbox, raw_record
from service.records import Origin, RawRecord
from service.settings import DedupSettings, Settings, load_settings
from service.sketch.sketch import sketch

SEGMENT_ARTICLES = 100
SMALL_WORDS = 24
"""Number of words of an article that its collection learns are written small."""
ENVELOPE_ARTICLES = 50
MEASURED = 2_000
START_SECONDS = 1_790_000_000


@dataclass(frozen=True)
class Cost:
    """At one size of the index."""

    indexed: int
    decide_us: float
    worker_us: float
    counted_bytes: float  # sum of the parts, of those articles that are there
    resident_bytes: float
    rebuild_cpu_seconds: float


def made_up(
    rng: np.random.Generator, offset: int, first_serial: int, seconds: int = START_SECONDS
) -> Segment:
    """Return a segment of new articles that have nothing in common."""
    count = SEGMENT_ARTICLES
    rows = np.zeros((count, COLUMNS), np.int64)
    serials = np.arange(first_serial, first_serial + count)
    ids = b"".join(b"made-up-%016d" % serial for serial in serials.tolist())
    rows[:, ID_HASH] = rng.integers(-(1 << 62), 1 << 62, count)
    rows[:, CONTENT] = rng.integers(-(1 << 62), 1 << 62, count)
    rows[:, RAW_OFFSET], rows[:, SECONDS], rows[:, ANSWERED_BY] = serials, seconds, serials
    rows[:, REVISION], rows[:, ID_BYTES], rows[:, NOVELTY] = 1, 24, 10_000
    rows[:, OUTCOME], rows[:, IS_STORED], rows[:, IS_KNOWN] = CODES[Relation.NEW], 1, 1
    features = np.sort(rng.integers(0, 1 << 48, (count, LEARNED), np.uint64), axis=1)
    written = np.zeros((count, LEARNED), np.bool_)
    written[:, :SAMPLE] = True
    words = np.sort(rng.integers(0, 1 << 14, (count, WORD_SAMPLE), np.uint16), axis=1)
    entries = np.zeros((count, ENTRY_COLUMNS), np.int64)
    entries[:, :7] = (1 << 28, 0, LEARNED, WORD_SAMPLE, SAMPLE, 0, 24)
    entries[:, 7:13] = (37, 4, 800, 0, 1, SMALL_WORDS)  # as articles of 800 words have them
    filters = rng.integers(0, 1 << 64, (count, FILTER_WORDS), np.uint64, endpoint=False)
    decided = Decided(
        rows,
        ids,
        entries,
        features.reshape(-1),
        written.reshape(-1),
        words.reshape(-1),
        ids,
        filters,
        rng.integers(0, 1 << 24, count * SMALL_WORDS, np.uint32),
        np.zeros(0, np.uint16),
    )
    return Segment(offset, first_serial, ("made-up",), decided)


def resident_bytes() -> int:
    """Return resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def filled(size: int) -> tuple[Collection, float, float]:
    """Build a collection of so many articles; return it, its bytes per article, and the CPU seconds of the rebuild."""
    rng = np.random.default_rng(size)
    gc.collect()
    before = resident_bytes()
    collection = Collection("default", DedupSettings(capacity_articles=size + size // 10 + 2 * MEASURED))
    spent = 0.0
    for number in range(size // SEGMENT_ARTICLES):
        packed = made_up(rng, number, number * SEGMENT_ARTICLES).pack()
        started = time.process_time()
        collection.apply(Segment.unpack(packed))
        spent += time.process_time() - started
    return collection, (resident_bytes() - before) / size, spent


def envelopes(settings: Settings) -> list[bytes]:
    """Return the measured articles as intake packs them."""
    records = [
        raw_record(n, value, timestamp_ms=START_SECONDS * 1000) for n, value in enumerate(articles(MEASURED))
    ]
    stage, step = IntakeStage(settings), ENVELOPE_ARTICLES
    batches = [records[at : at + step] for at in range(0, len(records), step)]
    return [letter.value or b"" for batch in batches for letter in stage.decide(batch).letters]


def decide_us(collection: Collection, batches: list[bytes]) -> float:
    """Return the median over envelopes: µs of CPU per article to look up, judge and store."""
    costs = []
    for envelope in batches:
        articles = [incoming(sketched) for sketched in unpack_sketched(envelope).sketched]
        started = time.process_time()
        collection.decide(collection.last_offset + 1, articles)
        costs.append((time.process_time() - started) / len(articles) * 1e6)
    return statistics.median(costs)


def worker_us(collection: Collection, batches: list[bytes], settings: Settings) -> float:
    """Return the median over envelopes: µs of CPU per article between two awaits, from bytes to bytes."""
    log = MemorySegmentLog()
    outbox = MemoryOutbox(settings.topics.partitions, log)
    stage = DedupStage(settings, log, lambda observation: None, partition_of=outbox.partition_of)
    stage.recovery.held[0] = Rebuilt(collection, stale=False)  # as if it had just been rebuilt
    costs = []
    for envelope in batches:
        origin = Origin("articles.sketched", 0, collection.last_offset + 1, START_SECONDS * 1000)
        record = RawRecord(b"default", envelope, (), origin)
        started = time.process_time()
        stage.decide([record], {})
        costs.append((time.process_time() - started) / ENVELOPE_ARTICLES * 1e6)
    return statistics.median(costs)


def sketch_us() -> float:
    """Return median µs of CPU to sketch an 800-word article that is clean."""
    texts = [clean(json.loads(value)["body"]).text for value in articles(300)]
    sketch(texts[0])
    costs = []
    for text in texts:
        started = time.process_time_ns()
        for _ in range(10):
            sketch(text)
        costs.append((time.process_time_ns() - started) / 10_000)
    return statistics.median(costs)


def measure(size: int, settings: Settings, batches: list[bytes]) -> Cost:
    """Return all figures at one size."""
    collection, resident, seconds = filled(size)
    counted = collection.bytes / size
    half = len(batches) // 2
    deciding = decide_us(collection, batches[:half])
    working = worker_us(collection, batches[half:], settings)
    return Cost(size, deciding, working, counted, resident, seconds)


def plot(costs: list[Cost], path: Path) -> None:
    """CPU against the size of the index."""
    find_peers()
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4))
    sizes = [cost.indexed for cost in costs]
    axes.plot(sizes, [cost.decide_us for cost in costs], "o-", label="look up, judge, store")
    axes.plot(
        sizes, [cost.worker_us for cost in costs], "s--", label="whole worker, envelope in, outputs out"
    )
    axes.set(xscale="log", xlabel="articles in the index", ylabel="µs of CPU per article", ylim=(0, None))
    axes.grid(visible=True, alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main() -> None:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path)
    chosen = parser.parse_args()
    warm_up()
    settings = load_settings(env={})
    batches = envelopes(settings)
    print(f"sketch of an 800-word article: {sketch_us():.0f} µs CPU")
    columns = ("decide µs", "worker µs", "articles/s", "counted B", "resident B", "rebuild CPU s")
    print(f"{'indexed':>10s}" + "".join(f"{name:>15s}" for name in columns))
    costs = []
    for size in map(int, chosen.sizes.split(",")):
        cost = measure(size, settings, batches)
        costs.append(cost)
        print(
            f"{cost.indexed:10d}{cost.decide_us:15.0f}{cost.worker_us:15.0f}{1e6 / cost.worker_us:15.0f}"
            f"{cost.counted_bytes:15.0f}{cost.resident_bytes:15.0f}{cost.rebuild_cpu_seconds:15.1f}",
            flush=True,
        )
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(cost) for cost in costs], indent=1))
    if chosen.plot:
        plot(costs, chosen.plot)


if __name__ == "__main__":
    main()
