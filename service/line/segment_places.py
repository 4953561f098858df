"""Where the segments of envelopes stand in their log, in 16 bytes each.

A dict takes 100. A quiet feed makes an envelope of each article, and its worker may run for a year.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left


class Places:
    """Map offsets of envelopes to positions in the log. Both only rise."""

    def __init__(self) -> None:
        self._offsets = array("q")
        self._positions = array("q")

    def __len__(self) -> int:
        return len(self._offsets)

    def note(self, offset: int, position: int) -> None:
        """Add the place of an envelope's segment. Both numbers are above all before."""
        self._offsets.append(offset)
        self._positions.append(position)

    def get(self, offset: int) -> int | None:
        """Return the position of the segment of an envelope; None where none is known."""
        found = bisect_left(self._offsets, offset)
        if found == len(self._offsets) or self._offsets[found] != offset:
            return None
        return self._positions[found]

    def forget_before(self, position: int) -> None:
        """Drop the places before a position: the log no longer holds them."""
        gone = bisect_left(self._positions, position)
        del self._offsets[:gone], self._positions[:gone]
