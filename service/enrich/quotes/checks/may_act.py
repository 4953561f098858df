"""Which checks may change or doubt a draft, asked of all drafts of a text in one compiled pass.

Most checks leave most drafts as they are: of fifteen drafts of an article, one is changed. For each check stands the
condition without which it does nothing, here and in the other files may_*.py. A condition may say yes where its
check does nothing, and must not say no where it acts.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.enrich.quotes import columns as c
from service.enrich.quotes.candidates import Candidates
from service.enrich.quotes.checks import word_classes as w
from service.enrich.quotes.checks.carriers import CARRIER_TOKENS_AWAY, CARRIER_TOKENS_MAX, TELLER_TOKENS_MAX
from service.enrich.quotes.checks.may_correct import may_correct_content, may_interrupt
from service.enrich.quotes.checks.may_correct_source import may_correct_source
from service.enrich.quotes.checks.may_doubt import may_be_passive, may_be_topic, may_be_unsaid
from service.enrich.quotes.checks.may_nest import may_nest
from service.enrich.quotes.checks.spots import (
    Spot,
    Text,
    holds,
    holds_passage,
    is_of,
    kind_of,
    may_be_finite,
    saying_word,
    stands_alone,
)
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.drafts import CONFIRMED
from service.enrich.quotes.inference import Labels
from service.enrich.quotes.proposals import Doubles, Proposals
from service.enrich.quotes.subjects import HEARERS_TOKENS_MAX
from service.enrich.quotes.tokens import Tokens

(CITE, QUOTE, SOURCE, INTERRUPT, CONTENT, FIND, READ, CARRY, NEST, TOPIC, PASSIVE, UNSAID, TRIM, SPLIT) = (
    tuple(1 << bit for bit in range(14))
)
"""One bit a check, in the order in which they are asked; the last two are rules of edges.py."""
CORRECT, EVERYTHING = TOPIC - 1, (SPLIT << 1) - 1
"""The checks that correct a draft, which come before those that doubt it; and all of them."""
_SPELT_UNLIKE = "İ"
"""A letter that checks read as `i` and hashes do not: in a text with it all checks are asked."""
Places = npt.NDArray[np.int64]


@borrowing
def _may_cite(text: Text, at: Spot) -> bool:
    """Ask for `set_cited`."""
    beside = is_of(text, at.cue, w.CITING) or is_of(text, at.cue_end + 1, w.CITING)
    return beside or is_of(text, at.first - 1, w.CITING)


@borrowing
def _may_quote(text: Text, at: Spot) -> bool:
    """Ask for `set_quoted`."""
    return holds(text, at.cue, at.cue_end, w.QUOTED)


@borrowing
def _may_find(text: Text, at: Spot) -> bool:
    """Ask for `set_finding`."""
    asked = at.source >= 0 and at.pieces == 1 and text.kinds[at.cue_end - 1] != c.SAYS
    return asked and holds(text, max(at.cue, at.source_end), at.cue_end, w.FINDING)


@borrowing
def _may_read(text: Text, at: Spot) -> bool:
    """Ask for `is_plain_report`, `is_called` and `is_tagged`."""
    if at.source < 0 or at.confirmed:
        return False
    verb, says = at.cue_end - 1, text.kinds[at.cue_end - 1] == c.SAYS
    if says and at.only_passages and at.first_end == at.source < at.source_end <= verb:
        return True
    if at.pieces > 1:
        return False
    if is_of(text, at.cue, w.ACCORDING) and at.first_end + 1 == at.cue:
        return True
    if not says:
        return False
    if (
        is_of(text, verb, w.CALLING)
        and at.first == at.cue_end
        and kind_of(text, at.first_end - 1) == c.PASSAGE
    ):
        return True
    if not is_of(text, verb, w.PLAIN):
        return False
    if at.first_end + 1 == at.source:
        return is_of(text, at.first_end, w.COMMA)
    return at.first >= at.cue_end and at.first_end > at.source


@borrowing
def _tells_behind(text: Text, end: int) -> bool:
    """Ask as `_teller` in carriers.py."""
    if not is_of(text, end, w.COMMA):
        return False
    for verb in range(end + 2, min(len(text.kinds), end + 2 + TELLER_TOKENS_MAX)):
        kind = text.kinds[verb]
        if kind == c.PASSAGE or kind == c.NEWLINE or text.classes[verb] & w.COMMA:
            return False
        if text.sentences[verb] != text.sentences[end]:
            return False
        if may_be_finite(text, verb):
            alone = stands_alone(text, verb)
            pronoun = alone and verb == end + 2 and text.kinds[end + 1] == c.PRONOUN
            if text.classes[verb] & w.PLAIN and not pronoun:
                return True
            if alone:  # it is the first finite verb, and tells nothing
                return False
    return False


@borrowing
def _may_tell_behind(text: Text, at: Spot, end: int) -> bool:
    """Ask for the teller behind a claim, or behind whom it was told to."""
    if end > at.cue_end or not is_of(text, end - 1, w.TELLING):
        return _tells_behind(text, end)
    found = False
    for hearer_end in range(end, end + HEARERS_TOKENS_MAX + 2):
        found = found or _tells_behind(text, hearer_end)
    return found


@borrowing
def _may_accord(text: Text, at: Spot, end: int) -> bool:
    """Ask for `_before` and `_behind_content` in carriers.py."""
    comma = at.source - 1
    if is_of(text, comma, w.COMMA) and holds(text, comma - CARRIER_TOKENS_MAX, comma, w.ACCORDING):
        return True
    for token in range(at.cue_end, min(len(text.kinds), end + CARRIER_TOKENS_AWAY)):
        if text.classes[token] & w.ACCORDING:
            parted = is_of(text, token - 1, w.COMMA) or kind_of(text, token - 1) == c.PASSAGE
            return parted and text.sentences[token] == text.sentences[end - 1]
    return False


@borrowing
def _may_carry(text: Text, at: Spot) -> bool:
    """Ask for `add_carrier`."""
    if at.source < 0:
        return False
    if is_of(text, at.cue, w.ACCORDING):
        return at.source >= at.last_end and _tells_behind(text, at.source_end)
    quotes = holds(text, at.cue, at.cue_end, w.CARRYING)
    if quotes and holds(text, at.cue + 2, at.cue_end + TELLER_TOKENS_MAX, w.AS_SAYING):
        return True
    if is_of(text, at.cue_end - 1, w.AS_SAYING) and is_of(text, at.cue_end - 2, w.AS):
        return True
    verb = at.source - 1
    verb -= is_of(text, verb, w.THAT)
    if not at.cue <= verb < at.cue_end and is_of(text, verb, w.INNER) and may_be_finite(text, verb):
        return True
    end = max(at.last_end, at.cue_end, at.source_end)
    return _may_accord(text, at, end) or _may_tell_behind(text, at, end)


@borrowing
def _may_trim(text: Text, at: Spot) -> bool:
    """Ask for a mark at the end of a speaker or a dash in it."""
    if at.source < 0:
        return False
    return is_of(text, at.source_end - 1, w.ENDS_PART) or holds(text, at.source, at.source_end, w.DASH)


@borrowing
def _bits(text: Text, at: Spot) -> int:
    verb = saying_word(text, at)
    found = 0
    found |= CITE if _may_cite(text, at) else 0
    found |= QUOTE if _may_quote(text, at) else 0
    found |= SOURCE if may_correct_source(text, at) else 0
    found |= INTERRUPT if may_interrupt(text, at) else 0
    found |= CONTENT if may_correct_content(text, at) else 0
    found |= FIND if _may_find(text, at) else 0
    found |= READ if _may_read(text, at) else 0
    found |= CARRY if _may_carry(text, at) else 0
    found |= NEST if may_nest(text, at) else 0
    found |= TOPIC if may_be_topic(text, at) else 0
    found |= PASSIVE if may_be_passive(text, at, verb) else 0
    found |= UNSAID if may_be_unsaid(text, at, verb) else 0
    found |= TRIM if _may_trim(text, at) else 0
    found |= SPLIT if holds_passage(text, at.first, at.last_end) else 0
    return found


def is_spelt_unlike(text: str) -> bool:
    """Tell whether hashes of words may differ from how checks read them."""
    return _SPELT_UNLIKE in text


def may_act(
    tokens: Tokens,
    classes: w.Classes,
    found: Proposals,
    confidence: Doubles,
    cues: Candidates,
    chosen: Places,
) -> Int32s:
    """Return for each of the chosen proposals of a text which checks may act on its draft, a bit each."""
    if is_spelt_unlike(tokens.text):
        return np.full(len(chosen), EVERYTHING, np.int32)
    return ask_all(
        tokens.attributes,
        tokens.sentences,
        classes,
        chosen,
        found.pieces,
        found.counts,
        found.sources,
        cues.firsts,
        cues.ends,
        found.only_passages,
        confidence,
    )


@compiled
def ask_all(
    attributes: Int32s,
    sentences: Int32s,
    classes: w.Classes,
    chosen: Places,
    pieces: Int32s,
    counts: Int32s,
    sources: Int32s,
    cues: Int32s,
    cue_ends: Int32s,
    only_passages: Labels,
    confidence: Doubles,
) -> Int32s:
    """Ask for all checks of all chosen proposals."""
    text = Text(
        attributes[:, c.KIND],
        attributes[:, c.SHAPE],
        attributes[:, c.SUFFIX2],
        attributes[:, c.WORD],
        sentences,
        classes,
    )
    found = np.zeros(len(chosen), np.int32)
    for number, i in enumerate(chosen):
        last = counts[i] - 1
        at = Spot(
            sources[i, 0],
            sources[i, 1],
            cues[i],
            cue_ends[i],
            pieces[i, 0, 0],
            pieces[i, 0, 1],
            pieces[i, last, 0],
            pieces[i, last, 1],
            counts[i],
            only_passages[i] != 0,
            confidence[i] >= CONFIRMED,
        )
        found[number] = _bits(text, at)
    return found
