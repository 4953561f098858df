"""Make the words of texts searchable in PostgreSQL, ahead of the transaction that writes them.

Its parser takes as long as all other work on an article. On a connection of its own, in a process of its own, it reads
one batch while the batch before is written. SQLite's index follows its table by triggers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from service.store.rows import ArticleRows

TITLE_CHARS: Final = 10_000
TEXT_CHARS: Final = 200_000
"""Characters of a text whose words are found; a `tsvector` holds a megabyte at most."""

_WORDS: Final = f"""
    SELECT CAST(to_tsvector('simple', left(title, {TITLE_CHARS}) || ' ' || left(body, {TEXT_CHARS})) AS text)
    FROM unnest(CAST(%s AS text[]), CAST(%s AS text[])) WITH ORDINALITY AS given(title, body, place)
    ORDER BY place"""  # noqa: S608 - two numbers


def with_words(connection: Connection, articles: Sequence[ArticleRows]) -> list[ArticleRows]:
    """Return the articles with the value of the column `search`."""
    if not articles:
        return []
    titles = [rows.article["title"] or "" for rows in articles]
    texts = [rows.article["text"] for rows in articles]
    found = connection.exec_driver_sql(_WORDS, (titles, texts)).scalars()
    return [replace(rows, search={"search": words}) for rows, words in zip(articles, found, strict=True)]
