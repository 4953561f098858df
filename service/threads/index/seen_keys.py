"""Which deliveries came before: the newest so many, as 64 bits of their hashes."""

from __future__ import annotations

import numpy as np


class SeenKeys:
    """The newest `limit` keys."""

    def __init__(self, limit: int) -> None:
        self.ring = np.zeros(limit, np.int64)
        self.known: set[int] = set()
        self.written = 0

    @property
    def size_bytes(self) -> int:
        """Return the size of the array: the set takes up to 70 bytes for each key beside it."""
        return self.ring.nbytes

    def note(self, key: bytes) -> bool:
        """Note a key; return whether it was noted before."""
        number = int.from_bytes(key[:8], "little", signed=True)
        if number in self.known:
            return True
        slot = self.written % len(self.ring)
        if self.written >= len(self.ring):
            self.known.discard(int(self.ring[slot]))
        self.ring[slot] = number
        self.known.add(number)
        self.written += 1
        return False
