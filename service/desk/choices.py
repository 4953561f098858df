"""What the filters may be set to: the values that stand in the store, found by jumps through an index."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, func, select

from service.store.schema import ARTICLES

CHOICES_MAX: Final = 300
"""Maximum number of values offered for a filter; others can still be typed."""


class Choices(Struct, frozen=True):
    """Hold the values of each filter that has a closed list, or nearly one."""

    source: list[str]
    collection: list[str]
    language: list[str]
    kind: list[str]


def choices(connection: Connection) -> Choices:
    """Read what the filters may be set to."""
    return Choices(*(_distinct(connection, name) for name in ("source", "collection", "language", "status")))


def _distinct(connection: Connection, name: str) -> list[str]:
    """Return the distinct values of a column, each found by one jump behind the one before."""
    column = ARTICLES.c[name]
    walk = select(func.min(column).label("value")).cte("walk", recursive=True)
    behind = select(func.min(column)).where(column > walk.c.value).scalar_subquery()
    walk = walk.union_all(select(behind).where(walk.c.value.is_not(None)))
    query = select(walk.c.value).where(walk.c.value.is_not(None)).limit(CHOICES_MAX)
    return sorted(connection.execute(query).scalars())
