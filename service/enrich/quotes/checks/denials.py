"""Who is expressly not the speaker: `No longer a minister, Ada Brandt`, `Falk but not Roth`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.subjects import is_noun_phrase
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import NOBODY, NOT

_COMMA, _NOT, _DENIED_BEHIND = word_hash(","), word_hash("not"), word_hashes({"and", "but"})
_DENYING, _OR = word_hashes(NOBODY | NOT), word_hashes({"or", "nor"})
_NAMES = frozenset({c.CAPITAL, c.CAPITALS, c.TITLE})


def behind_denial(view: View, source: Range) -> Range:
    """Cut `No longer a minister, | Ada Brandt`, who does speak."""
    first, end = source
    if view.hashes[first] not in _DENYING:
        return source
    commas = [token for token in range(first + 1, end - 1) if view.hashes[token] == _COMMA]
    if len(commas) != 1 or not _OR.isdisjoint(view.hashes[first:end]):
        return source  # "No Republican, Democrat or independent"
    name = (commas[0] + 1, end)
    named = view.kinds[name[0]] in _NAMES or view.lows[name[0]] == "the"
    return name if named and is_noun_phrase(view, name) else source


def before_denied(view: View, source: Range) -> Range:
    """Take `Falk | but not | Roth` for Falk's words: Roth is expressly not meant."""
    joint = source[0] - 2
    if joint < 1 or view.hashes[joint + 1] != _NOT or view.hashes[joint] not in _DENIED_BEHIND:
        return source
    first = joint
    while first > 0 and view.kinds[first - 1] in _NAMES:
        first -= 1
    return (first, joint) if first < joint else source
