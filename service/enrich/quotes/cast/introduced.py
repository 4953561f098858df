"""What a text has told of someone it does not name: `A former port official said no. | The official | said`."""

from __future__ import annotations

from collections.abc import Sequence

from service.enrich.quotes.cast.roles import ROLE_CHARS_MAX, same_role
from service.enrich.quotes.cast.turns import Turn
from service.enrich.quotes.view import View
from service.languages.en.people import ROLE_ARTICLES
from service.languages.en.reporting import RELATIVES

TURNS_BACK = 12
"""Number of speakers before "the official" among which the one meant is."""
SENTENCES_BACK = 20
"""Number of sentences before it in which the one meant spoke."""
_INTRODUCING = ("a", "an", "one", "another")


def introduced_as(view: View, turns: Sequence[Turn], turn: Turn) -> str | None:
    """Return what the last unnamed speaker of that noun was called, without the article, if it tells more.

    `turns` are those before `turn`.
    """
    phrase = turn.phrase
    if turn.kind != "person" or phrase.possessed or not phrase.definite or _is_told_apart(view, turn):
        return None
    wanted = {same_role(word) for word in (phrase.head, *phrase.before)}
    for other in reversed(turns[-TURNS_BACK:]):
        if view.sentences[turn.tokens[0]] - view.sentences[other.tokens[0]] > SENTENCES_BACK:
            return None
        if other.phrase.head != phrase.head:
            continue
        if other.phrase.definite or other.entities:
            return other.role if other.role is not None and not other.entities else None
        known = {same_role(word) for word in (other.phrase.head, *other.phrase.before)}
        return _wording(view, other) if wanted <= known else None
    return None


def _is_told_apart(view: View, turn: Turn) -> bool:
    """Tell whether a clause says who is meant: `the aide who wrote the speech` is somebody new."""
    return not RELATIVES.isdisjoint(view.words(turn.tokens))


def _wording(view: View, turn: Turn) -> str | None:
    first, end = turn.tokens
    if view.lows[first] not in _INTRODUCING or end - first <= 2:
        return None
    comma = next((token for token in range(first, end) if view.lows[token] == ","), end)
    text = view.between(first + 1, comma)
    if len(text) > ROLE_CHARS_MAX:
        clause = next((token for token in range(first, end) if view.lows[token] in RELATIVES), end)
        text = view.between(first + 1, clause)
    short = len(text) > ROLE_CHARS_MAX or comma - first <= 2
    return None if short or text.lower().startswith(ROLE_ARTICLES) else text
