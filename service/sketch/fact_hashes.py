"""Hashes of pairs of words and of sentences, and the words that a text writes small."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing
from service.sketch.fact_bits import F_HEADLINE, F_SENTENCE, HASH_BITS, KIND_SHIFT, TWIN, Features
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
def sentence_feature(tokens: Numbers, start: int) -> tuple[np.uint32, int]:
    """Hash words and figures of the sentence that begins here, whatever their order; return its end, too.

    The lower bits are the number of its words.
    """
    total, end = np.uint64(0), start
    while end < tokens.shape[0] and tokens[end, SENTENCE] == tokens[start, SENTENCE]:
        total += mix(np.uint64(tokens[end, HASH]))
        end += 1
    length = np.uint32(min(end - start, LENGTH_MASK))
    feature = (short_hash(total) & ~np.uint32(LENGTH_MASK)) | length | np.uint32(F_SENTENCE << KIND_SHIFT)
    return feature, end


@borrowing
def headline_features(tokens: Numbers) -> tuple[np.uint32, np.uint32]:
    """Hash the words of a headline but its negations, whatever their order; and, as the twin, all of them.

    Words like "sells" are no part of what a twin adds: copies write "sold".
    """
    plain, negations = np.uint64(0), np.uint64(0)
    for i in range(tokens.shape[0]):
        word = mix(np.uint64(tokens[i, HASH]))
        if tokens[i, WORD_CLASS] & NEGATION:
            negations += word
        else:
            plain += word
    bits = np.uint32(F_HEADLINE << KIND_SHIFT)
    return first_of_two(short_hash(plain)) | bits, second_of_two(short_hash(plain + mix(negations))) | bits


@borrowing
def first_of_two(short: np.uint32) -> np.uint32:
    """Return a hash as one that has a twin."""
    return short & ~np.uint32(TWIN)


@borrowing
def second_of_two(short: np.uint32) -> np.uint32:
    """Return a hash as that of a twin."""
    return short | np.uint32(TWIN)


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
