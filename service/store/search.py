"""Make the words of texts searchable in PostgreSQL, and ask for them. SQLite's index follows its table by triggers.

Both ends read words here, in our process: the parser of PostgreSQL takes twice as long, and it takes a number, an
address or a compound for one word, which SQLite doesn't.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

TITLE_CHARS: Final = 10_000
TEXT_CHARS: Final = 200_000
"""Maximum characters of a text whose words are found; a `tsvector` holds a megabyte at most."""
WORD_CHARS: Final = 500
"""Maximum characters of a word that is found; a `tsvector` takes 2,046 bytes."""
LAST_PLACE: Final = 16_383
"""Highest place of a word that a `tsvector` holds; words behind it all stand there."""

WORDS_ANEW: Final = rf"""
    UPDATE articles SET search = to_tsvector('simple', regexp_replace(
        lower(left(coalesce(title, ''), {TITLE_CHARS}) || ' ' || left(text, {TEXT_CHARS})),
        '(\W|_)+', ' ', 'g'))"""  # noqa: S608 - two numbers
"""Statement that gives stored articles the words that `search_vector` gives, by PostgreSQL alone."""

_WORD: Final = re.compile(rf"[^\W_]{{1,{WORD_CHARS}}}")
_PLACES: Final = tuple(map(str, range(1, LAST_PLACE)))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case: runs of letters and digits.

    >>> words_of("The 2.5-million CAFÉ")
    ['the', '2', '5', 'million', 'café']
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _WORD.findall(text.lower())


def search_vector(title: str, text: str) -> str:
    """Return the words of an article with their places, as PostgreSQL reads a `tsvector`.

    >>> search_vector("No danger", "Danger? No!")
    'no:1,4 danger:2,3'
    """
    words = words_of(f"{title[:TITLE_CHARS]} {text[:TEXT_CHARS]}")
    places: dict[str, list[str]] = defaultdict(list)
    for word, place in zip(words, _PLACES, strict=False):
        places[word].append(place)
    for word in set(words[len(_PLACES) :]):
        places[word].append(str(LAST_PLACE))
    return " ".join([f"{word}:{','.join(found)}" for word, found in places.items()])


def search_query(phrases: Sequence[str]) -> str:
    """Return a `tsquery` for articles that have all phrases, each a word or words that follow each other.

    >>> search_query(["dam", "No danger", "?"])
    'dam & no <-> danger'
    """
    return " & ".join(" <-> ".join(words) for phrase in phrases if (words := words_of(phrase)))
