"""Remember sampled shingles of articles, look up which articles share them, forget the oldest.

Only articles with something new in them are remembered, each by its 32 smallest shingle hashes; an article is
looked up by many more, so that a short story is found inside a long text. Jaccard similarity could not see it.

Serial numbers count remembered articles in the order of the log. `floor` is the first one still visible; it comes
from the caller, because expiry is a matter of log time (core/memory.py).
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.boilerplate_memory import BoilerplateMemory, Counters, is_boilerplate, learn
from service.core.buckets import FREQUENT, Buckets, buckets_for, holders, write
from service.core.compiled import compiled
from service.core.hashing import Hashes
from service.core.lookup import NOTHING, WORD_SAMPLE, Estimate, Samples, look_up
from service.core.sketch import Sketch, Words

SAMPLE: Final = 32
"""An article is remembered by so many shingles; 40 would cost 60 bytes more."""
LEARNED: Final = 64
"""Boilerplate memory learns from so many of an article's shingles, and from its sample."""

WHOLE_RANGE: Final = 0xFFFFFFFF

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[Any]


class Entry(NamedTuple):
    """What the index keeps of one article: enough to store it again without deciding anything."""

    features: Hashes  # shingles that boilerplate memory learns; what is written is among them
    written: Mask  # per feature: whether it goes into the table
    sample_size: int
    threshold: int  # upper 32 bits of the largest hash the sample speaks for
    base: int  # serial number of the earlier article that holds the rest of the sample
    borrowed: int  # how many shingles that is
    words: Words


ENTRY: Final = np.dtype(
    [
        ("threshold", "<u4"),
        ("base", "<u4"),
        ("feature_count", "<u4"),
        ("id_bytes", "<u4"),
        ("sample_size", "u1"),
        ("borrowed", "u1"),
        ("word_count", "u1"),
        ("spare", "u1"),
    ]
)
"""The fixed part of an `Entry`, as a column of rows; `id_bytes` is the length of the article's id."""


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

    def plain(self, sketch: Sketch) -> Mask:
        """Per feature of a sketch: whether it is not boilerplate, as far as is known by now."""
        return _plain(self._boilerplate.counters, sketch.features)

    def look_up(self, sketch: Sketch, plain: Mask, floor: int, *, only: int = NOTHING) -> Estimate | None:
        """The remembered article that shares most with a text, or None where none shares enough.

        `only` names the one article to compare with, however little it shares.
        """
        features, places = sketch.features[plain], sketch.places[plain]
        found = look_up(
            self._buckets, self._samples, features, places, _top(sketch), sketch.words, floor, only
        )
        return None if found[0] == NOTHING else Estimate(*found)

    def entry(
        self, sketch: Sketch, plain: Mask, floor: int, *, base: int = NOTHING, contains_base: bool = False
    ) -> Entry:
        """What would be kept of a text now. Shingles that article `base` holds are borrowed, not stored again.

        With `contains_base` boilerplate memory learns only what the base has not: a story that many texts print
        whole is no boilerplate. Parts that recur in otherwise different texts are.
        """
        limit = (
            int(self._samples.thresholds[base % self._samples.sizes.size]) if contains_base else WHOLE_RANGE
        )
        size = min(SAMPLE, int(plain.sum()))
        kept, written, threshold, borrowed = _entry(
            self._buckets, sketch.features, plain, size, floor, base, limit
        )
        return Entry(
            features=sketch.features[kept],
            written=written[kept],
            sample_size=size,
            threshold=_top(sketch) if size == plain.sum() else threshold,
            base=base if borrowed else 0,
            borrowed=borrowed,
            words=sketch.words[:WORD_SAMPLE],
        )

    def remember(
        self, first_serial: int, entries: Rows, features: Hashes, written: Mask, words: Words
    ) -> None:
        """Store entries, given as columns (rows of ENTRY), under consecutive serial numbers."""
        _remember(
            self._buckets,
            self._samples,
            self._boilerplate.counters,
            first_serial,
            entries,
            features,
            written,
            words,
        )

    def bytes_for(self, entries: int) -> int:
        """Memory in use with so many entries."""
        per_entry = sum(column.itemsize for column in self._samples) + 2 * (WORD_SAMPLE - 1)
        return self._buckets.bytes + self._boilerplate.bytes + entries * per_entry


def _top(sketch: Sketch) -> int:
    """Upper 32 bits of the largest hash that a sketch speaks for."""
    return WHOLE_RANGE if sketch.complete else int(sketch.features[-1] >> np.uint64(32))


@compiled
def _plain(counters: Counters, features: Hashes) -> Mask:
    plain = np.empty(features.size, np.bool_)
    for i in range(features.size):
        plain[i] = not is_boilerplate(counters, features[i])
    return plain


@compiled
def _entry(
    buckets: Buckets, features: Hashes, plain: Mask, size: int, floor: int, base: int, limit: int
) -> tuple[Mask, Mask, int, int]:
    """See `Index.entry`: which features are kept and which written, the threshold, how many are borrowed.

    Of what is not written, features that the base holds or whose upper half lies above `limit` are kept only
    where `limit` is the whole range.
    """
    found = np.empty(FREQUENT, np.uint32)
    kept = np.zeros(features.size, np.bool_)
    written = np.zeros(features.size, np.bool_)
    threshold, sampled, borrowed = 0, 0, 0
    for i in range(features.size):
        if i >= LEARNED and sampled == size:
            break
        count = holders(buckets, features[i], floor, found)
        held = False
        for j in range(count):
            held |= found[j] == base
        upper = int(np.int64(features[i] >> np.uint64(32)))
        kept[i] = limit == WHOLE_RANGE or (upper <= limit and not held)
        if plain[i] and sampled < size:
            sampled += 1
            threshold = upper
            borrowed += held
            written[i] = count < FREQUENT and not held
            kept[i] |= written[i]
    return kept, written, threshold, borrowed


@compiled
def _remember(
    buckets: Buckets,
    samples: Samples,
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
        place = serial % samples.sizes.size
        samples.sizes[place] = entry["sample_size"]
        samples.thresholds[place] = entry["threshold"]
        samples.bases[place] = entry["base"]
        samples.borrowed[place] = entry["borrowed"]
        samples.word_counts[place] = entry["word_count"]
        for j in range(int(entry["word_count"])):
            samples.words[place, j] = words[word_at + j]
        word_at += int(entry["word_count"])
        for _ in range(int(entry["feature_count"])):
            if written[feature_at]:
                write(buckets, features[feature_at], serial)
            learn(counters, features[feature_at])
            feature_at += 1
