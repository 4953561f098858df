"""Is a claim negated, is it hedged? Read from its words and its cue."""

from __future__ import annotations

import re

from service.core.lexicon import HEDGES, NEGATING_CUES, NEGATIONS

_WORD = re.compile(r"[a-z]+")
_MAY = re.compile(r"\bmay\b")  # May is a month
_SURE_HEDGES = HEDGES - {"may"}


def flags_of(content: str, cue: str) -> tuple[bool, bool]:
    """Negated: the content says that something is not so, or the cue denies it. Hedged: it is put as possible,
    likely or hearsay.

    >>> flags_of("that it wasn't late", "said"), flags_of("it may rain", "said"), flags_of("in May", "denied")
    ((True, False), (False, True), (True, False))
    """
    low = content.lower()
    words = set(_WORD.findall(low))
    cues = _WORD.findall(cue.lower())
    negated = not NEGATIONS.isdisjoint(words) or "n't" in low or "n’t" in low
    hedged = not _SURE_HEDGES.isdisjoint(words) or not HEDGES.isdisjoint(cues)
    if "may" in words and not hedged:
        hedged = _MAY.search(content) is not None
    return negated or not NEGATING_CUES.isdisjoint(cues), hedged
