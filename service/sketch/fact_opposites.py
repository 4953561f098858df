"""Features of words that have opposites: the word, and the word or figure before it and behind it."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing
from service.languages.en.fact_opposites import SIDE_BITS
from service.sketch.fact_bits import F_UNIT, KIND_SHIFT, MEMBERS, OPPOSED, Features
from service.sketch.fact_columns import FIGURE, HASH, KIND, MANTISSA, SENTENCE, WORD_CLASS, Numbers
from service.sketch.fact_hashes import pair_hash, short_hash
from service.sketch.fact_words import OPPOSITE, STOP

BESIDE_MAX: Final = 6
"""Maximum number of small words between a word and the one that is beside it."""
SIDE_MASK: Final = (1 << SIDE_BITS) - 1


@borrowing
def put_opposite(tokens: Numbers, i: int, features: Features, count: int) -> int:
    """Append what a word that has opposites is said of; return how many features there are now."""
    group, side = tokens[i, MANTISSA] >> SIDE_BITS, np.uint32(tokens[i, MANTISSA] & SIDE_MASK)
    for step in (-1, 1):
        beside = _beside(tokens, i, step)
        if beside:
            hashed = short_hash(pair_hash(group * 2 + (step > 0), beside)) & ~np.uint32(MEMBERS)
            features[count] = hashed | np.uint32(OPPOSED | F_UNIT << KIND_SHIFT) | side
            count += 1
    return count


@borrowing
def _beside(tokens: Numbers, i: int, step: int) -> int:
    """Return the hash of the next figure or word of some weight in the sentence; of one with opposites, its group's."""
    j = i + step
    for _ in range(BESIDE_MAX):
        if j < 0 or j >= tokens.shape[0] or tokens[j, SENTENCE] != tokens[i, SENTENCE]:
            return 0
        bits = tokens[j, WORD_CLASS]
        if tokens[j, KIND] == FIGURE:
            return int(tokens[j, HASH])
        if bits & OPPOSITE:
            return int(tokens[j, MANTISSA]) >> SIDE_BITS
        if not bits & STOP:
            return int(tokens[j, HASH])
        j += step
    return 0
