"""Look rows up by collection and id, so that both databases follow an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.sql import false

Key = tuple[str, str]
"""Collection and id of an article, thread or story."""


def one_of(
    collection: ColumnElement[Any], name: ColumnElement[Any], keys: Iterable[Key]
) -> ColumnElement[bool]:
    """Return the condition that a row has one of the keys. A list of pairs would have SQLite read the whole table."""
    names: dict[str, list[str]] = defaultdict(list)
    for of_collection, one in sorted(set(keys)):
        names[of_collection].append(one)
    return or_(false(), *(and_(collection == own, name.in_(some)) for own, some in names.items()))
