"""Read rows of the store, and words of the full-text search, in the way of SQLite or PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Executable,
    Select,
    cast,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from service.store.schema import ARTICLES
from service.store.search import search_query

HIT_START: Final = "\x02"
HIT_END: Final = "\x03"
EXCERPT_WORDS: Final = 36
EXCERPT_CHARS: Final = 260
HEADLINE_CHARS: Final = 20_000
"""Characters of a text in which PostgreSQL looks for the passage with most hits."""
WORDS_MAX: Final = 16
"""Maximum number of words that are searched for; more are left out."""
LOUD_ROWS: Final = 2_000
"""Number of rows from which on a speaker is looked for in the newest of a list, not the list by the speaker."""

FEW_ROWS: Final = 50
"""Number of articles up to which a search looks each of them up in the full-text index, 0.3 ms each."""

Row = dict[str, Any]

_PHRASE: Final = re.compile(r'"([^"]*)"|(\S+)')

SEARCHED: Final = table("articles_search", column("rowid"))
"""The full-text index of SQLite."""
_SEARCH_TABLE: Final[ColumnElement[Any]] = literal_column("articles_search")
_PLACE_OF_HIT: Final[ColumnElement[Any]] = literal_column("+articles_search.rowid")
"""The sign keeps SQLite from asking the index once for each id."""
_SEARCH_COLUMN: Final[ColumnElement[Any]] = literal_column("articles.search")


class Part(Struct, frozen=True):
    """Hold a piece of an excerpt; `hit` where it is a word that was searched for."""

    text: str
    hit: bool = False


def rows(connection: Connection, query: Executable, values: dict[str, Any] | None = None) -> list[Row]:
    """Return the rows of a query."""
    return [dict(row._mapping) for row in connection.execute(query, values or {})]


def is_loud(connection: Connection, said: Select[Any]) -> bool:
    """Tell whether a speaker has so many rows that a page of a list is full before all of them are read."""
    return len(connection.execute(said.limit(LOUD_ROWS)).all()) == LOUD_ROWS


def is_sqlite(connection: Connection) -> bool:
    """Tell which of the two databases this is."""
    return connection.dialect.name == "sqlite"


def phrases_of(asked: str) -> list[str]:
    """Cut what a person typed into words and "phrases", all of which must stand in an article.

    >>> phrases_of('dam "no danger" OR near(')
    ['dam', 'no danger', 'OR', 'near(']
    """
    return [one or two for one, two in _PHRASE.findall(asked)][:WORDS_MAX]


def hits_among(
    connection: Connection, conditions: Sequence[ColumnElement[bool]]
) -> ColumnElement[bool] | None:
    """Return a condition on the hits of SQLite's index that spares the search most rows of articles.

    It stands beside the conditions on articles, for the first that fewer than LOUD_ROWS meet; None without such a one.
    """
    for condition in conditions:
        wanted = select(ARTICLES.c.id).where(condition)
        ids = connection.execute(wanted.limit(LOUD_ROWS)).scalars().all()
        if len(ids) <= FEW_ROWS:
            return SEARCHED.c.rowid.in_(ids)
        if len(ids) < LOUD_ROWS:
            return _PLACE_OF_HIT.in_(wanted)
    return None


def fts5_words(asked: str) -> str:
    """Write what a person typed as a query of FTS5.

    >>> fts5_words('dam "no danger" OR near(')
    '"dam" "no danger" "OR" "near("'
    """
    return " ".join(f'"{word}"' for word in (part.replace('"', " ") for part in phrases_of(asked)) if word)


def matches(connection: Connection, asked: str) -> ColumnElement[bool]:
    """Return the condition that an article has the words that were asked for."""
    if is_sqlite(connection):
        return _SEARCH_TABLE.op("MATCH", return_type=Boolean())(fts5_words(asked))
    return _SEARCH_COLUMN.op("@@", return_type=Boolean())(_tsquery(asked))


def articles_with(connection: Connection, asked: str, limit: int) -> Select[Any]:
    """Select the ids of the newest articles that have the words, `limit` at most."""
    place = SEARCHED.c.rowid if is_sqlite(connection) else ARTICLES.c.id
    return select(place).where(matches(connection, asked)).order_by(place.desc()).limit(limit)


def title_with_hits(connection: Connection, asked: str) -> ColumnElement[str]:
    """Return the column of the title with its hits between HIT_START and HIT_END."""
    if is_sqlite(connection):
        return func.highlight(_SEARCH_TABLE, 0, HIT_START, HIT_END)
    options = f"HighlightAll=true, StartSel={HIT_START}, StopSel={HIT_END}"
    return func.ts_headline("simple", func.coalesce(ARTICLES.c.title, ""), _tsquery(asked), options)


def excerpt_with_hits(connection: Connection, asked: str) -> ColumnElement[str]:
    """Return the column of the passage with most hits, and those marked."""
    if is_sqlite(connection):
        return func.snippet(_SEARCH_TABLE, 1, HIT_START, HIT_END, " … ", EXCERPT_WORDS)
    options = f"MaxWords={EXCERPT_WORDS}, MinWords=20, StartSel={HIT_START}, StopSel={HIT_END}"
    start = func.left(ARTICLES.c.text, HEADLINE_CHARS)
    return func.ts_headline("simple", start, _tsquery(asked), options)


def excerpt() -> ColumnElement[str]:
    """Return the column of the first characters of the text."""
    return func.substr(ARTICLES.c.text, 1, EXCERPT_CHARS)


def parts(marked: str) -> list[Part]:
    """Cut a text with hits into its parts.

    >>> parts("the \\x02dam\\x03 holds")
    [Part(text='the ', hit=False), Part(text='dam', hit=True), Part(text=' holds', hit=False)]
    """
    found: list[Part] = []
    for at, piece in enumerate(re.split(f"[{HIT_START}{HIT_END}]", marked)):
        if piece:
            found.append(Part(piece, at % 2 == 1))
    return found


def _tsquery(asked: str) -> ColumnElement[Any]:
    return cast(search_query(phrases_of(asked)), TSQUERY)
