"""Words of the speaker that the model gave to the cue or to what was said, or to nobody."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import is_clause, sentence_range
from service.enrich.quotes.subjects import is_finite_saying, is_noun_phrase
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import DAYS_AND_TIMES
from service.languages.en.reporting import PREPOSITIONS

NOUNS_BEFORE_MAX = 2
"""Maximum number of nouns before a title that the model left to what was said."""
_COMMA, _PREPOSITIONS = word_hash(","), word_hashes(PREPOSITIONS)
_SPEAKER_ENDS = DAYS_AND_TIMES | {",", ";", "on", "in", "at", "as"}
_BREAKS = (c.PASSAGE, c.NEWLINE)


def give_back(view: View, draft: Draft) -> None:
    """Give the speaker the words that the model missed; a speaker of marks alone is none."""
    draft.source = draft.source if _has_word(view, draft.source) else None
    draft.source = draft.source or _inverted(view, draft)
    if draft.source is not None and draft.cue is not None:
        _split_cue(view, draft, draft.source, draft.cue)
        _add_nouns(view, draft, draft.source)


def _has_word(view: View, source: Range | None) -> bool:
    if source is None:
        return False
    return view.text[view.starts[source[0]]].isalnum() or any(map(str.isalnum, view.between(*source)))


def _inverted(view: View, draft: Draft) -> Range | None:
    """Read `Prices will fall, says | a Harbour Bank chief`, of whom the model found nothing."""
    if draft.cue is None or not is_finite_saying(view, draft.cue[1] - 1):
        return None
    first, comma = draft.cue[1], draft.content[0][1]
    if view.hashes[comma] != _COMMA or comma + 1 != draft.cue[0] or draft.cue[0] + 1 != first:
        return None
    high = sentence_range(view, draft.cue[0])[1]
    high -= view.lows[high - 1] == "."
    ends = (t for t in range(first, high) if view.lows[t] in _SPEAKER_ENDS or view.kinds[t] in _BREAKS)
    found = (first, next(ends, high))
    if not is_noun_phrase(view, found):
        return None
    if view.hashes[found[1]] == _COMMA and view.kinds[found[1] + 1] != c.DIGITS:
        return found  # the other half of what was said follows
    if not is_clause(view, draft.content[0]):
        return None
    draft.content = draft.content[:1]
    draft.confirm()
    return found


def _split_cue(view: View, draft: Draft, source: Range, cue: Range) -> None:
    """Give back what the model took from `Two officials familiar with | the talks | said`."""
    verb = cue[1] - 1
    if (
        source[1] == cue[0] < verb
        and view.hashes[cue[0] - 1] in _PREPOSITIONS
        and is_finite_saying(view, verb)
    ):
        draft.source, draft.cue = (source[0], verb), (verb, cue[1])


def _add_nouns(view: View, draft: Draft, source: Range) -> None:
    """Give back what the model took from `The fire began at two, fire | chief Paul Stern said`."""
    first, end = draft.content[0]
    if end != source[0] or view.kinds[end] != c.TITLE:
        return
    near = range(end - 1, max(first, end - NOUNS_BEFORE_MAX - 1), -1)
    low = next((token for token in near if view.hashes[token] == _COMMA), -1)
    if low >= 0 and is_noun_phrase(view, (low + 1, source[1])):
        draft.source, draft.content[0] = (low + 1, source[1]), (first, low)
