"""Given names that stand before a surname, inside quotation marks as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.enrich.quotes.cast.names import GIVEN_NAMES

GIVEN_CHARS_MAX = 20
"""Maximum length of a given name, in characters."""
_WORD_BEFORE = re.compile(r"\b([A-Z]\w+)\Z").search


def given_before(text: str, name: str) -> Iterator[str]:
    """Yield the given names that stand before a surname in a text."""
    place = text.find(f" {name}")
    while place >= 0:
        first = _WORD_BEFORE(text, max(0, place - GIVEN_CHARS_MAX), place)
        end = place + 1 + len(name)
        ends = not text[end : end + 1].isalnum()
        if first is not None and ends and first[1].lower() in GIVEN_NAMES:
            yield first[1]
        place = text.find(f" {name}", end)
