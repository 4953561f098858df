"""Conditions without which the checks of a speaker and of the edges of what was said do nothing: see may_act.py."""

from __future__ import annotations

from service.compiled import borrowing
from service.enrich.quotes import columns as c
from service.enrich.quotes.checks import word_classes as w
from service.enrich.quotes.checks.clauses_before import LEAD_TOKENS_MAX
from service.enrich.quotes.checks.contents import SEMICOLON
from service.enrich.quotes.checks.long_pieces import SEEN_TOKENS
from service.enrich.quotes.checks.missed import NOUNS_BEFORE_MAX
from service.enrich.quotes.checks.occasions import OCCASION_TOKENS_MAX
from service.enrich.quotes.checks.sources import ARTICLES_MAX, RELATIVE_TOKENS_MAX
from service.enrich.quotes.checks.spots import (
    ED,
    NG,
    Spot,
    Text,
    holds,
    holds_passage,
    is_ed,
    is_named,
    is_of,
    kind_of,
    may_be_finite,
    may_be_occasion,
)


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
    if (
        end <= at.cue
        and holds(text, at.source, at.cue, w.COMMA)
        and holds(text, at.source, at.cue, w.RELATIVE)
    ):
        return True
    return is_of(text, before, w.AND) and is_named(text, at.source)


@borrowing
def _may_begin_otherwise(text: Text, at: Spot) -> bool:
    """Ask for a preposition, a denial, a full stop or a finite verb in a speaker."""
    if is_of(text, at.source, w.PREPOSITION) and holds(text, at.source + 1, at.source_end, w.COMMA):
        return True
    if is_of(text, at.source, w.DENIES) or holds(text, at.source, at.source_end, w.STOP_BEHIND):
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
        if is_of(text, low, w.BEFORE_NOUN) or text.endings[low] == NG or text.endings[low] == ED:
            return True
    acts = False
    for token in range(first + 1, end - 1):
        if acts and text.classes[token] & (w.BREAKS_CLAUSE | w.CONJUNCTION):
            return is_named(text, first)
        acts = acts or text.shapes[token] == c.SHAPE_LOWER
    return False


@borrowing
def may_correct_source(text: Text, at: Spot) -> bool:
    """Ask for `set_source`."""
    if at.source < 0 or _may_give_back(text, at):
        return _may_give_back(text, at)
    first, end, accords = at.source, at.source_end, is_of(text, at.cue, w.ACCORDING)
    if is_of(text, first, w.CITING) or holds(text, first, end, w.MARK) or _may_end_otherwise(text, at):
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
    if end < at.cue_end and is_of(text, first - 1, w.INSIDE_SUBJECT):
        return True
    aside = end + 1 == at.cue and is_of(text, end, w.COMMA)
    led = w.PREPOSITION | w.BREAKS_CLAUSE if aside else w.PREPOSITION
    behind_who = holds(text, first - RELATIVE_TOKENS_MAX, first, w.RELATIVE)
    return behind_who and (aside or end == at.cue) and is_of(text, first - 1, led)


@borrowing
def may_interrupt(text: Text, at: Spot) -> bool:
    """Ask for `set_interrupting`."""
    if at.source < 0:
        return False
    if is_of(text, at.cue - 1, w.COMMA):
        inverted = is_of(text, at.cue, w.INVERTED) and may_be_finite(text, at.cue)
        return inverted and at.source <= at.cue + 1
    alone = at.pieces == 1 and (at.first == 0 or is_of(text, at.first - 1, w.COMMA))
    return alone and holds(text, at.source + 1, at.source_end, w.COMMA)


@borrowing
def _may_have_other_half(text: Text, at: Spot) -> bool:
    """Ask for `with_other_half`."""
    before = at.source - 1
    if at.source < 0 or before >= at.cue or not is_of(text, before, w.COMMA):
        return False
    if at.first_end != before:
        return at.first > at.cue_end and is_of(text, at.first - 1, w.COMMA)
    return holds(text, at.cue_end, at.cue_end + OCCASION_TOKENS_MAX, w.COMMA)


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
