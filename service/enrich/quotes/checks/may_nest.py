"""Conditions without which no claim inside another one is looked for: see may_act.py."""

from __future__ import annotations

from service.compiled import borrowing
from service.enrich.quotes import columns as c
from service.enrich.quotes.checks import word_classes as w
from service.enrich.quotes.checks.nested import INNER_TOKENS_MAX
from service.enrich.quotes.checks.spots import (
    Spot,
    Text,
    holds,
    holds_passage,
    is_named,
    is_of,
    kind_of,
    may_be_finite,
    may_end_before,
    stands_alone,
)
from service.enrich.quotes.grammar import TIME_TOKENS_MAX


@borrowing
def may_nest(text: Text, at: Spot) -> bool:
    """Ask for `open_nested`."""
    if at.source < 0 or at.only_passages or at.pieces > 1:
        return False
    if is_of(text, at.cue, w.CARRYING) and holds(text, min(at.first, at.cue_end), at.first_end, w.AS_SAYING):
        return True
    if text.kinds[at.first] == c.PASSAGE:
        return _holds_finite(text, at.first + 1, at.first_end)
    return _may_be_inside(text, at) or _may_be_behind(text, at)


@borrowing
def _holds_finite(text: Text, first: int, end: int) -> bool:
    """Tell whether a finite verb of saying stands in a range of tokens."""
    found = False
    for verb in range(first, end):
        found = found or may_be_finite(text, verb)
    return found


@borrowing
def _may_be_behind(text: Text, at: Spot) -> bool:
    """Ask for `_said_behind` in nested.py, which looks at the last verb of saying alone."""
    first, end = at.first, at.first_end
    verb = end - 1
    while verb >= first + 3 and text.kinds[verb] != c.SAYS:
        verb -= 1
    if verb < first + 3 or not is_of(text, verb, w.INNER) or not may_be_finite(text, verb):
        return False
    if is_of(text, first, w.PREPOSITION) or holds_passage(text, verb, end):
        return False
    if not holds(text, first + 2, verb, w.COMMA):
        return False
    if is_of(text, verb - 1, w.COMMA) or is_of(text, verb, w.TELLING):
        return True
    return end - verb <= TIME_TOKENS_MAX + 1 or is_of(text, verb + 1, w.PREPOSITION | w.DAY)


@borrowing
def _may_be_inside(text: Text, at: Spot) -> bool:
    """Ask for `_inside` in nested.py."""
    first = at.first + is_of(text, at.first, w.THAT)
    for verb in range(first + 1, min(at.first_end - 1, first + INNER_TOKENS_MAX)):
        kind = text.kinds[verb]
        if kind == c.PASSAGE or kind == c.NEWLINE:
            return False
        subject = is_of(text, at.cue, w.ACCORDING) or _may_have_subject(text, first, verb)
        if subject and may_be_finite(text, verb) and _may_report(text, verb):
            return True
    return False


@borrowing
def _may_report(text: Text, verb: int) -> bool:
    """Ask for `_behind` in nested.py: a clause behind the verb, or an object that tells what was said."""
    if is_of(text, verb, w.JUDGING) or is_of(text, verb + 1, w.THAT):
        return True
    if not is_of(text, verb, w.INNER):
        return False
    if is_of(text, verb, w.TELLING) or is_of(text, verb + 1, w.ENDS_PART | w.DAY | w.MEDIUM):
        return True
    return not is_of(text, verb + 1, w.PREPOSITION | w.CONJUNCTION | w.BREAKS_CLAUSE)


@borrowing
def _may_have_subject(text: Text, first: int, verb: int) -> bool:
    """Ask for `is_subject` of the words before a verb."""
    if is_of(text, first, w.PREPOSITION) or holds(text, first, verb, w.COMMA | w.OWNER):
        return True
    if stands_alone(text, verb) and is_of(text, verb - 1, w.CONJUNCTION | w.PREPOSITION):
        return is_of(text, verb - 1, w.MEDIUM)
    if is_of(text, first, w.BEFORE_NOUN):
        return True
    kind = kind_of(text, first)
    if kind == c.PRONOUN:
        return may_end_before(text, first + 1, verb)
    if kind == c.LOWER:
        named = False
        for token in range(first + 1, verb):
            named = named or is_named(text, token)
        return named
    return kind != c.CUES and kind != c.PUNCTUATION
