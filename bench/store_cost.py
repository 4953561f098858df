"""What the store takes for each record.

    python -m bench.store_cost [--count 2000] [--words 400 800] [--rounds 3] [--url URL | --sqlite-only]

Made-up articles, a third of them reprints, pass through the stages in memory; what leaves them is written to a new
store in batches, as `copydesk store` writes it: articles with their claims, reprints, and records of threads and
stories, each by themselves and then all of them. SQLite and PostgreSQL take turns: a file and a server below a
temporary folder, or the empty database of `--url`. CPU is that of the writing process + that of a server here.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from contextlib import ExitStack, suppress
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
from tests.store.postgres import running

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
    """Print the medians of both databases, measured in turn."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--words", type=int, nargs="+", default=[400, 800])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--url", help="an empty PostgreSQL database; without it a server is started")
    parser.add_argument("--sqlite-only", action="store_true")
    chosen = parser.parse_args()
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="copydesk-bench-")))
        urls = {"SQLite": f"sqlite:///{folder / 'store.db'}"}
        if not chosen.sqlite_only:
            urls["PostgreSQL"] = chosen.url or opened.enter_context(running(folder / "server"))
        engines = {name: open_store(url) for name, url in urls.items()}
        for words in chosen.words:
            print(f"articles of {words} words")
            compare(engines, asyncio.run(output_records(chosen.count, words)), chosen.rounds)


def compare(engines: dict[str, Engine], records: list[OutputRecord], rounds: int) -> None:
    """Write each group of records to all databases in turn; print what a record takes."""
    batch = load_settings().store.batch_records
    for group, topics in GROUPS.items():
        some = [record for record in records if record.topic in topics]
        measured: dict[str, list[tuple[float, float, float]]] = {name: [] for name in engines}
        for _ in range(rounds):
            for name, engine in engines.items():
                measured[name].append(asyncio.run(written_us(engine, some, batch)))
        for name, columns in measured.items():
            own, server, clock = (statistics.median(column) for column in zip(*columns, strict=True))
            print(
                f"{len(some):7,} {group:28} {name:10} {own:5,.0f} + {server:5,.0f} us of CPU, {clock:6,.0f} of the "
                f"clock: {1e6 / (own + server):6,.0f} records for a second of CPU, {1e6 / clock:6,.0f} a second",
                flush=True,
            )


if __name__ == "__main__":
    main()
