"""Output records for tests of the store, made by the real stages from small articles."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Engine, text

from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import Settings, load_settings
from service.store.incoming import STORED_TOPICS
from service.store.rows import OutputRecord

TABLES = (
    *("articles", "article_revisions", "claims", "figures", "duplicates", "dead_letters"),
    *("threads", "thread_records", "disputes", "stories", "story_articles"),
)


def settings() -> Settings:
    """Return the default settings, whatever the environment says."""
    return load_settings(env={})


def outputs(*articles: dict[str, Any] | bytes) -> list[OutputRecord]:
    """Feed articles to all stages, one after the other; return the records of the topics that are stored."""
    pipeline = MemoryPipeline(settings())
    raw = [one if isinstance(one, bytes) else orjson.dumps(one) for one in articles]
    batch = [raw_record(at, value, timestamp_ms=1_790_000_000_000 + at) for at, value in enumerate(raw)]
    letters = [letter for record in batch for letter in asyncio.run(pipeline.feed([record]))]
    next_offset = dict.fromkeys(STORED_TOPICS, 0)
    records = []
    for letter in letters:
        if letter.topic in next_offset:
            offset = next_offset[letter.topic]
            next_offset[letter.topic] += 1
            records.append(
                OutputRecord(letter.topic, 0, offset, letter.key, letter.value, tuple(letter.headers))
            )
    return records


def rows(engine: Engine, query: str) -> Sequence[tuple[Any, ...]]:
    """Return the rows of a query."""
    with engine.connect().execution_options(read_only=True) as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def dump(engine: Engine) -> dict[str, list[str]]:
    """Return all rows of all tables, in an order of their own and without the ids that the store allots."""
    found: dict[str, list[str]] = {}
    numbers = dict(rows(engine, "SELECT id, article_id FROM articles"))
    for table in TABLES:
        with engine.connect().execution_options(read_only=True) as connection:
            result = [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]
        for row in result:
            row.pop("id", None)
            row.pop("search", None)
            if "article" in row:
                row["article"] = numbers[row["article"]]
        found[table] = sorted(repr(sorted(row.items())) for row in result)
    return found
