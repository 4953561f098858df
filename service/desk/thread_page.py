"""One thread: who carried the claim, when, in which words; the values of a figure, and what disputes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, and_, select

from service.desk.hearsay import carriers_of
from service.desk.questions import NothingThere, cursor_of, required, whole_number, written
from service.desk.reading import Row, rows
from service.desk.thread_copies import REPRINTED, Reprint, reprints_of
from service.desk.thread_opening import Opening, as_record, opening_of
from service.desk.thread_values import Values, values_of
from service.desk.threads import (
    FIGURE_MARK,
    Dispute,
    Source,
    ThreadFigure,
    ThreadRow,
    disputes_of,
    figure_of,
    thread_rows,
    with_newest_claims,
)
from service.desk.wording import words_only_in
from service.store.lookups import Key, one_of
from service.store.schema import ARTICLES, CLAIMS
from service.store.thread_schema import DISPUTES, RECORDS, STORIES, THREADS

ROWS: Final = 50
ROWS_MAX: Final = 200
DISPUTES_MAX: Final = 200
"""Maximum number of threads that dispute one without being named by its own records."""

TEXT_CHARS: Final = 500
"""Characters to which records of threads cut a claim: longer ones are compared up to there."""


class Entry(Struct, frozen=True):
    """Hold one step of a thread's history: the claim that joined, the article whose claim was withdrawn, or a copy.

    `copy_of` is the article that a copy prints again, `via` has those who passed the claim on, outward.
    """

    sequence: int
    event: str
    article_id: str
    title: str | None
    source: str | None
    reported_by: str | None
    published_at: str | None
    fed_at: str | None
    text: str | None
    speaker: str | None
    sureness: float
    joined_by: list[str]
    added: list[str]
    dropped: list[str]
    figure: ThreadFigure | None = None
    copy_of: str | None = None
    via: list[str] = []


class ThreadAnswer(Struct, frozen=True):
    """Hold a thread, a page of its history (oldest first), and the threads that are linked to it."""

    collection: str
    thread_id: str
    kind: str
    articles: int
    reports: int
    sources: list[Source]
    disputes: list[Dispute]
    denies: list[ThreadRow]
    related: list[ThreadRow]
    history: list[Entry]
    values: list[Values]
    copies: int = 0
    reprinted_by: list[str] = []
    text: str | None = None
    speaker: str | None = None
    via: list[str] = []
    figure: ThreadFigure | None = None
    story_id: str | None = None
    first_seen: str | None = None
    latest_seen: str | None = None
    next: str | None = None


class EntryCursor(Struct, frozen=True, array_like=True):
    """Hold the place of the last step of a page."""

    sequence: int


def thread(connection: Connection, parameters: Mapping[str, str]) -> ThreadAnswer:
    """Answer with one thread. Raises BadQuestion, NothingThere."""
    collection, thread_id = required(parameters, "collection"), required(parameters, "id")
    size = whole_number(parameters, "limit", ROWS, lowest=1, highest=ROWS_MAX)
    cursor = cursor_of(parameters, EntryCursor)
    opening = opening_of(connection, collection, thread_id)
    own = (THREADS.c.collection == collection, THREADS.c.thread_id == thread_id)
    state = next(iter(rows(connection, with_newest_claims().where(*own))), None)
    if state is None and opening is None:
        raise NothingThere(f"there is no thread {thread_id} in {collection}")
    found = _records(connection, collection, thread_id, cursor.sequence if cursor else 0, size + 1)
    if cursor is None and opening is not None and all(row["claim_id"] != opening.claim_id for row in found):
        found.insert(0, as_record(opening, state["value"] if state else None))
    disputes = _disputes(connection, collection, thread_id)
    opened_by = opening.row["article_id"] if opening else None
    reprints = reprints_of(connection, collection, thread_id, opened_by, found[:size])
    carriers = carriers_of(connection, [*found[:size], *([state] if state else [])])
    return ThreadAnswer(
        collection,
        thread_id,
        **_state(state, opening, carriers),
        story_id=_story(connection, collection, state["story_id"]) if state else None,
        disputes=disputes,
        denies=_linked(connection, collection, state["denies"] if state else []),
        related=_linked(connection, collection, state["related"] if state else []),
        history=_entries(connection, collection, found[:size], reprints, carriers),
        values=values_of(connection, collection, thread_id, disputes)
        if thread_id.endswith(FIGURE_MARK)
        else [],
        next=written(EntryCursor(found[size - 1]["sequence"])) if len(found) > size else None,
    )


def _state(state: Row | None, opening: Opening | None, carriers: Mapping[Key, list[str]]) -> dict[str, Any]:
    """Return the counts of a thread; of one that nothing was published of, those of the claim that opened it."""
    if state is None:
        assert opening is not None
        row = as_record(opening, None)
        own = {name: row[name] for name in ("text", "speaker", "kind", "via")}
        seen = dict.fromkeys(("first_seen", "latest_seen"), row["published_at"])
        sources = [Source(row["speaker"], 1)] if row["speaker"] else []
        return own | seen | {"articles": 1, "reports": 1, "sources": sources, "figure": figure_of(row)}
    same = "kind articles reports copies reprinted_by first_seen latest_seen text speaker".split()
    sources = [Source(one["name"], one["articles"]) for one in state["sources"]]
    via = carriers.get((state["collection"], state["claim_id"]), [])
    return {name: state[name] for name in same} | {
        "sources": sources,
        "figure": figure_of(state),
        "via": via,
    }


def _story(connection: Connection, collection: str, story_id: str) -> str | None:
    """Return the id of a story if it has two articles or more."""
    own = (STORIES.c.collection == collection, STORIES.c.story_id == story_id)
    return connection.execute(select(STORIES.c.story_id).where(*own)).scalar()


def _records(connection: Connection, collection: str, thread_id: str, after: int, limit: int) -> list[Row]:
    same = and_(ARTICLES.c.collection == RECORDS.c.collection, ARTICLES.c.article_id == RECORDS.c.article_id)
    query = (
        select(RECORDS, ARTICLES.c.title)
        .select_from(RECORDS.outerjoin(ARTICLES, same))
        .where(
            RECORDS.c.collection == collection, RECORDS.c.thread_id == thread_id, RECORDS.c.sequence > after
        )
        .order_by(RECORDS.c.sequence)
        .limit(limit)
    )
    return rows(connection, query)


def _entries(
    connection: Connection,
    collection: str,
    history: Sequence[Row],
    reprints: Mapping[str, Reprint],
    carriers: Mapping[Key, list[str]],
) -> list[Entry]:
    texts = _texts(connection, collection, {row["nearest"] for row in history if row["nearest"]})
    return [
        _entry(
            row,
            texts.get(row["nearest"], ""),
            reprints.get(row["article_id"]),
            carriers.get((collection, row["claim_id"]), []),
        )
        for row in history
    ]


def _entry(row: Row, nearest: str, reprint: Reprint | None, via: list[str]) -> Entry:
    same = "sequence event article_id title source reported_by published_at text speaker sureness joined_by added"
    own = {name: row[name] for name in same.split()}
    if row["event"] == REPRINTED and reprint is not None:
        own |= {"source": reprint.source, "title": reprint.title, "copy_of": reprint.copy_of}
    return Entry(
        **own,
        fed_at=row["fed_at"] or None,
        dropped=words_only_in(nearest, row["text"]) if row["text"] else [],
        figure=figure_of(row),
        via=via,
    )


def _texts(connection: Connection, collection: str, claim_ids: Iterable[str]) -> dict[str, str]:
    """Return the words of claims, as far as records of threads hold them."""
    wanted = list(claim_ids)
    if not wanted:
        return {}
    query = (
        select(CLAIMS.c.claim_id, CLAIMS.c.text)
        .join(ARTICLES, ARTICLES.c.id == CLAIMS.c.article)
        .where(CLAIMS.c.claim_id.in_(wanted), ARTICLES.c.collection == collection)
    )
    return {claim_id: text[:TEXT_CHARS] for claim_id, text in connection.execute(query)}


def _disputes(connection: Connection, collection: str, thread_id: str) -> list[Dispute]:
    """Return what disputes a thread: what its own records name, and what others say of it."""
    own = disputes_of(connection, [(collection, thread_id)]).get((collection, thread_id), [])
    named = {dispute.thread_id for dispute in own}
    newest = (
        select(RECORDS.c.value)
        .where(
            RECORDS.c.collection == collection,
            RECORDS.c.thread_id == DISPUTES.c.thread_id,
            RECORDS.c.value.is_not(None),
        )
        .order_by(RECORDS.c.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(DISPUTES.c.thread_id, newest, DISPUTES.c.reasons)
        .where(DISPUTES.c.collection == collection, DISPUTES.c.other_id == thread_id)
        .limit(DISPUTES_MAX)
    )  # sorted below: an order would have SQLite walk all disputes of the collection
    said = sorted(connection.execute(query).all(), key=lambda row: row[0])
    others = [Dispute(*one) for one in said if one[0] not in named and one[1] is not None]
    return [*own, *others]


def _linked(connection: Connection, collection: str, ids: Sequence[str]) -> list[ThreadRow]:
    """Return linked threads; one that nothing was published of is known by the claim that opened it."""
    if not ids:
        return []
    wanted = one_of(THREADS.c.collection, THREADS.c.thread_id, [(collection, one) for one in ids])
    found = {row.thread_id: row for row in thread_rows(connection, with_newest_claims().where(wanted))}
    for one in ids:
        if one not in found and (opening := opening_of(connection, collection, one)) is not None:
            state = _state(None, opening, {})
            found[one] = ThreadRow(collection, one, **state, disputes=[], fed_at=None)
    return [found[one] for one in ids if one in found]
