"""The parts of a collection's memory, and the one way anything gets into them: as decided articles, in order.

Deciding and rebuilding use the same door, so a rebuilt memory is the one that was lost.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.dedup.decided import (
    AS_FED,
    COLUMNS,
    CONTENT,
    IS_STORED,
    NOTHING_STORED,
    SECONDS,
    Decided,
)
from service.dedup.index.article_ids import ArticleIds
from service.dedup.index.buckets import Serials
from service.dedup.index.clusters import Clusters
from service.dedup.index.deliveries import Deliveries
from service.dedup.index.fact_store import FactStore, Shorts
from service.dedup.index.index import (
    ENTRY_HASHES,
    ENTRY_HEAD,
    ENTRY_ID_BYTES,
    ENTRY_NOTICE,
    ENTRY_SLUG,
    ENTRY_SUMS,
    Columns,
    Index,
)
from service.dedup.index.known_ids import KnownIds
from service.dedup.index.recent_keys import ABSENT, Keys, find, forget, put, slots_for

KNOWN_IDS_PER_ARTICLE: Final = 2
"""Ids of duplicates are remembered too; where these are more than half, for a shorter time than the window."""

DELIVERIES_PER_ARTICLE: Final = 4
"""Number of raw records known as delivered, for each article that memory holds: a record that is read again after it is
forgotten would be decided again. 14 bytes each; news repeats itself less than three times."""

_NOW, _NEXT, _FLOOR, _EVICTED = range(4)
Codes = npt.NDArray[np.uint8]
_Progress = npt.NDArray[np.int64]


class Memory:
    """What was stored, under serial numbers in the order of the log, and what else must not be forgotten."""

    def __init__(self, capacity: int, window_seconds: int) -> None:
        self.capacity = capacity
        self.index = Index(capacity)
        self.facts = FactStore(capacity)
        self._clusters = Clusters(capacity)
        self._notices: Codes = np.zeros(capacity, np.uint8)
        self._slugs: Serials = np.zeros(capacity, np.uint32)  # touched only where a feed has slugs
        self.known_ids = KnownIds(capacity * KNOWN_IDS_PER_ARTICLE)
        self.deliveries = Deliveries(capacity * DELIVERIES_PER_ARTICLE)
        self._window_seconds = window_seconds
        self._progress: _Progress = np.zeros(4, np.int64)
        self._article_ids = ArticleIds()
        self._times: Serials = np.zeros(capacity, np.uint32)
        self._content_slots: Serials = slots_for(capacity)
        self._contents: Keys = np.zeros(capacity, np.int64)
        self._as_fed = np.zeros(capacity, np.uint16)

    @property
    def next_serial(self) -> int:
        """Return the serial number of the next article that is stored."""
        return int(self._progress[_NEXT])

    @property
    def floor(self) -> int:
        """Return the oldest serial number still visible: younger than the window, and among the last `capacity`."""
        return int(self._progress[_FLOOR])

    @property
    def evicted(self) -> int:
        """Return articles that had to go before their time, because memory was full."""
        return int(self._progress[_EVICTED])

    @property
    def bytes(self) -> int:
        """Return memory in use, estimated from the sizes of the parts."""
        entries = min(self.next_serial, self.capacity)
        parts = (
            self.known_ids.bytes,
            self.deliveries.bytes,
            self._article_ids.bytes,
            self._content_slots.nbytes,
        )
        return (
            self.index.bytes_for(entries)
            + sum(parts)
            + entries * (4 + 8 + 2 + 1 + self._clusters.bytes_each + self.facts.bytes_each)
            + self.facts.bytes
        )

    def is_visible(self, serial: int) -> bool:
        """Return whether an article has neither expired nor been evicted."""
        return serial >= self.floor

    def article_id(self, serial: int) -> str:
        """Return the id of a visible article."""
        return self._article_ids.get(serial)

    def with_content(self, content: int) -> int | None:
        """Return the serial number of the visible article with this content (64 bits of its hash)."""
        place = find(self._content_slots, self._contents, content)
        if place == ABSENT:
            return None
        newest = self.next_serial - 1
        serial = newest - (newest - place) % self.capacity
        return serial if self.is_visible(serial) else None

    def is_as_fed(self, serial: int, as_fed: int) -> bool:
        """Return whether a visible article has this `Article.as_fed`: by 16 bits of it, not 0 where it is not 0."""
        return int(self._as_fed[serial % self.capacity]) == _short_as_fed(as_fed)

    def head(self, serial: int) -> int:
        """Return the article that the cluster of a visible article begins with; itself once that is forgotten."""
        return self._clusters.head(serial, self.floor)

    def cluster(self, serial: int) -> list[int]:
        """Return articles of the cluster of a visible article: its head, then the newest others, older ones first."""
        return self._clusters.members(serial, self.floor)

    def notice(self, serial: int) -> int:
        """Return code of the notice that a visible article was fed with."""
        return int(self._notices[serial % self.capacity])

    def with_slug(self, slugs: tuple[int, ...]) -> int | None:
        """Return the newest visible article with one of these slugs, the first that any has.

        All articles are looked through: 0.3 ms for a million, and few are notices.
        """
        newest = self.next_serial - 1
        for slug in slugs:
            places = np.flatnonzero(self._slugs == np.uint32(slug))
            if places.size:
                serial = int((newest - (newest - places) % self.capacity).max())
                if self.is_visible(serial):
                    return serial
        return None

    def advance(self, seconds: int) -> None:
        """Note that a record with this timestamp is looked at (0: it has none); what is too old becomes invisible."""
        if seconds > self._progress[_NOW]:
            articles = np.zeros((1, COLUMNS), np.int64)
            articles[0, SECONDS] = seconds
            self._follow(articles, NOTHING_STORED.entries)

    def start_at(self, serial: int) -> None:
        """Return the log before this serial number is gone. Raises ValueError if something is remembered already."""
        if self._progress[_NEXT]:
            raise ValueError(
                f"expected serial number {self.next_serial}, found {serial}: a segment is missing"
            )
        self._progress[_NEXT] = self._progress[_FLOOR] = serial

    def remember(self, topics: tuple[str, ...], decided: Decided) -> None:
        """Take in articles that were decided, in order."""
        articles = decided.articles  # a redelivered one is neither known nor stored, and its time is no news
        self.deliveries.remember(topics, articles)
        self.known_ids.remember(articles)
        serial = self.next_serial
        self.index.remember(serial, decided.entries, decided.features, decided.written, decided.words)
        numbers = decided.entries[:, ENTRY_HASHES : ENTRY_SUMS + 1]
        self.facts.remember(serial, decided.filters, numbers, decided.small)
        self._clusters.remember(serial, decided.entries[:, ENTRY_HEAD])
        self._follow(articles, decided.entries)
        at = 0
        for size in decided.entries[:, ENTRY_ID_BYTES].tolist():
            self._article_ids.append(serial, decided.entry_ids[at : at + size])
            serial += 1
            at += size
        self._article_ids.drop_before(self.floor)

    def _follow(self, articles: Columns, entries: Columns) -> None:
        _follow(
            self._progress,
            self._window_seconds,
            self._times,
            self._as_fed,
            self._content_slots,
            self._contents,
            self._notices,
            self._slugs,
            articles,
            entries,
        )


@compiled
def _short_as_fed(as_fed: int) -> int:
    """Return 16 bits of `Article.as_fed`; 0 only for 0, which is a text that lost no words to cleaning."""
    return int(max(as_fed & 0xFFFF, min(as_fed, 1)))


@compiled
def _follow(
    progress: _Progress,
    window_seconds: int,
    times: Serials,
    as_fed: Shorts,
    content_slots: Serials,
    contents: Keys,
    notices: Codes,
    slugs: Serials,
    articles: Columns,
    entries: Columns,
) -> None:
    """Move log time on, article by article; let the old expire; put in what is known of the stored besides shingles."""
    capacity, stored = times.size, 0
    now, following, floor, evicted = progress[_NOW], progress[_NEXT], progress[_FLOOR], progress[_EVICTED]
    for i in range(articles.shape[0]):
        seconds = articles[i, SECONDS]
        if now == 0 and seconds > 0:  # articles without any time are as old as the first one with a time
            for serial in range(floor, following):
                times[serial % capacity] = seconds
        now = max(now, seconds)
        while floor < following and np.int64(times[floor % capacity]) + window_seconds < now:
            floor += 1
        if not articles[i, IS_STORED]:
            continue
        place = following % capacity
        if following - floor == capacity:
            floor += 1
            evicted += 1
        if following >= capacity:
            forget(content_slots, contents, place)
        put(content_slots, contents, articles[i, CONTENT], place)
        times[place] = now
        as_fed[place] = _short_as_fed(articles[i, AS_FED])
        notices[place] = entries[stored, ENTRY_NOTICE]
        if slugs[place] != entries[stored, ENTRY_SLUG]:  # without slugs no page of them is ever written
            slugs[place] = entries[stored, ENTRY_SLUG]
        following += 1
        stored += 1
    progress[_NOW], progress[_NEXT], progress[_FLOOR], progress[_EVICTED] = now, following, floor, evicted
