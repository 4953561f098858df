"""Which article ids were seen, with which content, and which remembered article answers for them."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final, NamedTuple

import numpy as np

from service.compiled import borrowing, compiled
from service.dedup.decided import ANSWERED_BY, CONTENT, ID_HASH, IS_KNOWN, META, REVISION
from service.dedup.index.index import Columns
from service.dedup.index.recent_keys import ABSENT, Keys, Slots, find, forget, put, slots_for

SLOTS_PER_ID: Final = 1.25
"""Slots of the table for each id that it has room for: few collections fill it with ids of duplicates."""


def id_hash(article_id: str) -> int:
    """Return 64 bits that stand for an article id (two of a million ids collide once in 37 million such sets)."""
    return int.from_bytes(
        blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )


@borrowing
def short_content(content: int) -> int:
    """Return the 32 bits of a content hash by which the last version of an id is known."""
    return content & 0xFFFFFFFF


class KnownId(NamedTuple):
    """The last version seen under an id."""

    content: int  # see `short_content`
    answered_by: int  # serial of the article that is remembered for it: itself, or what it repeats
    revision: int
    meta: int  # see dedup/metadata.py


class KnownIds:
    """The last `capacity` ids; an id that comes again counts as new in the ring."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._slots: Slots = slots_for(capacity, SLOTS_PER_ID)
        self._ids: Keys = np.zeros(capacity, np.int64)
        self._contents = np.zeros(capacity, np.uint32)
        self._metas: Keys = np.zeros(capacity, np.int64)
        self._serials = np.zeros(capacity, np.uint32)
        self._revisions = np.zeros(capacity, np.uint32)
        self._written = 0

    def get(self, key: int) -> KnownId | None:
        """Return what is known of an id, given its `id_hash`."""
        place = find(self._slots, self._ids, key)
        if place == ABSENT:
            return None
        return KnownId(
            int(self._contents[place]),
            int(self._serials[place]),
            int(self._revisions[place]),
            int(self._metas[place]),
        )

    def remember(self, articles: Columns) -> None:
        """Return the versions just decided, in the order of the log."""
        self._written = _remember(
            self._slots,
            self._ids,
            self._contents,
            self._metas,
            self._serials,
            self._revisions,
            self._written,
            articles,
        )

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        used = min(self._written, self.capacity)
        return self._slots.nbytes + used * (8 + 4 + 8 + 4 + 4)


@compiled
def _remember(
    slots: Slots,
    ids: Keys,
    contents: Slots,
    metas: Keys,
    serials: Slots,
    revisions: Slots,
    written: int,
    articles: Columns,
) -> int:
    """See `KnownIds.remember`; returns how many were written by now."""
    for i in range(articles.shape[0]):
        if not articles[i, IS_KNOWN]:
            continue
        place = written % ids.size
        if written >= ids.size:
            forget(slots, ids, place)
        put(slots, ids, articles[i, ID_HASH], place)
        contents[place] = short_content(articles[i, CONTENT])
        metas[place] = articles[i, META]
        serials[place] = articles[i, ANSWERED_BY]
        revisions[place] = articles[i, REVISION]
        written += 1
    return written
