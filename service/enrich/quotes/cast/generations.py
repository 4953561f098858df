"""Fathers and sons of one name: `President Ivo Brandt` is not `Ivo Brandt Jr.`."""

from __future__ import annotations

from collections.abc import Iterable

from service.enrich.quotes.cast.names import Naming, Words
from service.enrich.quotes.cast.runs import Run
from service.languages.en.names import SUFFIXES


def named_apart(named: Iterable[tuple[Run, Naming]]) -> frozenset[Words]:
    """List the names, without their "Jr.", that another bears without it.

    Someone may lose the "Jr." after the first mention. Another is meant where the name stands without it before, or
    with a title that the one with it does not have, be it the surname alone: `President Brandt met Ivo Brandt Jr.`
    """
    named = list(named)
    juniors: dict[Words, tuple[int, set[str]]] = {}
    for run, naming in named:
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
    return len(key) > 2 and key[-1] in SUFFIXES


def _is_other(run: Run, naming: Naming, base: Words, first: int, titles: set[str]) -> bool:
    key = naming.key
    if run.headline or not key or is_junior(key) or key[-1] != base[-1]:
        return False
    titled = bool(set(naming.titles) - titles)
    if len(key) == 1:
        return titled and run.first < first
    return key[0] == base[0] and (titled or run.first < first)
