"""The words of a claim that are compared, and the keys by which it is found."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_words import CONTENT, FIRST, HASH_SHIFT, NAME, NUMBER, TAKEN, Words
from service.sketch.claims.stem_weights import Shorts, weight

WORDS_MAX: Final = 80
"""Maximum number of words compared."""
CONTENT_MAX: Final = 48
"""Maximum number of words that say something, of those."""
KEYS_MAX: Final = 16
KEYS_MIN: Final = 6
"""Maximum number of stems by which a facet is found, the rarest, and how many of them whatever they weigh."""
KEY_WEIGHT_MIN: Final = 160
"""Weight that makes a stem a key, in sixty-fourths."""

HEADLINE_CAPITALS_MIN: Final = 4
"""Words with a capital letter that make a headline, if four in five words have one."""
NAMES_MAX: Final = 24
"""Maximum number of names of a claim whose words are flagged, and of its quoted passages."""


@compiled
def compared(
    codes: Words,
    first: int,
    last: int,
    ranges: Words,
    taken: Words,
    may_be_headline: bool,
    slots: Words,
    weights: Shorts,
) -> tuple[Words, Words, int, int, int, int]:
    """Return the words of a claim, its keys, and what `masses` tells of them."""
    words = _cut(codes, first, last, ranges, taken, may_be_headline)
    mass, mass_all, plain, stems = masses(words, slots, weights)
    return words, keys(words, slots, weights), mass, mass_all, plain, stems


@compiled
def _cut(codes: Words, first: int, last: int, ranges: Words, taken: Words, may_be_headline: bool) -> Words:
    """Return the words of a claim with their flags; `ranges` are those compared, the others tell names too.

    In a headline each word begins with a capital letter: none is taken for a name.
    """
    names = np.empty(NAMES_MAX, np.uint32)
    named = 0
    capital = lower = 0
    for i in range(first, last):
        if codes[i] & NAME:
            capital += 1
        elif not codes[i] & NUMBER:
            lower += 1
    is_headline = may_be_headline and capital >= HEADLINE_CAPITALS_MIN and lower * 4 <= capital
    for i in range(last if is_headline else first + 1, last):
        if codes[i] & NAME and codes[i] & CONTENT and named < NAMES_MAX:
            names[named] = codes[i] >> HASH_SHIFT
            named += 1
    out = np.empty(WORDS_MAX, np.uint32)
    count = telling = 0
    for part in range(ranges.shape[0]):
        for i in range(ranges[part, 0], ranges[part, 1]):
            if count == WORDS_MAX:
                return out[:count]
            code = codes[i] & ~np.uint32(NAME | CONTENT)
            if codes[i] & CONTENT and telling < CONTENT_MAX:
                telling += 1
                code |= np.uint32(CONTENT | FIRST)
                stem = code >> HASH_SHIFT
                for j in range(named):
                    if names[j] == stem:
                        code |= np.uint32(NAME)
                for j in range(count):
                    if out[j] & CONTENT and out[j] >> HASH_SHIFT == stem:
                        code &= ~np.uint32(FIRST)
            for j in range(taken.shape[0]):
                if taken[j, 0] <= count < taken[j, 0] + taken[j, 1]:
                    code |= np.uint32(TAKEN)
            out[count] = code
            count += 1
    return out[:count]


@borrowing
def masses(codes: Words, slots: Words, weights: Shorts) -> tuple[int, int, int, int]:
    """Return the weight of different stems, that of all, and how many different ones are plain, and are there."""
    mass = mass_all = plain = stems = 0
    for code in codes:
        if code & CONTENT:
            one = weight(slots, weights, code)
            mass_all += one
            if code & FIRST:
                mass += one
                stems += 1
                plain += 0 if code & (NAME | NUMBER) else 1
    return mass, mass_all, plain, stems


@compiled
def keys(codes: Words, slots: Words, weights: Shorts) -> Words:
    """Return the stems by which a facet is found, the rarest first; of equals the lower hash."""
    order = np.empty(codes.size, np.int64)
    count = 0
    for code in codes:
        if code & FIRST and not code & NUMBER:
            stem = np.int64(code >> HASH_SHIFT)
            order[count] = (np.int64(0xFFFF) - weight(slots, weights, code)) << 32 | stem
            count += 1
    ordered = np.sort(order[:count])
    out = np.empty(min(count, KEYS_MAX), np.uint32)
    kept = 0
    for i in range(out.size):
        if kept < KEYS_MIN or 0xFFFF - (ordered[i] >> 32) >= KEY_WEIGHT_MIN:
            out[kept] = np.uint32(ordered[i] & 0x7FFFFFF)
            kept += 1
    return out[:kept]
