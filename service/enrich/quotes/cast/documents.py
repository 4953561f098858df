"""Who wrote "the letter": who wrote or sent a letter in a sentence before."""

from __future__ import annotations

from collections.abc import Sequence

from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.gather import Cast
from service.enrich.quotes.cast.side_by_side import are_joined
from service.enrich.quotes.cast.turns import Turn
from service.enrich.quotes.view import View
from service.languages.en.people import PERSONAL_DOCUMENTS, WRITING

TOKENS_BACK = 400
"""Number of tokens before "the letter" among which somebody writes one."""
ARTICLE_TOKENS = 6
"""Number of tokens before the document among which its article stands: `in a 10 June, 2009 email`."""

_INDEFINITE = ("a", "an", "his", "her", "their", "its")


def authors(cast: Cast, turns: Sequence[Turn], noun: str, token: int) -> list[Entity]:
    """Return who speaks in the last sentence before a token that brings such a document in, or else is its subject.

    `turns` are those before the token: `Falk and Moss met, the port said in a letter` is a letter of the port.
    """
    view, alike = cast.view, PERSONAL_DOCUMENTS.get(noun)
    if alike is None:
        return []
    for at in range(token - 1, max(0, token - TOKENS_BACK), -1):
        if view.lows[at] in alike and _is_brought_in(view, at):
            sentence = view.sentences[at]
            said = next((one for one in reversed(turns) if view.sentences[one.tokens[0]] == sentence), None)
            return _subjects(cast, at) if said is None else said.entities
    return []


def _is_brought_in(view: View, document: int) -> bool:
    low = max(0, document - ARTICLE_TOKENS)
    return any(view.lows[at] in _INDEFINITE for at in range(low, document))


def _subjects(cast: Cast, document: int) -> list[Entity]:
    """Return the first one or two named in the document's sentence, if a verb of writing stands behind them."""
    view = cast.view
    sentence = view.sentences[document]
    named = sorted(
        (at, number)
        for number, one in enumerate(cast.entities)
        for at in one.tokens
        if at < document and view.sentences[at] == sentence
    )
    if not named:
        return []
    (first, one), others = named[0], named[1:]
    second = next(((at, other) for at, other in others if other != one and are_joined(view, first, at)), None)
    writers = [one] if second is None else [one, second[1]]
    last = first if second is None else second[0]
    writes = next((at for at in range(last, document) if view.lows[at] in WRITING), -1)
    between = [at for at, other in others if last < at < writes and other not in writers]
    return [cast.entities[number] for number in writers] if writes > 0 and not between else []
