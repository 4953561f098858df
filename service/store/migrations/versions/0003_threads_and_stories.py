"""Make the tables of claim threads and stories, and their views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.thread_schema import THREAD_VIEWS

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this version."""
    op.create_table(
        "stories",
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("first_seen", sa.Text()),
        sa.Column("latest_seen", sa.Text()),
        sa.Column("fed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("collection", "story_id", name="pk_stories"),
        comment="The newest state of every story of two articles or more.",
    )
    op.create_index("ix_stories_fed_at_story_id", "stories", ["fed_at", "story_id"])
    op.create_index("ix_stories_collection_opened_by", "stories", ["collection", "opened_by"])
    op.create_table(
        "threads",
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("first_seen", sa.Text()),
        sa.Column("latest_seen", sa.Text()),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("denies", sa.JSON(), nullable=False),
        sa.Column("related", sa.JSON(), nullable=False),
        sa.Column("fed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("collection", "thread_id", name="pk_threads"),
        comment="The newest state of every claim thread that was published.",
    )
    op.create_index("ix_threads_disputed_fed_at_thread_id", "threads", ["disputed", "fed_at", "thread_id"])
    op.create_index(
        "ix_threads_fed_at_thread_id_collection_reports_kind_disputed",
        "threads",
        ["fed_at", "thread_id", "collection", "reports", "kind", "disputed"],
    )
    op.create_index("ix_threads_reports_fed_at_thread_id", "threads", ["reports", "fed_at", "thread_id"])
    op.create_table(
        "disputes",
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("other_value", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection", "thread_id"],
            ["threads.collection", "threads.thread_id"],
            name="fk_disputes_collection_thread_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("collection", "thread_id", "other_id", name="pk_disputes"),
        comment="Figure threads of one measure whose values exclude each other, and what may explain it.",
    )
    op.create_index("ix_disputes_collection_other_id", "disputes", ["collection", "other_id"])
    op.create_table(
        "story_articles",
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("published_at", sa.Text()),
        sa.Column("fed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection", "story_id"],
            ["stories.collection", "stories.story_id"],
            name="fk_story_articles_collection_story_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("collection", "story_id", "sequence", name="pk_story_articles"),
        comment="The articles that joined a story, after the one that opened it.",
    )
    op.create_index("ix_story_articles_collection_article_id", "story_articles", ["collection", "article_id"])
    op.create_table(
        "thread_records",
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text(), nullable=False),
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text()),
        sa.Column("claim_kind", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("speaker", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("reported_by", sa.Text()),
        sa.Column("published_at", sa.Text()),
        sa.Column("fed_at", sa.Text(), nullable=False),
        sa.Column("sureness", sa.Float(), nullable=False),
        sa.Column("joined_by", sa.JSON(), nullable=False),
        sa.Column("nearest", sa.Text()),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("figure_text", sa.Text()),
        sa.Column("value", sa.Float()),
        sa.Column("value_high", sa.Float()),
        sa.Column("unit", sa.Text()),
        sa.Column("currency", sa.Text()),
        sa.Column("period", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection", "thread_id"],
            ["threads.collection", "threads.thread_id"],
            name="fk_thread_records_collection_thread_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("collection", "thread_id", "sequence", name="pk_thread_records"),
        comment="Everything that was published of every thread: its history.",
    )
    op.create_index(
        "ix_thread_records_collection_article_id_thread_id",
        "thread_records",
        ["collection", "article_id", "thread_id"],
    )
    op.create_index("ix_thread_records_fed_at", "thread_records", ["fed_at"])
    op.create_index(
        "ix_thread_records_speaker_collection_thread_id",
        "thread_records",
        ["speaker", "collection", "thread_id"],
    )
    for name, query in THREAD_VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
