"""Remember which words a collection writes small: a capital at the start of a sentence makes no name of these."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import compiled
from service.dedup.index.boilerplate_memory import Counters, Counts, Tags
from service.sketch.fact_bits import F_DOUBTFUL, HASH_MASK, KIND_SHIFT, Features
from service.sketch.hashing import Mask, mix

SMALL_MIN: Final = 3
"""Number of articles that write a word small before its capital at the start of a sentence means nothing."""
SMALL_BITS: Final = 20


class SmallWords:
    """Counters of articles that write a word small, for a million words; another word in a slot wears one down."""

    def __init__(self) -> None:
        self.counters = Counters(np.zeros(1 << SMALL_BITS, np.uint16), np.zeros(1 << SMALL_BITS, np.uint8))

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return self.counters.tags.nbytes + self.counters.counts.nbytes

    def unknown_of(self, words: Features) -> Features:
        """Return the words that are not known to be written small: 24 bits of a hash each."""
        return _not_yet(words, *self.counters)

    def learn(self, words: Features) -> None:
        """Count words that articles write small."""
        _learn(words, *self.counters)


@compiled
def count_names(features: Features, small_tags: Tags, small_counts: Counts, out: Mask) -> None:
    """Fill in whether each feature counts: all but doubtful names that the collection writes small."""
    for i in range(features.size):
        out[i] = True
        if features[i] >> np.uint32(KIND_SHIFT) == F_DOUBTFUL:
            h = mix(np.uint64(features[i] & np.uint32(HASH_MASK)))
            slot = np.int64(h >> np.uint64(64 - SMALL_BITS))
            out[i] = not (
                small_tags[slot] == np.uint16(h & np.uint64(0xFFFF)) and small_counts[slot] >= SMALL_MIN
            )


@compiled
def _slot(word: np.uint32) -> tuple[np.int64, np.uint16]:
    h = mix(np.uint64(word))
    return np.int64(h >> np.uint64(64 - SMALL_BITS)), np.uint16(h & np.uint64(0xFFFF))


@compiled
def _not_yet(small: Features, tags: Tags, counts: Counts) -> Features:
    """Return the words that are not known to be written small."""
    out = np.empty(small.size, np.uint32)
    count = 0
    for word in small:
        slot, tag = _slot(word)
        if tags[slot] != tag or counts[slot] < SMALL_MIN:
            out[count] = word
            count += 1
    return out[:count].copy()


@compiled
def _learn(small: Features, tags: Tags, counts: Counts) -> None:
    for word in small:
        slot, tag = _slot(word)
        if tags[slot] == tag:
            counts[slot] = min(int(counts[slot]) + 1, SMALL_MIN)
        elif counts[slot] <= 1:
            tags[slot] = tag
            counts[slot] = 1
        elif counts[slot] < SMALL_MIN:
            counts[slot] -= np.uint8(1)
