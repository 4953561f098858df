"""Relatives whom a sentence brings in by whose they are: `Falk's sister, Kate, wept. "He knew," she said.`"""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.names import Gender, gender_of_noun
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import KIN

OWNER_TOKENS_MAX = 5
"""Maximum number of tokens of whose relative someone is: "Former Mayor Ada Falk's sister"."""
NOUN_TOKENS = 3
"""Number of tokens behind the possessive among which the relative is named: "her older sister"."""

_COMMA, _KIN = word_hash(","), word_hashes(KIN)
_OWNING, _POSSESSIVES = word_hashes({"'s", "'"}), word_hashes({"his", "her", "their"})
_CAPITALS = (c.CAPITAL, c.CAPITALS)


def relative_at(view: View, first: int, end: int, gender: Gender) -> Entity | None:
    """Return the relative with whom a sentence begins, where a pronoun of a gender may mean that one.

    The name is empty where the text gives the age alone, or nothing. `Her mother was a nurse` tells of her, though.
    """
    noun = _kin_noun(view, first, end)
    if noun < 0 or gender_of_noun(view.lows[noun]) not in (gender, None):
        return None
    told = view.hashes[noun + 1] == _COMMA and noun + 3 < end and view.hashes[noun + 3] == _COMMA
    if not told:
        owned = view.hashes[first] not in _POSSESSIVES and view.kinds[noun + 1] not in _CAPITALS
        return Entity("", (), "person", gender) if owned and view.hashes[noun + 1] != _COMMA else None
    name = view[noun + 2]
    if view.kinds[noun + 2] == c.CAPITAL:
        return Entity(name, (name.lower(),), "person", gender, tokens=[noun + 2], since=noun + 2)
    return Entity("", (), "person", gender) if view.kinds[noun + 2] == c.DIGITS else None


def _kin_noun(view: View, first: int, end: int) -> int:
    """Return the token of a relative behind the possessive that a sentence begins with; -1 where there is none."""
    owner = first
    if view.hashes[first] not in _POSSESSIVES:
        last = min(end, first + OWNER_TOKENS_MAX)
        owner = next((at for at in range(first + 1, last) if view.hashes[at] in _OWNING), -1)
    if owner < 0:
        return -1
    nouns = range(owner + 1, min(end, owner + 1 + NOUN_TOKENS))
    return next((at for at in nouns if view.hashes[at] in _KIN), -1)
