"""Words of a facet in fewer bytes: a small word, "of" or "the", is one byte, any other its whole code of four.

A bit for each word says which of both it is, so reading gives back the very codes.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.languages.en import threading as english
from service.sketch.claims.claim_words import HASH_SHIFT, Words, code_of
from service.sketch.claims.facet_words import WORDS_MAX

Bytes = npt.NDArray[np.uint8]

_FLAGS: Final = (1 << HASH_SHIFT) - 1
"""Bits of a word's code that a small word has not."""

SMALL_MAX: Final = 256
PACKED_MAX: Final = WORDS_MAX // 8 + 4 * WORDS_MAX
"""Bytes that the words of a facet take at most."""


@cache
def small_words() -> Words:
    """Return the codes of words that say nothing by themselves, in order: at most SMALL_MAX."""
    return np.array(sorted({code_of(word) for word in english.STOP})[:SMALL_MAX], np.uint32)


@borrowing
def _small_place(word: int, small: Words) -> int:
    """Return where a word stands among the small ones, if it is one; the loop has no branch that is hard to foresee."""
    low, left = 0, small.size
    while left > 1:
        half = left >> 1
        low += half if small[low + half] <= word else 0
        left -= half
    return low


@borrowing
def pack(words: Words, small: Words, out: Bytes) -> int:
    """Write words as bytes; return how many."""
    at = (words.size + 7) // 8
    out[:at] = 0
    for i in range(words.size):
        place = 0 if words[i] & _FLAGS else _small_place(words[i], small)
        if small[place] == words[i]:
            out[at] = place
            at += 1
        else:
            out[i >> 3] |= 1 << (i & 7)
            for byte in range(4):
                out[at + byte] = words[i] >> np.uint32(8 * byte) & np.uint32(0xFF)
            at += 4
    return at


@compiled
def unpack(ring: Bytes, place: int, count: int, small: Words, out: Words) -> Words:
    """Read `count` words that were packed at a place; `out` has room for them."""
    at = place + (count + 7) // 8
    for i in range(count):
        if ring[place + (i >> 3)] >> (i & 7) & 1:
            out[i] = (
                np.uint32(ring[at])
                | np.uint32(ring[at + 1]) << np.uint32(8)
                | np.uint32(ring[at + 2]) << np.uint32(16)
                | np.uint32(ring[at + 3]) << np.uint32(24)
            )
            at += 4
        else:
            out[i] = small[ring[at]]
            at += 1
    return out[:count]
