"""Which article ids were seen, with which content, and which remembered article answers for them."""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from service.core.compiled import compiled
from service.core.hashing import Hashes
from service.core.recent_keys import ABSENT, Slots, find, forget, put, slots_for


def id_hash(article_id: str) -> int:
    """64 bits that stand for an article id (two of a million ids collide once in 37 million such sets)."""
    return int.from_bytes(blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


class KnownId(NamedTuple):
    """The last version seen under an id."""

    content: int  # 64 bits of the content hash
    answered_by: int  # serial of the article that is remembered for it: itself, or what it repeats
    revision: int


class KnownIds:
    """The last `capacity` ids; an id that comes again counts as new in the ring."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._slots: Slots = slots_for(capacity)
        self._ids: Hashes = np.zeros(capacity, np.uint64)
        self._contents: Hashes = np.zeros(capacity, np.uint64)
        self._serials = np.zeros(capacity, np.uint32)
        self._revisions = np.zeros(capacity, np.uint32)
        self._written = 0

    def get(self, key: int) -> KnownId | None:
        """What is known of an id, given its `id_hash`."""
        place = find(self._slots, self._ids, np.uint64(key))
        if place == ABSENT:
            return None
        return KnownId(int(self._contents[place]), int(self._serials[place]), int(self._revisions[place]))

    def put(self, keys: Hashes, contents: Hashes, serials: Slots, revisions: Slots) -> None:
        """The versions just decided, in the order of the log."""
        table = (self._slots, self._ids, self._contents, self._serials, self._revisions)
        _put_all(*table, self._written, keys, contents, serials, revisions)
        self._written += keys.size

    @property
    def bytes(self) -> int:
        """Memory in use."""
        used = min(self._written, self.capacity)
        return self._slots.nbytes + used * (8 + 8 + 4 + 4)


@compiled
def _put_all(
    slots: Slots,
    ids: Hashes,
    contents: Hashes,
    serials: Slots,
    revisions: Slots,
    written: int,
    new_ids: Hashes,
    new_contents: Hashes,
    new_serials: Slots,
    new_revisions: Slots,
) -> None:
    for i in range(new_ids.size):
        place = (written + i) % ids.size
        if written + i >= ids.size:
            forget(slots, ids, place)
        put(slots, ids, new_ids[i], place)
        contents[place] = new_contents[i]
        serials[place] = new_serials[i]
        revisions[place] = new_revisions[i]
