"""Index the filters of the page together with the time; show withdrawn articles and where their copies stand."""

from __future__ import annotations

from alembic import op

from service.store.schema import VIEWS

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ARTICLES_BY = ("collection", "language", "source", "status")


def upgrade() -> None:
    """Bring the tables up to this version."""
    op.drop_index("ix_articles_cluster_id", "articles")
    op.drop_index("ix_articles_source", "articles")
    for column in ARTICLES_BY:
        op.create_index(f"ix_articles_{column}_fed_at", "articles", [column, "fed_at"])
    op.create_index(
        "ix_articles_cluster_id_collection_fed_at", "articles", ["cluster_id", "collection", "fed_at"]
    )
    op.drop_index("ix_claims_speaker_name", "claims")
    op.create_index("ix_claims_speaker_name_article", "claims", ["speaker_name", "article"])
    for first, second in (("unit", "article"), ("currency", "value"), ("currency", "article")):
        op.create_index(f"ix_figures_{first}_{second}", "figures", [first, second])
    op.execute("DROP VIEW IF EXISTS kills")  # 0001 makes all views that its release knows
    op.execute(f"CREATE VIEW kills AS {VIEWS['kills']}")
