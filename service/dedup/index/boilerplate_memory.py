"""Count in how many clusters a shingle stood, for longer than the index can: what recurs there is boilerplate.

Footers, datelines and stock phrases stand in stories that have nothing to do with each other. The ring of an index
bucket forgets them when it is full of other things; this memory does not. It is a direct table of counters, each
held by one shingle at a time (after HeavyKeeper, Yang et al. 2019, https://doi.org/10.1109/TNET.2019.2933868):
another shingle that meets the same slot wears the counter down and takes over at zero, unless the holder is
boilerplate already.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.sketch.hashing import Hashes, Mask, mix

SLOT_BITS: Final = 22
BOILERPLATE_CLUSTERS: Final = 4
"""Number of earlier clusters with a shingle from which the shingle takes no part in any decision."""
COUNT_MAX: Final = 255

ADDRESS_BITS: Final = (1 << 48) - 1
"""Only these bits of a shingle's hash are used, here and in the index, so only these need to be kept."""

_SALT: Final = 0x5BD1E9955BD1E995


Tags = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.uint8]


class Counters(NamedTuple):
    """Per slot: 16 bits of the shingle that holds it, and in how many clusters it stood."""

    tags: Tags
    counts: Counts


class BoilerplateMemory:
    """Counters for 4 million shingles in 12 MB."""

    def __init__(self, slot_bits: int = SLOT_BITS) -> None:
        self.counters = Counters(np.zeros(1 << slot_bits, np.uint16), np.zeros(1 << slot_bits, np.uint8))

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return self.counters.tags.nbytes + self.counters.counts.nbytes


@compiled
def _place(feature: np.uint64, slots: int) -> tuple[np.uint64, np.uint64]:
    h = mix((feature & np.uint64(ADDRESS_BITS)) ^ np.uint64(_SALT))
    return (h >> np.uint64(32)) * np.uint64(slots) >> np.uint64(32), h & np.uint64(0xFFFF)


@compiled
def mark_plain(tags: Tags, counts: Counts, features: Hashes, plain: Mask) -> None:
    """Fill `plain`: whether each shingle stood in too few clusters for boilerplate.

    Three loops, the one that reads memory so short that many of its reads are under way at once.
    """
    places = np.empty(features.size, np.uint64)
    wanted, found = np.empty(features.size, np.uint16), np.empty(features.size, np.uint16)
    clusters = np.empty(features.size, np.uint8)
    for i in range(features.size):
        places[i], wanted[i] = _place(features[i], tags.size)
    for i in range(features.size):
        found[i] = tags[places[i]]
        clusters[i] = counts[places[i]]
    for i in range(features.size):
        plain[i] = (found[i] != wanted[i]) | (clusters[i] < np.uint8(BOILERPLATE_CLUSTERS))


@compiled
def learn(tags: Tags, counts: Counts, feature: np.uint64) -> None:
    """Count one more cluster for a shingle."""
    slot, tag = _place(feature, tags.size)
    count = int(counts[slot])
    if tags[slot] == tag:
        counts[slot] = min(count + 1, COUNT_MAX)
    elif count <= 1:
        tags[slot] = tag
        counts[slot] = 1
    elif count < BOILERPLATE_CLUSTERS:
        counts[slot] = count - 1
