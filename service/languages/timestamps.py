"""Read dates in any of the languages that Copydesk knows: the word lists of all, put together."""

from __future__ import annotations

from typing import Final

from service.languages.de import timestamps as de
from service.languages.en import timestamps as en
from service.languages.es import timestamps as es
from service.languages.fr import timestamps as fr
from service.languages.it import timestamps as it
from service.languages.pt import timestamps as pt
from service.languages.ru import timestamps as ru
from service.languages.tr import timestamps as tr

_ALL: Final = (en, de, es, fr, it, pt, ru, tr)


def fold_word(text: str) -> str:
    """Return a text in small letters, with the four Turkish forms of i as one.

    >>> fold_word("ARALIK"), fold_word("NİSAN")
    ('aralik', 'nisan')
    """
    if text.isascii():
        return text.lower()
    return text.lower().replace("i̇", "i").replace("ı", "i")


MONTHS: Final = {fold_word(name): month for language in _ALL for name, month in language.MONTHS.items()}
"""Names of months and their short forms -> 1 to 12; no form means two months in two of the languages."""

WEEKDAYS: Final = frozenset(fold_word(name) for language in _ALL for name in language.WEEKDAYS)
SMALL_WORDS: Final = frozenset(fold_word(word) for language in _ALL for word in language.SMALL_WORDS)
UPDATES: Final = frozenset(fold_word(phrase) for language in _ALL for phrase in language.UPDATES)
ORDINALS: Final = frozenset(ending for language in _ALL for ending in language.ORDINALS)
