"""Make the words of texts searchable in PostgreSQL, and ask for them. SQLite's index follows its table by triggers.

Both ends read words here, in our process: the parser of PostgreSQL takes twice as long, and it takes a number, an
address or a compound for one word, which SQLite doesn't.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Final

from sqlalchemy import Connection
from sqlalchemy import text as sql

TITLE_CHARS: Final = 10_000
TEXT_CHARS: Final = 200_000
"""Maximum characters of a text whose words are found; a `tsvector` holds a megabyte at most."""
WORD_CHARS: Final = 500
"""Maximum characters of a word that is found; a `tsvector` takes 2,046 bytes."""
LAST_PLACE: Final = 16_383
"""Highest place of a word that a `tsvector` holds; words behind it all stand there."""

ARTICLES_PER_QUERY: Final = 200
"""Maximum articles that are read at once when stored words are read anew."""

_WORD: Final = re.compile(rf"[^\W_]{{1,{WORD_CHARS}}}")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_PLACES: Final = tuple(map(str, range(1, LAST_PLACE)))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case and without accents: runs of letters and digits, as SQLite reads them.

    >>> words_of("The 2.5-million CAFÉ of İstanbul and Łódź")
    ['the', '2', '5', 'million', 'cafe', 'of', 'istanbul', 'and', 'łodz']
    """
    text = text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
    return _WORD.findall(text)


def search_vector(title: str, text: str) -> str:
    """Return the words of an article with their places, as PostgreSQL reads a `tsvector`.

    No phrase runs from the title into the text: the place between them is nobody's.

    >>> search_vector("No danger", "Danger? No!")
    'no:1,5 danger:2,4'
    """
    places: dict[str, list[str]] = defaultdict(list)
    free = 0
    for words in (words_of(title[:TITLE_CHARS]), words_of(text[:TEXT_CHARS])):
        for word, place in zip(words, islice(_PLACES, free, None), strict=False):
            places[word].append(place)
        for word in set(words[len(_PLACES) - free :]):
            places[word].append(str(LAST_PLACE))
        free += len(words) + 1
    return " ".join([f"{word}:{','.join(found)}" for word, found in places.items()])


def search_query(phrases: Sequence[str]) -> str:
    """Return a `tsquery` for articles that have all phrases, each a word or words that follow each other.

    >>> search_query(["dam", "No danger", "?"])
    'dam & no <-> danger'
    """
    return " & ".join(" <-> ".join(words) for phrase in phrases if (words := words_of(phrase)))


def read_words_anew(connection: Connection) -> None:
    """Give every stored article in PostgreSQL the words that `search_vector` gives."""
    following = sql("SELECT id, title, text FROM articles WHERE id > :after ORDER BY id LIMIT :some")
    update = sql("UPDATE articles SET search = CAST(:words AS tsvector) WHERE id = :id")
    after = -1
    while rows := connection.execute(following, {"after": after, "some": ARTICLES_PER_QUERY}).all():
        connection.execute(
            update, [{"id": row[0], "words": search_vector(row[1] or "", row[2])} for row in rows]
        )
        after = rows[-1][0]
