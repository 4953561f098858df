"""Bodies of one name in two places: Japan's Foreign Ministry is not China's."""

from __future__ import annotations

from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.gather import Cast
from service.enrich.quotes.cast.names import body_named
from service.enrich.quotes.cast.turns import Turn
from service.enrich.quotes.view import Range, View
from service.languages.en.places import LAST_WORDS, PLACES

_PLACES = PLACES | LAST_WORDS
OWNER_TOKENS_MAX = 4
"""Maximum number of tokens before the "'s" of a place: "the United Arab Emirates"."""


def tell_apart(view: View, cast: Cast, turns: list[Turn]) -> None:
    """Make one entity for each place where bodies of one name speak for several."""
    owned: dict[Entity, dict[str, list[Turn]]] = {}
    for turn in turns:
        place = _place_before(view, turn.tokens) if len(turn.entities) == 1 else None
        if place is not None and turn.entities[0].sort == "body":
            owned.setdefault(turn.entities[0], {}).setdefault(place, []).append(turn)
    for body, places in owned.items():
        for place, its in places.items() if len(places) > 1 else ():
            one = cast.adopt(body_named((f"{place}'s", *body.name.split())), its[0].tokens[0])
            for turn in its:
                turn.entities = [one]


def _place_before(view: View, tokens: Range) -> str | None:
    """Read the place that a body belongs to: `South Korea | 's Supreme Court`."""
    first, end = tokens
    first += view.lows[first] == "the"
    for owner in range(first + 1, min(end - 1, first + OWNER_TOKENS_MAX)):
        if view.lows[owner] == "'s":
            return view.between(first, owner) if view.lows[owner - 1] in _PLACES else None
    return None
