"""What the store takes for each record.

    python -m bench.store_cost [--count 2000] [--words 800] [--url URL] [--rounds 3]

Made-up articles, a third of them reprints, pass through the stages in memory; what leaves them is written to a new
store in batches, as `copydesk store` writes it: articles with their claims, reprints, and records of threads and
stories, each by themselves and then all of them. SQLite below a temporary folder, or the empty database of `--url`.
The figures are of the writing process: a PostgreSQL server works beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from bench.articles import articles
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import load_settings
from service.store.database import open_store
from service.store.rows import OutputRecord
from service.store.schema import METADATA
from service.store.writer import STORED_TOPICS, StoreWriter
from service.topics import ARTICLES_DUPLICATES, ARTICLES_ENRICHED, CLAIM_THREADS, STORIES

GROUPS: Final = {
    "articles with their claims": {ARTICLES_ENRICHED},
    "articles and reprints": {ARTICLES_ENRICHED, ARTICLES_DUPLICATES},
    "records of threads, stories": {CLAIM_THREADS, STORIES},
    "records, all": set(STORED_TOPICS),
}
FIRST_MS: Final = 1_790_000_000_000


async def output_records(count: int, words: int) -> list[OutputRecord]:
    """Return what the stages publish of so many articles, in the order in which it left them."""
    settings = load_settings()
    pipeline = MemoryPipeline(settings)
    step = settings.intake.batch_articles
    raw = [raw_record(n, value, timestamp_ms=FIRST_MS + n) for n, value in enumerate(articles(count, words))]
    records: list[OutputRecord] = []
    offsets = dict.fromkeys(STORED_TOPICS, 0)
    for at in range(0, count, step):
        for letter in await pipeline.feed(raw[at : at + step]):
            if letter.topic in offsets:
                place = (letter.topic, 0, offsets[letter.topic])
                records.append(OutputRecord(*place, letter.key, letter.value, tuple(letter.headers)))
                offsets[letter.topic] += 1
    return records


def written_us(engine: Engine, records: list[OutputRecord], batch: int) -> tuple[float, float]:
    """Write all records to an empty store; return µs of CPU and of the clock for each."""
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
    writer = StoreWriter(engine)
    known = writer.positions()
    cpu, clock = time.process_time(), time.perf_counter()
    for at in range(0, len(records), batch):
        known = writer.write(records[at : at + batch], known)
    spent = time.process_time() - cpu, time.perf_counter() - clock
    return spent[0] / len(records) * 1e6, spent[1] / len(records) * 1e6


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--url", default="")
    chosen = parser.parse_args()
    records = asyncio.run(output_records(chosen.count, chosen.words))
    batch = load_settings().store.batch_records
    with tempfile.TemporaryDirectory() as folder:
        engine = open_store(chosen.url or f"sqlite:///{Path(folder) / 'store.db'}")
        for name, topics in GROUPS.items():
            some = [record for record in records if record.topic in topics]
            rounds = [written_us(engine, some, batch) for _ in range(chosen.rounds)]
            cpu, clock = (statistics.median(column) for column in zip(*rounds, strict=True))
            print(
                f"{len(some):7,} {name:28} {cpu:5,.0f} us of CPU, {clock:5,.0f} us of the clock a record: "
                f"{1e6 / cpu:6,.0f} a second of CPU, {1e6 / clock:6,.0f} of the clock"
            )


if __name__ == "__main__":
    main()
