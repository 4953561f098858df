"""Who cannot be the speaker: articles, the end of the sentence before, a paper that someone only spoke to."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.subjects import is_noun_phrase
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import DAYS_AND_TIMES, MONTH_SURNAMES
from service.languages.en.reporting import ABBREVIATED_ENDS, NO_SPEAKERS, PREPOSITIONS, RELATIVES

ARTICLES_MAX = 2
"""Maximum length of a source of nothing but articles and prepositions, in tokens."""
RELATIVE_TOKENS_MAX = 16
"""Maximum length of a relative clause between a subject and its verb, in tokens."""

_AND, _STOP = word_hash("and"), word_hash(".")
_DAYS, _PREPOSITIONS = word_hashes(DAYS_AND_TIMES), word_hashes(PREPOSITIONS)
_NAMES = frozenset({c.CAPITAL, c.CAPITALS, c.TITLE})
_NO_SURNAMES = DAYS_AND_TIMES - MONTH_SURNAMES
_SUBJECTS_OF = RELATIVES - {"that", "whom", "whose"}


def set_source(view: View, draft: Draft) -> None:
    """Correct the words that the model took for the speaker."""
    if draft.source is None:
        return
    draft.source = _with_first(view, _without_day(view, _behind_stop(view, draft.source)))
    first, end = draft.source
    if end - first <= ARTICLES_MAX and NO_SPEAKERS.issuperset(view.words((first, end))):
        draft.source = None
        return
    if draft.cue is not None and view.lows[draft.cue[0]] == "according":
        draft.source = _without_participle(view, draft.source)
    if draft.cue is not None and draft.source[1] <= draft.cue[0]:
        whole = _with_relative(view, draft.source, draft.cue[0])
        if whole is not None:
            draft.source = whole


def _behind_stop(view: View, source: Range) -> Range:
    """Cut `banned in the U.S. | Brandt said`: behind a preposition no subject begins, so a sentence ends inside."""
    first, end = source
    if _STOP not in view.hashes[first:end]:
        return source
    for token in range(first, end - 2):
        if view.hashes[token + 1] == _STOP and view.lows[token] in ABBREVIATED_ENDS:
            inside = first > 0 and view.hashes[first - 1] in _PREPOSITIONS
            return (token + 2, end) if inside or not is_noun_phrase(view, (first, token)) else source
    return source


def _without_day(view: View, source: Range) -> Range:
    """Cut `Emil Roth | late Sunday`."""
    first, end = source
    while end - first > 1 and view.lows[end - 1] in _NO_SURNAMES:
        end -= 1
    return (first, end) if end < source[1] and _NAMES.issuperset(view.kinds[first:end]) else source


def _with_first(view: View, source: Range) -> Range:
    """Extend `On Friday Falk and | Moss` to the first of two names, where nothing before them takes it."""
    first, end = source
    if first == 0 or view.hashes[first - 1] != _AND or view.kinds[first] not in _NAMES:
        return source
    low = first - 1
    while low > 0 and view.kinds[low - 1] in _NAMES and view.lows[low - 1] not in DAYS_AND_TIMES:
        low -= 1
    begins = low == 0 or view.sentences[low - 1] != view.sentences[low]
    free = begins or view.lows[low - 1] == "," or view.lows[low - 1] in DAYS_AND_TIMES
    return (low, end) if free and low < first - 1 else source


def _without_participle(view: View, source: Range) -> Range:
    """Cut `customs data, | reaching a goal set in 2019`: a clause about the content behind the source."""
    first, end = source
    for token in range(first + 1, end - 1):
        if view.lows[token] == "," and view.lows[token + 1].endswith("ing"):
            return first, token
    return source


def _with_relative(view: View, source: Range, verb: int) -> Range | None:
    """Extend `Two diplomats who spoke to | the Courier | said`: the subject is what "who" stands for."""
    first, end = source
    if end != verb or view.hashes[first - 1] not in _PREPOSITIONS:
        return None
    at = first - 1
    while at > max(0, first - RELATIVE_TOKENS_MAX):
        word = view.lows[at]
        if word in _SUBJECTS_OF:
            break
        if (
            word == ","
            or view.kinds[at] in (c.PASSAGE, c.NEWLINE)
            or view.sentences[at] != view.sentences[verb]
        ):
            return None
        at -= 1
    else:
        return None
    start = at
    while start > 0 and view.sentences[start - 1] == view.sentences[verb] and view.lows[start - 1] != ",":
        start -= 1
    return (start, end) if is_noun_phrase(view, (start, at)) else None
