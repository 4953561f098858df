"""What the words of two claims have in common: weights, order, words in a row.

All weights are whole sixty-fourths (service/sketch/claims/stem_weights.py). Arrays of words are uint32.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_words import CONTENT, FIRST, HASH_SHIFT, NAME, NUMBER, Words
from service.sketch.claims.stem_weights import Shorts, weight

Numbers = npt.NDArray[np.int64]

WORDS_LIMIT: Final = 96
"""Room for the words of a facet, of which there are at most 80."""


@borrowing
def overlap(a: Words, b: Words, slots: Words, weights: Shorts) -> tuple[int, int, int, int]:
    """Return the weight of the common stems, how many there are, how many are no names, and how many are plain.

    A plain stem is neither a name nor a number.
    """
    mass = count = unnamed = plain = 0
    for x in a:
        if not x & FIRST:
            continue
        for y in b:
            if y & FIRST and x >> HASH_SHIFT == y >> HASH_SHIFT:
                mass += weight(slots, weights, x)
                count += 1
                if not (x | y) & NAME:
                    unnamed += 1
                    plain += 0 if x & NUMBER else 1
                break
    return mass, count, unnamed, plain


@compiled
def in_order(a: Words, b: Words, slots: Words, weights: Shorts) -> int:
    """Return the weight of the heaviest common subsequence of the words that say something."""
    best = np.zeros(WORDS_LIMIT, np.int64)
    heaviest = 0
    for x in a:
        if not x & CONTENT:
            continue
        own, before = 0, 0  # `before`: the heaviest so far that ends in front of y
        for j in range(b.size):
            here = best[j]
            if b[j] & CONTENT and x >> HASH_SHIFT == b[j] >> HASH_SHIFT:
                own = weight(slots, weights, x) if own == 0 else own
                best[j] = max(here, before + own)
                heaviest = max(heaviest, best[j])
            before = max(before, here)
    return heaviest


@compiled
def longest_run(a: Words, b: Words) -> int:
    """Return the most words in a row that stand in both, small words among them."""
    row = np.zeros(WORDS_LIMIT + 1, np.int64)
    longest = 0
    for x in a:
        for j in range(b.size - 1, -1, -1):
            row[j + 1] = row[j] + 1 if x >> HASH_SHIFT == b[j] >> HASH_SHIFT else 0
            longest = max(longest, row[j + 1])
    return longest
