"""Statements that their attribution interrupts: `The plan, Falk insisted, would work`, `The plan, said Falk, ...`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.describe import kind_of_noun
from service.enrich.quotes.checks.occasions import OCCASION_TOKENS_MAX
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import sentence_range
from service.enrich.quotes.subjects import are_nominal, is_finite_saying, is_noun_phrase, subject_end
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import DAYS_AND_TIMES
from service.languages.en.reporting import (
    BETWEEN_VERBS,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE_SAYING,
    INNER_VERBS,
    IRREGULAR_PAST,
    PREPOSITIONS,
    TELLING_VERBS,
    VERB_MARKS,
)

_COMMA, _BY, _ED, _LY = (word_hash(word) for word in (",", "by", "ed", "ly"))
_INVERTED, _VERB_MARKS = word_hashes(INNER_VERBS - TELLING_VERBS), word_hashes(VERB_MARKS)
_PAST, _BETWEEN_VERBS = word_hashes(IRREGULAR_PAST | FINITE_SAYING), word_hashes(BETWEEN_VERBS)
_IRREGULAR_PAST = word_hashes(IRREGULAR_PAST)
_STOPS = (".", "!", "?", "\n")
_VERBS = (c.LOWER, c.SAYS, c.THINKS)


def set_interrupting(view: View, draft: Draft) -> bool:
    """Take who stands between the halves for the speaker; False where only the subject of what was said is left."""
    if draft.cue is None or draft.source is None:
        return True
    verb = draft.cue[0]
    if view.hashes[verb - 1] == _COMMA:
        return _set_inverted(view, draft, draft.source, verb)
    _set_apposed(view, draft, draft.source, draft.cue)
    return True


def _set_inverted(view: View, draft: Draft, source: Range, verb: int) -> bool:
    """Read `The senator, said | his aide Lee Orr |, beat his wife`, and `Hall, 29, said | Webb, 34, had left`."""
    low, high = sentence_range(view, verb)
    low += view.lows[low] in CONJUNCTIONS
    subject, comma = (low, verb - 1), _next_comma(view, verb + 1, high)
    if view.hashes[verb] not in _INVERTED or not is_finite_saying(view, verb) or comma < 0:
        return True
    by_subject = low <= source[0] < verb
    if not by_subject and source[0] != verb + 1:
        return True
    if view.lows[low] in DAYS_AND_TIMES or not is_subject(view, subject):
        return True
    if not _may_speak(view, (verb + 1, comma)):
        return True
    closing, inner = _next_comma(view, comma + 1, high), _next_comma(view, low, verb - 1)
    if view.is_passage(comma + 1) and inner < 0:
        _speak(draft, (verb + 1, comma), [(comma + 1, max(comma + 2, draft.content[-1][1]))])
        return True
    behind = _predicate_behind(view, comma, closing, inner)
    if behind >= 0:
        end = draft.content[-1][1] if draft.content[-1][1] > behind else without_stop(view, high)
        _speak(draft, (verb + 1, behind), [subject, (behind + 1, end)])
        return True
    if inner < 0:
        return not by_subject
    if (
        draft.content[-1][1] > comma
        and not view.holds(c.PASSAGE, draft.content)
        and (by_subject or _is_age(view, inner))
    ):
        draft.source, draft.content = subject, [(verb + 1, draft.content[-1][1])]
    return True


def _predicate_behind(view: View, comma: int, closing: int, inner: int) -> int:
    """Find the comma behind the speaker before which the other half ended, -1 if there is none.

    With an aside behind the subject, `Hall, 29, said the plan, made in May, was dead` is Hall's.
    """
    aside = inner >= 0 and closing >= 0
    if view.hashes[comma + 1] in _VERB_MARKS or (not aside and is_predicate(view, comma + 1)):
        return comma
    return closing if inner < 0 <= closing and is_predicate(view, closing + 1) else -1


def _is_age(view: View, comma: int) -> bool:
    return view.kinds[comma + 1] == c.DIGITS and view.hashes[comma + 2] == _COMMA


def _set_apposed(view: View, draft: Draft, source: Range, cue: Range) -> None:
    """Read `The chairman, Tom Ellis, | the regulator | said, had lied`: the model took all before the verb."""
    if _COMMA not in view.hashes[source[0] + 1 : source[1]] or source[1] != subject_end(view, cue[0]):
        return
    low, high = sentence_range(view, cue[0])
    low += view.lows[low] in CONJUNCTIONS
    if source[0] != low:
        return
    comma = next(t for t in range(source[1] - 1, source[0], -1) if view.hashes[t] == _COMMA)
    behind = _next_comma(view, cue[1], min(high, cue[1] + OCCASION_TOKENS_MAX))
    first, end = draft.content[0]
    if len(draft.content) > 1 or first != behind + 1 or not is_predicate(view, first):
        return
    if is_subject(view, (low, comma)) and _may_speak(view, (comma + 1, source[1])):
        _speak(draft, (comma + 1, source[1]), [(low, comma), (first, end)])


def _speak(draft: Draft, source: Range, content: list[Range]) -> None:
    draft.source, draft.content = source, content
    draft.confirm()


def is_subject(view: View, tokens: Range) -> bool:
    """Tell whether a stretch may be a subject, also of an owner: `the bank's | chairman`."""
    first, end = tokens
    if view.lows[first] in PREPOSITIONS:
        return False
    owner = next((token for token in range(first + 1, end - 1) if view.lows[token] == "'s"), -1)
    if owner < 0:
        return is_noun_phrase(view, tokens)
    return is_noun_phrase(view, (first, owner)) and are_nominal(view, owner + 1, end)


def _may_speak(view: View, tokens: Range) -> bool:
    """Tell whether a stretch names who speaks: `Lee Orr`, `police`; not `Monday`."""
    first, end = tokens
    if view.lows[first] in DAYS_AND_TIMES or not _IRREGULAR_PAST.isdisjoint(view.hashes[first:end]):
        return False
    noun = all(view.kinds[token] == c.LOWER for token in range(first, end)) and first < end
    return is_noun_phrase(view, tokens) or (noun and kind_of_noun(view.lows[end - 1]) is not None)


def _next_comma(view: View, first: int, end: int) -> int:
    return next((token for token in range(first, end) if view.hashes[token] == _COMMA), -1)


def is_predicate(view: View, token: int) -> bool:
    """Tell whether a finite verb begins here, with its adverbs: `would work`, `always beat`, `knows the builder`."""
    while view.hashes[token] in _BETWEEN_VERBS or view.endings[token] == _LY:
        token += 1
    if view.hashes[token] in _VERB_MARKS:
        return True
    if view.kinds[token] not in _VERBS or view.hashes[token + 1] == _BY:
        return False
    present = view.lows[token].endswith("s") and view.lows[token + 1] in DETERMINERS
    return view.hashes[token] in _PAST or view.endings[token] == _ED or present


def with_other_half(view: View, draft: Draft) -> list[Range]:
    """Add the subject before who speaks, or the verb behind: `| The plan |, Falk insisted, | would work`."""
    cue, source, (first, end) = draft.cue or (0, 0), draft.source, draft.content[0]
    if source is None or len(draft.content) > 1 or view.hashes[source[0] - 1] != _COMMA:
        return draft.content
    low, high = sentence_range(view, cue[0])
    before, behind = source[0] - 1, first - 1
    if end == before:
        near = range(cue[1], min(high, cue[1] + OCCASION_TOKENS_MAX))
        behind = next((token for token in near if view.hashes[token] == _COMMA), high)
    apart = low < before < cue[0] < cue[1] <= behind < high - 2
    if not apart or not is_predicate(view, behind + 1) or not is_subject(view, (low, before)):
        return draft.content
    if view.hashes[behind] != _COMMA or first not in (low, behind + 1):
        return draft.content
    return [(low, before), (behind + 1, end if end > behind else without_stop(view, high))]


def without_stop(view: View, end: int) -> int:
    """Leave out the marks and line breaks at the end of a sentence."""
    while view.lows[end - 1] in _STOPS or view.kinds[end - 1] == c.NEWLINE:
        end -= 1
    return end
