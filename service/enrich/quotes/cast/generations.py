"""Fathers and sons of one name: `President Ivo Brandt` is not `Ivo Brandt Jr.`."""

from __future__ import annotations

from collections.abc import Sequence

from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.names import Naming, Words
from service.enrich.quotes.cast.runs import Run
from service.enrich.quotes.view import View
from service.languages.en.names import SUFFIXES
from service.languages.en.people import COURTESIES

PHRASE_TOKENS = 8
"""Number of tokens of a phrase among which a surname with "Jr." stands."""
_SENIOR = "sr"
_OF_SONS = SUFFIXES - {_SENIOR}


def named_apart(named: Sequence[tuple[Run, Naming]]) -> frozenset[Words]:
    """List the names, without their "Jr.", that another bears without it.

    Someone may lose the "Jr." after the first mention. Another is meant where the name stands without it before, or
    with a title that the one with it does not have, be it the surname alone: `President Brandt met Ivo Brandt Jr.`
    "Mr." and "Dr." tell nothing, as anybody has them.
    """
    longer = [one for one in named if len(one[1].key) > 2]
    juniors: dict[Words, tuple[int, set[str]]] = {}
    for run, naming in longer:
        if is_junior(naming.key):
            first, titles = juniors.get(naming.key[:-1], (run.first, set()))
            juniors[naming.key[:-1]] = (min(first, run.first), titles | set(naming.titles))
    if not juniors:
        return frozenset()
    return frozenset(
        base
        for base, (first, titles) in juniors.items()
        if any(_is_other(run, naming, base, first, titles) for run, naming in named)
    )


def is_junior(key: Words) -> bool:
    """Tell whether a name has given name, surname and "Jr." or the like."""
    return len(key) > 2 and key[-1] in _OF_SONS


def junior_at(view: View, bearers: Sequence[Entity], word: str, token: int) -> Entity | None:
    """Return the only one of the bearers of a surname with "Jr.", where it stands so in a phrase: `Brandt Jr. said`."""
    end = min(view.count - 1, token + PHRASE_TOKENS)
    at = next((at for at in range(token, end) if view.lows[at] == word), None)
    if at is None or view.lows[at + 1] not in _OF_SONS:
        return None
    juniors = [one for one in bearers if is_junior(one.key)]
    return juniors[0] if len(juniors) == 1 else None


def _is_other(run: Run, naming: Naming, base: Words, first: int, titles: set[str]) -> bool:
    key = naming.key
    if len(key) > 2 and key[-1] == _SENIOR:
        return key[0] == base[0] and key[-2] == base[-1]
    if run.headline or not key or is_junior(key) or key[-1] != base[-1]:
        return False
    titled = bool(set(naming.titles) - titles - COURTESIES)
    if len(key) == 1:
        return titled and run.first < first
    before = run.first < first and COURTESIES.isdisjoint(naming.titles)
    return key[0] == base[0] and (titled or before)
