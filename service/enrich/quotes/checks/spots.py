"""What the conditions of checks ask of a text and of a draft in it, compiled: see may_act.py."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from service.compiled import borrowing
from service.enrich.quotes import columns as c
from service.enrich.quotes.checks import word_classes as w
from service.enrich.quotes.checks.occasions import OCCASION_TOKENS_MAX
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.grammar import AUXILIARY_TOKENS_MAX
from service.enrich.quotes.vocabulary import word_hash

ED, LY, NG = word_hash("ed"), word_hash("ly"), word_hash("ng")
BEFORE_VERB = w.AUXILIARY | w.DAY | w.MEDIUM
"""Words that may stand between the end of a subject and its verb: no others do."""


class Text(NamedTuple):
    """Columns of a text's tokens, and the classes of its words."""

    kinds: Int32s
    shapes: Int32s
    endings: Int32s
    words: Int32s
    sentences: Int32s
    classes: w.Classes


class Spot(NamedTuple):
    """Where a draft stands: its speaker (-1: none), cue, and first and last piece; ends are exclusive."""

    source: int
    source_end: int
    cue: int
    cue_end: int
    first: int
    first_end: int
    last: int
    last_end: int
    pieces: int
    only_passages: bool
    confirmed: bool


@borrowing
def is_of(text: Text, token: int, classes: int) -> bool:
    """Tell whether a token is a word of one of some classes; one outside the text is none."""
    return 0 <= token < len(text.classes) and text.classes[token] & classes != 0


@borrowing
def holds(text: Text, first: int, end: int, classes: int) -> bool:
    """Tell whether a word of one of some classes stands in a range, of which a part may be outside the text."""
    found = np.int64(0)
    for token in range(max(0, first), min(end, len(text.classes))):
        found |= text.classes[token]
    return bool(found & classes)


@borrowing
def kind_of(text: Text, token: int) -> int:
    """Return the kind of a token; a line ends on either side of the text."""
    return text.kinds[token] if 0 <= token < len(text.kinds) else c.NEWLINE


@borrowing
def is_ed(text: Text, token: int) -> bool:
    """Tell whether a word ends in -ed."""
    return 0 <= token < len(text.endings) and text.endings[token] == ED


@borrowing
def is_named(text: Text, token: int) -> bool:
    """Tell whether a token may be of a name or the title before one."""
    kind = kind_of(text, token)
    return kind == c.CAPITAL or kind == c.CAPITALS or kind == c.TITLE


@borrowing
def may_be_finite(text: Text, verb: int) -> bool:
    """Ask as `is_finite_saying`: a verb of saying in the past or present, not denied and not behind "to"."""
    finite = kind_of(text, verb) == c.SAYS and (is_of(text, verb, w.FINITE_SAYING) or is_ed(text, verb))
    return finite and before_verb(text, verb) & (w.TO | w.NOT) == 0


@borrowing
def stands_alone(text: Text, verb: int) -> bool:
    """Tell whether no auxiliary or adverb stands directly before a verb, and no day."""
    before = verb - 1
    return not is_of(text, before, w.AUXILIARY | w.DAY) and not (before >= 0 and text.endings[before] == LY)


@borrowing
def may_end_before(text: Text, end: int, verb: int) -> bool:
    """Tell whether a subject that ends at `end` may be that of a verb: see `subject_end`."""
    ends = True
    for token in range(end, verb):
        ends &= text.classes[token] & BEFORE_VERB != 0
    return ends


@borrowing
def before_verb(text: Text, verb: int) -> int:
    """Return the classes of a verb's auxiliaries and adverbs, as `auxiliaries` lists them."""
    found = np.int64(0)
    for token in range(verb - 1, max(-1, verb - 1 - AUXILIARY_TOKENS_MAX), -1):
        if not (text.classes[token] & w.AUXILIARY or text.endings[token] == LY):
            break
        found |= text.classes[token]
    return int(found)


@borrowing
def saying_word(text: Text, at: Spot) -> int:
    """Find the word of a cue that says, as `saying_word` of grammar.py does."""
    for token in range(at.cue_end - 1, at.cue - 1, -1):
        if text.kinds[token] == c.SAYS:
            return token
    return at.cue_end - 1


@borrowing
def holds_passage(text: Text, first: int, end: int) -> bool:
    """Tell whether a marked passage stands in a range of tokens."""
    found = False
    for token in range(first, end):
        found |= text.kinds[token] == c.PASSAGE
    return found


@borrowing
def may_be_occasion(text: Text, at: Spot) -> bool:
    """Ask as `_is_led` in occasions.py does, and for the "that" behind it."""
    first = at.first
    if not at.cue < first <= at.cue_end + 1 or not holds(text, at.cue, at.cue_end, w.INNER):
        return False
    if not holds(text, first, min(at.first_end, first + OCCASION_TOKENS_MAX), w.THAT):
        return False
    if is_of(text, first, w.THAT):
        return holds(text, max(at.cue + 1, first - OCCASION_TOKENS_MAX), first, w.OCCASION)
    return is_of(text, first - 1, w.OCCASION) or is_of(text, first, w.OCCASION)
