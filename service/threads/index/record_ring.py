"""Records by serial number in a ring of bytes: no object for each, and the oldest go when room is needed."""

from __future__ import annotations

from typing import Final

import numpy as np

BYTES_MIN: Final = 1 << 19
"""Minimum size of a ring: a record of an article with 400 claims and long names fits in."""


class RecordRing:
    """The newest `count` records that fit in `size` bytes. Serial numbers only grow."""

    def __init__(self, count: int, size: int) -> None:
        self.starts = np.zeros(count, np.int64)
        self.lengths = np.zeros(count, np.uint32)
        self.data = bytearray(max(BYTES_MIN, size))
        self.first = self.next = 1
        self._end = 0

    @property
    def size_bytes(self) -> int:
        """Return memory in use."""
        return self.starts.nbytes + self.lengths.nbytes + len(self.data)

    def start_at(self, number: int) -> None:
        """Forget all records; the next one has this number."""
        self.first = self.next = number

    def add(self, record: bytes) -> None:
        """Remember a record under the next number; one that is larger than the ring is not kept."""
        size = len(self.data)
        kept = record if len(record) <= size else b""
        start, left = self._end, size - self._end % size
        if len(kept) > left:
            start += left
        self._end = start + len(kept)
        place, slot = start % size, self.next % len(self.starts)
        self.data[place : place + len(kept)] = kept
        self.starts[slot], self.lengths[slot] = start, len(kept)
        self.next += 1

    def get(self, number: int) -> bytes | None:
        """Return a record; None where it is forgotten."""
        if not max(self.first, self.next - len(self.starts)) <= number < self.next:
            return None
        slot = number % len(self.starts)
        start, length = int(self.starts[slot]), int(self.lengths[slot])
        if start < self._end - len(self.data) or length == 0:
            return None
        place = start % len(self.data)
        return bytes(self.data[place : place + length])
