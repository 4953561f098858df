"""One article: its text with all claims, its revisions, its copies, and the other articles of its story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, select

from service.desk.questions import NothingThere, required
from service.desk.reading import Row, rows
from service.desk.thread_links import StoryLink, ThreadLink, stories_of_articles, threads_of_article
from service.store.schema import ARTICLES, CLAIMS, DUPLICATES, FIGURES, REVISIONS

LISTED_MAX: Final = 100
"""Maximum number of copies, and of other articles, on the page of one article."""


class Place(Struct, frozen=True):
    """Hold a span of the text, in code points, its end exclusive."""

    start: int
    end: int


class Figure(Struct, frozen=True):
    """Hold a quantity of a claim."""

    text: str
    value: float
    start: int
    end: int
    value_high: float | None = None
    unit: str | None = None
    currency: str | None = None
    comparator: str | None = None
    change: str | None = None


class Speaker(Struct, frozen=True):
    """Hold who said it, and where the text names them."""

    text: str
    start: int
    end: int
    name: str | None = None
    role: str | None = None


class ClaimOfArticle(Struct, frozen=True):
    """Hold a claim and its places in the text."""

    claim_id: str
    kind: str
    text: str
    segments: list[Place]
    quantities: list[Figure]
    dates: list[dict[str, Any]]
    negated: bool
    hedged: bool
    confidence: float
    speaker: Speaker | None = None
    cue: str | None = None
    via: list[str] = []  # who passed it on, outward


class Revision(Struct, frozen=True):
    """Hold a revision that a newer one replaced."""

    revision: int
    title: str | None
    fed_at: str | None
    chars: int


class Copy(Struct, frozen=True):
    """Hold a raw record that repeated this article, and where it came from."""

    article_id: str
    relation: str
    similarity: float
    containment: float
    coverage: float
    novelty: float
    title: str | None
    source: str | None
    url: str | None
    published_at: str | None
    fed_at: str | None


class Sibling(Struct, frozen=True):
    """Hold another article of the same story."""

    article_id: str
    status: str
    title: str | None
    source: str | None
    published_at: str | None


class ArticleAnswer(Struct, frozen=True):
    """Hold all that the store knows of one article."""

    collection: str
    article_id: str
    cluster_id: str
    revision: int
    status: str
    novelty: float
    text: str
    read_as: str
    claims: list[ClaimOfArticle]
    related: list[dict[str, Any]]
    revisions: list[Revision]
    copies: list[Copy]
    story: list[Sibling]
    repairs: list[str]
    threads: list[ThreadLink]
    event: StoryLink | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published_at: str | None = None
    fed_at: str | None = None
    language: str | None = None


def article(connection: Connection, parameters: Mapping[str, str]) -> ArticleAnswer:
    """Answer with one article. Raises BadQuestion, NothingThere."""
    collection, article_id = required(parameters, "collection"), required(parameters, "id")
    where = (ARTICLES.c.collection == collection, ARTICLES.c.article_id == article_id)
    found = rows(connection, select(ARTICLES).where(*where))
    if not found:
        raise NothingThere(f"there is no article {article_id} in {collection}")
    (row,) = found
    claims = claims_of(connection, row["id"])
    key = (collection, article_id)
    lists: dict[str, Any] = {
        "claims": claims,
        "threads": threads_of_article(connection, *key, [claim.claim_id for claim in claims]),
        "event": stories_of_articles(connection, [key]).get(key),
        "revisions": _revisions(connection, row),
        "copies": _copies(connection, row),
        "story": _story(connection, row),
    }
    own = {name: row[name] for name in ArticleAnswer.__struct_fields__ if name not in lists}
    return ArticleAnswer(**own, **lists)


def claims_of(connection: Connection, article_row: int) -> list[ClaimOfArticle]:
    """Return the claims of an article, in text order."""
    figures: dict[int, list[Figure]] = defaultdict(list)
    query = (
        select(FIGURES).where(FIGURES.c.article == article_row).order_by(FIGURES.c.claim, FIGURES.c.number)
    )
    for row in rows(connection, query):
        figures[row["claim"]].append(figure_of(row))
    query = select(CLAIMS).where(CLAIMS.c.article == article_row).order_by(CLAIMS.c.number)
    return [_claim(row, figures[row["number"]]) for row in rows(connection, query)]


def figure_of(row: Row) -> Figure:
    """Read a row of the table of figures."""
    own = {name: row[name] for name in Figure.__struct_fields__ if name not in ("start", "end")}
    return Figure(**own, start=row["start_at"], end=row["end_at"])


def _claim(row: Row, figures: list[Figure]) -> ClaimOfArticle:
    speaker = None
    if row["speaker_text"] is not None:
        place = row["speaker_start"], row["speaker_end"]
        speaker = Speaker(row["speaker_text"], *place, row["speaker_name"], row["speaker_role"])
    same = ("claim_id", "kind", "text", "dates", "negated", "hedged", "confidence", "cue", "via")
    return ClaimOfArticle(
        **{name: row[name] for name in same},
        segments=[Place(start, end) for start, end in row["segments"]],
        quantities=figures,
        speaker=speaker,
    )


def _revisions(connection: Connection, row: Row) -> list[Revision]:
    older = select(REVISIONS.c.revision, REVISIONS.c.title, REVISIONS.c.fed_at, REVISIONS.c.text).where(
        REVISIONS.c.collection == row["collection"], REVISIONS.c.article_id == row["article_id"]
    )
    found = connection.execute(older.order_by(REVISIONS.c.revision.desc()).limit(LISTED_MAX))
    return [Revision(number, title, fed_at, len(text)) for number, title, fed_at, text in found]


def _copies(connection: Connection, row: Row) -> list[Copy]:
    query = (
        select(*(DUPLICATES.c[name] for name in Copy.__struct_fields__))
        .where(DUPLICATES.c.collection == row["collection"], DUPLICATES.c.duplicate_of == row["article_id"])
        .order_by(DUPLICATES.c.fed_at.desc(), DUPLICATES.c.origin_offset.desc())
        .limit(LISTED_MAX)
    )
    return [Copy(**found) for found in rows(connection, query)]


def _story(connection: Connection, row: Row) -> list[Sibling]:
    query = (
        select(*(ARTICLES.c[name] for name in Sibling.__struct_fields__))
        .where(
            ARTICLES.c.cluster_id == row["cluster_id"],
            ARTICLES.c.collection == row["collection"],
            ARTICLES.c.id != row["id"],
        )
        .order_by(ARTICLES.c.fed_at.desc())
        .limit(LISTED_MAX)
    )
    return [Sibling(**found) for found in rows(connection, query)]
