"""Remember sampled shingles of articles, look up which articles share them, forget the oldest.

Only articles with something new in them are remembered, each by its 32 smallest shingle hashes; an article is
looked up by many more, so that a short story is found inside a long text. Jaccard similarity could not see it.

Serial numbers count remembered articles in the order of the log. `floor` is the first one still visible; it comes
from the caller, because expiry is a matter of log time (service/dedup/index/memory.py).
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.dedup.index.boilerplate_memory import BoilerplateMemory, Counts, learn
from service.dedup.index.boilerplate_memory import Tags as CountedTags
from service.dedup.index.buckets import (
    FREQUENT,
    Cursors,
    Serials,
    Tags,
    bucket_of,
    buckets_for,
    holders,
    write,
)
from service.dedup.index.fact_store import NOTHING_KNOWN, FactRow
from service.dedup.index.lookup import (
    CANDIDATES_MAX,
    NOTHING,
    WHOLE_RANGE,
    WORD_SAMPLE,
    Estimate,
    Samples,
    look_up,
)
from service.sketch.hashing import Hashes, Mask
from service.sketch.sketch import Sketch, Words

SAMPLE: Final = 32
"""Number of shingles by which an article is remembered; 40 would cost 60 bytes more."""
LEARNED: Final = 64
"""Number of an article's shingles, besides its sample, from which boilerplate memory learns."""

Columns = npt.NDArray[np.int64]
"""Rows of integers; what stands in which column is said by constants."""


class Entry(NamedTuple):
    """What the index keeps of one article: enough to store it again without deciding anything."""

    features: Hashes  # shingles that boilerplate memory learns; what is written is among them
    written: Mask  # per feature: whether it goes into the table
    sample_size: int
    threshold: int  # upper 32 bits of the largest hash the sample speaks for
    base: int  # serial number of the earlier article that holds the rest of the sample
    borrowed: int  # how many shingles that is
    words: Words
    facts: FactRow = NOTHING_KNOWN
    notice: int = 0  # code of the notice it was fed with
    head: int = 0  # 1 + serial number of the article its cluster begins with, 0 if it begins one
    slug: int = 0  # see dedup/slugs.py


(
    ENTRY_THRESHOLD,
    ENTRY_BASE,
    ENTRY_FEATURES,
    ENTRY_WORDS,
    ENTRY_SAMPLE,
    ENTRY_BORROWED,
    ENTRY_ID_BYTES,
    ENTRY_HASHES,
    ENTRY_RUN_RATE,
    ENTRY_FACT_WORDS,
    ENTRY_NEGATIONS,
    ENTRY_SUMS,
    ENTRY_SMALL,
    ENTRY_NOTICE,
    ENTRY_HEAD,
    ENTRY_SLUG,
) = range(16)
ENTRY_COLUMNS: Final = 16
"""Columns of the fixed part of entries: the fields of `Entry`, counts of its arrays, length of the article's id."""


class Index:
    """An inverted index over the samples of up to `capacity` articles, and its memory of boilerplate."""

    def __init__(self, capacity: int) -> None:
        self._boilerplate = BoilerplateMemory()
        self._buckets = buckets_for(capacity * SAMPLE)
        self._samples = Samples(
            sizes=np.zeros(capacity, np.uint8),
            thresholds=np.zeros(capacity, np.uint32),
            bases=np.zeros(capacity, np.uint32),
            borrowed=np.zeros(capacity, np.uint8),
            word_counts=np.zeros(capacity, np.uint8),
            words=np.zeros((capacity, WORD_SAMPLE), np.uint16),
        )
        counters = self._boilerplate.counters
        # One by one: a named tuple of arrays costs three times as much to hand over to compiled code.
        self._read: tuple[Any, ...] = (self._buckets.tags, self._buckets.serials, *counters, *self._samples)
        self._written: tuple[Any, ...] = (*self._buckets, *self._samples, *counters)

    def look_up(
        self, sketch: Sketch, floor: int, *, only: int = NOTHING
    ) -> tuple[Estimate | None, Mask, list[int]]:
        """Return the remembered article that shares most with a text, or None where none shares enough.

        `only` names the one article to compare with, however little it shares. The mask says which features of
        the sketch are not boilerplate, as far as is known by now. The list has all articles that share enough, the
        one that shares most first, up to CANDIDATES_MAX.
        """
        rivals = np.empty(CANDIDATES_MAX, np.int64)
        plain = np.empty(sketch.features.size, np.bool_)
        found = look_up(
            sketch.features,
            sketch.places,
            _top(sketch),
            sketch.words,
            floor,
            only,
            plain,
            rivals,
            *self._read,
        )
        estimate = None if found[0] == NOTHING else Estimate(*found)
        return estimate, plain, [serial for serial in rivals.tolist() if serial != NOTHING]

    def entry(
        self, sketch: Sketch, plain: Mask, floor: int, *, base: int = NOTHING, contains_base: bool = False
    ) -> Entry:
        """Return what would be kept of a text now. Shingles that article `base` holds are borrowed, not stored again.

        With `contains_base` boilerplate memory learns only what the base has not: a story that many texts print
        whole is no boilerplate. Parts that recur in otherwise different texts are.
        """
        limit = (
            int(self._samples.thresholds[base % self._samples.sizes.size]) if contains_base else WHOLE_RANGE
        )
        features, written, threshold, size, borrowed = _entry(
            self._buckets.tags,
            self._buckets.serials,
            sketch.features,
            plain,
            _top(sketch),
            floor,
            base,
            limit,
        )
        return Entry(
            features=features,
            written=written,
            sample_size=size,
            threshold=threshold,
            base=base if borrowed else 0,
            borrowed=borrowed,
            words=sketch.words[:WORD_SAMPLE],
        )

    def remember(
        self, first_serial: int, entries: Columns, features: Hashes, written: Mask, words: Words
    ) -> None:
        """Store entries, given as columns, under consecutive serial numbers."""
        _remember(first_serial, entries, features, written, words, *self._written)

    def bytes_for(self, entries: int) -> int:
        """Return the memory in use with this number of entries, in bytes."""
        per_entry = sum(column.itemsize for column in self._samples) + 2 * (WORD_SAMPLE - 1)
        return self._buckets.bytes + self._boilerplate.bytes + entries * per_entry


def _top(sketch: Sketch) -> int:
    """Return upper 32 bits of the largest hash that a sketch speaks for."""
    return (
        WHOLE_RANGE
        if sketch.complete or not sketch.features.size
        else int(sketch.features[-1] >> np.uint64(32))
    )


@compiled
def _entry(
    tags: Tags, serials: Serials, features: Hashes, plain: Mask, top: int, floor: int, base: int, limit: int
) -> tuple[Hashes, Mask, int, int, int]:
    """See `Index.entry`: features kept, which of them are written, threshold and size of the sample, borrowed.

    Of what is not written, features that the base holds or whose upper half lies above `limit` are kept only
    where `limit` is the whole range.
    """
    found = np.empty(FREQUENT, np.uint32)
    kept = np.empty(features.size, np.uint64)
    written = np.empty(features.size, np.bool_)
    threshold, sampled, borrowed, count = top, 0, 0, 0
    for i in range(features.size):
        if i >= LEARNED and sampled == SAMPLE:
            break
        n_found = holders(tags, serials, features[i], floor, found)
        held = False
        for j in range(n_found):
            held |= found[j] == base
        upper = int(np.int64(features[i] >> np.uint64(32)))
        write_it = False
        if plain[i] and sampled < SAMPLE:
            sampled += 1
            borrowed += held
            write_it = n_found < FREQUENT and not held
            if sampled == SAMPLE:
                threshold = upper
        if write_it or limit == WHOLE_RANGE or (upper <= limit and not held):
            kept[count] = features[i]
            written[count] = write_it
            count += 1
    return kept[:count].copy(), written[:count].copy(), threshold, sampled, borrowed


@compiled
def _fetch(serials: Serials, cursors: Cursors, features: Hashes, written: Mask) -> np.uint64:
    """Bring near what is about to be written: the loop is short, so many reads of memory are under way at once.

    What was touched goes back to the caller, for the compiler leaves out what nobody asks for.
    """
    touched = np.uint64(0)
    for i in range(features.size):
        if written[i]:
            bucket = bucket_of(features[i], serials.shape[0])
            touched |= np.uint64(cursors[bucket]) | np.uint64(serials[bucket, np.uint64(0)])
    return touched


@compiled
def _remember(
    first_serial: int,
    entries: Columns,
    features: Hashes,
    written: Mask,
    words: Words,
    tags: Tags,
    serials: Serials,
    cursors: Cursors,
    sizes: npt.NDArray[np.uint8],
    thresholds: Serials,
    bases: Serials,
    borrowed: npt.NDArray[np.uint8],
    word_counts: npt.NDArray[np.uint8],
    word_rows: Words,
    counted_tags: CountedTags,
    counts: Counts,
) -> np.uint64:
    """See `Index.remember`; returns what `_fetch` does."""
    touched = _fetch(serials, cursors, features, written)
    feature_at, word_at = 0, 0
    for i in range(entries.shape[0]):
        serial = first_serial + i
        place = serial % sizes.size
        sizes[place] = entries[i, ENTRY_SAMPLE]
        thresholds[place] = entries[i, ENTRY_THRESHOLD]
        bases[place] = entries[i, ENTRY_BASE]
        borrowed[place] = entries[i, ENTRY_BORROWED]
        word_counts[place] = entries[i, ENTRY_WORDS]
        for j in range(entries[i, ENTRY_WORDS]):
            word_rows[place, j] = words[word_at + j]
        word_at += entries[i, ENTRY_WORDS]
        for _ in range(entries[i, ENTRY_FEATURES]):
            if written[feature_at]:
                write(tags, serials, cursors, features[feature_at], serial)
            learn(counted_tags, counts, features[feature_at])
            feature_at += 1
    return touched
