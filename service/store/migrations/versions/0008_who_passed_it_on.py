"""Keep who passed a claim on, and how far an article was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.schema import VIEWS

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this version."""
    for table in ("articles", "article_revisions"):
        op.add_column(table, sa.Column("read_until", sa.Integer()))
        op.add_column(table, sa.Column("claims_left_out", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("claims", sa.Column("via", sa.JSON(), nullable=False, server_default="[]"))
    op.execute("DROP VIEW IF EXISTS who_said_what")
    op.execute(f"CREATE VIEW who_said_what AS {VIEWS['who_said_what']}")
