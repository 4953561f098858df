"""Who cannot be the speaker: articles, the end of the sentence before, a paper that someone only spoke to."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.clauses_before import behind_cited, behind_clause, behind_lead
from service.enrich.quotes.checks.denials import before_denied, behind_denial
from service.enrich.quotes.checks.missed import give_back
from service.enrich.quotes.checks.relative_clauses import speaks_in_clause
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import sentence_range
from service.enrich.quotes.subjects import is_noun_phrase, subject_before, subject_end
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.names import BODIES
from service.languages.en.people import (
    BODY_NOUNS,
    DAYS_AND_TIMES,
    DOCUMENT_NOUNS,
    MONTH_SURNAMES,
    NAME_BODIES_OF,
    TITLE_WORDS,
)
from service.languages.en.reporting import (
    ABBREVIATED_ENDS,
    BETWEEN_VERBS,
    CITING,
    CLAUSE_BREAKS,
    FLOATING,
    NO_SPEAKERS,
    PREPOSITIONS,
    RELATIVES,
)

ARTICLES_MAX = 2
"""Maximum length of a source of nothing but articles and prepositions, in tokens."""
BRACKET_TOKENS_MAX = 8
"""Maximum number of tokens before a source among which the bracket opens that it ends in."""
RELATIVE_TOKENS_MAX = 16
"""Maximum length of a relative clause between a subject and its verb, in tokens."""

_AND, _STOP, _MARK, _CLOSING, _COMMA, _WHO = (word_hash(word) for word in ("and", ".", '"', ")", ",", "who"))
_CITING = word_hashes(CITING)
_FLOATING, _JOINING = word_hashes(FLOATING), word_hashes({"and", "&"})
_DAYS, _PREPOSITIONS = word_hashes(DAYS_AND_TIMES), word_hashes(PREPOSITIONS)
_NAMES = frozenset({c.CAPITAL, c.CAPITALS, c.TITLE})
_NO_SURNAMES = word_hashes(DAYS_AND_TIMES - MONTH_SURNAMES)
_ACCORDING, _NO_SPEAKERS, _MARKS = (
    word_hash("according"),
    word_hashes(NO_SPEAKERS),
    frozenset({_MARK, _CLOSING}),
)
_INSIDE_SUBJECTS = word_hashes(PREPOSITIONS - {"than", "like", "unlike"})
"""Prepositions that join two nouns of one subject: "a report by the Forum", but "no one other than Roth"."""
_BEFORE_RELATIVES = _PREPOSITIONS | word_hashes(CLAUSE_BREAKS)
_MEDIUM_BEHIND = word_hashes(frozenset({"in", "on"}))
_BODIES_OF_STATES = BODIES | BODY_NOUNS | NAME_BODIES_OF | TITLE_WORDS
"""Words behind `the U.S.` that go on with a name: `the U.S. Chamber of Commerce`."""
_SUBJECTS_OF = RELATIVES - {"that", "whom", "whose"}


def set_source(view: View, draft: Draft) -> None:
    """Correct the words that the model took for the speaker."""
    give_back(view, draft)
    if draft.source is None:
        return
    hashes, source = view.hashes, draft.source
    if hashes[source[0]] in _CITING or hashes[source[0] - 1] in _CITING:
        source = behind_cited(view, source)
    if hashes[source[1]] == _WHO or hashes[source[1] - 1] == _WHO:
        source = _who_speaks(view, source, draft.cue)
    if draft.cue is not None and source[0] < draft.cue[0]:
        source = speaks_in_clause(view, source, draft.cue)
    accords = draft.cue is not None and hashes[draft.cue[0]] == _ACCORDING
    if not _MARKS.isdisjoint(hashes[source[0] : source[1]]):
        source = _behind_mark(view, _with_bracket(view, source))
    source = _before_medium(view, source)
    source = _with_aged(view, source)
    if not accords:
        if draft.cue is not None and source[1] <= draft.cue[0]:
            source = behind_lead(view, source)
        source = _behind_adverbial(view, _behind_stop(view, behind_denial(view, source)))
        subject = behind_clause(view, source)
        if subject is None:
            draft.source = None
            return
        source = subject
    source = before_denied(view, source)
    draft.source = _with_first(view, _without_both(view, _without_day(view, source)))
    first, end = draft.source
    if end - first <= ARTICLES_MAX and _NO_SPEAKERS.issuperset(hashes[first:end]):
        draft.source = None
        return
    if accords:
        draft.source = _without_participle(view, draft.source)
    if draft.cue is not None and hashes[draft.source[0] - 1] in _INSIDE_SUBJECTS:
        draft.source = _whole_subject(view, draft.source, draft.cue)
    if draft.cue is not None and draft.source[1] <= draft.cue[0]:
        whole = _with_relative(view, draft.source, draft.cue[0])
        if whole is not None:
            draft.source = whole


def _who_speaks(view: View, source: Range, cue: Range | None) -> Range:
    """Take `A man charged | with fraud | who said` for "who": no subject begins with a preposition.

    Cut "who" off `The driver who | said`.
    """
    if view.hashes[source[1] - 1] == _WHO and source[1] - source[0] > 1:
        return source[0], source[1] - 1
    if cue is None or source[1] + 1 != cue[0] or view.hashes[source[1]] != _WHO:
        return source
    return (source[1], cue[0]) if view.hashes[source[0]] in _PREPOSITIONS else source


def _with_bracket(view: View, source: Range) -> Range:
    """Extend `Sen. Ida Roth (D-W. | Va.), who ...` to the name before the bracket that it ends in."""
    first, end = source
    if _CLOSING not in view.hashes[first:end]:
        return source
    closing = next((token for token in range(first, end) if view.lows[token] == ")"), -1)
    if closing < 0 or "(" in [view.lows[token] for token in range(first, closing)]:
        return source
    low = first - 1
    while low > first - BRACKET_TOKENS_MAX and view.lows[low] != "(":
        low -= 1
    if view.lows[low] != "(":
        return source
    while low > 0 and (view.kinds[low - 1] in _NAMES or view.lows[low - 1] == "."):
        low -= 1
    return (low, end) if view[low] != "(" else source


def _behind_mark(view: View, source: Range) -> Range:
    """Cut `Harbour News"[The towns]` behind a quotation mark that lost its blank: a heading stands before it."""
    first, end = source
    if _MARK not in view.hashes[first:end]:
        return source
    last = max(token for token in range(first, end) if view.hashes[token] == _MARK)
    return (last + 1, end) if last + 1 < end else source


def _before_medium(view: View, source: Range) -> Range:
    """Take `Rex Benn | in a statement | said` for Rex Benn's words: the model found where he said them."""
    first, end = source
    if view.hashes[first - 1] not in _MEDIUM_BEHIND or view.kinds[first - 2] not in _NAMES:
        return source
    if view.lows[end - 1] not in DOCUMENT_NOUNS:
        return source
    low = first - 1
    while low > 0 and (view.kinds[low - 1] in _NAMES or view.lows[low - 1] == "."):
        low -= 1
    return low, first - 1


def _with_aged(view: View, source: Range) -> Range:
    """Extend `Ida Hall, | 29,` to the name before the age; not so `Roth, | 29 others`."""
    first, end = source
    low = first - 1
    if view.kinds[first] != c.DIGITS or view.hashes[low] != _COMMA:
        return source
    if first + 1 < end and view.hashes[first + 1] != _COMMA:
        return source
    while low > 0 and (view.kinds[low - 1] in _NAMES or view.lows[low - 1] == "."):
        low -= 1
    return (low, end) if low < first - 1 else source


def _behind_stop(view: View, source: Range) -> Range:
    """Cut `banned in the U.S. | Brandt said`: behind a preposition no subject begins, so a sentence ends inside."""
    first, end = source
    if _STOP not in view.hashes[first:end]:
        return source
    for token in range(first, end - 2):
        ends = view.hashes[token + 1] == _STOP and view.lows[token] in ABBREVIATED_ENDS
        if ends and view[token + 2][:1].isupper() and view.lows[token + 2] not in _BODIES_OF_STATES:
            inside = first > 0 and view.hashes[first - 1] in _PREPOSITIONS
            return (token + 2, end) if inside or not is_noun_phrase(view, (first, token)) else source
    return source


def _behind_adverbial(view: View, source: Range) -> Range:
    """Cut `In May of 2014, | the ministry`: a subject does not begin with a preposition."""
    first, end = source
    if view.hashes[first] not in _PREPOSITIONS:
        return source
    comma = next((token for token in range(end - 2, first, -1) if view.lows[token] == ","), -1)
    return (comma + 1, end) if comma > 0 and is_noun_phrase(view, (comma + 1, end)) else source


def _without_day(view: View, source: Range) -> Range:
    """Cut `Emil Roth | late Sunday`."""
    first, end = source
    while end - first > 1 and view.hashes[end - 1] in _NO_SURNAMES:
        end -= 1
    return (first, end) if end < source[1] and _NAMES.issuperset(view.kinds[first:end]) else source


def _without_both(view: View, source: Range) -> Range:
    """Cut `Falk and Roth | both`."""
    first, end = source
    return (first, end - 1) if end - first > 1 and view.hashes[end - 1] in _FLOATING else source


def _with_first(view: View, source: Range) -> Range:
    """Extend `On Friday Falk and | Moss` to the first of two names, where nothing before them takes it."""
    first, end = source
    if first == 0 or view.hashes[first - 1] not in _JOINING or view.kinds[first] not in _NAMES:
        return source
    low = first - 1
    while low > 0 and view.kinds[low - 1] in _NAMES and view.lows[low - 1] not in DAYS_AND_TIMES:
        low -= 1
    begins = low == 0 or view.sentences[low - 1] != view.sentences[low]
    free = begins or view.lows[low - 1] == "," or view.lows[low - 1] in DAYS_AND_TIMES
    if view.lows[first - 1] == "&":  # but "Falk & Friends host Ida Moss"
        free = _NAMES.issuperset(view.kinds[first:end])
    return (low, end) if free and low < first - 1 else source


def _without_participle(view: View, source: Range) -> Range:
    """Cut `customs data, | reaching a goal set in 2019` and `officials, | and the army reported that ...`."""
    first, end = source
    for token in range(first + 1, end - 1):
        if view.lows[token] != ",":
            continue
        other = view.hashes[token + 1] == _AND and c.SAYS in view.kinds[token:end]
        if other or view.lows[token + 1].endswith("ing"):
            return first, token
    return source


def _whole_subject(view: View, source: Range, cue: Range) -> Range:
    """Extend `A report by the Forum on | Public Life | said` to the subject that ends there."""
    verb = next((token for token in range(*cue) if view.lows[token] not in BETWEEN_VERBS), cue[0])
    if source[1] != subject_end(view, verb):
        return source
    whole = subject_before(view, verb, sentence_range(view, verb)[0])
    return whole if whole is not None and whole[0] < source[0] and whole[1] == source[1] else source


def _with_relative(view: View, source: Range, verb: int) -> Range | None:
    """Extend `Two diplomats who spoke to | the Courier | said`: the subject is what "who" stands for.

    So it is in `Ida Roth (D-Aske), who was out when | the alarm rang, | said`.
    """
    first, end = source
    if view.hashes[first - 1] not in _BEFORE_RELATIVES:
        return None
    aside = end + 1 == verb and view.lows[end] == ","
    led = view.hashes[first - 1] in _PREPOSITIONS or (aside and view.lows[first - 1] in CLAUSE_BREAKS)
    if not led or not (end == verb or aside):
        return None
    who = _relative_before(view, first - 1)
    if who < 0 or aside != (view.lows[who - 1] == ","):
        return None
    stop = who - aside
    start = stop
    while start > 0 and view.sentences[start - 1] == view.sentences[verb] and view.lows[start - 1] != ",":
        start -= 1
    named = stop
    while aside and named > start and view.lows[stop - 1] == ")" and view.lows[named] != "(":
        named -= 1
    return (start, end) if is_noun_phrase(view, (start, named)) else None


def _relative_before(view: View, token: int) -> int:
    """Find the "who" of the clause that a token stands in; -1 where there is none."""
    for at in range(token, max(0, token - RELATIVE_TOKENS_MAX), -1):
        word = view.lows[at]
        if word in _SUBJECTS_OF:
            return at
        apart = view.kinds[at] in (c.PASSAGE, c.NEWLINE) or view.sentences[at] != view.sentences[token]
        if word == "," or apart:
            return -1
    return -1
