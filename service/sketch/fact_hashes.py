"""Hashes of pairs of words and of sentences, and the words that a text writes small."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing
from service.sketch.fact_bits import F_SENTENCE, F_WHOLE, HASH_BITS, KIND_SHIFT, TWIN, Features
from service.sketch.fact_columns import HASH, KIND, LETTERS, SENTENCE, WORD, WORD_CLASS, Numbers
from service.sketch.fact_words import COMMON, NEGATION, STEP, STOP
from service.sketch.hashing import mix

SMALL_KEPT: Final = 24
"""Maximum number of words written small that an article teaches its collection."""
NAME_LETTERS_MIN: Final = 3
LENGTH_MASK: Final = 63
"""Bits of the feature of a sentence that hold the number of its words, 63 for more."""


@borrowing
def short_hash(h: np.uint64) -> np.uint32:
    """Return the bits of a hash that a feature holds."""
    return np.uint32(mix(h) >> np.uint64(64 - HASH_BITS))


@borrowing
def pair_hash(a: int, b: int) -> np.uint64:
    """Hash two hashes in their order."""
    return (mix(np.uint64(a)) + np.uint64(b)) * STEP


@borrowing
def sentence_feature(tokens: Numbers, start: int) -> tuple[np.uint32, np.uint64, int]:
    """Hash words and figures of the sentence that begins here, whatever their order, and in order; return its end, too.

    The lower bits are the number of its words.
    """
    total, ordered, end = np.uint64(0), np.uint64(0), start
    while end < tokens.shape[0] and tokens[end, SENTENCE] == tokens[start, SENTENCE]:
        word = mix(np.uint64(tokens[end, HASH]))
        total += word
        ordered = (ordered ^ word) * STEP
        end += 1
    length = np.uint32(min(end - start, LENGTH_MASK))
    feature = (short_hash(total) & ~np.uint32(LENGTH_MASK)) | length | np.uint32(F_SENTENCE << KIND_SHIFT)
    return feature, ordered, end


@borrowing
def headline_sums(tokens: Numbers) -> tuple[np.uint64, np.uint64]:
    """Sum up the words of a headline without its negations, and these; reversing words change with the tense, too."""
    plain, turns = np.uint64(0), np.uint64(0)
    for i in range(tokens.shape[0]):
        word = mix(np.uint64(tokens[i, HASH]))
        if tokens[i, WORD_CLASS] & NEGATION:
            turns += word
        else:
            plain += word
    return plain, turns


@borrowing
def whole_feature(plain: np.uint64) -> np.uint32:
    """Make the feature of a headline, or of all sentences, of the sum of their parts."""
    return (short_hash(plain) & ~np.uint32(TWIN)) | np.uint32(F_WHOLE << KIND_SHIFT)


@borrowing
def twin_feature(plain: np.uint64, turns: np.uint64) -> np.uint32:
    """Make its twin, which heeds what the other does not."""
    return short_hash(plain + mix(turns)) | np.uint32(TWIN | F_WHOLE << KIND_SHIFT)


@borrowing
def small_words(tokens: Numbers, small: Features) -> int:
    """Fill in evenly spaced words that are written small; return how many."""
    total, seen, kept = 0, 0, 0
    for i in range(tokens.shape[0]):
        total += _is_small(tokens, i)
    step = max(1, total // small.size)
    following = (tokens[0, HASH] & 0xFFFF) % step if tokens.shape[0] else 0
    for i in range(tokens.shape[0]):
        is_one = _is_small(tokens, i)
        if is_one & (seen == following) and kept < small.size:
            small[kept] = short_hash(np.uint64(tokens[i, HASH]))
            kept += 1
            following += step
        seen += is_one
    return kept


@borrowing
def _is_small(tokens: Numbers, i: int) -> bool:
    is_rare = tokens[i, WORD_CLASS] & (STOP | COMMON) == 0
    # "&", not "and": branches that nobody can foresee cost more than all three questions.
    return bool((tokens[i, KIND] == WORD) & (tokens[i, LETTERS] >= NAME_LETTERS_MIN) & is_rare)
