"""A hash table of shingles that never grows: buckets that are rings, so the newest entry takes the oldest's place.

An entry is a 16-bit tag of a shingle and the serial number of an article it stands in. The bucket comes from the
lower 32 bits of the shingle's hash and the tag from the next 16: two shingles of one bucket share a tag once in
65,536. Most buckets are never touched by a lookup beyond the 32 bytes of their tags.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.compiled import compiled

WAYS: Final = 16
LOAD: Final = 0.8
"""Share of the entries in use when the index is full: a ring of 16 then seldom loses a live one."""

FREQUENT: Final = 6
"""A shingle with so many live entries tells nothing: it is neither stored again nor looked up."""

Serials = npt.NDArray[np.uint32]


class Buckets(NamedTuple):
    """The arrays of the table."""

    tags: npt.NDArray[np.uint16]  # buckets x 16; 0 = empty
    serials: Serials  # buckets x 16
    cursors: npt.NDArray[np.uint8]  # per bucket: the entry written next

    @property
    def bytes(self) -> int:
        """Memory in use."""
        return self.tags.nbytes + self.serials.nbytes + self.cursors.nbytes


def buckets_for(entries: int) -> Buckets:
    """An empty table for so many entries."""
    count = max(16, int(entries / LOAD / WAYS))
    return Buckets(
        np.zeros((count, WAYS), np.uint16), np.zeros((count, WAYS), np.uint32), np.zeros(count, np.uint8)
    )


@compiled
def _bucket(feature: np.uint64, buckets: int) -> int:
    return int(np.int64((feature & np.uint64(0xFFFFFFFF)) * np.uint64(buckets) >> np.uint64(32)))


@compiled
def _tag(feature: np.uint64) -> np.uint16:
    return np.uint16(max(np.uint64(1), feature >> np.uint64(32) & np.uint64(0xFFFF)))


@compiled
def holders(buckets: Buckets, feature: np.uint64, floor: int, out: Serials) -> int:
    """The articles from serial number `floor` on that hold this shingle, each once: fills `out`, returns how many.

    Stops at FREQUENT, which `out` must have room for.
    """
    bucket, tag = _bucket(feature, buckets.cursors.size), _tag(feature)
    count = 0
    for way in range(WAYS):
        if buckets.tags[bucket, way] != tag:
            continue
        serial = buckets.serials[bucket, way]
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
def write(buckets: Buckets, feature: np.uint64, serial: int) -> None:
    """This article holds this shingle."""
    bucket = _bucket(feature, buckets.cursors.size)
    way = buckets.cursors[bucket]
    buckets.tags[bucket, way] = _tag(feature)
    buckets.serials[bucket, way] = serial
    buckets.cursors[bucket] = (way + 1) % WAYS
