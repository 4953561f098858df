"""Read the words of stored articles in PostgreSQL anew, as `service/store/search.py` reads those of new ones."""

from __future__ import annotations

from alembic import op

from service.store.search import WORDS_ANEW

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this version."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(WORDS_ANEW)
