"""By what someone is asked for whom a text may name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from service.enrich.quotes.view import Range

SENTENCES_ASKED = 8
"""Number of sentences before a pronoun, or before "the two", in which whom it means was last spoken of."""
EVERYONE, ROLES, BEFORE = 1, 2, 4
"""Whom speakers without a name may be: anyone, such as who wrote a letter; anyone of whom the text says what they are,
`the mayor`; someone named in the sentences before."""


class Asked(NamedTuple):
    """Phrases and tokens of a text by which its people are asked for."""

    phrases: Sequence[Range]
    """Phrases with names: who is meant shares a word with one of them."""
    tokens: Sequence[int] = ()
    """Tokens, in order, from which someone is asked for who is named in the sentences before."""
    pronouns: Sequence[int] = ()
    """Tokens, in order, of "he" and "she" outside the phrases and before the last of `tokens`."""
    whom: int = 0
    """Whom all those without a name may be, as flags."""
    initials: int = 0
    """Length of the shortest name that may be the initials of a body, in letters; 0 where there is none."""
