"""Descriptions that fit someone and mean another: `In a letter to Roth, | the governor |`, `the mayor of Vell`."""

from __future__ import annotations

import bisect

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.names import NEVER_NAMES
from service.languages.en.people import OFFICE_FIELDS, TITLE_WORDS
from service.languages.en.reporting import HEAD_ENDS, PREPOSITIONS

COMPLEMENT_TOKENS_MAX = 8
"""Number of tokens behind the head of a description among which what it is of is read."""
OPENING_TOKENS_MAX = 16
"""Number of tokens before a description among which someone is named whom its opening phrase is about."""
TOLD_TOKENS_MAX = 3
"""Number of tokens behind a description among which whom it tells something begins."""
MENTIONS_MAX = 4
"""Number of mentions at which a place beside the name is looked for."""
PLACE_TOKENS = 4
"""Number of tokens before and behind a name among which a place is looked for that the person is of."""

_COMMA, _OF, _OWNS = word_hash(","), word_hash("of"), word_hash("'s")
_COMPLEMENT_OPENS = word_hashes({"of", "for", "at"})
_NAMES = (c.CAPITAL, c.CAPITALS, c.TITLE)
_NO_COMPLEMENT = NEVER_NAMES | PREPOSITIONS


def is_another(view: View, tokens: Range, head: str, person: Entity) -> bool:
    """Tell whether a description cannot mean someone of its role."""
    return (
        _is_of_another(view, tokens, head, person)
        or _is_in_opening(view, tokens[0], person)
        or _is_told(view, tokens[1], person)
    )


def _is_of_another(view: View, tokens: Range, head: str, person: Entity) -> bool:
    """Tell whether a description is of something that the text has not said of a person: `the mayor of | Vell`."""
    first, end = tokens
    noun = next((at for at in range(first, end) if view.lows[at] == head), end)
    if noun + 1 >= end or view.hashes[noun + 1] not in _COMPLEMENT_OPENS:
        return False
    words = set()
    for at in range(noun + 2, min(end, noun + COMPLEMENT_TOKENS_MAX)):
        word = view.lows[at]
        if word in HEAD_ENDS or view.kinds[at] == c.PUNCTUATION:
            break
        words.add(word)
    words -= _NO_COMPLEMENT
    if not words or not words.isdisjoint(OFFICE_FIELDS) or not words.isdisjoint(person.role_words):
        return False
    return not any(words & _places_beside(view, token) for token in person.tokens[:MENTIONS_MAX])


def _places_beside(view: View, token: int) -> set[str]:
    """Return the words of what a name is of: `Mayor Ana Roth of | Tarrow`, `| Ostmark | 's President Omar Sefu`."""
    end = token
    while end < view.count and view.kinds[end] in _NAMES:
        end += 1
    last = end
    while (
        view.hashes[end] == _OF
        and last < min(view.count - 1, end + PLACE_TOKENS)
        and view.is_capital(last + 1)
    ):
        last += 1
    owners = range(max(1, token - PLACE_TOKENS), token)
    return {*view.words((end, last + 1)), *(view.lows[at - 1] for at in owners if view.hashes[at] == _OWNS)}


def _is_in_opening(view: View, token: int, person: Entity) -> bool:
    """Tell whether a person stands behind a preposition before the comma: `In a note to | Roth |, the mayor`."""
    if view.hashes[token - 1] != _COMMA:
        return False
    sentence = view.sentences[token]
    return any(
        view.sentences[at] == sentence
        and _COMMA not in view.hashes[at : token - 1]
        and view.lows[_before_title(view, at)] in PREPOSITIONS
        for at in _mentions(person, token - OPENING_TOKENS_MAX, token - 1)
    )


def _before_title(view: View, token: int) -> int:
    """Return the token before a name and its titles."""
    token -= 1
    first = max(0, token - OPENING_TOKENS_MAX)
    while token > first and (view.kinds[token] in _NAMES or view.lows[token] in TITLE_WORDS):
        token -= 1
    return token


def _is_told(view: View, end: int, person: Entity) -> bool:
    """Tell whether a person is named right behind the verb: `The president told | President Roth |`."""
    return any(
        view.sentences[at] == view.sentences[end] and c.PUNCTUATION not in view.kinds[end:at]
        for at in _mentions(person, end + 1, end + TOLD_TOKENS_MAX + 1)
    )


def _mentions(person: Entity, first: int, end: int) -> list[int]:
    """List where a person is named between two tokens."""
    low = bisect.bisect_left(person.tokens, first)
    return person.tokens[low : bisect.bisect_left(person.tokens, end, low)]
