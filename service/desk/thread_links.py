"""Lead from articles and their claims to threads and stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select

from service.desk.reading import rows
from service.desk.threads import FIGURE_MARK
from service.store.lookups import Key, one_of
from service.store.schema import ARTICLES, CLAIMS
from service.store.thread_schema import DISPUTES, RECORDS, STORIES, STORY_ARTICLES, THREADS


class ThreadLink(Struct, frozen=True):
    """Hold a thread that a claim belongs to."""

    claim_id: str
    thread_id: str
    kind: str
    articles: int
    reports: int
    disputed: bool


class StoryLink(Struct, frozen=True):
    """Hold the story of an article."""

    story_id: str
    articles: int


def threads_of_article(
    connection: Connection, collection: str, article_id: str, claim_ids: Sequence[str]
) -> list[ThreadLink]:
    """Return the threads that the claims of an article joined, opened, or opened and were disputed in."""
    ids = [*claim_ids, *(claim_id + FIGURE_MARK for claim_id in claim_ids)]
    counts = [THREADS.c[name] for name in "thread_id kind articles reports disputed".split()]
    joined = (
        select(*counts, RECORDS.c.claim_id)
        .select_from(THREADS.join(RECORDS, _same(RECORDS, THREADS, "thread_id")))
        .where(
            RECORDS.c.collection == collection,
            RECORDS.c.article_id == article_id,
            RECORDS.c.claim_id.in_(claim_ids),
        )
    )
    opened = select(*counts).where(THREADS.c.collection == collection, THREADS.c.thread_id.in_(ids))
    found = {row["thread_id"]: ThreadLink(**row) for row in rows(connection, joined)}
    for row in rows(connection, opened):
        found.setdefault(row["thread_id"], ThreadLink(row["thread_id"].removesuffix(FIGURE_MARK), **row))
    other = DISPUTES.c.other_id
    disputed = select(other).where(DISPUTES.c.collection == collection, other.in_(ids)).distinct()
    for (name,) in connection.execute(disputed):
        alone = ThreadLink(name.removesuffix(FIGURE_MARK), name, "figure", 1, 1, True)
        found.setdefault(name, alone)
    return sorted(found.values(), key=lambda link: (not link.disputed, -link.reports, link.thread_id))


def threads_of_articles(connection: Connection, keys: Iterable[Key]) -> dict[Key, int]:
    """Count the threads of articles, by collection and id of the article."""
    wanted = list(keys)
    own = one_of(RECORDS.c.collection, RECORDS.c.article_id, wanted)
    joined = select(RECORDS.c.collection, RECORDS.c.article_id, RECORDS.c.thread_id).where(own).distinct()
    article = (ARTICLES.c.collection, ARTICLES.c.article_id)
    opens = or_(
        THREADS.c.thread_id == CLAIMS.c.claim_id, THREADS.c.thread_id == CLAIMS.c.claim_id + FIGURE_MARK
    )
    opened = (
        select(*article, THREADS.c.thread_id)
        .join(CLAIMS, CLAIMS.c.article == ARTICLES.c.id)
        .join(THREADS, and_(THREADS.c.collection == ARTICLES.c.collection, opens))
        .where(one_of(*article, wanted))
    )
    found: dict[Key, set[str]] = defaultdict(set)
    for query in (joined, opened) if wanted else ():
        for collection, article_id, thread_id in connection.execute(query):
            found[collection, article_id].add(thread_id)
    return {key: len(threads) for key, threads in found.items()}


def stories_of_articles(connection: Connection, keys: Iterable[Key]) -> dict[Key, StoryLink]:
    """Return the story of each article that has one, by collection and id of the article."""
    wanted = list(keys)
    if not wanted:
        return {}
    columns = (STORIES.c.collection, STORIES.c.story_id, STORIES.c.articles)
    opened = select(*columns, STORIES.c.opened_by).where(
        one_of(STORIES.c.collection, STORIES.c.opened_by, wanted)
    )
    joined = (
        select(*columns, STORY_ARTICLES.c.article_id)
        .select_from(STORY_ARTICLES.join(STORIES, _same(STORIES, STORY_ARTICLES, "story_id")))
        .where(one_of(STORY_ARTICLES.c.collection, STORY_ARTICLES.c.article_id, wanted))
    )
    found: dict[Key, StoryLink] = {}
    for query in (opened, joined):
        for collection, story_id, articles, article_id in connection.execute(query):
            found[collection, article_id] = StoryLink(story_id, articles)
    return found


def _same(one: Table, other: Table, name: str) -> ColumnElement[bool]:
    return and_(one.c.collection == other.c.collection, one.c[name] == other.c[name])
