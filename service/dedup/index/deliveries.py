"""Which raw records were decided: Kafka may deliver one twice, and its first copy answers for it.

A consumer group that is deleted, expires or is reset reads again what was decided days ago. So every record is known,
as 64 bits of its place and content, as long as the memory of its collection reaches: other content at a known place
means that the topic was made anew, and is decided like any other record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.dedup.decided import CONTENT, OUTCOME, PARTITION, RAW_OFFSET, REDELIVERED, TOPIC
from service.dedup.index.index import Columns
from service.dedup.index.known_ids import id_hash
from service.dedup.index.recent_keys import ABSENT, Keys, Slots, find, forget, put, slots_for
from service.sketch.hashing import mix

Hashes = npt.NDArray[np.int64]

SLOTS_PER_RECORD: Final = 1.25
"""Slots of the table for each record it has room for: few collections are fed with as many records as that."""


class Deliveries:
    """The last `capacity` raw records that one collection decided on."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._slots: Slots = slots_for(capacity, SLOTS_PER_RECORD)
        self._keys: Keys = np.zeros(capacity, np.int64)
        self._written = 0
        self._topics: dict[str, int] = {}

    def seen(self, topic: str, partition: int, offset: int, content: int) -> bool:
        """Tell whether this very record was decided before."""
        key = _key(self._hash_of(topic), partition, offset, content)
        return bool(find(self._slots, self._keys, key) != ABSENT)

    def remember(self, topics: Sequence[str], articles: Columns) -> None:
        """Take note of the records that were just decided; one that came again is known already."""
        hashes = np.array([self._hash_of(topic) for topic in topics], np.int64)
        self._written = _remember(self._slots, self._keys, self._written, hashes, articles)

    @property
    def bytes(self) -> int:
        """Return the memory in use."""
        return int(self._slots.nbytes + min(self._written, self.capacity) * 8)

    def _hash_of(self, topic: str) -> int:
        known = self._topics.get(topic)
        if known is None:
            known = self._topics[topic] = id_hash(topic)
        return known


@compiled
def _key(topic: int, partition: int, offset: int, content: int) -> int:
    """Hash the place and content of a record to 64 bits."""
    place = mix(np.uint64(topic) ^ np.uint64(partition)) ^ np.uint64(offset)
    key: int = np.int64(mix(mix(place) ^ np.uint64(content)))  # type: ignore[assignment]
    return key


@compiled
def _remember(slots: Slots, keys: Keys, written: int, topics: Hashes, articles: Columns) -> int:
    """Put the keys of `articles` into the ring, in order; returns how many were written by now."""
    for i in range(articles.shape[0]):
        row = articles[i]
        if row[OUTCOME] == REDELIVERED:
            continue
        place = written % keys.size
        if written >= keys.size:
            forget(slots, keys, place)
        put(slots, keys, _key(topics[row[TOPIC]], row[PARTITION], row[RAW_OFFSET], row[CONTENT]), place)
        written += 1
    return written
