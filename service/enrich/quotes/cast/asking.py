"""Speakers' phrases -> by what they ask for the people of the text: a name, a pronoun, a description."""

from __future__ import annotations

from collections.abc import Sequence

from service.enrich.quotes.cast.asked import Asked
from service.enrich.quotes.cast.describe import is_at_head, kind_of_noun
from service.enrich.quotes.cast.focus import gender_of
from service.enrich.quotes.cast.names import Naming
from service.enrich.quotes.cast.offices import office_before
from service.enrich.quotes.cast.side_by_side import means_two
from service.enrich.quotes.cast.turns import Turn
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import word_hash
from service.languages.en.people import PERSONAL_DOCUMENTS

_HE, _SHE = word_hash("he"), word_hash("she")


def asked_by(view: View, turns: Sequence[Turn]) -> Asked:
    """Tell by what the turns ask for people whom the text names."""
    phrases = [turn.tokens for turn in turns]
    phrases += [turn.antecedent for turn in turns if turn.antecedent is not None]
    tokens: list[int] = []
    everyone = False
    for turn in turns:
        if turn.names:
            everyone = everyone or any(map(_is_acronym, turn.names))
            continue
        before, anyone = _asks(view, turn)
        everyone = everyone or anyone
        if before:
            tokens.append(turn.tokens[0])
    return Asked(phrases, tokens, _pronouns(view, turns, tokens[-1]) if tokens else (), everyone)


def _is_acronym(naming: Naming) -> bool:
    """Tell whether a name may be the initials of a body's name."""
    return len(naming.words) == 1 and naming.words[0].isupper()


def _asks(view: View, turn: Turn) -> tuple[bool, bool]:
    """Tell whether a speaker without a name is one named in the sentences before, and whether it may be anyone."""
    phrase, token = turn.phrase, turn.tokens[0]
    if phrase.pronoun is not None:
        one = gender_of(phrase.pronoun) is not None
        return one, one and office_before(view, token) >= 0
    if phrase.relative or not phrase.head:
        return False, False
    acronym = phrase.maybe is not None and _is_acronym(phrase.maybe)
    if means_two(view, phrase, turn.tokens):
        return True, acronym
    kind = None if phrase.possessed else kind_of_noun(phrase.head)
    if kind == "person":
        return phrase.definite, acronym or phrase.definite or is_at_head(view, token)
    writes = kind == "document" and phrase.definite and phrase.head in PERSONAL_DOCUMENTS
    return False, acronym or writes


def _pronouns(view: View, turns: Sequence[Turn], until: int) -> list[int]:
    """List the tokens of "he" and "she" outside the speakers' phrases before a token."""
    found = [token for token in view.places(_HE) + view.places(_SHE) if token < until]
    if not found:
        return found
    inside = {token for turn in turns for token in range(*turn.tokens)}
    return sorted([token for token in found if token not in inside])
