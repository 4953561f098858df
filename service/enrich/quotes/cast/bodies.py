"""Names of bodies: `Tarrow Board of Public Works`, which is called `the board`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.names import Naming, body_named
from service.enrich.quotes.cast.runs import Run
from service.enrich.quotes.view import View
from service.languages.en.lexicon import ROLES
from service.languages.en.people import CONNECTIVES

BODY_TOKENS_MAX = 7
"""Number of tokens behind a body's name among which it goes on."""

_NAMES = (c.CAPITAL, c.CAPITALS, c.TITLE)


def longer_body(view: View, run: Run, naming: Naming) -> Naming:
    """Read on from `Tarrow Board | of Public Works`: the name of a body with what stands behind "of" or "for"."""
    end = run.end
    stop = min(view.count, end + BODY_TOKENS_MAX)
    while end < stop and (view.kinds[end] in _NAMES or (view.lows[end] in CONNECTIVES and end + 1 < stop)):
        end += 1
    end = next(
        (at for at in range(run.end + 2, end) if view.lows[at] in ROLES), end
    )  # "Bank of Aske | President"
    while view.lows[end - 1] in CONNECTIVES:
        end -= 1
    return (
        body_named((*naming.words, *(view[token] for token in range(run.end, end))))
        if end > run.end
        else naming
    )


def head_noun(body: Entity) -> str:
    """Return the head noun of a body's name, in lower case."""
    of = next((place for place, word in enumerate(body.key) if place and word in CONNECTIVES), len(body.key))
    return body.key[of - 1]
