"""By what someone is asked for whom a text may name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from service.enrich.quotes.view import Range


class Asked(NamedTuple):
    """Phrases and tokens of a text by which its people are asked for."""

    phrases: Sequence[Range]
    """Phrases with names: who is meant shares a word with one of them."""
    tokens: Sequence[int] = ()
    """Tokens, in order, from which someone is asked for who is named in the sentences before."""
    pronouns: Sequence[int] = ()
    """Tokens, in order, of "he" and "she" outside the phrases and before the last of `tokens`."""
    everyone: bool = False
    """Whether anyone may be meant: whoever has a role, a body with certain initials."""
