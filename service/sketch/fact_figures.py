"""Features of figures: the figure, and its unit or the noun behind it."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing
from service.languages.en.fact_units import MEMBER_BITS
from service.sketch.fact_bits import (
    F_FIGURE,
    F_GLUED,
    F_NOUN,
    F_RECKONED,
    F_UNIT,
    KIND_SHIFT,
    KNOWN_ONLY,
    MEMBERS,
    OPPOSED,
    Features,
)
from service.sketch.fact_columns import (
    FIGURE,
    GAP,
    GAP_COMMA,
    GAP_LINE,
    GAP_SENTENCE,
    HASH,
    KIND,
    LETTERS,
    STEM,
    UNIT_OF,
    WORD,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_hashes import pair_hash, short_hash
from service.sketch.fact_units import ORDINAL, RECKONED, UNIT_MASK
from service.sketch.fact_words import STOP

NOUN_WORDS: Final = 3
"""Maximum number of words behind a figure among which its noun is looked for."""


@borrowing
def put_figure(tokens: Numbers, i: int, features: Features, count: int) -> int:
    """Append what a figure tells; return how many features there are now."""
    h, unit = tokens[i, HASH], tokens[i, UNIT_OF]
    is_figure = tokens[i, KIND] == FIGURE
    kind = (F_RECKONED if unit & RECKONED else F_FIGURE) if is_figure else F_GLUED
    in_words = unit & ORDINAL and tokens[i, LETTERS]
    if unit & ORDINAL:  # "third" is not the 3 of a score, but it is "3rd", and that is the 3 of "June 3"
        features[count] = short_hash(pair_hash(h, ORDINAL)) | np.uint32(F_RECKONED << KIND_SHIFT)
        features[count] |= np.uint32(0 if in_words else KNOWN_ONLY)
        count += 1
    features[count] = short_hash(np.uint64(h)) | np.uint32(kind << KIND_SHIFT)
    features[count] |= np.uint32(KNOWN_ONLY if in_words else 0)
    if not is_figure:
        return count + 1
    if unit & UNIT_MASK:
        features[count + 1] = unit_feature(h, int(unit) & UNIT_MASK)
    else:
        features[count + 1] = _noun_feature(tokens, i)
    return count + 2


@borrowing
def unit_feature(h: int, unit: int) -> np.uint32:
    """Hash a figure with the group of its unit; the lowest bits tell which of the group it is."""
    group = short_hash(pair_hash(h, unit >> MEMBER_BITS)) & ~np.uint32(MEMBERS | OPPOSED)
    return group | np.uint32(unit & MEMBERS) | np.uint32(F_UNIT << KIND_SHIFT)


@borrowing
def _noun_feature(tokens: Numbers, i: int) -> np.uint32:
    noun, across = 0, np.uint32(0)
    for j in range(i + 1, min(tokens.shape[0], i + 1 + NOUN_WORDS)):
        if tokens[j, GAP] in (GAP_COMMA, GAP_SENTENCE):
            break
        if tokens[j, GAP] == GAP_LINE:
            across = np.uint32(KNOWN_ONLY)
        if not tokens[j, WORD_CLASS] & STOP:
            noun = tokens[j, STEM]
            if tokens[j, KIND] != WORD:  # "a 3-2 Harlow win": no noun
                across = np.uint32(KNOWN_ONLY)
            break
    return short_hash(pair_hash(tokens[i, HASH], noun)) | np.uint32(F_NOUN << KIND_SHIFT) | across
