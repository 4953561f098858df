"""Conditions without which the checks of a speaker do nothing: see may_act.py."""

from __future__ import annotations

from service.compiled import borrowing
from service.enrich.quotes import columns as c
from service.enrich.quotes.checks import word_classes as w
from service.enrich.quotes.checks.clauses_before import LEAD_TOKENS_MAX
from service.enrich.quotes.checks.missed import NOUNS_BEFORE_MAX
from service.enrich.quotes.checks.sources import ARTICLES_MAX, RELATIVE_TOKENS_MAX
from service.enrich.quotes.checks.spots import (
    ED,
    LY,
    NG,
    Spot,
    Text,
    holds,
    is_ed,
    is_named,
    is_of,
    kind_of,
    may_be_finite,
    may_end_before,
)
from service.enrich.quotes.vocabulary import word_hash

STOP, MARK, OPENING, CLOSING = word_hash("."), word_hash('"'), word_hash("("), word_hash(")")
WHOSE, WHOM = word_hash("whose"), word_hash("whom")


@borrowing
def _may_give_back(text: Text, at: Spot) -> bool:
    """Ask for `give_back`: a verb before who was missed, a noun before a verb, a title before a name."""
    if (
        at.source < 0
        or text.shapes[at.source] > c.SHAPE_LOWER
        or text.shapes[at.source] == c.SHAPE_PUNCTUATION
    ):
        inverted = at.first_end + 1 == at.cue and is_of(text, at.first_end, w.COMMA)
        return at.source >= 0 or (inverted and may_be_finite(text, at.cue))
    verb = at.cue_end - 1
    split = at.source_end == at.cue < verb and is_of(text, at.cue - 1, w.PREPOSITION)
    titled = at.first_end == at.source and kind_of(text, at.source) == c.TITLE
    near = max(at.first, at.source - NOUNS_BEFORE_MAX - 1) + 1
    return (split and may_be_finite(text, verb)) or (titled and holds(text, near, at.source, w.COMMA))


@borrowing
def _may_end_otherwise(text: Text, at: Spot) -> bool:
    """Ask what `set_source` does at the edges of a speaker."""
    before, end = at.source - 1, at.source_end
    if end - at.source > 1 and is_of(text, end - 1, w.NO_SURNAME | w.FLOATING):
        return True
    if is_of(text, before, w.CITING) or (is_of(text, end - 1, w.WHO) and end - at.source > 1):
        return True
    if is_of(text, end, w.WHO) and is_of(text, at.source, w.PREPOSITION):
        return True
    if is_of(text, before, w.MEDIUM) and is_of(text, end - 1, w.DOCUMENT) and is_named(text, before - 1):
        return True
    if is_of(text, before, w.COMMA) and kind_of(text, at.source) == c.DIGITS:
        return True
    if is_of(text, before, w.NOT):
        return True
    if end <= at.cue and _may_speak_in_clause(text, at):
        return True
    return is_of(text, before, w.AND) and is_named(text, at.source) and is_named(text, before - 1)


@borrowing
def _may_speak_in_clause(text: Text, at: Spot) -> bool:
    """Ask for `speaks_in_clause`: "whose" or "whom" before the verb, no comma behind it."""
    if not holds(text, at.source, at.cue, w.COMMA):
        return False
    for token in range(at.cue - 1, at.source - 1, -1):
        if text.words[token] == WHOSE or text.words[token] == WHOM:
            return True
        if text.classes[token] & w.COMMA:
            return False
    return False


@borrowing
def _may_hold_mark(text: Text, at: Spot) -> bool:
    """Ask for a quotation mark in a speaker, or a bracket that closes and opens before it."""
    opened = False
    for token in range(at.source, at.source_end):
        word = text.words[token]
        if word == MARK or (word == CLOSING and not opened):
            return True
        opened = opened or word == OPENING
    return False


@borrowing
def _may_stop_inside(text: Text, at: Spot) -> bool:
    """Ask for `_behind_stop` in sources.py: an abbreviation that ends a sentence, and a capital behind it."""
    for token in range(at.source, at.source_end - 2):
        stops = text.classes[token] & w.STOP_BEHIND != 0 and text.words[token + 1] == STOP
        if stops and text.shapes[token + 2] != c.SHAPE_LOWER:
            return True
    return False


@borrowing
def _may_be_longer(text: Text, at: Spot) -> bool:
    """Ask for `_whole_subject` in sources.py: a preposition and a noun before a speaker who ends at the verb."""
    first, end = at.source, at.source_end
    if end >= at.cue_end or not is_of(text, first - 1, w.INSIDE_SUBJECT):
        return False
    if end <= at.cue and not may_end_before(text, end, at.cue):
        return False
    noun = first - 2
    if is_of(text, noun, w.COMMA):
        return True
    kind = kind_of(text, noun)
    if kind == c.PASSAGE or kind == c.NEWLINE or text.sentences[noun] != text.sentences[first]:
        return False
    if kind == c.LOWER and (is_ed(text, noun) or text.endings[noun] == LY):
        return False
    verbal = (
        kind <= c.THINKS and text.shapes[noun] == c.SHAPE_LOWER and not is_of(text, noun - 1, w.BEFORE_NOUN)
    )
    return not verbal and (is_of(text, noun, w.THAT) or not is_of(text, noun, w.BREAKS_CLAUSE))


@borrowing
def _may_begin_otherwise(text: Text, at: Spot) -> bool:
    """Ask for a preposition, a denial, a full stop or a finite verb in a speaker."""
    if is_of(text, at.source, w.PREPOSITION) and holds(text, at.source + 1, at.source_end, w.COMMA):
        return True
    if is_of(text, at.source, w.DENIES) or _may_stop_inside(text, at):
        return True
    finite = holds(text, at.source, at.source_end, w.FINITE)
    return finite and not holds(text, at.source, at.source_end, w.RELATIVE)


@borrowing
def _may_have_lead(text: Text, at: Spot) -> bool:
    """Ask for `behind_lead`: a comma behind words that open a sentence, or a verb and "and" or "as" behind a name."""
    first, end = at.source, at.source_end
    if end > at.cue:
        return False
    apposed = is_of(text, end - 1, w.COMMA) and kind_of(text, end - 2) != c.DIGITS
    if not apposed and holds(text, first + 1, end - 1, w.COMMA):
        low = first
        while (
            low > max(0, first - LEAD_TOKENS_MAX)
            and text.sentences[low - 1] == text.sentences[first]
            and not text.classes[low] & w.COMMA
        ):
            low -= 1
        if (
            is_of(text, low, w.BEFORE_NOUN | w.INTRODUCING)
            or text.endings[low] == NG
            or text.endings[low] == ED
        ):
            return True
    verb = first
    while verb < end and (is_named(text, verb) or (verb > first and text.words[verb] == STOP)):
        verb += 1
    if verb == first or verb >= end - 2 or text.shapes[verb] == c.SHAPE_PUNCTUATION:
        return False
    for token in range(verb + 1, end - 1):
        if text.classes[token] & w.COMMA:
            return False
        if text.classes[token] & (w.BREAKS_CLAUSE | w.CONJUNCTION):
            return True
    return False


@borrowing
def may_correct_source(text: Text, at: Spot) -> bool:
    """Ask for `set_source`."""
    if at.source < 0 or _may_give_back(text, at):
        return _may_give_back(text, at)
    first, end, accords = at.source, at.source_end, is_of(text, at.cue, w.ACCORDING)
    if is_of(text, first, w.CITING) or _may_hold_mark(text, at) or _may_end_otherwise(text, at):
        return True
    if accords and holds(text, first, end, w.COMMA):
        return True
    if not accords and (_may_begin_otherwise(text, at) or _may_have_lead(text, at)):
        return True
    if (
        end - first <= ARTICLES_MAX
        and is_of(text, first, w.NO_SPEAKER)
        and is_of(text, end - 1, w.NO_SPEAKER)
    ):
        return True
    if _may_be_longer(text, at):
        return True
    aside = end + 1 == at.cue and is_of(text, end, w.COMMA)
    led = w.PREPOSITION | w.BREAKS_CLAUSE if aside else w.PREPOSITION
    behind_who = holds(text, first - RELATIVE_TOKENS_MAX, first, w.RELATIVE)
    return behind_who and (aside or end == at.cue) and is_of(text, first - 1, led)
