"""Which threads have a key: the newest postings of each key, side by side, so that reading them waits for memory once.

A key has its slot in one bucket, so looking for it costs the same however long the table is in use. Most keys come a
few times only: their postings stand in the slot. A key that comes more often has a block, a ring of its newest
postings; the older ones are never asked, so they are not kept. A posting is the lower half of a serial number.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing
from service.sketch.claims.claim_words import Words

Places = npt.NDArray[np.int64]
Table = npt.NDArray[np.uint32]

BUCKET_SLOTS: Final = 8
"""Slots looked at for a key. Where all of them hold other keys, the one used longest ago is forgotten."""
FEW: Final = 4
"""Postings that stand in the slot of a key; beyond, it has a block."""
KEY: Final = 0
STAMP: Final = BUCKET_SLOTS
COUNT: Final = 2 * BUCKET_SLOTS
BLOCK: Final = 3 * BUCKET_SLOTS
IN_SLOT: Final = 4 * BUCKET_SLOTS
COLUMNS: Final = (4 + FEW) * BUCKET_SLOTS
"""Columns of a bucket, each for all of its slots: the key, when it was posted last, how often it was (0 = the slot is
free), the number of its block (0 = it has none), and then its first postings, FEW for each slot."""

POSTED: Final = 0
FRESH: Final = 1
FREED: Final = 2
TURN: Final = 3
COUNTERS: Final = 4
"""Counters: postings so far, blocks that were ever used, the newest block given back (0 = none), and the block that is
taken from its key next where none is left."""

_LOW_BITS: Final = 0xFFFFFFFF
_BUCKET_SHIFT: Final = np.uint64(32)


class Postings(NamedTuple):
    """The arrays."""

    table: Table  # [buckets, COLUMNS]
    blocks: Table  # [blocks, postings]: posting n of a key stands at n % postings
    owners: Words  # the slot a block belongs to; of one given back the one given back before
    counters: Places

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return sum(array.nbytes for array in self)


def postings_for(keys: int, frequent: int, newest: int) -> Postings:
    """Return room for so many keys, of which so many come often and have their `newest` postings kept."""
    return Postings(
        np.zeros((max(32, keys // BUCKET_SLOTS), COLUMNS), np.uint32),
        np.zeros((max(64, frequent), newest), np.uint32),
        np.zeros(max(64, frequent), np.uint32),
        np.zeros(COUNTERS, np.int64),
    )


@borrowing
def mixed(key: int, salt: int) -> np.uint32:
    """Return a key of its own for this use of a number (a finaliser of MurmurHash3)."""
    h = np.uint32(key) ^ np.uint32(np.uint32(salt) * np.uint32(0x9E3779B9))
    h = np.uint32((h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B))
    h = np.uint32((h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    return h ^ (h >> np.uint32(16))


@borrowing
def bucket_of(table: Table, key: np.uint32) -> int:
    """Return the bucket of a key: keys are mixed, so any number of buckets will do."""
    return int((np.uint64(key) * np.uint64(table.shape[0])) >> _BUCKET_SHIFT)


@borrowing
def newest(table: Table, blocks: Table, key: np.uint32, following: int, out: Places, most: int) -> int:
    """Write the newest postings of a key to `out`, the newest first; return how many. All are below `following`."""
    bucket = table[bucket_of(table, key)]
    for slot in range(BUCKET_SLOTS):
        if bucket[KEY + slot] == key and bucket[COUNT + slot] != 0:
            count, block = np.int64(bucket[COUNT + slot]), np.int64(bucket[BLOCK + slot])
            held = min(count, blocks.shape[1] if block else FEW, most)
            for n in range(held):
                place = count - 1 - n
                if block:
                    low = np.int64(blocks[block - 1, place % blocks.shape[1]])
                else:
                    low = np.int64(bucket[IN_SLOT + slot * FEW + place])
                out[n] = following - ((following - low) & _LOW_BITS)
            return int(held)
    return 0


@borrowing
def post(table: Table, blocks: Table, owners: Words, counters: Places, key: np.uint32, serial: int) -> None:
    """Note that a thread has a key."""
    number = bucket_of(table, key)
    bucket = table[number]
    now = counters[POSTED]
    counters[POSTED] = now + 1
    slot = _slot_for(bucket, key, now)
    if bucket[COUNT + slot] == 0 or bucket[KEY + slot] != key:
        if bucket[BLOCK + slot] != 0:
            given_back = np.int64(bucket[BLOCK + slot])
            owners[given_back - 1], counters[FREED] = counters[FREED], given_back
        bucket[KEY + slot], bucket[COUNT + slot], bucket[BLOCK + slot] = key, 0, 0
    bucket[STAMP + slot] = now & _LOW_BITS
    count = np.int64(bucket[COUNT + slot])
    if count == FEW and bucket[BLOCK + slot] == 0:
        block = _block_for(table, blocks, owners, counters, number * BUCKET_SLOTS + slot)
        for n in range(FEW):
            blocks[block, n] = bucket[IN_SLOT + slot * FEW + n]
        bucket[BLOCK + slot] = block + 1
    if bucket[BLOCK + slot] != 0:
        blocks[np.int64(bucket[BLOCK + slot]) - 1, count % blocks.shape[1]] = serial & _LOW_BITS
    else:
        bucket[IN_SLOT + slot * FEW + count] = serial & _LOW_BITS
    bucket[COUNT + slot] = count + 1


@borrowing
def _slot_for(bucket: Words, key: np.uint32, now: int) -> int:
    """Return the slot of a key, else a free one, else the one that was posted longest ago."""
    for slot in range(BUCKET_SLOTS):
        if bucket[KEY + slot] == key and bucket[COUNT + slot] != 0:
            return slot
    found, oldest = 0, -1
    for slot in range(BUCKET_SLOTS):
        if bucket[COUNT + slot] == 0:
            return slot
        age = int((now - np.int64(bucket[STAMP + slot])) & _LOW_BITS)
        if age > oldest:
            found, oldest = slot, age
    return found


@borrowing
def _block_for(table: Table, blocks: Table, owners: Words, counters: Places, slot: int) -> int:
    """Return a block for a slot: one never used, one given back, or that of another key, which keeps its newest."""
    if counters[FRESH] < owners.size:
        block = counters[FRESH]
        counters[FRESH] = block + 1
    elif counters[FREED] != 0:
        block = counters[FREED] - 1
        counters[FREED] = np.int64(owners[block])
    else:
        block = counters[TURN]
        counters[TURN] = (block + 1) % owners.size
        owner = np.int64(owners[block])
        bucket, other = table[owner // BUCKET_SLOTS], owner % BUCKET_SLOTS
        count = np.int64(bucket[COUNT + other])
        for n in range(FEW):
            bucket[IN_SLOT + other * FEW + n] = blocks[block, (count - FEW + n) % blocks.shape[1]]
        bucket[COUNT + other], bucket[BLOCK + other] = FEW, 0
    owners[block] = slot
    return int(block)
