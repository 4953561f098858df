"""Does an English word look like a plural noun?"""

from __future__ import annotations

from service.enrich.lexer.codes import CODES, ENDS_IN_S, flags
from service.languages.en.words import context

_SINGULAR_ENDINGS = ("ss", "us", "is")
_IRREGULAR = frozenset(context.IRREGULAR_PLURALS)


def is_plural(word: str) -> bool:
    """Tell whether a word is a plural: it ends in "s", or stands in the list of irregular plurals.

    >>> is_plural("harbours"), is_plural("glass"), is_plural("women")
    (True, False, True)
    """
    return (len(word) > 3 and word[-1] == "s" and word[-2:] not in _SINGULAR_ENDINGS) or word in _IRREGULAR


PLURAL = flags([word for word in CODES if word.isalpha() and is_plural(word)], [ENDS_IN_S])
"""code -> 1 for plurals, listed or not."""
