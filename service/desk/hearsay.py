"""Tell who passed on the claims of threads: records of threads name the claim, the store knows the rest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from service.desk.reading import Row
from service.store.lookups import Key
from service.store.schema import ARTICLES, CLAIMS


def carriers_of(connection: Connection, records: Sequence[Row]) -> dict[Key, list[str]]:
    """Return who passed claims on, outward, by collection and id of the claim; those of older revisions are gone."""
    ids = {row["claim_id"] for row in records if row["claim_id"]}
    if not ids:
        return {}
    query = (
        select(ARTICLES.c.collection, CLAIMS.c.claim_id, CLAIMS.c.via)
        .join(ARTICLES, ARTICLES.c.id == CLAIMS.c.article)
        .where(CLAIMS.c.claim_id.in_(ids))
    )
    return {(collection, claim_id): via for collection, claim_id, via in connection.execute(query) if via}
