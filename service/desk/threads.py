"""Threads: claims that several articles carry, newest or most reported first, narrowed by what a reader asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    exists,
    func,
    literal,
    select,
    tuple_,
)

from service.desk.hearsay import carriers_of
from service.desk.questions import TEXT_CHARS_MAX, BadQuestion, cursor_of, whole_number, written
from service.desk.reading import Row, articles_with, is_loud, rows
from service.store.lookups import one_of
from service.store.schema import ARTICLES, CLAIMS
from service.store.thread_schema import DISPUTES, RECORDS, THREADS

ROWS: Final = 30
ROWS_MAX: Final = 200
REPORTS_MAX: Final = 100_000
SOURCES_SHOWN: Final = 4
TOPIC_ARTICLES_MAX: Final = 2_000
"""Number of the newest articles with the topic word whose threads are listed."""

SORTS: Final = ("newest", "reports")
KINDS: Final = ("quotation", "statement", "figure")
FIGURE_MARK: Final = "#"
"""What stands behind the id of a claim in the id of a thread about its figures."""


class ThreadFilters(Struct, frozen=True, omit_defaults=True):
    """Hold what the threads are narrowed to; an empty text does not narrow."""

    kind: str = ""
    disputed: str = ""
    reports: int = 0
    q: str = ""
    speaker: str = ""
    collection: str = ""
    article: str = ""
    sort: str = "newest"


class ThreadCursor(Struct, frozen=True, array_like=True):
    """Hold the place of the last thread of a page."""

    reports: int
    fed_at: str
    thread_id: str
    collection: str


class Dispute(Struct, frozen=True):
    """Hold another thread of the same measure, its value, and what may explain the difference."""

    thread_id: str
    value: float
    reasons: list[str]


class Source(Struct, frozen=True):
    """Hold a speaker that claims of a thread go back to."""

    name: str
    articles: int


class ThreadFigure(Struct, frozen=True):
    """Hold the figure of a thread as its newest claim has it."""

    text: str
    value: float
    value_high: float | None = None
    unit: str | None = None
    currency: str | None = None


class ThreadRow(Struct, frozen=True):
    """Hold a thread in a list: its counts, and its newest claim."""

    collection: str
    thread_id: str
    kind: str
    articles: int
    reports: int
    sources: list[Source]
    disputes: list[Dispute]
    first_seen: str | None
    latest_seen: str | None
    fed_at: str | None
    text: str | None
    speaker: str | None
    figure: ThreadFigure | None
    copies: int = 0
    via: list[str] = []  # who passed the newest claim on, outward


class ThreadsAnswer(Struct, frozen=True):
    """Hold a page of threads."""

    filters: ThreadFilters
    threads: list[ThreadRow]
    next: str | None = None


def threads(connection: Connection, parameters: Mapping[str, str]) -> ThreadsAnswer:
    """Answer with a page of threads. Raises BadQuestion."""
    filters = _filters(parameters)
    size = whole_number(parameters, "limit", ROWS, lowest=1, highest=ROWS_MAX)
    query = _sorted(filters.sort, cursor_of(parameters, ThreadCursor)).where(*_wanted(connection, filters))
    found = thread_rows(connection, query.limit(size + 1))
    last = found[size - 1] if len(found) > size else None
    cursor = last and ThreadCursor(last.reports, last.fed_at or "", last.thread_id, last.collection)
    return ThreadsAnswer(filters, found[:size], written(cursor) if cursor else None)


def thread_rows(connection: Connection, query: Select[Any]) -> list[ThreadRow]:
    """Read what the query of `with_newest_claims` selects."""
    found = rows(connection, query)
    disputes = disputes_of(connection, [(row["collection"], row["thread_id"]) for row in found])
    carriers = carriers_of(connection, found)
    return [
        _row(
            row,
            disputes.get((row["collection"], row["thread_id"]), []),
            carriers.get((row["collection"], row["claim_id"]), []),
        )
        for row in found
    ]


def with_newest_claims() -> Select[Any]:
    """Select threads, each with the newest claim that joined it."""
    newest = RECORDS.alias("newest")
    sequence = (
        select(newest.c.sequence)
        .where(
            newest.c.collection == THREADS.c.collection,
            newest.c.thread_id == THREADS.c.thread_id,
            newest.c.claim_id.is_not(None),
        )
        .order_by(newest.c.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )
    same = and_(
        RECORDS.c.collection == THREADS.c.collection,
        RECORDS.c.thread_id == THREADS.c.thread_id,
        RECORDS.c.sequence == sequence,
    )
    of_claim = "claim_id text speaker figure_text value value_high unit currency".split()
    return select(THREADS, *(RECORDS.c[name] for name in of_claim)).select_from(
        THREADS.outerjoin(RECORDS, same)
    )


def disputes_of(
    connection: Connection, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], list[Dispute]]:
    """Return the disputes of threads, by collection and id of the thread."""
    found: dict[tuple[str, str], list[Dispute]] = {}
    if not keys:
        return found
    mine = one_of(DISPUTES.c.collection, DISPUTES.c.thread_id, keys)
    query = select(DISPUTES).where(mine).order_by(DISPUTES.c.other_value, DISPUTES.c.other_id)
    for row in rows(connection, query):
        dispute = Dispute(row["other_id"], row["other_value"], row["reasons"])
        found.setdefault((row["collection"], row["thread_id"]), []).append(dispute)
    return found


def figure_of(row: Row) -> ThreadFigure | None:
    """Return the figure of a record of a thread; None where the thread is about words."""
    if row["value"] is None:
        return None
    return ThreadFigure(
        row["figure_text"] or "", row["value"], row["value_high"], row["unit"], row["currency"]
    )


def _row(row: Row, disputes: list[Dispute], via: list[str]) -> ThreadRow:
    same = "collection thread_id kind articles reports copies first_seen latest_seen text speaker".split()
    return ThreadRow(
        **{name: row[name] for name in same},
        sources=[Source(one["name"], one["articles"]) for one in row["sources"]],
        disputes=disputes,
        fed_at=row["fed_at"] or None,
        figure=figure_of(row),
        via=via,
    )


def _filters(parameters: Mapping[str, str]) -> ThreadFilters:
    texts = ("kind", "disputed", "q", "speaker", "collection", "article", "sort")
    given = {name: text for name in texts if (text := parameters.get(name, "").strip())}
    for name, value in given.items():
        if len(value) > TEXT_CHARS_MAX or "\0" in value:
            raise BadQuestion(f"{name} is longer than {TEXT_CHARS_MAX} characters, or holds NUL")
    for name, choices in (("kind", KINDS), ("disputed", ("yes",)), ("sort", SORTS)):
        if given.get(name, choices[0]) not in choices:
            raise BadQuestion(f"{name} must be one of {', '.join(choices)}")
    if "article" in given and "collection" not in given:
        raise BadQuestion("an article is found with its collection: the address lacks collection=...")
    reports = whole_number(parameters, "reports", 0, lowest=0, highest=REPORTS_MAX)
    return ThreadFilters(**given, reports=reports)


def _wanted(connection: Connection, filters: ThreadFilters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if filters.kind:
        wanted.append(THREADS.c.kind == filters.kind)
    if filters.disputed:
        wanted.append(THREADS.c.disputed.is_(True))
    if filters.reports:
        wanted.append(THREADS.c.reports >= filters.reports)
    if filters.collection and not filters.article:
        # No index is asked for a collection: SQLite would read all of it, and sort it, before anything else is asked.
        wanted.append(func.coalesce(THREADS.c.collection, "") == filters.collection)
    if filters.speaker:
        wanted.append(_said_by(connection, filters.speaker))
    if filters.q:
        about = articles_with(connection, filters.q, TOPIC_ARTICLES_MAX)
        same = and_(
            RECORDS.c.collection == ARTICLES.c.collection, RECORDS.c.article_id == ARTICLES.c.article_id
        )
        wanted.append(_among(_keys().join(ARTICLES, same).where(ARTICLES.c.id.in_(about))))
    if filters.article:
        wanted += [
            THREADS.c.collection == filters.collection,
            THREADS.c.thread_id.in_(_of_article(filters.collection, filters.article)),
        ]
    return wanted


def _keys() -> Select[Any]:
    return select(RECORDS.c.collection, RECORDS.c.thread_id)


def _said_by(connection: Connection, speaker: str) -> ColumnElement[bool]:
    own = RECORDS.alias("own")
    said = select(own.c.collection, own.c.thread_id).where(own.c.speaker == speaker)
    same = and_(own.c.collection == THREADS.c.collection, own.c.thread_id == THREADS.c.thread_id)
    return exists(said.where(same)) if is_loud(connection, said) else _among(said)


def _among(keys: Select[Any]) -> ColumnElement[bool]:
    return tuple_(THREADS.c.collection, THREADS.c.thread_id).in_(keys)


def _of_article(collection: str, article_id: str) -> CompoundSelect[Any]:
    """Select the threads that claims of an article joined, and those that they opened."""
    joined = select(RECORDS.c.thread_id).where(
        RECORDS.c.collection == collection, RECORDS.c.article_id == article_id
    )
    own = (
        select(CLAIMS.c.claim_id)
        .join(CLAIMS, CLAIMS.c.article == ARTICLES.c.id)
        .where(ARTICLES.c.collection == collection, ARTICLES.c.article_id == article_id)
        .cte("own_claims")
    )
    return joined.union_all(select(own.c.claim_id), select(own.c.claim_id + FIGURE_MARK))


def _sorted(sort: str, cursor: ThreadCursor | None) -> Select[Any]:
    columns: list[Column[Any]] = [THREADS.c.fed_at, THREADS.c.thread_id, THREADS.c.collection]
    here: list[Any] = [cursor.fed_at, cursor.thread_id, cursor.collection] if cursor else []
    if sort == "reports":
        columns.insert(0, THREADS.c.reports)
        here = [cursor.reports, *here] if cursor else []
    query = with_newest_claims().order_by(*(column.desc() for column in columns))
    return query.where(tuple_(*columns) < tuple_(*map(literal, here))) if here else query
