"""Read the words of stored articles anew: in PostgreSQL by ourselves, in SQLite without any accent.

Both find the same words then; SQLite left letters with two accents as they are.
"""

from __future__ import annotations

from alembic import op

from service.store.search import read_words_anew

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this version."""
    if op.get_bind().dialect.name == "postgresql":
        read_words_anew(op.get_bind())
        return
    op.execute("DROP TABLE articles_search")
    op.execute(
        "CREATE VIRTUAL TABLE articles_search USING fts5(title, text, content='articles', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute("INSERT INTO articles_search(articles_search) VALUES ('rebuild')")
