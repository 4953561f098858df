"""What the store takes for each record.

    python -m bench.store_cost [--count 2000] [--words 800] [--url URL] [--rounds 3]

Made-up articles, a third of them reprints, pass through the stages in memory; what leaves them is written to a new
store in batches, as `copydesk store` writes it: articles with their claims, reprints, and records of threads and
stories, each by themselves and then all of them. SQLite below a temporary folder, or the empty database of `--url`.
CPU is that of the writing process, and that of the processes of a PostgreSQL server on this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, text

from bench.articles import articles
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import load_settings
from service.store.ahead import WritingAhead
from service.store.database import open_store
from service.store.incoming import STORED_TOPICS
from service.store.rows import OutputRecord
from service.store.schema import METADATA
from service.store.writer import StoreWriter
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


async def written_us(engine: Engine, records: list[OutputRecord], batch: int) -> tuple[float, float, float]:
    """Write all records to an empty store; return µs for each: our CPU, that of the server, and of the clock."""
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM"))  # what was deleted is nobody's work later
    writer = StoreWriter(engine)
    servers, cpu, clock = server_seconds(engine), time.process_time(), time.perf_counter()
    async with WritingAhead(writer, writer.positions(), lambda *_: None) as ahead:
        for at in range(0, len(records), batch):
            await ahead.put(records[at : at + batch])
    spent = time.process_time() - cpu, server_seconds(engine) - servers, time.perf_counter() - clock
    return spent[0] / len(records) * 1e6, spent[1] / len(records) * 1e6, spent[2] / len(records) * 1e6


def server_seconds(engine: Engine) -> float:
    """Return the CPU that the processes of a PostgreSQL server on this machine have used; 0 with SQLite."""
    if engine.dialect.name != "postgresql":
        return 0.0
    with engine.connect() as connection:
        processes = connection.execute(text("SELECT pid FROM pg_stat_activity")).scalars().all()
    spent = 0.0
    for process in processes:
        with suppress(OSError):  # it has ended, or runs on another machine
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


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
            rounds = [asyncio.run(written_us(engine, some, batch)) for _ in range(chosen.rounds)]
            own, server, clock = (statistics.median(column) for column in zip(*rounds, strict=True))
            print(
                f"{len(some):7,} {name:28} {own:5,.0f} us of CPU and {server:5,.0f} of the server, {clock:5,.0f} us of "
                f"the clock a record: {1e6 / (own + server):6,.0f} a second of CPU, {1e6 / clock:6,.0f} of the clock"
            )


if __name__ == "__main__":
    main()
