"""A hash table of shingles that never grows: buckets that are rings, so the newest entry takes the oldest's place.

An entry is a 16-bit tag of a shingle and the serial number of an article it stands in. The bucket comes from the
lower 32 bits of the shingle's hash and the tag from the next 16: two shingles of one bucket share a tag once in
65,536. Most buckets are never touched by a lookup beyond the 32 bytes of their tags.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.sketch.hashing import Hashes, Mask

WAYS: Final = 16
LOAD: Final = 0.8
"""Share of the entries in use when the index is full: a ring of 16 then seldom loses a live one."""

FREQUENT: Final = 6
"""Number of live entries of a shingle from which it is neither stored again nor looked up: it tells nothing."""

Serials = npt.NDArray[np.uint32]
Cursors = npt.NDArray[np.uint8]


_ONES: Final = 0x0001_0001_0001_0001
_HIGHS: Final = 0x8000_8000_8000_8000

Tags = npt.NDArray[np.uint64]


class Buckets(NamedTuple):
    """The arrays of the table."""

    tags: Tags  # buckets x 4, four tags of 16 bits in each; 0 = empty
    serials: Serials  # buckets x 16
    cursors: Cursors  # per bucket: the entry written next

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return self.tags.nbytes + self.serials.nbytes + self.cursors.nbytes


def buckets_for(entries: int) -> Buckets:
    """Return an empty table for this number of entries."""
    count = max(16, int(entries / LOAD / WAYS))
    return Buckets(
        np.zeros((count, WAYS // 4), np.uint64), np.zeros((count, WAYS), np.uint32), np.zeros(count, np.uint8)
    )


# Arrays are passed one by one and indexed by unsigned numbers: numba counts references of a tuple's arrays at every
# call and looks out for negative indices, which made lookups five times as slow.


@compiled
def bucket_of(feature: np.uint64, buckets: int) -> np.uint64:
    """Return the bucket of a shingle, given the number of buckets."""
    return (feature & np.uint64(0xFFFFFFFF)) * np.uint64(buckets) >> np.uint64(32)


@compiled
def _tag(feature: np.uint64) -> np.uint64:
    return max(np.uint64(1), feature >> np.uint64(32) & np.uint64(0xFFFF))


@compiled
def _zeros(lanes: np.uint64) -> np.uint64:
    """Return not 0 where one of four lanes is 0: a lane is if it borrows (Mycroft 1987)."""
    return (lanes - np.uint64(_ONES)) & ~lanes & np.uint64(_HIGHS)


@compiled
def _has(tags: Tags, bucket: np.uint64, tag: np.uint64) -> bool:
    """Return whether a bucket has this tag anywhere."""
    wanted, zeros = tag * np.uint64(_ONES), np.uint64(0)
    for i in range(WAYS // 4):
        zeros |= _zeros(tags[bucket, np.uint64(i)] ^ wanted)
    return bool(zeros != 0)


@compiled
def mark_held(tags: Tags, features: Hashes, held: Mask) -> None:
    """Fill `held`: whether any article holds each shingle, expired ones among them.

    Tags are fetched in a loop of their own, so short that many reads of memory are under way at once; comparing them
    is left to the vector units.
    """
    words = np.empty((WAYS // 4, features.size), np.uint64)
    first, second, third, fourth = words[0], words[1], words[2], words[3]
    for i in range(features.size):
        bucket = bucket_of(features[i], tags.shape[0])
        first[i] = tags[bucket, np.uint64(0)]
        second[i] = tags[bucket, np.uint64(1)]
        third[i] = tags[bucket, np.uint64(2)]
        fourth[i] = tags[bucket, np.uint64(3)]
    for i in range(features.size):
        wanted = _tag(features[i]) * np.uint64(_ONES)
        zeros = _zeros(first[i] ^ wanted) | _zeros(second[i] ^ wanted)
        zeros |= _zeros(third[i] ^ wanted) | _zeros(fourth[i] ^ wanted)
        held[i] = zeros != np.uint64(0)


@compiled
def holders(tags: Tags, serials: Serials, feature: np.uint64, floor: int, out: Serials) -> int:
    """Return articles from serial number `floor` on that hold this shingle in `out`, and how many.

    Stops at FREQUENT, which `out` must have room for.
    """
    bucket, tag = bucket_of(feature, tags.shape[0]), _tag(feature)
    count = 0
    if not _has(tags, bucket, tag):
        return 0
    for way in range(WAYS):
        lane = np.uint64(way & 3) * np.uint64(16)
        if tags[bucket, np.uint64(way >> 2)] >> lane & np.uint64(0xFFFF) != tag:
            continue
        serial = serials[bucket, np.uint64(way)]
        if serial < floor:
            continue
        fresh = True
        for i in range(count):
            fresh &= out[i] != serial
        if fresh:
            out[count] = serial
            count += 1
            if count == FREQUENT:
                break
    return count


@compiled
def write(tags: Tags, serials: Serials, cursors: Cursors, feature: np.uint64, serial: int) -> None:
    """Note that this article holds this shingle."""
    bucket = bucket_of(feature, tags.shape[0])
    way = np.uint64(cursors[bucket])
    lane = (way & np.uint64(3)) * np.uint64(16)
    four = way >> np.uint64(2)
    others = tags[bucket, four] & ~(np.uint64(0xFFFF) << lane)
    tags[bucket, four] = others | _tag(feature) << lane
    serials[bucket, way] = serial
    cursors[bucket] = (way + np.uint64(1)) % np.uint64(WAYS)
