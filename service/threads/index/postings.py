"""Which facets have a key: chains through a ring, newest first, so nothing is ever moved or deleted.

A posting is the serial number of a thread and the distance back to the posting of the same key before it, in one number
of 64 bits, so that following a chain costs one look at memory for each. A slot of the table has a key and the place of
its newest posting. A key has its slot in one bucket, so looking for it costs the same however long the table is in use.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.sketch.claims.claim_words import Words

Places = npt.NDArray[np.int64]
Longs = npt.NDArray[np.uint64]

BUCKET_SLOTS: Final = 8
"""Slots looked at for a key. Where all of them hold other keys, the one used longest ago is forgotten."""
SLOTS_PER_POSTING: Final = 1 / 5
"""Slots for each posting: news has a new key for every ninth."""
SLOTS_MIN: Final = 100_000
"""Slots that a small ring has in any case, if that is not above two for each posting: few keys have come twice."""
BACK_SHIFT: Final = np.uint64(32)
SERIAL_BITS: Final = np.uint64(0xFFFFFFFF)
"""Where a posting has the distance back, and the lower 32 bits of the serial number."""


class Postings(NamedTuple):
    """The arrays. `heads` are places counted from the first posting ever, 0 = never used; `ends`: the next place."""

    keys: Words
    heads: Places
    chain: Longs  # distance to the posting before, 0 = there is none, above the serial number of the thread
    ends: Places

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return sum(array.nbytes for array in self)


def postings_for(count: int) -> Postings:
    """Return room for so many postings."""
    slots = max(256, int(count * SLOTS_PER_POSTING), min(2 * count, SLOTS_MIN)) // BUCKET_SLOTS * BUCKET_SLOTS
    return Postings(
        np.zeros(slots, np.uint32),
        np.zeros(slots, np.int64),
        np.zeros(count, np.uint64),
        np.ones(1, np.int64),
    )


@compiled
def mixed(key: int, salt: int) -> np.uint32:
    """Return a key of its own for this use of a number (a finaliser of MurmurHash3)."""
    h = np.uint32(key) ^ np.uint32(np.uint32(salt) * np.uint32(0x9E3779B9))
    h = np.uint32((h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B))
    h = np.uint32((h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    return h ^ (h >> np.uint32(16))


@compiled
def slot_of(keys: Words, heads: Places, key: np.uint32, floor: int, for_writing: bool) -> np.int64:
    """Return the slot of a key; -1 if there is none. To write, the one of its bucket that was used longest ago."""
    buckets = np.uint64(keys.size // BUCKET_SLOTS)
    first = (
        np.int64((np.uint64(key) * buckets) >> BACK_SHIFT) * BUCKET_SLOTS
    )  # keys are mixed: any size will do
    oldest = first
    for slot in range(first, first + BUCKET_SLOTS):
        if keys[slot] == key and heads[slot] >= floor:
            return np.int64(slot)
        if heads[slot] < heads[oldest]:
            oldest = np.int64(slot)
    return oldest if for_writing else np.int64(-1)


@compiled
def post(keys: Words, heads: Places, chain: Longs, ends: Places, key: np.uint32, serial: int) -> None:
    """Note that a thread has a key."""
    place = ends[0]
    floor = max(1, place - chain.size + 1)
    slot = slot_of(keys, heads, key, floor, True)
    known = heads[slot] >= floor and keys[slot] == key
    back = np.uint64(place - heads[slot]) if known else np.uint64(0)
    chain[place % chain.size] = back << BACK_SHIFT | np.uint64(serial) & SERIAL_BITS
    keys[slot], heads[slot] = key, place
    ends[0] = place + 1
