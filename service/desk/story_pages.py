"""Stories: articles of one event, as the stage of threads joined them, with their threads and copies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, and_, literal, select, tuple_

from service.desk.article import LISTED_MAX, Copy
from service.desk.questions import BadQuestion, NothingThere, cursor_of, required, whole_number, written
from service.desk.reading import Row, rows
from service.desk.threads import ThreadRow, thread_rows, with_newest_claims
from service.store.schema import ARTICLES, DUPLICATES
from service.store.thread_schema import RECORDS, STORIES, STORY_ARTICLES, THREADS

ROWS: Final = 30
ROWS_MAX: Final = 200
ARTICLES_ROWS: Final = 50
SORTS: Final = ("newest", "largest")


class StoryRow(Struct, frozen=True):
    """Hold a story in a list; title and source are those of the article that joined last."""

    collection: str
    story_id: str
    opened_by: str
    title: str | None
    source: str | None
    articles: int
    reports: int
    terms: list[str]
    first_seen: str | None
    latest_seen: str | None
    fed_at: str | None


class StoriesAnswer(Struct, frozen=True):
    """Hold a page of stories."""

    sort: str
    stories: list[StoryRow]
    next: str | None = None


class StoryCursor(Struct, frozen=True, array_like=True):
    """Hold the place of the last story of a page."""

    articles: int
    fed_at: str
    story_id: str
    collection: str


class StoryArticle(Struct, frozen=True):
    """Hold an article of a story; `similarity` is that to the story when it joined, null for the one that opened it."""

    sequence: int
    article_id: str
    title: str | None
    source: str | None
    published_at: str | None
    fed_at: str | None
    status: str | None
    similarity: float | None


class StoryAnswer(Struct, frozen=True):
    """Hold a story with a page of its articles (oldest first), what was repeated in it, and its copies."""

    collection: str
    story_id: str
    title: str | None
    articles: int
    reports: int
    terms: list[str]
    first_seen: str | None
    latest_seen: str | None
    members: list[StoryArticle]
    threads: list[ThreadRow]
    copies: list[Copy]
    next: str | None = None


class ArticleCursor(Struct, frozen=True, array_like=True):
    """Hold the place of the last article of a page."""

    sequence: int


def stories(connection: Connection, parameters: Mapping[str, str]) -> StoriesAnswer:
    """Answer with a page of stories. Raises BadQuestion."""
    sort = parameters.get("sort", "") or SORTS[0]
    if sort not in SORTS:
        raise BadQuestion(f"sort must be one of {', '.join(SORTS)}")
    size = whole_number(parameters, "limit", ROWS, lowest=1, highest=ROWS_MAX)
    cursor = cursor_of(parameters, StoryCursor)
    columns = [STORIES.c.fed_at, STORIES.c.story_id, STORIES.c.collection]
    here: list[Any] = [cursor.fed_at, cursor.story_id, cursor.collection] if cursor else []
    if sort == "largest":
        columns.insert(0, STORIES.c.articles)
        here = [cursor.articles, *here] if cursor else []
    query = select(STORIES).order_by(*(column.desc() for column in columns)).limit(size + 1)
    if here:
        query = query.where(tuple_(*columns) < tuple_(*map(literal, here)))
    found = [_story(row) for row in rows(connection, query)]
    last = found[size - 1] if len(found) > size else None
    behind = last and StoryCursor(last.articles, last.fed_at or "", last.story_id, last.collection)
    return StoriesAnswer(sort, found[:size], written(behind) if behind else None)


def story(connection: Connection, parameters: Mapping[str, str]) -> StoryAnswer:
    """Answer with one story. Raises BadQuestion, NothingThere."""
    collection, story_id = required(parameters, "collection"), required(parameters, "id")
    size = whole_number(parameters, "limit", ARTICLES_ROWS, lowest=1, highest=ROWS_MAX)
    cursor = cursor_of(parameters, ArticleCursor)
    own = (STORIES.c.collection == collection, STORIES.c.story_id == story_id)
    state = next(iter(rows(connection, select(STORIES).where(*own))), None)
    if state is None:
        raise NothingThere(f"there is no story {story_id} in {collection}")
    found = _members(connection, collection, story_id, cursor.sequence if cursor else 0, size + 1)
    if cursor is None:
        found = _first(connection, collection, state["opened_by"]) + found
    members = found[:size]
    ids = [member.article_id for member in members]
    counted = _story(state)
    same = "articles reports terms first_seen latest_seen".split()
    return StoryAnswer(
        collection,
        story_id,
        title=counted.title,
        **{name: getattr(counted, name) for name in same},
        members=members,
        threads=_threads(connection, collection, ids),
        copies=_copies(connection, collection, ids),
        next=written(ArticleCursor(members[-1].sequence)) if len(found) > size else None,
    )


def _story(row: Row) -> StoryRow:
    return StoryRow(
        **{name: row[name] for name in StoryRow.__struct_fields__} | {"fed_at": row["fed_at"] or None}
    )


def _members(
    connection: Connection, collection: str, story_id: str, after: int, limit: int
) -> list[StoryArticle]:
    same = and_(
        ARTICLES.c.collection == STORY_ARTICLES.c.collection,
        ARTICLES.c.article_id == STORY_ARTICLES.c.article_id,
    )
    query = (
        select(STORY_ARTICLES, ARTICLES.c.status)
        .select_from(STORY_ARTICLES.outerjoin(ARTICLES, same))
        .where(
            STORY_ARTICLES.c.collection == collection,
            STORY_ARTICLES.c.story_id == story_id,
            STORY_ARTICLES.c.sequence > after,
        )
        .order_by(STORY_ARTICLES.c.sequence)
        .limit(limit)
    )
    found = rows(connection, query)
    return [_member(row) for row in found]


def _member(row: Row) -> StoryArticle:
    own = {name: row[name] for name in StoryArticle.__struct_fields__}
    return StoryArticle(**own | {"fed_at": row["fed_at"] or None})


def _first(connection: Connection, collection: str, article_id: str) -> list[StoryArticle]:
    """Return the article that opened a story: no record says that it joined."""
    names = "article_id title source published_at fed_at status".split()
    query = select(*(ARTICLES.c[name] for name in names)).where(
        ARTICLES.c.collection == collection, ARTICLES.c.article_id == article_id
    )
    return [_member(row | {"sequence": 1, "similarity": None}) for row in rows(connection, query)]


def _threads(connection: Connection, collection: str, ids: list[str]) -> list[ThreadRow]:
    """Return the threads of articles: what is disputed first, then what most report."""
    keys = select(RECORDS.c.thread_id).where(
        RECORDS.c.collection == collection, RECORDS.c.article_id.in_(ids)
    )
    query = (
        with_newest_claims()
        .where(THREADS.c.collection == collection, THREADS.c.thread_id.in_(keys))
        .order_by(
            THREADS.c.disputed.desc(),
            THREADS.c.reports.desc(),
            THREADS.c.articles.desc(),
            THREADS.c.thread_id,
        )
        .limit(LISTED_MAX)
    )
    return thread_rows(connection, query)


def _copies(connection: Connection, collection: str, ids: list[str]) -> list[Copy]:
    query = (
        select(*(DUPLICATES.c[name] for name in Copy.__struct_fields__))
        .where(DUPLICATES.c.collection == collection, DUPLICATES.c.duplicate_of.in_(ids))
        .order_by(DUPLICATES.c.fed_at.desc(), DUPLICATES.c.origin_offset.desc())
        .limit(LISTED_MAX)
    )
    return [Copy(**found) for found in rows(connection, query)]
