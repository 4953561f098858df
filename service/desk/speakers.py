"""Speakers: who is heard most of late, everybody from A to Z, and all that one of them said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, Select, func, literal, select, tuple_

from service.desk.questions import NothingThere, cursor_of, required, whole_number, written
from service.desk.reading import rows
from service.desk.river import newest_id
from service.store.schema import ARTICLES, CLAIMS

RECENT_ARTICLES: Final = 1_000
"""Number of the newest articles in which the most heard speakers are counted."""

RECENT_SPEAKERS: Final = 24
NAMES_ROWS: Final = 60
CLAIMS_ROWS: Final = 30
ROWS_MAX: Final = 200
ROLES_MAX: Final = 12
ROLE_CLAIMS: Final = 1_000
"""Number of a speaker's newest claims whose roles are shown: the index has no roles, and some say very much."""


class Heard(Struct, frozen=True):
    """Hold a speaker and the number of their claims."""

    name: str
    claims: int


class SpeakersAnswer(Struct, frozen=True):
    """Hold who was heard most in the newest articles, and a page of all names in the order of their characters."""

    from_name: str
    recent: list[Heard]
    names: list[Heard]
    next: str | None = None


class NameCursor(Struct, frozen=True, array_like=True):
    """Hold the last name of a page."""

    name: str


class ClaimCursor(Struct, frozen=True, array_like=True):
    """Hold the place of the last claim of a page."""

    article: int
    number: int


class SaidClaim(Struct, frozen=True):
    """Hold something that somebody said, and the article it stands in."""

    claim_id: str
    kind: str
    text: str
    role: str | None
    via: list[str]
    cue: str | None
    negated: bool
    hedged: bool
    confidence: float
    collection: str
    article_id: str
    title: str | None
    source: str | None
    published_at: str | None
    fed_at: str | None


class SpeakerAnswer(Struct, frozen=True):
    """Hold what one person or organisation said, newest first."""

    name: str
    claims: int
    roles: list[str]
    said: list[SaidClaim]
    next: str | None = None


def speakers(connection: Connection, parameters: Mapping[str, str]) -> SpeakersAnswer:
    """Answer with speakers. Raises BadQuestion."""
    start = parameters.get("from", "").replace("\0", "")
    size = whole_number(parameters, "limit", NAMES_ROWS, lowest=1, highest=ROWS_MAX)
    cursor = cursor_of(parameters, NameCursor)
    names = _names(connection, start, cursor, size + 1)
    counts = dict(_counts(connection, names[:size]))
    return SpeakersAnswer(
        start,
        _recent(connection) if cursor is None else [],
        [Heard(name, counts[name]) for name in names[:size]],
        written(NameCursor(names[size - 1])) if len(names) > size else None,
    )


def speaker(connection: Connection, parameters: Mapping[str, str]) -> SpeakerAnswer:
    """Answer with what one speaker said. Raises BadQuestion, NothingThere."""
    name = required(parameters, "name")
    size = whole_number(parameters, "limit", CLAIMS_ROWS, lowest=1, highest=ROWS_MAX)
    cursor = cursor_of(parameters, ClaimCursor)
    own = CLAIMS.c.speaker_name == name
    total = connection.execute(select(func.count()).select_from(CLAIMS).where(own)).scalar_one()
    if not total:
        raise NothingThere(f"nobody in the store is called {name}")
    query = _said().where(own).order_by(CLAIMS.c.article.desc(), CLAIMS.c.number.desc()).limit(size + 1)
    if cursor is not None:
        here = tuple_(literal(cursor.article), literal(cursor.number))
        query = query.where(tuple_(CLAIMS.c.article, CLAIMS.c.number) < here)
    found = rows(connection, query)
    last = found[size - 1] if len(found) > size else None
    return SpeakerAnswer(
        name,
        total,
        _roles(connection, name),
        [SaidClaim(**{key: row[key] for key in SaidClaim.__struct_fields__}) for row in found[:size]],
        written(ClaimCursor(last["article"], last["number"])) if last else None,
    )


def _said() -> Select[Any]:
    of_claim = "article number claim_id kind text via cue negated hedged confidence".split()
    of_article = "collection article_id title source published_at fed_at".split()
    return select(
        *(CLAIMS.c[name] for name in of_claim),
        CLAIMS.c.speaker_role.label("role"),
        *(ARTICLES.c[name] for name in of_article),
    ).join(ARTICLES, ARTICLES.c.id == CLAIMS.c.article)


def _recent(connection: Connection) -> list[Heard]:
    """Count the speakers of the newest articles; grouped by an expression, for by index all claims would be read."""
    after = newest_id(connection) - RECENT_ARTICLES
    name = func.coalesce(CLAIMS.c.speaker_name, "")
    query = (
        select(name, func.count())
        .where(CLAIMS.c.article > after)
        .group_by(name)
        .having(name != "")
        .order_by(func.count().desc(), name)
        .limit(RECENT_SPEAKERS)
    )
    return [Heard(name, count) for name, count in connection.execute(query)]


def _names(connection: Connection, start: str, cursor: NameCursor | None, limit: int) -> list[str]:
    """Return distinct names in order, each found by one jump through the index behind the one before."""
    column = CLAIMS.c.speaker_name
    first = column > cursor.name if cursor is not None else column >= start
    walk = select(func.min(column).label("name")).where(first).cte("walk", recursive=True)
    behind = select(func.min(column)).where(column > walk.c.name).scalar_subquery()
    walk = walk.union_all(select(behind).where(walk.c.name.is_not(None)))
    return list(
        connection.execute(select(walk.c.name).where(walk.c.name.is_not(None)).limit(limit)).scalars()
    )


def _counts(connection: Connection, names: list[str]) -> list[tuple[str, int]]:
    column = CLAIMS.c.speaker_name
    query = select(column, func.count()).where(column.in_(names)).group_by(column)
    return [(name, count) for name, count in connection.execute(query)]


def _roles(connection: Connection, name: str) -> list[str]:
    """Return what a speaker is called in their newest claims, the most frequent first."""
    newest = (
        select(CLAIMS.c.speaker_role.label("role"))
        .where(CLAIMS.c.speaker_name == name)
        .order_by(CLAIMS.c.article.desc(), CLAIMS.c.number.desc())
        .limit(ROLE_CLAIMS)
        .subquery()
    )
    query = (
        select(newest.c.role)
        .where(newest.c.role.is_not(None))
        .group_by(newest.c.role)
        .order_by(func.count().desc(), newest.c.role)
        .limit(ROLES_MAX)
    )
    return list(connection.execute(query).scalars())
