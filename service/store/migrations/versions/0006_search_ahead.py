"""Let the writer give the words of an article in PostgreSQL; keep copies of threads; index stories by size."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this version."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE articles ALTER COLUMN search DROP EXPRESSION IF EXISTS")
    op.add_column("threads", sa.Column("copies", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("threads", sa.Column("reprinted_by", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index("ix_stories_articles_fed_at_story_id", "stories", ["articles", "fed_at", "story_id"])
