"""Where something was said is no part of it: `said on a call with analysts | that margins would widen`."""

from __future__ import annotations

from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import (
    INNER_VERBS,
    IRREGULAR_PAST,
    OBJECTS_BEFORE,
    OCCASIONS,
    PREPOSITIONS,
    VERB_MARKS,
)

OCCASION_TOKENS_MAX = 12
"""Maximum length of words that tell where something was said, in tokens."""

_OCCASIONS, _REPORTING, _ED = word_hashes(OCCASIONS), word_hashes(INNER_VERBS), word_hash("ed")
_LEADING = PREPOSITIONS | {"as"}
_VERBAL = word_hashes(VERB_MARKS | IRREGULAR_PAST)
_COMMA, _THAT, _COLON = (word_hash(word) for word in (",", "that", ":"))
_COLON_OR_COMMA, _OBJECTS_BEFORE = frozenset({_COLON, _COMMA}), word_hashes(OBJECTS_BEFORE)


def behind_occasion(view: View, piece: Range, cue: Range) -> Range:
    """Begin `said on | a call with analysts that margins would widen` at "that": the rest tells where it was said."""
    first, end = piece
    if not _is_led(view, piece, cue):
        return piece
    relative = False
    for that in range(first + (view.hashes[first] != _THAT), min(end - 2, first + OCCASION_TOKENS_MAX)):
        word = view.hashes[that]
        if word == _THAT and view.lows[that - 1] not in PREPOSITIONS:
            if not _is_relative(view, (that, end)):
                return that, end
            relative = True
        elif word == _COMMA or (word in _VERBAL and not relative):
            break
    return piece


def is_mere_occasion(view: View, draft: Draft) -> bool:
    """Tell whether the content only tells where it was said: `said on | a call that analysts described as tense`."""
    if draft.cue is None or len(draft.content) > 1:
        return False
    first, end = draft.content[0]
    if not _is_led(view, (first, end), draft.cue):
        return False
    if view.hashes[first - 1] not in _OCCASIONS and not _COLON_OR_COMMA.isdisjoint(view.hashes[first:end]):
        return False
    return any(
        view.hashes[that] == _THAT and _is_relative(view, (that, end))
        for that in range(first, min(end - 1, first + OCCASION_TOKENS_MAX))
    )


def _is_led(view: View, piece: Range, cue: Range) -> bool:
    """Tell whether a piece begins in or behind words that tell where it was said."""
    first = piece[0]
    if not cue[0] < first <= cue[1] + 1:
        return False
    led = view.hashes[first - 1] in _OCCASIONS or view.hashes[first] in _OCCASIONS
    if view.hashes[first] == _THAT:  # "said on a call | that ..."
        before = view.hashes[max(cue[0] + 1, first - OCCASION_TOKENS_MAX) : first]
        led = not _OCCASIONS.isdisjoint(before)
    return led and not _REPORTING.isdisjoint(view.hashes[cue[0] : cue[1]])


def _is_relative(view: View, clause: Range) -> bool:
    """Tell whether "that" stands for the noun before it: `a call | that was tense`, `a call | that aides described`."""
    that, end = clause
    if view.hashes[that + 1] in _VERBAL or view.endings[that + 1] == _ED:
        return True
    for verb in range(that + 2, end):
        if view.hashes[verb] in _OBJECTS_BEFORE:
            behind = verb + 1
            return behind >= end or view.hashes[behind] == _THAT or view.lows[behind] in _LEADING
        if view.hashes[verb] in _VERBAL or view.endings[verb] == _ED or view.hashes[verb] == _COMMA:
            return False
    return False
