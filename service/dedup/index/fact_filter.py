"""The facts of a remembered article as a Bloom filter of a fixed size, and what an article says beyond it.

Bloom 1970, https://doi.org/10.1145/362686.362692: a fact that the article has is always found; one that it has not is
taken for known once in a few hundred.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.sketch.fact_bits import (
    F_AUXILIARY,
    F_DOUBTFUL,
    F_FIGURE,
    F_GLUED,
    F_HEADLINE,
    F_LISTED,
    F_NAME,
    F_RECKONED,
    F_RUN,
    F_SENTENCE,
    F_UNIT,
    F_WORD,
    HASH_MASK,
    IN_TITLE,
    KIND_SHIFT,
    KNOWN_ONLY,
    MEMBERS,
    OPPOSED,
    OPPOSED_END,
    Features,
)
from service.sketch.hashing import Hashes, Mask, mix

FILTER_WORDS: Final = 24
"""Words of 64 bits in the filter of an article."""
FILTER_BITS: Final = 64 * FILTER_WORDS
HASHES_MAX: Final = 6
"""Maximum number of bits that an ordinary fact sets; fewer where an article has many facts."""
HARD_EXTRA: Final = 2
"""Number of bits that a figure, name or negation sets beside: one may decide, runs of words count by the dozen."""
TWIN_EXTRA: Final = 6
"""Number of bits that a feature with a twin sets beyond these: wrongly taken for known, it makes news of the twin."""
SOFT: Final = 1 << F_RUN | 1 << F_AUXILIARY | 1 << F_SENTENCE
TWINNED: Final = 1 << F_HEADLINE | 1 << F_LISTED
HAS_SENTENCES: Final = 0x80
"""Bit of `hashes` that says that a filter holds whole sentences, too; those of earlier versions do not."""

HAS_UNITS: Final = 0x40
"""Bit of `hashes` that says that a filter holds ordinals, times, units, opposites and the words of short texts."""
UNIT_EXTRA: Final = 3
"""Number of bits that a unit sets beyond a hard fact: another one, wrongly taken for known, makes news of it."""
LATER: Final = 1 << F_RECKONED | 1 << F_UNIT | 1 << F_WORD

Filters = npt.NDArray[np.uint64]


@borrowing
def fact_key(feature: np.uint32) -> np.uint64:
    """Return what a filter keeps of a feature: hash and kind; some kinds count as plainer ones."""
    kind = feature >> np.uint32(KIND_SHIFT)
    if kind == F_DOUBTFUL:
        kind = np.uint32(F_NAME)
    elif kind in (F_GLUED, F_RECKONED):
        kind = np.uint32(F_FIGURE)
    return np.uint64(mix(np.uint64(kind) << np.uint64(32) | np.uint64(feature & np.uint32(HASH_MASK))))


@borrowing
def hashes_for(facts: int, hard: int) -> int:
    """Return how many bits a fact sets in the filter of an article with so many, so many of them hard.

    The lower four bits are for an ordinary fact, the next two for what a hard one sets more.
    """
    return (
        HAS_SENTENCES
        | HAS_UNITS
        | HARD_EXTRA << 4
        | max(1, min(HASHES_MAX, (69 * FILTER_BITS // 100 - HARD_EXTRA * hard) // max(1, facts)))
    )


@borrowing
def is_hard(feature: np.uint32) -> bool:
    """Return whether a fact is one that may decide by itself."""
    return not SOFT >> int(feature >> np.uint32(KIND_SHIFT)) & 1


@borrowing
def has_twin(feature: np.uint32) -> bool:
    """Return whether a feature is one of two, the second of which is asked for only where the first is known."""
    return bool(TWINNED >> int(feature >> np.uint32(KIND_SHIFT)) & 1)


@borrowing
def is_unit(feature: np.uint32) -> bool:
    """Return whether a feature is one of a group whose others mean something else: a unit, or one of opposites."""
    return bool(feature >> np.uint32(KIND_SHIFT) == F_UNIT)


@borrowing
def is_opposed(feature: np.uint32) -> bool:
    """Return whether a feature is a word that has opposites, with what it is said of."""
    return is_unit(feature) and feature & np.uint32(OPPOSED) != 0


@borrowing
def is_later(feature: np.uint32) -> bool:
    """Return whether filters of earlier versions do not hold such a feature."""
    return bool(LATER >> int(feature >> np.uint32(KIND_SHIFT)) & 1)


@borrowing
def _bits_of(feature: np.uint32, hashes: int) -> int:
    bits = (hashes & 15) + (hashes >> 4 & 3) * is_hard(feature)
    return int(bits + TWIN_EXTRA * has_twin(feature) + UNIT_EXTRA * is_unit(feature))


@borrowing
def _place(at: np.uint64) -> np.uint64:
    return np.uint64((at & np.uint64(0xFFFFFFFF)) * np.uint64(FILTER_BITS) >> np.uint64(32))


@borrowing
def is_in(row: Hashes, feature: np.uint32, key: np.uint64, hashes: int) -> bool:
    """Return whether a filter holds a fact."""
    at, step = key & np.uint64(0xFFFFFFFF), key >> np.uint64(32) | np.uint64(1)
    for _ in range(_bits_of(feature, hashes)):
        bit = _place(at)
        if not row[bit >> np.uint64(6)] >> (bit & np.uint64(63)) & np.uint64(1):
            return False
        at += step
    return True


@borrowing
def has_other(row: Hashes, feature: np.uint32, hashes: int) -> bool:
    """Return whether a filter holds another one of the group of a unit, or of a word that has opposites."""
    end = OPPOSED_END if feature & np.uint32(OPPOSED) else MEMBERS + 1
    for member in range(end):
        other = feature & ~np.uint32(MEMBERS) | np.uint32(member)
        if other != feature and is_in(row, other, fact_key(other), hashes):
            return True
    return False


@compiled
def distinct_keys(
    features: Features, names: Mask, keys: Hashes, times: Features, first: Mask
) -> tuple[int, int]:
    """Fill in the key of each feature, how often it occurs, and whether it occurs first.

    What a match is asked for comes first, in the text if it can.

    Returns how many do, and how many of these are hard.

    Features that `names` says are no names are only remembered.
    """
    slots = 16
    while slots < 2 * features.size:
        slots *= 2
    table = np.full(slots, -1, np.int64)
    distinct, hard = 0, 0
    for turn in range(3):  # what is asked for in the text, then in the title, then what is only remembered
        for i in range(features.size):
            in_title = (features[i] & np.uint32(IN_TITLE)) != 0
            only_known = not names[i] or features[i] & np.uint32(KNOWN_ONLY) != 0
            if turn != (2 if only_known else int(in_title)):
                continue
            keys[i] = fact_key(features[i])
            slot = np.int64(keys[i] >> np.uint64(20)) & (slots - 1)
            while table[slot] >= 0 and keys[table[slot]] != keys[i]:
                slot = (slot + 1) & (slots - 1)
            first[i] = table[slot] < 0
            if first[i]:
                table[slot] = i
                times[i] = 0
                distinct += 1
                hard += is_hard(features[i])
            times[table[slot]] += np.uint32(1)
    for i in range(features.size):
        slot = np.int64(keys[i] >> np.uint64(20)) & (slots - 1)
        while keys[table[slot]] != keys[i]:
            slot = (slot + 1) & (slots - 1)
        times[i] = times[table[slot]]
    return distinct, hard


@compiled
def fill(features: Features, keys: Hashes, first: Mask, hashes: int, row: Hashes) -> None:
    """Set the bits of all facts in an empty filter."""
    for i in range(keys.size):
        if first[i]:
            at, step = keys[i] & np.uint64(0xFFFFFFFF), keys[i] >> np.uint64(32) | np.uint64(1)
            for _ in range(_bits_of(features[i], hashes)):
                bit = _place(at)
                row[bit >> np.uint64(6)] |= np.uint64(1) << (bit & np.uint64(63))
                at += step
