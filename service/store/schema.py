"""Define the tables and views of the store, for SQLite and PostgreSQL alike.

Times are RFC 3339 text in UTC (as on the topics), so that both databases sort and compare them the same way.
Places in a text count code points, ends exclusive. `service/store/migrations` makes these tables; a test
compares the two.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _article_columns() -> list[Column[object]]:
    """List the columns that the newest revision of an article and its older ones share."""
    return [
        Column("collection", Text, nullable=False),
        Column("article_id", Text, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("status", Text, nullable=False),
        Column("cluster_id", Text, nullable=False),
        Column("novelty", Float, nullable=False),
        Column("title", Text),
        Column("text", Text, nullable=False),
        Column("source", Text),
        Column("url", Text),
        Column("published_at", Text),
        Column("fed_at", Text),
        Column("language", Text),
        Column("read_as", Text, nullable=False),
        Column("content_hash", Text, nullable=False),
        Column("related", JSON, nullable=False),
        Column("extra", JSON),
        Column("repairs", JSON, nullable=False),
        Column("read_until", Integer),
        Column("claims_left_out", Integer, nullable=False, server_default="0"),
        Column("origin_topic", Text, nullable=False),
        Column("origin_partition", Integer, nullable=False),
        Column("origin_offset", BigInteger, nullable=False),
    ]


SOME_FIGURES: Final = (
    ("unit", "value"),
    ("unit", "article"),
    ("currency", "value"),
    ("currency", "article"),
)


def _index_of_some(table: str, first: str, second: str) -> Index:
    """Index the rows in which the first column has a value: half of all figures have no unit, most no currency."""
    has_value = text(f"{first} IS NOT NULL")
    return Index(
        f"ix_{table}_{first}_{second}", first, second, sqlite_where=has_value, postgresql_where=has_value
    )


POSITIONS: Final = Table(
    "positions",
    METADATA,
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("next_offset", BigInteger, nullable=False),
    comment="The offset of the next record to read, moved in the transaction that writes the rows before it.",
)

LAG: Final = Table(
    "lag",
    METADATA,
    Column("at", Text, primary_key=True),
    Column("process", Text, primary_key=True),
    Column("records", BigInteger, nullable=False),
    comment="Records that a stage or the store had still to read, noted once a minute.",
)

ARTICLES: Final = Table(
    "articles",
    METADATA,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    *_article_columns(),
    UniqueConstraint("collection", "article_id"),
    Index(None, "cluster_id", "collection", "fed_at"),
    Index(None, "collection", "fed_at"),
    Index(None, "language", "fed_at"),
    Index(None, "published_at"),
    Index(None, "source", "fed_at"),
    Index(None, "status", "fed_at"),
    Index(None, "fed_at"),
    comment="The newest revision of every article that went on.",
)

REVISIONS: Final = Table(
    "article_revisions",
    METADATA,
    *_article_columns(),
    UniqueConstraint("collection", "article_id", "revision"),
    Index(None, "fed_at"),
    comment="Revisions that a newer one has replaced.",
)

CLAIMS: Final = Table(
    "claims",
    METADATA,
    Column(
        "article",
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("start_at", Integer, nullable=False),
    Column("end_at", Integer, nullable=False),
    Column("segments", JSON, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("speaker_text", Text),
    Column("speaker_name", Text),
    Column("speaker_role", Text),
    Column("speaker_start", Integer),
    Column("speaker_end", Integer),
    Column("resolved_by", Text),
    Column("via", JSON, nullable=False, server_default="[]"),
    Column("cue", Text),
    Column("dates", JSON, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("hedged", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("method", Text, nullable=False),
    Index(None, "claim_id"),
    _index_of_some("claims", "speaker_name", "article"),
    comment="The claims of the newest revision of every article, and of no other.",
)

FIGURES: Final = Table(
    "figures",
    METADATA,
    Column(
        "article",
        BigInteger().with_variant(Integer, "sqlite"),
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("claim", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("value_high", Float),
    Column("unit", Text),
    Column("currency", Text),
    Column("scale", Float),
    Column("comparator", Text),
    Column("change", Text),
    Column("start_at", Integer, nullable=False),
    Column("end_at", Integer, nullable=False),
    *(_index_of_some("figures", *columns) for columns in SOME_FIGURES),
    comment="Every quantity of every claim.",
)

DUPLICATES: Final = Table(
    "duplicates",
    METADATA,
    Column("origin_topic", Text, primary_key=True),
    Column("origin_partition", Integer, primary_key=True, autoincrement=False),
    Column("origin_offset", BigInteger, primary_key=True, autoincrement=False),
    Column("collection", Text, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("duplicate_of", Text, nullable=False),
    Column("cluster_id", Text, nullable=False),
    Column("relation", Text, nullable=False),
    Column("similarity", Float, nullable=False),
    Column("containment", Float, nullable=False),
    Column("coverage", Float, nullable=False),
    Column("novelty", Float, nullable=False),
    Column("title", Text),
    Column("source", Text),
    Column("url", Text),
    Column("published_at", Text),
    Column("fed_at", Text),
    Column("language", Text),
    Column("content_hash", Text, nullable=False),
    Index(None, "collection", "duplicate_of"),
    Index(None, "cluster_id"),
    Index(None, "fed_at"),
    comment="Every raw record that repeated an earlier article.",
)

DEAD_LETTERS: Final = Table(
    "dead_letters",
    METADATA,
    Column("origin_topic", Text, primary_key=True),
    Column("origin_partition", Integer, primary_key=True, autoincrement=False),
    Column("origin_offset", BigInteger, primary_key=True, autoincrement=False),
    Column("stage", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("key", LargeBinary),
    Column("value", LargeBinary),
    Column("fed_at", Text),
    Column("dead_partition", Integer, nullable=False),
    Column("dead_offset", BigInteger, nullable=False),
    Index(None, "reason"),
    Index(None, "fed_at"),
    comment="Every raw record that was set aside, with the reason.",
)

VIEWS: Final = {
    "who_said_what": """
        SELECT c.speaker_name, c.speaker_role, c.via, c.kind, c.text, c.confidence, a.title, a.source,
               a.published_at, a.collection, a.article_id, c.claim_id
        FROM claims AS c JOIN articles AS a ON a.id = c.article
        WHERE c.kind <> 'figure'""",
    "reprints": """
        SELECT d.duplicate_of AS article_id, a.title, a.source AS first_source, d.source, d.relation,
               d.published_at, d.fed_at, d.url, d.similarity, d.novelty, d.collection, a.cluster_id
        FROM duplicates AS d
        JOIN articles AS a ON a.collection = d.collection AND a.article_id = d.duplicate_of""",
    "kills": """
        SELECT a.collection, a.article_id, a.title, a.source, a.fed_at AS withdrawn_at, d.source AS copied_by,
               d.url AS copied_at, d.fed_at AS copy_fed_at
        FROM articles AS a
        LEFT JOIN duplicates AS d ON d.collection = a.collection AND d.duplicate_of = a.article_id
        WHERE a.status = 'withdrawal'""",
    "figures_by_unit": """
        SELECT f.unit, f.currency, f.value, f.value_high, f.comparator, f.change, f.text, c.text AS claim,
               c.speaker_name, a.title, a.source, a.published_at, a.collection, a.article_id, c.claim_id
        FROM figures AS f
        JOIN claims AS c ON c.article = f.article AND c.number = f.claim
        JOIN articles AS a ON a.id = f.article""",
    "clusters": """
        SELECT a.collection, a.cluster_id, count(*) AS articles, min(a.published_at) AS first_published_at,
               max(a.published_at) AS last_published_at, count(DISTINCT a.source) AS sources,
               (SELECT count(*) FROM duplicates AS d
                WHERE d.collection = a.collection AND d.cluster_id = a.cluster_id) AS duplicates
        FROM articles AS a GROUP BY a.collection, a.cluster_id""",
    "line": """
        SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM article_revisions) AS enriched,
               (SELECT count(*) FROM duplicates) AS duplicates,
               (SELECT count(*) FROM dead_letters) AS dead""",
}
"""Name of a view -> its query, in SQL that both databases read alike."""
