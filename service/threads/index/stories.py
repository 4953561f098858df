"""Group articles about one event: each joins the story it is most alike, or opens one. Stories are never merged."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_words import Words
from service.sketch.claims.subject import Floats
from service.threads.index.postings import Places, Postings, Table, mixed, newest, post, postings_for

Days = npt.NDArray[np.int32]

SIMILARITY_MIN: Final = 0.26
"""How alike an article must be to a story to join it."""
GAP_DAYS_MAX: Final = 4
"""Maximum number of days between an article and the others of its story."""
GAP_SPREAD: Final = 18.0
"""An article a gap of days away counts as exp(-gap * gap / GAP_SPREAD) as alike."""
CENTRE_STEMS: Final = 100
KEYS_EACH: Final = 14
"""Stems kept of a story, and the heaviest of them, by which it is found."""
ASKED_STEMS: Final = 28
STEMS_EACH: Final = 6
FREQUENT_EACH: Final = 0.5
"""Room for stems by which a story is found, and for those of them that many stories have."""
NEWEST_MAX: Final = 100
"""Maximum number of postings asked of one stem, the newest."""
RANKED_MAX: Final = 8
"""Maximum number of stories that an article is compared with: those that have most of its weight among their keys."""
VOTES_MIN: Final = 0.03
"""Weight of an article, of 1, that a story must have among its keys to be compared."""
_SALT: Final = 9
_VOTED_MAX: Final = 1_000
_SLOTS: Final = 4_096


class Stories(NamedTuple):
    """The arrays. Of each story: its stems in order, their values, and how many; `keys`: those it is found by."""

    stems: Words  # [stories, CENTRE_STEMS]
    values: Floats
    counts: Days
    keys: Words  # [stories, KEYS_EACH]
    first_day: Days
    last_day: Days
    norms: Floats
    counters: Places  # serial number of the next story, of the oldest
    postings: Postings

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return sum(array.nbytes for array in self[:-1]) + self.postings.bytes


def stories_for(count: int) -> Stories:
    """Return room for so many stories."""
    return Stories(
        np.zeros((count, CENTRE_STEMS), np.uint32),
        np.zeros((count, CENTRE_STEMS), np.float32),
        np.zeros(count, np.int32),
        np.zeros((count, KEYS_EACH), np.uint32),
        np.zeros(count, np.int32),
        np.zeros(count, np.int32),
        np.zeros(count, np.float32),
        np.zeros(2, np.int64),
        postings_for(count * STEMS_EACH, int(count * FREQUENT_EACH), NEWEST_MAX),
    )


def find(stories: Stories, stems: Words, values: Floats, day: int) -> tuple[int, float]:
    """Return the story that an article belongs to and how alike both are; -1 where it opens one."""
    serial, similarity = _find(
        stems, values, day, stories.stems, stories.values, stories.counts, stories.first_day,
        stories.last_day, stories.norms, stories.counters, *stories.postings,
    )  # fmt: skip
    return int(serial), float(similarity)


def add(stories: Stories, serial: int, stems: Words, values: Floats, day: int) -> int:
    """Add an article to a story, or open one for -1; return its serial number. A forgotten story stays forgotten."""
    return int(
        _add(
            serial, stems, values, day, stories.stems, stories.values, stories.counts, stories.keys,
            stories.first_day, stories.last_day, stories.norms, stories.counters, *stories.postings,
        )
    )  # fmt: skip


@borrowing
def _value(stems: Words, values: Floats, count: int, stem: int) -> float:
    low, high = 0, count
    while low < high:
        middle = (low + high) >> 1
        if stems[middle] < stem:
            low = middle + 1
        else:
            high = middle
    return float(values[low]) if low < count and stems[low] == stem else 0.0


@compiled
def _find(
    own: Words,
    strength: Floats,
    day: int,
    stems: Words,
    values: Floats,
    counts: Days,
    first_day: Days,
    last_day: Days,
    norms: Floats,
    counters: Places,
    table: Table,
    blocks: Table,
    owners: Words,
    posted: Places,
) -> tuple[int, float]:
    found, votes = np.empty(_VOTED_MAX, np.int64), np.zeros(_VOTED_MAX, np.float64)
    places = np.zeros(_SLOTS, np.int16)
    held = np.empty(NEWEST_MAX, np.int64)
    seen = 0
    size = counts.size
    for k in range(min(ASKED_STEMS, own.size)):
        count = newest(table, blocks, mixed(own[k], _SALT), counters[0], held, NEWEST_MAX)
        for n in range(count):
            serial = held[n]
            if serial < counters[1]:
                continue
            at = (serial * 0x9E3779B1) & (_SLOTS - 1)
            while places[at] != 0 and found[places[at] - 1] != serial:
                at = (at + 1) & (_SLOTS - 1)
            if places[at] == 0 and seen < _VOTED_MAX:
                found[seen] = serial
                seen += 1
                places[at] = seen
            if places[at] != 0:
                votes[places[at] - 1] += strength[k] * strength[k]
    near = 0
    for i in range(seen):
        story = found[i] % size
        if votes[i] >= VOTES_MIN and _gap(day, first_day[story], last_day[story]) <= GAP_DAYS_MAX:
            found[near], votes[near] = found[i], votes[i]
            near += 1
    best, best_serial = 0.0, -1
    for _ in range(min(RANKED_MAX, near)):
        top = 0
        for i in range(1, near):
            if votes[i] > votes[top] or (votes[i] == votes[top] and found[i] < found[top]):
                top = i
        votes[top] = -1.0
        story = found[top] % size
        gap = _gap(day, first_day[story], last_day[story])
        similarity = 0.0
        for k in range(own.size):
            similarity += strength[k] * _value(stems[story], values[story], counts[story], own[k])
        similarity = similarity / norms[story] * math.exp(-gap * gap / GAP_SPREAD)
        if similarity > best:
            best, best_serial = similarity, found[top]
    return (best_serial, min(1.0, best)) if best >= SIMILARITY_MIN else (-1, 1.0)


@borrowing
def _gap(day: int, first: int, last: int) -> int:
    return max(0, day - last, first - day)


@compiled
def _add(
    serial: int,
    own: Words,
    strength: Floats,
    day: int,
    stems: Words,
    values: Floats,
    counts: Days,
    story_keys: Words,
    first_day: Days,
    last_day: Days,
    norms: Floats,
    counters: Places,
    table: Table,
    blocks: Table,
    owners: Words,
    posted: Places,
) -> int:
    size = counts.size
    if serial < 0:
        serial = counters[0]
        counters[0] = serial + 1
        counters[1] = max(counters[1], serial + 1 - size)
        at = serial % size
        counts[at], first_day[at], last_day[at] = 0, day, day
        story_keys[at, :] = 0
    elif serial < counters[1]:
        return int(serial)
    at = serial % size
    first_day[at], last_day[at] = min(first_day[at], day), max(last_day[at], day)
    _mix_in(stems[at], values[at], counts, norms, at, own, strength)
    heaviest = np.argsort(-values[at, : counts[at]], kind="mergesort")[:KEYS_EACH]
    fresh = np.zeros(KEYS_EACH, np.uint32)
    for k in range(heaviest.size):
        stem = stems[at, heaviest[k]]
        fresh[k] = stem
        known = False
        for j in range(KEYS_EACH):
            known |= story_keys[at, j] == stem
        if not known:
            post(table, blocks, owners, posted, mixed(stem, _SALT), serial)
    story_keys[at, :] = fresh
    return int(serial)


@compiled
def _mix_in(
    stems: Words, values: Floats, counts: Days, norms: Floats, at: int, own: Words, strength: Floats
) -> None:
    """Add an article's stems to those of a story; the heaviest stay."""
    count = counts[at]
    merged, sums = np.empty(count + own.size, np.uint32), np.empty(count + own.size, np.float32)
    merged[:count], sums[:count] = stems[:count], values[:count]
    total = count
    for k in range(own.size):
        place = np.searchsorted(stems[:count], own[k])
        if place < count and stems[place] == own[k]:
            sums[place] += strength[k]
        else:
            merged[total], sums[total] = own[k], strength[k]
            total += 1
    kept = np.argsort(-sums[:total], kind="mergesort")[:CENTRE_STEMS]
    merged, sums = merged[kept], sums[kept]
    order = np.argsort(merged, kind="mergesort")
    norm = 0.0
    for k in range(order.size):
        stems[k], values[k] = merged[order[k]], sums[order[k]]
        norm += float(values[k]) * float(values[k])
    counts[at] = order.size
    norms[at] = math.sqrt(norm) if norm > 0 else 1.0
