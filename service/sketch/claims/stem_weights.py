"""Weight of a stem: the logarithm of articles for each article that has it, counted once and shipped hashed.

Weights are whole sixty-fourths, so a sum is the same in whatever order it is taken.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.languages import en
from service.sketch.claims.claim_words import HASH_SHIFT, Words

Shorts = npt.NDArray[np.uint16]

FILE: Final = Path(en.__file__).with_name("stem_weights.npz")
UNIT: Final = 64
"""Parts of a weight of 1."""
RARE: Final = round(math.log(8_000) * UNIT)
"""Weight of a stem that the file does not know."""
_SLOTS: Final = 131_072
"""Number of slots of the table: a quarter are in use."""


class Weights(NamedTuple):
    """A hash table with linear probing: `stems`: uint32[slots], 0 = empty; `weights`: uint16[slots]."""

    stems: Words
    weights: Shorts


@cache
def english_weights() -> Weights:
    """Load the table once in a process."""
    with np.load(FILE) as file:
        stems, weights = file["stems"], file["weights"]
    table = Weights(np.zeros(_SLOTS, np.uint32), np.zeros(_SLOTS, np.uint16))
    _fill(table.stems, table.weights, stems, weights)
    return table


@compiled
def _fill(slots: Words, weights: Shorts, stems: Words, values: Shorts) -> None:
    for i in range(stems.size):
        slot = stems[i] & (_SLOTS - 1)
        while slots[slot] != 0:
            slot = (slot + 1) & (_SLOTS - 1)
        slots[slot] = stems[i]
        weights[slot] = values[i]


@borrowing
def weight(slots: Words, weights: Shorts, word: int) -> Any:
    """Return the weight of a word's stem, in sixty-fourths."""
    stem = np.uint32(word >> HASH_SHIFT)
    slot = stem & np.uint32(_SLOTS - 1)
    while slots[slot] != 0:
        if slots[slot] == stem:
            return np.int64(weights[slot])
        slot = (slot + np.uint32(1)) & np.uint32(_SLOTS - 1)
    return np.int64(RARE)
