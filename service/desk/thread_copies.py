"""Tell which copies print the claims of a thread again: records of threads name the copy, the store knows the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, select

from service.desk.reading import Row, rows
from service.store.schema import DUPLICATES

REPRINTED: Final = "reprinted"
"""Event of a thread: another outlet published a copy of an article that carries the claim."""


class Reprint(Struct, frozen=True):
    """Hold a copy of an article of the thread."""

    copy_of: str
    source: str | None
    title: str | None


def reprints_of(connection: Connection, collection: str, history: Sequence[Row]) -> dict[str, Reprint]:
    """Return the copies that a history names, by their id; one that the store no longer has is left out."""
    copies = [row["article_id"] for row in history if row["event"] == REPRINTED]
    if not copies:
        return {}
    originals = {row["article_id"] for row in history} - set(copies)
    query = select(
        DUPLICATES.c.article_id, DUPLICATES.c.duplicate_of, DUPLICATES.c.source, DUPLICATES.c.title
    ).where(
        DUPLICATES.c.collection == collection,
        DUPLICATES.c.duplicate_of.in_(originals),
        DUPLICATES.c.article_id.in_(copies),
    )
    return {
        row["article_id"]: Reprint(row["duplicate_of"], row["source"], row["title"])
        for row in rows(connection, query)
    }
