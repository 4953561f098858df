"""Speakers who did not speak: `Neither Falk nor Roth said the dam was safe`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import PARTY_MEMBERS
from service.languages.en.places import NATIONALITIES
from service.languages.en.reporting import EXCEPTING, NO_AMOUNT, NOBODY, NOT_EVERYBODY

EXCEPTING_TOKENS = 6
"""Number of tokens behind the first among which `but Roth` or `other than Roth` begins."""

_NOBODY, _EXCEPTING = word_hashes(NOBODY), word_hashes(EXCEPTING)
_NO, _NOT, _NEITHER, _OTHER = (word_hash(word) for word in ("no", "not", "neither", "other"))
_MEMBERS = NATIONALITIES | PARTY_MEMBERS | {word + "s" for word in NATIONALITIES | PARTY_MEMBERS}
_NAMES = (c.CAPITAL, c.CAPITALS)


def is_nobody(view: View, draft: Draft) -> bool:
    """Tell whether the speakers are those who did not say it. Not so `No one but Roth` and `No Labels`."""
    if draft.source is None or _is_exception(view, draft.source):
        return False
    first = draft.source[0]
    if view.hashes[first] in _NOBODY or view.hashes[first - 1] == _NEITHER:
        return True
    if view.hashes[first] == _NO:
        amount = view.kinds[first + 1] == c.DIGITS or view.lows[first + 1] in NO_AMOUNT
        return not amount and not _is_named_so(view, draft.source)
    return view.hashes[first] == _NOT and view.lows[first + 1] in NOT_EVERYBODY


def _is_exception(view: View, source: Range) -> bool:
    """Tell whether somebody did speak: `None other than Roth`, `No one but the mayor`."""
    first, end = source
    for token in range(first + 1, min(end - 1, first + 1 + EXCEPTING_TOKENS)):
        if view.hashes[token] in _EXCEPTING:
            return view.hashes[token] != _OTHER or view.lows[token + 1] == "than"
    return False


def _is_named_so(view: View, source: Range) -> bool:
    """Tell whether "No" begins a name: `No Mercy Group`, but `No Republican`, `No Senate aide`."""
    first, end = source
    if not view.is_capital(first):
        return False
    named = all(view.kinds[token] in _NAMES for token in range(first + 1, end))
    return named and end - first > 1 and view.lows[end - 1] not in _MEMBERS
