"""Remember sampled shingles of articles, look up which articles share them, forget the oldest.

An inverted index of fixed size: a table of buckets with 16 ways, each way a 16-bit tag of a shingle and the serial
number of the article it stands in. A bucket is a ring: the newest entry overwrites the oldest. Only articles with
something new in them are remembered, each by its 32 smallest shingle hashes; an article is looked up by many more,
so that a short story is found inside a long text.

Serial numbers count remembered articles in the order of the log. `floor` is the first one still visible; it comes
from the caller, because expiry is a matter of log time (core/collection.py).
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.boilerplate_memory import BoilerplateMemory, Counters, is_boilerplate, learn
from service.core.compiled import compiled
from service.core.hashing import Hashes
from service.core.sketch import PROBE_WORDS, Sketch, Words

WAYS: Final = 16
LOAD: Final = 0.8
"""Share of the ways in use when the index is full: a ring of 16 then seldom loses a live entry."""

SAMPLE_MIN: Final = 16
SAMPLE_MAX: Final = 32
SAMPLE_DIVISOR: Final = 16
"""An article is remembered by one distinct shingle in 16, by 16 at least and 32 at most."""

WORD_SAMPLE: Final = 64
LEARNED_MIN: Final = 64
"""Boilerplate memory learns from so many of an article's shingles, at least from its sample."""
FREQUENT: Final = 6
"""A shingle with so many live entries tells nothing: it is neither stored again nor looked up."""

TOLD_COPIES: Final = 1
"""A shingle of the match is stored again until so many articles hold it."""

VOTES_MIN: Final = 3
SHARE_MIN: Final = 0.25
"""A match needs three shared shingles, and a quarter of one text in the other."""

NOTHING: Final = -1
WHOLE_RANGE: Final = 0xFFFFFFFF

Serials = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]


class Tables(NamedTuple):
    """The arrays of an index; per-article arrays are rings, addressed by serial modulo their length."""

    tags: npt.NDArray[np.uint16]  # buckets x 16; 0 = empty
    serials: Serials  # buckets x 16
    cursors: npt.NDArray[np.uint8]  # per bucket: the way written next
    sample_sizes: npt.NDArray[np.uint8]
    thresholds: Serials  # upper 32 bits of the largest hash in the article's sample
    word_counts: npt.NDArray[np.uint8]
    words: Words  # articles x 64


class Estimate(NamedTuple):
    """How one remembered article and a looked-up text compare; counts of sampled shingles and words.

    `votes` shingles are shared. The article's sample has `sample` shingles (scaled to what was probed), the text
    has `probed` shingles in the same range of hashes. The same with words.
    """

    serial: int
    votes: int
    sample: float
    probed: int
    words_shared: int
    words_sample: int
    words_probed: int
    candidates: int


class Entry(NamedTuple):
    """What the index keeps of one article, as stored: enough to store it again without deciding anything."""

    features: Hashes  # shingles that boilerplate memory learns; the sample is among them
    written: Mask  # per feature: whether it goes into the table
    sample_size: int
    threshold: int  # upper 32 bits of the largest hash the sample speaks for
    words: Words


ENTRY: Final = np.dtype(
    [
        ("threshold", "<u4"),
        ("feature_count", "<u4"),
        ("id_bytes", "<u4"),
        ("sample_size", "u1"),
        ("word_count", "u1"),
    ]
)
"""The fixed part of an `Entry`, as a column of rows; `id_bytes` is the length of the article's id."""

Rows = npt.NDArray[Any]


class Index:
    """An inverted index over the samples of up to `capacity` articles, and its memory of boilerplate."""

    def __init__(self, capacity: int) -> None:
        buckets = max(16, int(capacity * SAMPLE_MAX / LOAD / WAYS))
        self.boilerplate = BoilerplateMemory()
        self.tables = Tables(
            tags=np.zeros((buckets, WAYS), np.uint16),
            serials=np.zeros((buckets, WAYS), np.uint32),
            cursors=np.zeros(buckets, np.uint8),
            sample_sizes=np.zeros(capacity, np.uint8),
            thresholds=np.zeros(capacity, np.uint32),
            word_counts=np.zeros(capacity, np.uint8),
            words=np.zeros((capacity, WORD_SAMPLE), np.uint16),
        )

    def plain(self, sketch: Sketch) -> Mask:
        """Per feature of a sketch: whether it is not boilerplate, as far as is known by now."""
        return _plain(self.boilerplate.counters, sketch.features)

    def look_up(self, sketch: Sketch, plain: Mask, floor: int, *, only: int = NOTHING) -> Estimate | None:
        """The remembered article that shares most with a text, or None where none shares enough.

        `only` names the one article to compare with, however little it shares.
        """
        features = sketch.features[plain]
        found = _look_up(self.tables, features, _top(sketch), sketch.words, floor, only)
        return None if found[0] == NOTHING else Estimate(*found)

    def entry(self, sketch: Sketch, plain: Mask, floor: int, *, known: int = NOTHING) -> Entry:
        """What would be kept of a text now; shingles that stand in article `known` need not be kept again."""
        size = min(max(SAMPLE_MIN, min(SAMPLE_MAX, sketch.distinct // SAMPLE_DIVISOR)), int(plain.sum()))
        features, written, threshold, sample_size = _entry(
            self.tables, sketch.features, plain, size, floor, known
        )
        whole = sketch.complete and size == plain.sum()
        return Entry(
            features, written, sample_size, WHOLE_RANGE if whole else threshold, sketch.words[:WORD_SAMPLE]
        )

    def remember(
        self, first_serial: int, entries: Rows, features: Hashes, written: Mask, words: Words
    ) -> None:
        """Store entries, given as columns (rows of ENTRY), under consecutive serial numbers."""
        _remember(self.tables, self.boilerplate.counters, first_serial, entries, features, written, words)

    def bytes_for(self, entries: int) -> int:
        """Memory in use with so many entries."""
        table = self.tables.tags.nbytes + self.tables.serials.nbytes + self.tables.cursors.nbytes
        return table + self.boilerplate.bytes + entries * (1 + 4 + 1 + 2 * WORD_SAMPLE)


def _top(sketch: Sketch) -> int:
    """Upper 32 bits of the largest hash that a sketch speaks for."""
    if sketch.complete:
        return WHOLE_RANGE
    return int(sketch.features[-1] >> np.uint64(32))


@compiled
def _plain(counters: Counters, features: Hashes) -> Mask:
    plain = np.empty(features.size, np.bool_)
    for i in range(features.size):
        plain[i] = not is_boilerplate(counters, features[i])
    return plain


@compiled
def _bucket(feature: np.uint64, buckets: int) -> int:
    return int(np.int64((feature & np.uint64(0xFFFFFFFF)) * np.uint64(buckets) >> np.uint64(32)))


@compiled
def _tag(feature: np.uint64) -> np.uint16:
    return np.uint16(max(np.uint64(1), feature >> np.uint64(32) & np.uint64(0xFFFF)))


@compiled
def _hits(tables: Tables, feature: np.uint64, floor: int, out: Serials) -> int:
    """Live articles with this shingle, each once; fills `out` and returns how many, FREQUENT at most."""
    bucket, tag = _bucket(feature, tables.cursors.size), _tag(feature)
    count = 0
    for way in range(WAYS):
        if tables.tags[bucket, way] != tag:
            continue
        serial = tables.serials[bucket, way]
        if serial < floor:
            continue
        fresh = True
        for i in range(count):
            fresh &= out[i] != serial
        if fresh:
            out[count] = serial
            count += 1
            if count == FREQUENT:
                break
    return count


@compiled
def _look_up(
    tables: Tables, features: Hashes, top: int, words: Words, floor: int, only: int
) -> tuple[int, int, float, int, int, int, int, int]:
    """See `Index.look_up`; the fields of an `Estimate`."""
    hits = np.empty(features.size * FREQUENT, np.uint32)
    probed = np.empty(features.size, np.uint32)  # upper halves of the hashes that are not too frequent
    n_hits = 0
    n_probed = 0
    for feature in features:
        count = _hits(tables, feature, floor, hits[n_hits:])
        if count == FREQUENT:
            continue
        n_hits += count
        probed[n_probed] = feature >> np.uint64(32)
        n_probed += 1
    serials = np.sort(hits[:n_hits])
    best = NOTHING
    best_votes, best_probed, best_sample, best_share = 0, 0, 0.0, 0.0
    candidates = 0
    start = 0
    while start < n_hits:
        serial = int(serials[start])
        end = start + 1
        while end < n_hits and serials[end] == serial:
            end += 1
        votes = end - start
        start = end
        if votes < 2:
            continue
        candidates += 1
        if votes < VOTES_MIN or (only != NOTHING and serial != only):
            continue
        place = serial % tables.thresholds.size
        threshold = int(tables.thresholds[place])
        sample = float(tables.sample_sizes[place])
        if threshold > top:
            sample = max(float(votes), sample * top / threshold)
        in_range = max(votes, int(np.searchsorted(probed[:n_probed], np.uint32(threshold), "right")))
        share = max(votes / sample, votes / in_range)
        if (share >= SHARE_MIN or only != NOTHING) and (votes, share) > (best_votes, best_share):
            best, best_votes, best_share = serial, votes, share
            best_sample, best_probed = sample, in_range
    shared, of_sample, of_probe = 0, 0, 0
    if best != NOTHING:
        place = best % tables.thresholds.size
        shared, of_sample, of_probe = _compare_words(tables.words[place, : tables.word_counts[place]], words)
    return best, best_votes, best_sample, best_probed, shared, of_sample, of_probe, candidates


@compiled
def _compare_words(sample: Words, probe: Words) -> tuple[int, int, int]:
    """Shared words, and the words of each in the range of hashes that both speak for."""
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


@compiled
def _entry(
    tables: Tables, features: Hashes, plain: Mask, size: int, floor: int, known: int
) -> tuple[Hashes, Mask, int, int]:
    """See `Index.entry`: features kept, which of them are written, threshold, size of the sample."""
    hits = np.empty(FREQUENT, np.uint32)
    written = np.zeros(features.size, np.bool_)
    kept = min(features.size, LEARNED_MIN)
    threshold = 0
    sampled, sample_size = 0, 0
    for i in range(features.size):
        if sampled == size:
            break
        if not plain[i]:
            continue
        sampled += 1
        threshold = int(np.int64(features[i] >> np.uint64(32)))
        kept = max(kept, i + 1)
        count = _hits(tables, features[i], floor, hits)
        told = False
        for j in range(count):
            told |= hits[j] == known
        written[i] = count < FREQUENT and not (told and count >= TOLD_COPIES)
        sample_size += not (told and count >= TOLD_COPIES)
    return features[:kept].copy(), written[:kept].copy(), threshold, max(1, sample_size)


@compiled
def _remember(
    tables: Tables,
    counters: Counters,
    first_serial: int,
    entries: Rows,
    features: Hashes,
    written: Mask,
    words: Words,
) -> None:
    """See `Index.remember`."""
    feature_at, word_at = 0, 0
    for i in range(entries.size):
        entry = entries[i]
        serial = first_serial + i
        place = serial % tables.thresholds.size
        tables.sample_sizes[place] = entry["sample_size"]
        tables.thresholds[place] = entry["threshold"]
        tables.word_counts[place] = entry["word_count"]
        for j in range(int(entry["word_count"])):
            tables.words[place, j] = words[word_at + j]
        word_at += int(entry["word_count"])
        for _ in range(int(entry["feature_count"])):
            if written[feature_at]:
                _write(tables, features[feature_at], serial)
            learn(counters, features[feature_at])
            feature_at += 1


@compiled
def _write(tables: Tables, feature: np.uint64, serial: int) -> None:
    bucket = _bucket(feature, tables.cursors.size)
    way = tables.cursors[bucket]
    tables.tags[bucket, way] = _tag(feature)
    tables.serials[bucket, way] = serial
    tables.cursors[bucket] = (way + 1) % WAYS
