"""Clauses and participles that the model gave to the speaker: `The river is high, | Falk`, `Citing aides, | Roth`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.subjects import is_noun_phrase
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import (
    CLAUSE_BREAKS,
    FINITE_MARKS,
    INTRODUCING,
    IRREGULAR_PAST,
    NAMED_AS,
    PAST_OR_NOUN,
    PLACE_PREPOSITIONS,
    PLURALS_WITHOUT_S,
    PREPOSITIONS,
    RELATIVES,
)

_COMMA = word_hash(",")
_FINITE = word_hashes(FINITE_MARKS - {"may", "will"})
_RELATIVES = word_hashes(RELATIVES | {"where", "when"})
_PAST, _NAMED_AS = word_hashes(IRREGULAR_PAST | PAST_OR_NOUN), word_hashes(NAMED_AS)
_BEFORE_PLACES = PLACE_PREPOSITIONS | {"from"}
_LEADING_ON = word_hashes((CLAUSE_BREAKS - RELATIVES) | {"and", "but"})
"""Words between a clause and the subject of the next: `Koch laughed | as | Moss`, `Roth resigned | and | Orr`."""
_ED, _AND = word_hash("ed"), word_hash("and")
_NAMES = frozenset({c.CAPITAL, c.CAPITALS, c.TITLE})

LEAD_TOKENS_MAX = 8
"""Maximum number of tokens of a sentence before what the model took for its subject, in words that lead to it."""


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


def behind_lead(view: View, source: Range) -> Range:
    """Cut the clause or participle before a subject: `Koch laughed as | Moss`, `Flanked by Ted Orr, | Lena Marsh`."""
    subject = _behind_participle(view, source)
    return _behind_finite(view, source) if subject == source else subject


def _behind_finite(view: View, source: Range) -> Range:
    """Cut `Koch laughed as | Moss` and `Ana Roth resigned and | Ted Orr`: a name, what it did, another subject.

    Behind another noun than a name the verb may be a participle: `Officials briefed on the plan and | diplomats`.
    """
    first, end = source
    verb = first
    while verb < end and (view.kinds[verb] in _NAMES or (verb > first and view.lows[verb] == ".")):
        verb += 1
    acts = view.hashes[verb] in _PAST or view.endings[verb] == _ED
    if not (first < verb < end - 2 and acts and view.hashes[verb] not in _NAMED_AS):
        return source
    if not _is_somebody(view, (first, verb)):
        return source
    for token in range(verb + 1, end - 1):
        if view.lows[token] == ",":
            break
        if view.hashes[token] in _LEADING_ON and is_noun_phrase(view, (token + 1, end)):
            return token + 1, end
    return source


def _is_somebody(view: View, subject: Range) -> bool:
    """Tell whether capitals before a verb are a name, not a noun that begins a sentence: `| Officials | briefed on`."""
    first, end = subject
    inside = first > 0 and view.sentences[first - 1] == view.sentences[first]
    word = view.lows[first]
    return inside or end - first > 1 or not (word.endswith("s") or word in PLURALS_WITHOUT_S)


def _behind_participle(view: View, source: Range) -> Range:
    """Cut `Sitting beside Brandt, | Koch`, `Flanked by | Ted Orr, | Lena Marsh`: no list, for nothing joins the two."""
    first, end = source
    last = _before_age(view, source)
    comma = next((token for token in range(last - 1, first, -1) if view.hashes[token] == _COMMA), -1)
    if comma <= first or not is_noun_phrase(view, (comma + 1, last)):
        return source
    if _AND in view.hashes[comma:last] or "'s" in view.words((comma, last)):
        return source
    return (comma + 1, end) if _leads(view, first, comma) else source


def _before_age(view: View, source: Range) -> int:
    """Find the end of a subject without its age: `Brandt |, 61,`."""
    first, end = source
    end -= view.hashes[end - 1] == _COMMA
    aged = end - first > 2 and view.kinds[end - 1] == c.DIGITS and view.hashes[end - 2] == _COMMA
    return end - 2 if aged else source[1]


def _leads(view: View, first: int, comma: int) -> bool:
    """Tell whether a sentence begins with words that only lead to the subject behind a comma.

    Not so `A farmer from Vell, | Ohio`, where a place stands behind another.
    """
    low, near = first, max(0, first - LEAD_TOKENS_MAX)
    while low > near and view.sentences[low - 1] == view.sentences[first] and view.hashes[low] != _COMMA:
        low -= 1
    if low > 0 and view.sentences[low - 1] == view.sentences[first]:
        return False
    word = view.lows[low]
    if word in PREPOSITIONS or (word.endswith("ing") and comma > low + 1):
        return True
    if word in INTRODUCING:
        return low == first and view.lows[comma - 2] not in _BEFORE_PLACES
    return word.endswith("ed") and view.lows[low + 1] in PREPOSITIONS
