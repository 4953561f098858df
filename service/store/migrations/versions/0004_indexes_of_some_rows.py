"""Index only figures with a unit or a currency, and claims with a speaker."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.schema import SOME_FIGURES

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this version."""
    for table, first, second in (
        *(("figures", *columns) for columns in SOME_FIGURES),
        ("claims", "speaker_name", "article"),
    ):
        name, has_value = f"ix_{table}_{first}_{second}", sa.text(f"{first} IS NOT NULL")
        op.drop_index(name, table)
        op.create_index(name, table, [first, second], sqlite_where=has_value, postgresql_where=has_value)
