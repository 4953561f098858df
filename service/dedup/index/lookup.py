"""A text and what is remembered -> the article that shares most with it, and how much both ways.

Compiled: one lookup reads some 200 buckets and compares the few articles that turn up more than once.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.dedup.index.boilerplate_memory import Counts, mark_plain
from service.dedup.index.boilerplate_memory import Tags as CountedTags
from service.dedup.index.buckets import FREQUENT, Serials, Tags, holders, mark_held
from service.sketch.hashing import Hashes, Mask
from service.sketch.sketch import PROBE_WORDS, Places, Words

WORD_SAMPLE: Final = 64
"""Number of words, besides shingles, by which an article is remembered."""

SHARE_MIN: Final = 0.25
"""Minimum share of one text in the other that makes a match."""
VOTES_MIN: Final = 3
VOTES_MIN_OF_A_PART: Final = 5
"""Minimum numbers of shared shingles of a match: where one text is there as a whole, and elsewhere."""
WHOLE_MIN: Final = 0.58
"""Minimum share of a remembered sample that stands for the whole article, edited, and estimated from 32 shingles."""
NOTHING_NEW_MIN: Final = 0.72
"""Minimum share of a text in an earlier article from which the text has little that is new."""

CANDIDATES_MAX: Final = 8
"""Maximum number of articles whose facts are compared with those of a text: the most alike."""

NOTHING: Final = -1

WHOLE_RANGE: Final = 0xFFFFFFFF
"""Maximum upper half of a hash."""


Rivals = npt.NDArray[np.int64]
"""Serial numbers of the articles most alike, NOTHING where there are fewer: int64[CANDIDATES_MAX]."""


class Samples(NamedTuple):
    """What is remembered per article; rings, addressed by serial number modulo their length.

    An article that takes up shingles of an earlier one, its base, does not store these again: `borrowed` counts
    them. So a story that stands in many texts is stored once, and a copy of such a text is still recognised.
    """

    sizes: npt.NDArray[np.uint8]
    thresholds: Serials  # upper 32 bits of the largest hash the sample speaks for
    bases: Serials
    borrowed: npt.NDArray[np.uint8]
    word_counts: npt.NDArray[np.uint8]
    words: Words  # articles x 64


class Estimate(NamedTuple):
    """How one remembered article and a looked-up text compare; counts of sampled shingles and words.

    `votes` shingles are shared. The article's sample has `sample` shingles (scaled to what was probed), the text
    has `probed` shingles in the same range of hashes. The same with words. In the order of the text the probed
    shingles form `runs` of neighbours that are all shared, or all not.
    """

    serial: int
    votes: int
    sample: float
    probed: int
    words_shared: int
    words_sample: int
    words_probed: int
    runs: int
    candidates: int


@compiled
def look_up(
    features: Hashes,
    places: Places,
    top: int,
    words: Words,
    floor: int,
    only: int,
    plain: Mask,
    rivals: Rivals,
    tags: Tags,
    serials: Serials,
    counted_tags: CountedTags,
    counts: Counts,
    sizes: npt.NDArray[np.uint8],
    thresholds: Serials,
    bases: Serials,
    borrowed: npt.NDArray[np.uint8],
    word_counts: npt.NDArray[np.uint8],
    word_rows: Words,
) -> tuple[int, int, float, int, int, int, int, int, int]:
    """Return the fields of an `Estimate`; its serial is NOTHING where no article shares enough.

    `features` (ascending, with their places in the text) speak for all hashes whose upper half is up to `top`.
    Articles before `floor` are invisible; with `only` no other article than that counts, however little it shares.
    Boilerplate takes no part; `plain` is filled in with what is none, `rivals` with all that share enough.
    """
    samples = Samples(sizes, thresholds, bases, borrowed, word_counts, word_rows)
    hits = np.empty(features.size * FREQUENT, np.uint64)  # serial number, then upper half of the hash
    probed = np.empty(features.size, np.uint32)  # upper halves of the hashes that are not too frequent
    probed_places = np.empty(features.size, np.uint8)
    found = np.empty(FREQUENT, np.uint32)
    n_hits, n_probed = 0, 0
    mark_plain(counted_tags, counts, features, plain)
    held = np.empty(features.size, np.bool_)
    mark_held(tags, features, held)
    for i in range(features.size):
        if not plain[i]:
            continue
        count = holders(tags, serials, features[i], floor, found) if held[i] else 0
        if count == FREQUENT:
            continue
        upper = features[i] >> np.uint64(32)
        for j in range(count):
            hits[n_hits] = np.uint64(found[j]) << np.uint64(32) | upper
            n_hits += 1
        probed[n_probed] = upper
        probed_places[n_probed] = places[i]
        n_probed += 1
    hits = np.sort(hits[:n_hits])
    probed = probed[:n_probed]

    best, best_votes, best_sample, best_probed = NOTHING, 0, 0.0, 0
    best_rank = 0.0
    ranks = np.zeros(CANDIDATES_MAX, np.float64)
    rivals[:] = NOTHING
    candidates, end = 0, 0
    while end < n_hits:
        start = end
        serial = int(np.int64(hits[start] >> np.uint64(32)))
        while end < n_hits and np.int64(hits[end] >> np.uint64(32)) == serial:
            end += 1
        if end - start < 2:
            continue
        candidates += 1
        if only != NOTHING:
            continue
        votes, sample, in_range = _compare(samples, hits, serial, start, end, probed, top)
        share = max(votes / sample, votes / in_range)
        enough = votes >= VOTES_MIN_OF_A_PART or (votes >= VOTES_MIN and share >= WHOLE_MIN)
        if not (enough and share >= SHARE_MIN):
            continue
        told = votes >= NOTHING_NEW_MIN * in_range
        rank = votes / (sample + in_range - votes) + (2.0 if told else 0.0)
        if rank > best_rank:
            best, best_votes, best_sample, best_probed = serial, votes, sample, in_range
            best_rank = rank
        _rank(rivals, ranks, serial, rank)
    if only != NOTHING:  # it may have borrowed all that is shared
        start, end = _hits_of(hits, only, WHOLE_RANGE)
        votes, sample, in_range = _compare(samples, hits, only, start, end, probed, top)
        if votes > 0:
            best, best_votes, best_sample, best_probed = only, votes, sample, in_range

    shared, of_sample, of_probe, runs = 0, 0, 0, 0
    if best != NOTHING:
        place = best % samples.sizes.size
        shared, of_sample, of_probe = _compare_words(
            samples.words[place, : samples.word_counts[place]], words
        )
        in_range = int(np.searchsorted(probed, samples.thresholds[place], "right"))
        runs = _runs(samples, hits, best, probed[:in_range], probed_places)
    return best, best_votes, best_sample, best_probed, shared, of_sample, of_probe, runs, candidates


@compiled
def _rank(rivals: Rivals, ranks: npt.NDArray[np.float64], serial: int, rank: float) -> None:
    """Insert an article among its rivals, the best first; of equals the older one."""
    at = rivals.size - 1
    if rank <= ranks[at]:
        return
    while at > 0 and ranks[at - 1] < rank:
        rivals[at], ranks[at] = rivals[at - 1], ranks[at - 1]
        at -= 1
    rivals[at], ranks[at] = serial, rank


@compiled
def _hits_of(hits: Hashes, serial: int, threshold: int) -> tuple[int, int]:
    """Return where the hits of an article begin and end, up to a threshold of hashes."""
    first = np.uint64(serial) << np.uint64(32)
    start = int(np.searchsorted(hits, first))
    return start, int(np.searchsorted(hits, first | np.uint64(threshold), "right"))


@compiled
def _compare(
    samples: Samples, hits: Hashes, serial: int, start: int, end: int, probed: Serials, top: int
) -> tuple[int, float, int]:
    """Return votes, sample size, number of probed shingles in its range, for an article with hits[start:end]."""
    place = serial % samples.sizes.size
    threshold = int(samples.thresholds[place])
    votes = end - start
    if samples.borrowed[place] > 0:
        base_start, base_end = _hits_of(hits, int(samples.bases[place]), threshold)
        votes += min(int(samples.borrowed[place]), base_end - base_start)
    size = float(samples.sizes[place])
    if threshold > top:  # the text was probed less densely than the article was sampled
        size *= top / threshold
    in_range = int(np.searchsorted(probed, np.uint32(threshold), "right"))
    return votes, max(float(votes), size), max(votes, in_range)


@compiled
def _runs(samples: Samples, hits: Hashes, serial: int, probed: Serials, places: Places) -> int:
    """Return runs of neighbouring probed shingles that the article all has, or all has not."""
    place = serial % samples.sizes.size
    threshold = int(samples.thresholds[place])
    start, end = _hits_of(hits, serial, threshold)
    base_start, base_end = 0, 0
    if samples.borrowed[place] > 0:
        base_start, base_end = _hits_of(hits, int(samples.bases[place]), threshold)
    keys = np.empty(probed.size, np.int64)
    for i in range(probed.size):
        while start < end and np.uint32(hits[start]) < probed[i]:
            start += 1
        while base_start < base_end and np.uint32(hits[base_start]) < probed[i]:
            base_start += 1
        has = start < end and np.uint32(hits[start]) == probed[i]
        has |= base_start < base_end and np.uint32(hits[base_start]) == probed[i]
        keys[i] = np.int64(places[i]) << 32 | i << 1 | int(has)
    keys.sort()
    runs = min(1, keys.size)
    for i in range(1, keys.size):
        runs += (keys[i] ^ keys[i - 1]) & 1
    return runs


@compiled
def _compare_words(sample: Words, probe: Words) -> tuple[int, int, int]:
    """Return shared words, and the words of each in the range of hashes that both speak for."""
    limit = np.uint16(0xFFFF)
    if sample.size == WORD_SAMPLE:
        limit = sample[-1]
    if probe.size == PROBE_WORDS:
        limit = min(limit, probe[-1])
    i, j, shared = 0, 0, 0
    while i < sample.size and sample[i] <= limit and j < probe.size and probe[j] <= limit:
        if sample[i] == probe[j]:
            shared += 1
            i += 1
            j += 1
        elif sample[i] < probe[j]:
            i += 1
        else:
            j += 1
    of_sample = int(np.searchsorted(sample, limit, "right"))
    of_probe = int(np.searchsorted(probe, limit, "right"))
    return shared, of_sample, of_probe
