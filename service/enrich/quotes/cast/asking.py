"""Speakers' phrases -> by what they ask for the people of the text: a name, a pronoun, a description."""

from __future__ import annotations

from collections.abc import Sequence

from service.enrich.quotes.cast.asked import BEFORE, EVERYONE, ROLES, Asked
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
    whom = 0
    names = [naming for turn in turns for naming in turn.names]
    for turn in turns:
        if turn.names:
            continue
        if turn.phrase.maybe is not None:
            names.append(turn.phrase.maybe)
        its = _whom(view, turn)
        whom |= its
        if its & BEFORE:
            tokens.append(turn.tokens[0])
    pronouns = _pronouns(view, turns, tokens[-1]) if tokens else ()
    acronyms = [len(naming.key[0]) for naming in names if _is_acronym(naming)]
    return Asked(phrases, tokens, pronouns, whom, min(acronyms, default=0))


def _is_acronym(naming: Naming) -> bool:
    """Tell whether a name may be the initials of a body's name."""
    return len(naming.words) == 1 and naming.words[0].isupper()


def _whom(view: View, turn: Turn) -> int:
    """Tell whom a speaker without a name may be."""
    phrase, token = turn.phrase, turn.tokens[0]
    if phrase.pronoun is not None:
        if gender_of(phrase.pronoun) is None:
            return 0
        return BEFORE | (ROLES if office_before(view, token) >= 0 else 0)
    if phrase.relative or not phrase.head:
        return 0
    if means_two(view, phrase, turn.tokens):
        return BEFORE
    kind = None if phrase.possessed else kind_of_noun(phrase.head)
    if kind == "person":
        return BEFORE | ROLES if phrase.definite else ROLES if is_at_head(view, token) else 0
    writes = kind == "document" and phrase.definite and phrase.head in PERSONAL_DOCUMENTS
    return EVERYONE if writes else 0


def _pronouns(view: View, turns: Sequence[Turn], until: int) -> list[int]:
    """List the tokens of "he" and "she" outside the speakers' phrases before a token."""
    found = [token for token in view.places(_HE) + view.places(_SHE) if token < until]
    if not found:
        return found
    inside = {token for turn in turns for token in range(*turn.tokens)}
    return sorted([token for token in found if token not in inside])
