"""The river: stories as they came, newest first, or the articles that a reader filters or searches for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, literal, or_, select, tuple_

from service.desk.questions import Cursor, Filters, cursor_of, filters_of, moment, whole_number, written
from service.desk.reading import (
    SEARCHED,
    Part,
    Row,
    articles_with,
    excerpt,
    excerpt_with_hits,
    hits_among,
    is_loud,
    is_sqlite,
    matches,
    parts,
    rows,
    title_with_hits,
)
from service.desk.thread_links import StoryLink, stories_of_articles, threads_of_articles
from service.store.schema import ARTICLES, CLAIMS, DUPLICATES

PAGE_ROWS: Final = 30
PAGE_ROWS_MAX: Final = 200
SOURCES_SHOWN: Final = 6
FOUND_MAX: Final = 10_000
"""Maximum number of articles that are counted for a page; of more it says that there are more."""

_COLUMNS: Final = tuple(
    "id collection article_id cluster_id title source url published_at fed_at language status revision".split()
)


class Said(Struct, frozen=True):
    """Hold the claim that stands for an article in a list."""

    kind: str
    text: str
    speaker: str | None = None
    role: str | None = None
    via: list[str] = []  # who passed it on, outward


class Story(Struct, frozen=True):
    """Hold an article of the river and what the store knows of its story (its cluster)."""

    collection: str
    article_id: str
    cluster_id: str
    status: str
    revision: int
    title: list[Part]
    excerpt: list[Part]
    articles: int
    copies: int
    sources: list[str]
    threads: int = 0
    event: StoryLink | None = None
    source: str | None = None
    url: str | None = None
    published_at: str | None = None
    fed_at: str | None = None
    language: str | None = None
    said: Said | None = None


class River(Struct, frozen=True):
    """Hold a page of the river; `newest` is where the live stream goes on.

    `found` counts the articles that fit a search or one filter, FOUND_MAX + 1 at most; None where it was not counted.
    """

    filters: Filters
    stories: list[Story]
    newest: int
    next: str | None = None
    found: int | None = None


def river(connection: Connection, parameters: Mapping[str, str], now: datetime) -> River:
    """Answer with a page of the river. Raises BadQuestion."""
    filters = filters_of(parameters)
    size = whole_number(parameters, "limit", PAGE_ROWS, lowest=1, highest=PAGE_ROWS_MAX)
    cursor = cursor_of(parameters, Cursor)
    newest = connection.execute(select(func.coalesce(func.max(ARTICLES.c.id), 0))).scalar_one()
    found: list[Row] = []
    for query in _narrowed(connection, filters, now, cursor):
        found += rows(connection, query.limit(size + 1 - len(found)))
        if len(found) > size:
            break
    last = found[size - 1] if len(found) > size else None
    return River(
        filters,
        stories_of(connection, found[:size]),
        newest,
        written(Cursor(last["fed_at"] or "", last["id"])) if last else None,
        _count(connection, filters, now),
    )


def since(connection: Connection, newest: int, limit: int) -> list[tuple[int, Story]]:
    """Return the articles that were stored after the one with this id, oldest first."""
    query = select(*_plain_columns()).where(ARTICLES.c.id > newest).order_by(ARTICLES.c.id).limit(limit)
    found = rows(connection, query)
    return list(zip((row["id"] for row in found), stories_of(connection, found), strict=True))


def _count(connection: Connection, filters: Filters, now: datetime) -> int | None:
    """Count what fits where an index alone tells it: for a search, or for one filter other than the collection."""
    given = {name: value for name, value in asdict(filters).items() if value}
    if len(given) != 1 or filters.collection:
        return None
    if filters.q:
        fits = articles_with(connection, filters.q, FOUND_MAX + 1)
    elif filters.speaker:
        said = select(CLAIMS.c.article).where(CLAIMS.c.speaker_name == filters.speaker)
        fits = said.distinct().limit(FOUND_MAX + 1)
    else:
        fits = select(ARTICLES.c.id).where(*_conditions(filters, now)).limit(FOUND_MAX + 1)
    return int(connection.execute(select(func.count()).select_from(fits.subquery())).scalar_one())


def newest_id(connection: Connection) -> int:
    """Return the highest id of an article; 0 in an empty store."""
    return int(connection.execute(select(func.coalesce(func.max(ARTICLES.c.id), 0))).scalar_one())


def _plain_columns() -> list[Any]:
    return [*(ARTICLES.c[name] for name in _COLUMNS), excerpt().label("excerpt")]


def _narrowed(
    connection: Connection, filters: Filters, now: datetime, cursor: Cursor | None
) -> Iterator[Select[Any]]:
    """Yield queries whose rows follow each other: what was fed, newest first, then what Kafka gave no time."""
    wanted = _conditions(filters, now)
    if filters.speaker:
        said = select(CLAIMS.c.article).where(CLAIMS.c.speaker_name == filters.speaker)
        loud = is_loud(connection, said)
        wanted.append(
            exists(said.where(CLAIMS.c.article == ARTICLES.c.id)) if loud else ARTICLES.c.id.in_(said)
        )
    if filters.q:
        searched = _searched(connection, filters.q, cursor).where(*wanted)
        few = hits_among(connection, wanted) if is_sqlite(connection) else None
        yield searched if few is None else searched.where(few)
        return
    everything = select(*_plain_columns()).where(*wanted)
    fed_at, number = ARTICLES.c.fed_at, ARTICLES.c.id
    if cursor is None or cursor.fed_at:
        timed = everything.where(fed_at.is_not(None)).order_by(fed_at.desc(), number.desc())
        if not filters.picks_articles:
            timed = timed.where(_is_newest_of_its_story(timed=True))
        if cursor is not None:
            timed = timed.where(tuple_(fed_at, number) < tuple_(literal(cursor.fed_at), literal(cursor.id)))
        yield timed
    timeless = everything.where(fed_at.is_(None)).order_by(number.desc())
    if not filters.picks_articles:
        timeless = timeless.where(_is_newest_of_its_story(timed=False))
    yield timeless.where(number < cursor.id) if cursor is not None and not cursor.fed_at else timeless


def _conditions(filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    """List the conditions on columns of articles. Raises BadQuestion."""
    equal = (
        (ARTICLES.c.source, filters.source),
        (ARTICLES.c.collection, filters.collection),
        (ARTICLES.c.language, filters.language),
        (ARTICLES.c.status, filters.kind),
    )
    wanted: list[ColumnElement[bool]] = [column == value for column, value in equal if value]
    if filters.since:
        wanted.append(ARTICLES.c.fed_at >= moment("since", filters.since, now))
    if filters.until:
        wanted.append(ARTICLES.c.fed_at < moment("until", filters.until, now))
    return wanted


def _searched(connection: Connection, asked: str, cursor: Cursor | None) -> Select[Any]:
    """Select the articles with the words, the last stored first: the full-text index is in that order."""
    columns = [ARTICLES.c[name] for name in _COLUMNS]
    hits = [
        title_with_hits(connection, asked).label("title_hits"),
        excerpt_with_hits(connection, asked).label("excerpt"),
    ]
    query = select(*columns, *hits).where(matches(connection, asked))
    if is_sqlite(connection):
        query = query.select_from(SEARCHED.join(ARTICLES, ARTICLES.c.id == SEARCHED.c.rowid))
        place = SEARCHED.c.rowid
    else:
        place = ARTICLES.c.id
    if cursor is not None:
        query = query.where(place < cursor.id)
    return query.order_by(place.desc())


def _is_newest_of_its_story(*, timed: bool) -> Any:
    later = ARTICLES.alias("later")
    same = [later.c.collection == ARTICLES.c.collection, later.c.cluster_id == ARTICLES.c.cluster_id]
    if timed:
        after = tuple_(later.c.fed_at, later.c.id) > tuple_(ARTICLES.c.fed_at, ARTICLES.c.id)
    else:
        after = or_(later.c.fed_at.is_not(None), later.c.id > ARTICLES.c.id)
    return ~exists(select(literal(1)).select_from(later).where(and_(*same, after)))


def stories_of(connection: Connection, found: list[Row]) -> list[Story]:
    """Add to rows of articles what their stories hold: sources, copies, and a claim."""
    keys = {(row["collection"], row["cluster_id"]) for row in found}
    articles = _by_story(connection, ARTICLES, keys)
    copies = _by_story(connection, DUPLICATES, keys)
    said = _said(connection, [row["id"] for row in found])
    ids = [(row["collection"], row["article_id"]) for row in found]
    threads, events = threads_of_articles(connection, ids), stories_of_articles(connection, ids)
    return [
        _story(
            row,
            articles,
            copies,
            said=said.get(row["id"]),
            threads=threads.get(key, 0),
            event=events.get(key),
        )
        for row, key in zip(found, ids, strict=True)
    ]


def _story(row: Row, articles: Any, copies: Any, **more: Any) -> Story:
    key = (row["collection"], row["cluster_id"])
    title = row["title_hits"] if row.get("title_hits") else row["title"] or row["article_id"]
    sources = dict.fromkeys([*([row["source"]] if row["source"] else []), *articles[key][1], *copies[key][1]])
    own = {
        name: row[name]
        for name in Story.__struct_fields__
        if name in _COLUMNS and name not in ("title", "id")
    }
    return Story(
        **own,
        title=parts(title) if row.get("title_hits") else [Part(title)],
        excerpt=parts(row["excerpt"]) if row.get("title_hits") else [Part(row["excerpt"])],
        articles=articles[key][0],
        copies=copies[key][0],
        sources=list(sources)[:SOURCES_SHOWN],
        **more,
    )


def _by_story(
    connection: Connection, table: Any, keys: set[tuple[str, str]]
) -> dict[tuple[str, str], tuple[int, list[str]]]:
    """Count the rows of each story, and list their sources."""
    found: dict[tuple[str, str], tuple[int, list[str]]] = defaultdict(lambda: (0, []))
    if not keys:
        return found
    query = (
        select(table.c.collection, table.c.cluster_id, table.c.source, func.count().label("articles"))
        .where(table.c.cluster_id.in_({cluster for _, cluster in keys}))
        .group_by(table.c.collection, table.c.cluster_id, table.c.source)
        .order_by(func.count().desc(), table.c.source)
    )
    for collection, cluster, source, count in connection.execute(query):
        total, sources = found[collection, cluster]
        found[collection, cluster] = (total + count, [*sources, source] if source else sources)
    return found


def _said(connection: Connection, ids: list[int]) -> dict[int, Said]:
    """Choose a claim of each article: words with a named speaker first, then the surest."""
    query = (
        select(
            CLAIMS.c.article, CLAIMS.c.kind, CLAIMS.c.text, CLAIMS.c.speaker_name, CLAIMS.c.speaker_text,
            CLAIMS.c.speaker_role, CLAIMS.c.via,
        )
        .where(CLAIMS.c.article.in_(ids), CLAIMS.c.kind != "figure")
        .order_by(CLAIMS.c.speaker_name.is_(None), CLAIMS.c.kind, CLAIMS.c.confidence.desc(), CLAIMS.c.number)
    )  # fmt: skip
    found: dict[int, Said] = {}
    for article, kind, words, name, mention, role, via in connection.execute(query):
        found.setdefault(article, Said(kind, words, name or mention, role, via))
    return found
