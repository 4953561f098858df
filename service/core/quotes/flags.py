"""Is a claim negated, is it hedged? Read from its words and its cue."""

from __future__ import annotations

import re

from service.core.lexicon import HEDGES, NEGATING_CUES, NEGATIONS


def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(words))})\b", re.IGNORECASE)


_NEGATION = re.compile(rf"{_any_of(NEGATIONS).pattern}|n['’]t\b", re.IGNORECASE)
_NEGATING_CUE = _any_of(NEGATING_CUES)
_HEDGE = re.compile(rf"{_any_of(HEDGES - {'may'}).pattern}|\b(?-i:may)\b", re.IGNORECASE)  # May is a month


def is_negated(content: str, cue: str) -> bool:
    """Whether the content says that something is not so, or the cue denies it."""
    return _NEGATION.search(content) is not None or _NEGATING_CUE.search(cue) is not None


def is_hedged(content: str, cue: str) -> bool:
    """Whether the content is put as possible, likely or hearsay."""
    return _HEDGE.search(content) is not None or _HEDGE.search(cue) is not None
