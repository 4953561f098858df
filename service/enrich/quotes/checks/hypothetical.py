"""What somebody only might say, and what a writer concludes from somebody's deeds: nobody said either."""

from __future__ import annotations

from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.not_said import DEEDS, MIGHT, SAYING_BARE
from service.languages.en.reporting import PREPOSITIONS, RELATIVES, SHOWING

ADVERBS_MAX = 2
"""Maximum number of adverbs between "might" and the verb."""
MIGHT_HASHES = tuple(word_hash(word) for word in sorted(MIGHT))
_MIGHT, _BARE, _ONLY = word_hashes(MIGHT), word_hashes(SAYING_BARE), word_hash("only")
_BEHIND_HEADS, _WITH = word_hashes(PREPOSITIONS | RELATIVES | {",", "to"}), word_hashes({"with", "of", "by"})
_LY, _SHOWING, _DEEDS = word_hash("ly"), word_hashes(SHOWING), word_hashes(DEEDS)


def is_hypothetical(view: View, verb: int) -> bool:
    """Tell whether somebody only might say it: `Falk might argue that`; but `Falk could only say that`."""
    hashes = view.hashes
    if hashes[verb] not in _BARE or hashes[verb + 1] == _ONLY:
        return False
    for token in range(verb - 1, max(-1, verb - 2 - ADVERBS_MAX), -1):
        if hashes[token] in _MIGHT:
            return True
        if view.endings[token] != _LY or hashes[token] == _ONLY:
            return False
    return False


def is_inferred(view: View, draft: Draft, verb: int) -> bool:
    """Tell whether a deed shows it, and not a person or a document: `His reluctance suggested that`."""
    if draft.source is None or view.hashes[verb] not in _SHOWING:
        return False
    first, end = draft.source
    head = next((token for token in range(first, end) if view.hashes[token] in _BEHIND_HEADS), end) - 1
    with_whom = (
        view.hashes[first - 1] in _WITH and view.hashes[first - 2] in _DEEDS
    )  # "An interview with | Falk |"
    owned = (
        draft.cue is not None and view.hashes[draft.cue[0]] in _DEEDS
    )  # "| her | reluctance to vote suggested"
    return with_whom or owned or view.hashes[head] in _DEEDS
