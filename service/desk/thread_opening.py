"""The claim that opened a thread: nothing is published of a thread before a second article carries it."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, select

from service.desk.reading import Row, rows
from service.desk.threads import FIGURE_MARK
from service.store.schema import ARTICLES, CLAIMS, FIGURES

KIND_OF: Final = {"quote": "quotation"}
"""Kind of a claim -> kind of the thread of its words, where the two have other names."""


class Opening(Struct, frozen=True):
    """Hold a claim, its article, and the figures in it; `kind` is that of the thread."""

    claim_id: str
    kind: str
    row: dict[str, Any]
    figures: list[dict[str, Any]]


def opening_of(connection: Connection, collection: str, thread_id: str) -> Opening | None:
    """Return the claim that a thread is named after; None where its article is gone, or says so no more."""
    claim_id = thread_id.removesuffix(FIGURE_MARK)
    of_article = "article_id title source published_at fed_at".split()
    query = (
        select(
            CLAIMS.c.article, CLAIMS.c.number, CLAIMS.c.kind, CLAIMS.c.text, CLAIMS.c.speaker_name,
            CLAIMS.c.speaker_text, CLAIMS.c.via, *(ARTICLES.c[name] for name in of_article),
        )
        .join(ARTICLES, ARTICLES.c.id == CLAIMS.c.article)
        .where(CLAIMS.c.claim_id == claim_id, ARTICLES.c.collection == collection)
    )  # fmt: skip
    row = next(iter(rows(connection, query.limit(1))), None)
    if row is None:
        return None
    if claim_id == thread_id:
        return Opening(claim_id, str(KIND_OF.get(row["kind"], row["kind"])), row, [])
    figures = (
        select(FIGURES)
        .where(FIGURES.c.article == row["article"], FIGURES.c.claim == row["number"])
        .order_by(FIGURES.c.number)
    )
    return Opening(claim_id, "figure", row, rows(connection, figures))


def as_record(opening: Opening, near: float | None) -> Row:
    """Write an opening as the first record of its thread; of several figures it has the one nearest to `near`."""
    row = opening.row
    figure: dict[str, Any] = {}
    if opening.figures:
        figure = min(opening.figures, key=lambda one: 0.0 if near is None else abs(one["value"] - near))
    same = "article_id title source published_at text via".split()
    return {name: row[name] for name in same} | {
        "sequence": 1,
        "event": "opened",
        "claim_id": opening.claim_id,
        "kind": opening.kind,
        "reported_by": row["source"],
        "fed_at": row["fed_at"] or "",
        "speaker": row["speaker_name"] or row["speaker_text"],
        "sureness": 1.0,
        "joined_by": [],
        "nearest": None,
        "added": [],
        "figure_text": figure.get("text"),
        **{name: figure.get(name) for name in ("value", "value_high", "unit", "currency")},
    }
