"""The answers in docs/store.md: asked of the sample articles, and compared or written.

After a change of what the stages say of the samples: ``python -m tests.store.answers`` writes them anew.
"""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine, text

from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.samples import load_samples
from service.store.database import open_store
from service.store.incoming import STORED_TOPICS
from service.store.rows import OutputRecord
from service.store.writer import StoreWriter
from tests.store.kit import settings

PAGE = Path(__file__).parents[2] / "docs" / "store.md"
QUERY = re.compile(r"```sql\n(?P<query>.*?)```\n(?:\n```text\n.*?```\n)?", re.DOTALL)
CELL_CHARS_MAX = 60


def answered(page: str, engine: Engine) -> str:
    """Return the page with the answer behind every query."""

    def answer(found: re.Match[str]) -> str:
        return f"```sql\n{found['query']}```\n\n```text\n{table(engine, found['query'])}```\n"

    return QUERY.sub(answer, page)


def table(engine: Engine, query: str) -> str:
    """Ask, and set the rows in columns."""
    with engine.connect().execution_options(read_only=True) as connection:
        result = connection.execute(text(query))
        lines = [list(result.keys()), *([_cell(value) for value in row] for row in result)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    return "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in lines)


def _cell(value: object) -> str:
    if isinstance(value, list | dict):
        value = json.dumps(value)  # PostgreSQL's driver has read it
    shown = (
        "-" if value is None else f"{float(value):.12g}" if isinstance(value, float | Decimal) else str(value)
    )
    return shown if len(shown) <= CELL_CHARS_MAX else shown[: CELL_CHARS_MAX - 3] + "..."


def sample_store(url: str) -> Engine:
    """Return a store of the sample articles."""
    pipeline = MemoryPipeline(settings())
    letters = []
    for at, sample in enumerate(load_samples()):
        record = raw_record(at, sample.value, timestamp_ms=1_790_000_000_000 + at)
        letters += asyncio.run(pipeline.feed([record]))
    offsets = dict.fromkeys(STORED_TOPICS, 0)
    records = []
    for letter in letters:
        if letter.topic in offsets:
            offset = offsets[letter.topic]
            offsets[letter.topic] += 1
            records.append(
                OutputRecord(letter.topic, 0, offset, letter.key, letter.value, tuple(letter.headers))
            )
    engine = open_store(url)
    StoreWriter(engine).write(records, {})
    return engine


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(answered(PAGE.read_text("utf-8"), sample_store(f"sqlite:///{folder}/s.db")), "utf-8")
