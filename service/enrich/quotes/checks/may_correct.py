"""Conditions without which the checks of the edges of what was said do nothing: see may_act.py."""

from __future__ import annotations

from service.compiled import borrowing
from service.enrich.quotes import columns as c
from service.enrich.quotes.checks import word_classes as w
from service.enrich.quotes.checks.contents import SEMICOLON
from service.enrich.quotes.checks.long_pieces import SEEN_TOKENS
from service.enrich.quotes.checks.occasions import OCCASION_TOKENS_MAX
from service.enrich.quotes.checks.spots import (
    ED,
    LY,
    Spot,
    Text,
    holds,
    holds_passage,
    is_ed,
    is_named,
    is_of,
    may_be_finite,
    may_be_occasion,
)


@borrowing
def _is_shut_off(text: Text, verb: int) -> bool:
    """Tell whether words stand between a finite verb and the next comma of its sentence, and no passage."""
    if not may_be_finite(text, verb):
        return False
    for token in range(verb + 1, len(text.kinds)):
        kind = text.kinds[token]
        if text.sentences[token] != text.sentences[verb] or kind == c.PASSAGE or kind == c.NEWLINE:
            return False
        if text.classes[token] & w.COMMA:
            return token > verb + 1
    return False


@borrowing
def may_interrupt(text: Text, at: Spot) -> bool:
    """Ask for `set_interrupting`."""
    if at.source < 0:
        return False
    if is_of(text, at.cue - 1, w.COMMA):
        inverted = is_of(text, at.cue, w.INNER) and not is_of(text, at.cue, w.TELLING)
        return inverted and at.source <= at.cue + 1 and _is_shut_off(text, at.cue)
    alone = at.pieces == 1 and (at.first == 0 or is_of(text, at.first - 1, w.COMMA))
    return alone and holds(text, at.source + 1, at.source_end, w.COMMA)


@borrowing
def _may_be_predicate(text: Text, token: int) -> bool:
    """Ask as `is_predicate`."""
    if is_of(text, token, w.AUXILIARY | w.VERBAL | w.FINITE_SAYING) or is_of(text, token + 1, w.BEFORE_NOUN):
        return True
    return 0 <= token < len(text.endings) and (text.endings[token] == ED or text.endings[token] == LY)


@borrowing
def _may_have_other_half(text: Text, at: Spot) -> bool:
    """Ask for `with_other_half`."""
    before = at.source - 1
    if at.source < 0 or before >= at.cue or not is_of(text, before, w.COMMA):
        return False
    if at.first_end != before:
        parted = at.first > at.cue_end and is_of(text, at.first - 1, w.COMMA)
        return parted and _may_be_predicate(text, at.first)
    for token in range(at.cue_end, min(len(text.kinds), at.cue_end + OCCASION_TOKENS_MAX)):
        if text.classes[token] & w.COMMA:
            return _may_be_predicate(text, token + 1)
    return False


@borrowing
def _may_have_next_verb(text: Text, at: Spot) -> bool:
    """Ask for `_next_verb` and `_behind_parenthesis` in contents.py: "to" and a verb behind "and", or a dash."""
    infinitive = False
    for token in range(at.first, at.first_end):
        if text.classes[token] & w.DASH and is_of(text, at.first, w.THAT):
            return True
        joins = text.classes[token] & w.CONJUNCTION and token + 1 < at.first_end
        if infinitive and joins and (is_ed(text, token + 1) or is_of(text, token + 1, w.FINITE_SAYING)):
            return True
        infinitive = infinitive or text.classes[token] & w.TO != 0
    return is_of(text, at.first_end, w.DASH) and is_of(text, at.first, w.THAT)


@borrowing
def _may_accord_otherwise(text: Text, at: Spot) -> bool:
    """Ask what `set_content` does behind "according to" alone."""
    if at.first >= at.source_end and is_of(text, at.first, w.PREPOSITION | w.DAY | w.OR_WHICH):
        return True
    ends = is_of(text, at.first - 1, w.PREPOSITION) or is_of(text, at.first_end - 1, w.CONJUNCTION)
    parted = at.cue > 0 and text.words[at.cue - 1] == SEMICOLON
    return at.first_end <= at.cue and (ends or parted)


@borrowing
def _may_lose_piece(text: Text, at: Spot) -> bool:
    """Ask what `set_content` does with pieces beside a marked passage; it may do anything with others."""
    if not holds_passage(text, at.first, at.first_end) or at.pieces > 2 or at.last < at.first_end:
        return True
    if at.source >= 0 and (
        (at.first < at.source_end and at.source < at.first_end)
        or (at.last < at.source_end and at.source < at.last_end)
    ):
        return True
    if is_of(text, at.last, w.ASIDE) and is_of(text, at.last - 1, w.COMMA):
        return True
    behind = at.last == at.cue_end and is_of(text, at.cue_end - 1, w.PREPOSITION)
    apart = text.sentences[at.last] > text.sentences[at.cue_end - 1]
    return at.first_end <= at.cue and text.kinds[at.last] != c.PASSAGE and (behind or apart)


@borrowing
def _may_begin_behind_cue(text: Text, at: Spot) -> bool:
    """Ask for `_behind_cue` in contents.py, and for `behind_occasion`."""
    if at.first + 2 == at.cue_end and is_of(text, at.first, w.AS):
        return True
    says = text.kinds[at.cue_end - 1] == c.SAYS
    return may_be_occasion(text, at) or (says and at.cue < at.first < at.cue_end < at.first_end)


@borrowing
def _may_have_hearer(text: Text, at: Spot) -> bool:
    """Ask for `_without_hearer` in contents.py."""
    if at.first < at.cue_end or not is_of(text, at.cue_end - 1, w.TELLING):
        return False
    return at.first == at.cue_end or holds(text, at.first + 1, at.first_end, w.THAT)


@borrowing
def _may_end_before(text: Text, at: Spot) -> bool:
    """Ask what `set_content` does at the end of a piece behind its cue."""
    if _may_have_next_verb(text, at) or (
        is_of(text, at.cue - 1, w.WHO) and not is_of(text, at.cue - 2, w.COMMA)
    ):
        return True
    relative = is_of(text, at.source - 1, w.RELATIVE) or holds(text, at.source, at.source_end, w.RELATIVE)
    comma = holds(text, at.first + 1, at.first_end - 1, w.COMMA)
    return comma and (relative or is_of(text, at.source - 1, w.SUBORDINATING))


@borrowing
def may_correct_content(text: Text, at: Spot) -> bool:
    """Ask for `set_content`."""
    first, end = at.first, at.first_end
    if at.pieces > 1 and _may_lose_piece(text, at):
        return True
    if _may_begin_behind_cue(text, at) or (at.pieces == 1 and _may_have_other_half(text, at)):
        return True
    if at.only_passages:
        return False
    if at.last <= at.cue - SEEN_TOKENS or at.last_end >= at.cue_end + SEEN_TOKENS:
        return True
    if holds_passage(text, first, end):
        return False
    if is_of(text, at.cue, w.ACCORDING) and _may_accord_otherwise(text, at):
        return True
    if text.kinds[end - 1] == c.NEWLINE or text.sentences[first] != text.sentences[end - 1]:
        return True
    if end <= at.cue:
        return is_of(text, first - 1, w.DASH) or (is_of(text, first - 1, w.AND) and is_named(text, first))
    return _may_have_hearer(text, at) or (first >= at.cue_end and _may_end_before(text, at))
