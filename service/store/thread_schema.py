"""Define the tables and views of claim threads and stories.

`fed_at` is when the article of a record was fed; it is empty where Kafka gave no time, so that rows sort by it alike in
both databases.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
)

from service.store.schema import METADATA


def _big() -> BigInteger:
    return BigInteger().with_variant(Integer, "sqlite")


THREADS: Final = Table(
    "threads",
    METADATA,
    Column("collection", Text, primary_key=True),
    Column("thread_id", Text, primary_key=True),
    Column("sequence", _big(), nullable=False),
    Column("kind", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("story_id", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("first_seen", Text),
    Column("latest_seen", Text),
    Column("disputed", Boolean, nullable=False),
    Column("denies", JSON, nullable=False),
    Column("related", JSON, nullable=False),
    Column("fed_at", Text, nullable=False),
    Column("copies", Integer, nullable=False, server_default="0"),
    Column("reprinted_by", JSON, nullable=False, server_default="[]"),
    Index(None, "fed_at", "thread_id", "collection", "reports", "kind", "disputed"),
    Index(None, "disputed", "fed_at", "thread_id"),
    Index(None, "reports", "fed_at", "thread_id"),
    comment="The newest state of every claim thread that was published.",
)

RECORDS: Final = Table(
    "thread_records",
    METADATA,
    Column("collection", Text, primary_key=True),
    Column("thread_id", Text, primary_key=True),
    Column("sequence", _big(), primary_key=True, autoincrement=False),
    Column("event", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("story_id", Text, nullable=False),
    Column("claim_id", Text),
    Column("claim_kind", Text),
    Column("text", Text),
    Column("speaker", Text),
    Column("source", Text),
    Column("reported_by", Text),
    Column("published_at", Text),
    Column("fed_at", Text, nullable=False),
    Column("sureness", Float, nullable=False),
    Column("joined_by", JSON, nullable=False),
    Column("nearest", Text),
    Column("added", JSON, nullable=False),
    Column("figure_text", Text),
    Column("value", Float),
    Column("value_high", Float),
    Column("unit", Text),
    Column("currency", Text),
    Column("period", JSON, nullable=False),
    ForeignKeyConstraint(
        ["collection", "thread_id"], ["threads.collection", "threads.thread_id"], ondelete="CASCADE"
    ),
    Index(None, "collection", "article_id", "thread_id"),
    Index(None, "speaker", "collection", "thread_id"),
    Index(None, "fed_at"),
    comment="Everything that was published of every thread: its history.",
)

DISPUTES: Final = Table(
    "disputes",
    METADATA,
    Column("collection", Text, primary_key=True),
    Column("thread_id", Text, primary_key=True),
    Column("other_id", Text, primary_key=True),
    Column("other_value", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    ForeignKeyConstraint(
        ["collection", "thread_id"], ["threads.collection", "threads.thread_id"], ondelete="CASCADE"
    ),
    Index(None, "collection", "other_id"),
    comment="Figure threads of one measure whose values exclude each other, and what may explain it.",
)

STORIES: Final = Table(
    "stories",
    METADATA,
    Column("collection", Text, primary_key=True),
    Column("story_id", Text, primary_key=True),
    Column("opened_by", Text, nullable=False),
    Column("sequence", _big(), nullable=False),
    Column("article_id", Text, nullable=False),
    Column("title", Text),
    Column("source", Text),
    Column("articles", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("terms", JSON, nullable=False),
    Column("first_seen", Text),
    Column("latest_seen", Text),
    Column("fed_at", Text, nullable=False),
    Index(None, "fed_at", "story_id"),
    Index(None, "articles", "fed_at", "story_id"),
    Index(None, "collection", "opened_by"),
    comment="The newest state of every story of two articles or more.",
)

STORY_ARTICLES: Final = Table(
    "story_articles",
    METADATA,
    Column("collection", Text, primary_key=True),
    Column("story_id", Text, primary_key=True),
    Column("sequence", _big(), primary_key=True, autoincrement=False),
    Column("article_id", Text, nullable=False),
    Column("similarity", Float, nullable=False),
    Column("title", Text),
    Column("source", Text),
    Column("published_at", Text),
    Column("fed_at", Text, nullable=False),
    ForeignKeyConstraint(
        ["collection", "story_id"], ["stories.collection", "stories.story_id"], ondelete="CASCADE"
    ),
    Index(None, "collection", "article_id"),
    comment="The articles that joined a story, after the one that opened it.",
)

THREAD_VIEWS: Final = {
    "thread_history": """
        SELECT r.collection, r.thread_id, r.sequence, t.kind, r.event, r.published_at, r.source, r.reported_by,
               r.speaker, r.text, r.value, r.unit, r.currency, r.article_id, t.articles, t.reports, t.disputed
        FROM thread_records AS r
        JOIN threads AS t ON t.collection = r.collection AND t.thread_id = r.thread_id""",
    "newest_claims": """
        SELECT r.collection, r.thread_id, t.kind, r.speaker, r.text, t.articles, t.reports, t.disputed,
               t.first_seen, t.latest_seen, r.value, r.unit, r.currency
        FROM threads AS t
        JOIN thread_records AS r ON r.collection = t.collection AND r.thread_id = t.thread_id
        WHERE r.sequence = (SELECT c.sequence FROM thread_records AS c
                            WHERE c.collection = t.collection AND c.thread_id = t.thread_id
                              AND c.claim_id IS NOT NULL
                            ORDER BY c.sequence DESC LIMIT 1)""",
    "disagreements": """
        SELECT d.collection, c.value, d.other_value, c.unit, c.currency, d.reasons, c.text, c.reports,
               d.thread_id, d.other_id
        FROM disputes AS d
        JOIN newest_claims AS c ON c.collection = d.collection AND c.thread_id = d.thread_id""",
}
"""Name of a view -> its query, in SQL that both databases read alike; a view may read those before it."""
