"""Offices: `US Secretary of Defense Omar Sefu` names one person, and `the mayor` before "he" may be the one meant."""

from __future__ import annotations

from collections.abc import Iterable

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.names import GIVEN_NAMES
from service.enrich.quotes.cast.runs import Run
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.lexicon import ROLES
from service.languages.en.people import BEFORE_PLACES, OFFICES, POSTS_WITH_PLACES

TOKENS_BACK = 30
"""Number of tokens before a pronoun among which an office of its sentence is looked for."""
PLACE_WORDS = 2
"""Number of words of a run that is no more than a place or a name."""
NAME_WORDS = 2
"""Number of words of a name behind an office, where none of them is a given name that we know."""

_LEADS_ON = word_hashes({"of", "for", "to"})
_NAMES = (c.CAPITAL, c.CAPITALS)
_OFFICES, _THE = word_hashes(OFFICES), word_hash("the")


def without_offices(view: View, runs: Iterable[Run]) -> list[Run]:
    """Leave out the runs that begin an office, and what belongs to it in those that go on behind "of" or "for"."""
    kept: list[Run] = []
    behind = -1
    for run in runs:
        is_behind, length = run.first == behind, run.end - run.first
        if not is_behind and not run.goes_on and length <= PLACE_WORDS:
            kept.append(run)
        elif run.goes_on and ((is_behind and length == 1) or _begins_office(view, run)):
            behind = run.end + 1
        elif is_behind:
            kept.append(_name_behind(view, run))
        else:
            behind_post = length > PLACE_WORDS and _follows_post(view, run)
            kept.append(_behind_place(view, run) if behind_post else run)
    return kept


def _follows_post(view: View, run: Run) -> bool:
    """Tell whether a run begins with the place or body of a post: `ambassador to | Northland Robert Moss`."""
    before = run.first - 1 - (view.hashes[run.first - 1] == _THE)
    return (
        view.hashes[before] in _LEADS_ON
        and view.lows[before - 1] in POSTS_WITH_PLACES
        and view.lows[run.first] not in GIVEN_NAMES
    )


def _behind_place(view: View, run: Run) -> Run:
    """Return the part of a run that begins with a given name behind a place or body; the run where none does."""
    inside = range(run.first + 1, run.end - 1)
    given = (token for token in inside if view.lows[token] in GIVEN_NAMES)
    first = next((token for token in given if view.lows[token - 1] not in BEFORE_PLACES), run.first)
    return run if first == run.first else _part(view, run, first)


def _begins_office(view: View, run: Run) -> bool:
    return view.lows[run.end - 1] in ROLES and view.lows[run.first] not in GIVEN_NAMES


def _name_behind(view: View, run: Run) -> Run:
    """Return the part of a run behind an office that is the name: `State Rex Lund`, `Northern Aske Ida Quill`."""
    inside = range(run.first + 1, run.end - 1)
    first = next((token for token in inside if view.lows[token] in GIVEN_NAMES), run.end - NAME_WORDS)
    return run if first <= run.first else _part(view, run, first)


def _part(view: View, run: Run, first: int) -> Run:
    """Return a run from a later token on."""
    return Run(first, run.end, run.hints, view.between(first, run.end), run.headline, run.goes_on)


def office_before(view: View, token: int) -> int:
    """Return the token of an office without a name before a pronoun of its sentence, -1 for none.

    `That is what the mayor means when he says`: "he" is the mayor, not who was named last.
    """
    hashes, sentences, sentence = view.hashes, view.sentences, view.sentences[token]
    if _OFFICES.isdisjoint(hashes[max(0, token - TOKENS_BACK) : token]):
        return -1
    for at in range(token - 1, max(0, token - TOKENS_BACK), -1):
        if sentences[at] != sentence:
            return -1
        if hashes[at] in _OFFICES and hashes[at - 1] == _THE and view.kinds[at + 1] not in _NAMES:
            return at
    return -1
