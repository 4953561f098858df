"""Remember which articles belong to one cluster: the article it begins with, its updates and its revisions.

An update that changes one word has hardly a shingle of its own, so the lookup by shingles cannot tell its reprints
from those of the first article. Its cluster leads to it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import compiled
from service.dedup.index.buckets import Serials
from service.dedup.index.recent_keys import Keys

MEMBERS_MAX: Final = 32
"""Maximum number of articles of a cluster, besides its head, whose facts are compared with those of a text."""


class Clusters:
    """Clusters of up to `capacity` articles: rings, addressed by serial number modulo their length.

    They hold serial numbers plus 1; 0 is none.
    """

    def __init__(self, capacity: int) -> None:
        self._heads: Serials = np.zeros(capacity, np.uint32)
        self._links: Serials = np.zeros(
            capacity, np.uint32
        )  # from a head to the newest other article of its cluster, from another to the one before it

    @property
    def bytes_each(self) -> int:
        """Return the bytes kept of an article."""
        return self._heads.itemsize + self._links.itemsize

    def head(self, serial: int, floor: int) -> int:
        """Return the article that the cluster of a visible article begins with; itself once that is forgotten."""
        head = int(self._heads[serial % self._heads.size]) - 1
        return head if head >= floor else serial

    def members(self, serial: int, floor: int) -> list[int]:
        """Return the head of the cluster of a visible article, then the newest others, older ones first."""
        head = self.head(serial, floor)
        if self._heads[head % self._heads.size]:  # a later article, whose head is forgotten
            return [head]
        others: list[int] = []
        other = int(self._links[head % self._links.size]) - 1
        while other >= floor and len(others) < MEMBERS_MAX:
            others.append(other)
            other = int(self._links[other % self._links.size]) - 1
        return [head, *reversed(others)]

    def remember(self, first_serial: int, heads: Keys) -> None:
        """Store articles under consecutive serial numbers; heads: 1 + serial number, 0 where a cluster begins."""
        _remember(first_serial, heads, self._heads, self._links)


@compiled
def _remember(first_serial: int, heads: Keys, stored: Serials, links: Serials) -> None:
    for i in range(heads.size):
        serial = first_serial + i
        place = serial % stored.size
        before = np.uint32(0)
        if heads[i] > 0:
            at_head = (heads[i] - 1) % stored.size
            if stored[at_head] > 0:  # its own head is forgotten: from now on it is one
                stored[at_head], links[at_head] = np.uint32(0), np.uint32(0)
            before = links[at_head]
            links[at_head] = np.uint32(serial + 1)
        stored[place] = heads[i]
        links[place] = before  # last: the new article may take the place of its head
