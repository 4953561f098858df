"""Conditions without which the checks doubt no draft: see may_act.py."""

from __future__ import annotations

from service.compiled import borrowing
from service.enrich.quotes import columns as c
from service.enrich.quotes.checks import word_classes as w
from service.enrich.quotes.checks.hypothetical import ADVERBS_MAX, MIGHT_HASHES
from service.enrich.quotes.checks.no_comment import (
    ADD,
    COMMENT,
    COMMENTING,
    COMMENTS,
    NO_COMMENT_TOKENS_MAX,
)
from service.enrich.quotes.checks.spots import (
    ED,
    LY,
    NG,
    Spot,
    Text,
    before_verb,
    holds,
    is_ed,
    is_named,
    is_of,
    kind_of,
    may_be_occasion,
)
from service.enrich.quotes.checks.unsaid import (
    ADVERBIAL_TOKENS_MAX,
    NAME_TOKENS_MAX,
    PART_TOKENS_MAX,
    SILENCE_TOKENS_MAX,
    TOPIC_TOKENS_MAX,
)
from service.enrich.quotes.grammar import AUXILIARY_TOKENS_MAX

_SIZES, _SHORT = 8, 2
"""Number of sizes of a marked passage, by which its hash can be divided, and the last of TITLE_WORDS_MAX or fewer."""


@borrowing
def may_be_topic(text: Text, at: Spot) -> bool:
    """Ask for `is_topic`."""
    if at.only_passages or at.pieces > 1 or at.first_end - at.first > TOPIC_TOKENS_MAX:
        return False
    for token in range(at.first, at.first_end):
        kind = text.kinds[token]
        if kind == c.PASSAGE or text.classes[token] & w.VERBAL or text.endings[token] == ED:
            return False
        noun = text.classes[token] & w.ABOUT_SAYING and is_of(text, token - 1, w.BEFORE_NOUN | w.OWNER)
        if (kind == c.SAYS or kind == c.THINKS) and not noun:
            return False
    return True


@borrowing
def may_be_passive(text: Text, at: Spot, verb: int) -> bool:
    """Ask for `set_agents`."""
    of = verb - 1 - (verb > 0 and text.endings[verb - 1] == LY)
    if is_of(text, of, w.OF) or (text.endings[verb] == NG and is_of(text, of, w.PREPOSITION)):
        return True
    before = before_verb(text, verb)
    if before & w.TO and at.source >= 0 and holds(text, verb - AUXILIARY_TOKENS_MAX - 2, verb, w.SAID_OF):
        return True
    if text.kinds[verb] != c.SAYS or is_of(text, verb, w.ACTIVE_PARTICIPLE):
        return False
    passive = before & w.BE != 0 and (is_ed(text, verb) or is_of(text, verb, w.PARTICIPLE))
    return passive or is_of(text, verb, w.BARE_PASSIVE)


@borrowing
def _may_be_nickname(text: Text, at: Spot) -> bool:
    """Ask as `_is_nickname` in unsaid.py."""
    is_long = text.kinds[at.first] == c.PASSAGE and text.words[at.first] % _SIZES > _SHORT
    return at.first_end - at.first == 1 and not is_long


@borrowing
def _may_be_adverbial(text: Text, at: Spot) -> bool:
    """Ask as `_is_mere_adverbial` in unsaid.py."""
    size = at.first_end - at.first
    if size <= PART_TOKENS_MAX and is_of(text, at.first, w.PREPOSITION):
        return True
    if at.first >= at.cue_end and is_of(text, at.first, w.ADVERBIAL_CLAUSE):
        return True
    opens = is_of(text, at.first, w.ADVERBIAL) or text.endings[at.first] == LY
    return size <= ADVERBIAL_TOKENS_MAX and opens


@borrowing
def _is_mere_name(text: Text, at: Spot) -> bool:
    if at.pieces > 1 or at.first_end - at.first > NAME_TOKENS_MAX:
        return False
    named = True
    for token in range(at.first, at.first_end):
        named &= is_named(text, token)
    return named


@borrowing
def _may_be_silence(text: Text, at: Spot) -> bool:
    """Ask as `_is_silence` in unsaid.py."""
    size = at.first_end - at.first
    return size == 1 or (size <= SILENCE_TOKENS_MAX and is_of(text, at.first + 1, w.PREPOSITION))


@borrowing
def _may_be_no_comment(text: Text, at: Spot) -> bool:
    """Ask as `is_no_comment` in no_comment.py."""
    opening = at.first + is_of(text, at.first, w.THAT)
    if kind_of(text, opening) != c.PRONOUN or at.first_end - at.first > NO_COMMENT_TOKENS_MAX:
        return False
    found = False
    for token in range(opening, at.first_end):
        word = text.words[token]
        found |= (word == COMMENT) | (word == COMMENTS) | (word == COMMENTING) | (word == ADD)
    return found


@borrowing
def _may_be_hypothetical(text: Text, verb: int) -> bool:
    """Ask as `is_hypothetical` in hypothetical.py."""
    found = False
    for token in range(max(0, verb - 1 - ADVERBS_MAX), verb):
        for word in MIGHT_HASHES:
            found |= text.words[token] == word
    return found


@borrowing
def may_be_unsaid(text: Text, at: Spot, verb: int) -> bool:
    """Ask for `is_unsaid`."""
    if at.source >= 0 and (is_of(text, at.source, w.NOBODY) or is_of(text, at.source - 1, w.NEITHER)):
        return True
    if _may_be_hypothetical(text, verb):
        return True
    if at.only_passages or text.kinds[at.first] == c.PASSAGE:
        return _may_be_nickname(text, at)
    if at.source >= 0 and is_of(text, verb, w.FINDING):
        return True
    if is_of(text, verb, w.ASKING | w.WISHING | w.CITING) or is_of(text, at.first - 1, w.CITING | w.NOT_DONE):
        return True
    if holds(text, at.cue, at.cue_end, w.NOT_DONE) or before_verb(text, verb) & w.NOT:
        return True
    if is_of(text, verb - 1, w.TO) and is_of(text, verb - 2, w.NOT_DONE):
        return True
    if at.pieces == 1 and (
        may_be_occasion(text, at)
        or _may_be_adverbial(text, at)
        or _is_mere_name(text, at)
        or _may_be_silence(text, at)
    ):
        return True
    if at.first == verb + 1 and is_of(text, at.first, w.PREPOSITION):
        return True
    if at.pieces == 1 and _may_be_no_comment(text, at):
        return True
    if at.source < 0:
        return False
    if is_of(text, verb - 1, w.TO) and is_of(text, at.source - 1, w.PREPOSITION):
        return True
    if at.source_end == verb and is_ed(text, verb) and is_of(text, verb - 1, w.OWNER):
        return True
    return is_of(text, at.source - 1, w.SUPPOSING | w.WHAT)
