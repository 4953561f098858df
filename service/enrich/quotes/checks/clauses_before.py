"""Clauses that the model gave to the speaker: `The river is high, | Gen. Falk`, `Citing aides, | the Courier`."""

from __future__ import annotations

from service.enrich.quotes.subjects import is_noun_phrase
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import FINITE_MARKS, RELATIVES

_COMMA = word_hash(",")
_FINITE = word_hashes(FINITE_MARKS - {"may", "will"})
_RELATIVES = word_hashes(RELATIVES | {"where", "when"})


def behind_clause(view: View, source: Range) -> Range | None:
    """Cut `The river is high, | Gen. Falk`: a subject holds no finite verb outside a relative clause.

    Without a subject behind it, nobody is left.
    """
    first, end = source
    if _FINITE.isdisjoint(view.hashes[first:end]) or not _RELATIVES.isdisjoint(view.hashes[first:end]):
        return source
    if not any(
        view.hashes[token] in _FINITE and not _is_name(view, token, end) for token in range(first, end)
    ):
        return source
    comma = next((token for token in range(end - 2, first, -1) if view.hashes[token] == _COMMA), -1)
    return (comma + 1, end) if comma > 0 and is_noun_phrase(view, (comma + 1, end)) else None


def _is_name(view: View, token: int, end: int) -> bool:
    """Tell whether a word that may be a verb is part of a name: `| Do | Kwon`, `Ms. | Do |`."""
    if not view.is_capital(token):
        return False
    begins = token == 0 or view.sentences[token - 1] != view.sentences[token]
    return not begins or token + 1 == end or view.is_capital(token + 1)


def behind_cited(view: View, source: Range) -> Range:
    """Cut `Citing | unnamed officials, the Courier | said`: who is cited does not speak here."""
    first, end = source
    comma = next((token for token in range(end - 2, first, -1) if view.hashes[token] == _COMMA), -1)
    return (comma + 1, end) if comma > 0 and is_noun_phrase(view, (comma + 1, end)) else source
