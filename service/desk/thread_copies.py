"""Tell which copies print the claims of a thread again: records of threads name the copy, the store knows the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, literal, select, union_all

from service.desk.reading import Row, rows
from service.store.schema import DUPLICATES
from service.store.thread_schema import RECORDS

REPRINTED: Final = "reprinted"
"""Event of a thread: another outlet published a copy of an article that carries the claim."""


class Reprint(Struct, frozen=True):
    """Hold a copy of an article of the thread."""

    copy_of: str
    source: str | None
    title: str | None


def reprints_of(
    connection: Connection, collection: str, thread_id: str, opened_by: str | None, history: Sequence[Row]
) -> dict[str, Reprint]:
    """Return the copies that a page of a thread's history names, by their id, as far as the store still has them.

    `opened_by` is the article of the claim that opened the thread: it need not have a record of the thread.
    """
    copies = [row["article_id"] for row in history if row["event"] == REPRINTED]
    if not copies:
        return {}
    own = (RECORDS.c.collection == collection, RECORDS.c.thread_id == thread_id)
    told = select(RECORDS.c.article_id).where(*own, RECORDS.c.event != REPRINTED)
    originals = union_all(told, select(literal(opened_by or "")))
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
