"""Read output records into a batch: the rows of every table, and the offsets behind them. Pure: knows no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from service.store.rows import (
    ArticleRows,
    OutputRecord,
    Row,
    article_rows,
    dead_letter_row,
    duplicate_row,
)
from service.store.thread_rows import StoryRows, ThreadRows, story_rows, thread_rows
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    CLAIM_THREADS,
    STORIES,
)

Place = tuple[str, int]
"""A logical topic and a partition of it."""

STORED_TOPICS: Final = (ARTICLES_ENRICHED, ARTICLES_DUPLICATES, ARTICLES_DEAD, CLAIM_THREADS, STORIES)
"""Logical topics the store reads. Claims are read from the article that made them, never apart from it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Hold what records write, in order within each topic.

    `records` counts them by topic, `behind` has the offset after the last one of each partition.
    """

    records: Counter[str]
    behind: dict[Place, int]
    articles: list[ArticleRows]
    duplicates: list[Row]
    dead_letters: list[Row]
    threads: list[ThreadRows]
    stories: list[StoryRows]


def batch_of(records: Sequence[OutputRecord]) -> Batch:
    """Read records. Raises UnreadableRecord for one that breaks its contract."""
    by_topic: dict[str, list[OutputRecord]] = {topic: [] for topic in STORED_TOPICS}
    behind: dict[Place, int] = {}
    for record in records:
        by_topic[record.topic].append(record)
        place = (record.topic, record.partition)
        behind[place] = max(behind.get(place, 0), record.offset + 1)
    return Batch(
        Counter(record.topic for record in records),
        behind,
        articles=[article_rows(record) for record in by_topic[ARTICLES_ENRICHED]],
        duplicates=[duplicate_row(record) for record in by_topic[ARTICLES_DUPLICATES]],
        dead_letters=[dead_letter_row(record) for record in by_topic[ARTICLES_DEAD]],
        threads=[thread_rows(record) for record in by_topic[CLAIM_THREADS]],
        stories=[story_rows(record) for record in by_topic[STORIES]],
    )
