"""Keep the facts of remembered articles and the words a collection writes small; compare articles with them."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.dedup.index.boilerplate_memory import Counts, Tags
from service.dedup.index.fact_evidence import fact_sums, is_as_long
from service.dedup.index.fact_filter import FILTER_WORDS, Filters, distinct_keys, fill, hashes_for
from service.dedup.index.fact_score import score_facts
from service.dedup.index.fact_weights import WEIGHTS
from service.dedup.index.small_words import SmallWords, count_names
from service.sketch.fact_bits import Features
from service.sketch.facts import NO_FACTS, Facts
from service.sketch.hashing import Hashes, Mask

SUMS: Final = 3
"""Number of sums of facts in `FactRow.sums`, 16 bits each."""
NO_FILTER: Final = np.zeros(FILTER_WORDS, np.uint64)

Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]


class FactRow(NamedTuple):
    """Hold what is kept of one article's facts; `hashes` is 0 if its facts are unknown."""

    bits: Hashes  # uint64[FILTER_WORDS]
    hashes: int
    run_rate: int
    words: int
    negations: int
    sums: int  # see `fact_sums`
    small: Features  # words that the collection learns are written small


NOTHING_KNOWN: Final = FactRow(NO_FILTER, 0, 0, 0, 0, 0, NO_FACTS.small)


class FactRows(NamedTuple):
    """Hold the facts of remembered articles: rings, addressed by serial number modulo their length."""

    bits: Filters  # uint64[articles, FILTER_WORDS]
    hashes: Bytes
    run_rates: Bytes
    words: Shorts
    negations: Bytes
    sums: Shorts  # uint16[articles, 3]: 16 bits each of `fact_sums`


class Read(NamedTuple):
    """Hold an article's features as they are compared: which count, keys, how often each occurs, where first."""

    facts: Facts
    names: Mask
    keys: Hashes
    times: Features
    first: Mask
    distinct: tuple[int, int]
    sums: int


class Comparison(NamedTuple):
    """Hold what an article says beyond a remembered one; a score above 0 means new facts."""

    score: float
    unknown_count: int
    unknown: Shorts  # numbers of the unknown features
    compared: int  # features of the text, occurrences counted
    known: int
    is_garbled: bool  # words are misread all over it, and there is no new passage
    is_as_long: bool  # as the remembered one, within a hundredth or two


class FactStore:
    """Filters of up to `capacity` articles, and a memory of words written small."""

    def __init__(self, capacity: int) -> None:
        self._rows = FactRows(
            np.zeros((capacity, FILTER_WORDS), np.uint64),
            np.zeros(capacity, np.uint8),
            np.zeros(capacity, np.uint8),
            np.zeros(capacity, np.uint16),
            np.zeros(capacity, np.uint8),
            np.zeros((capacity, SUMS), np.uint16),
        )
        self._small = SmallWords()

    def read(self, facts: Facts) -> Read:
        """Prepare the facts of an article for comparison, as the collection knows words by now."""
        size = facts.features.size
        names, first = np.empty(size, np.bool_), np.empty(size, np.bool_)
        keys, times = np.empty(size, np.uint64), np.empty(size, np.uint32)
        distinct, sums = _read(facts.features, *self._small.counters, names, keys, times, first)
        return Read(facts, names, keys, times, first, distinct, sums)

    def row(self, read: Read) -> FactRow:
        """Make what would be kept of an article now."""
        facts = read.facts
        if not facts.words:
            return NOTHING_KNOWN
        bits, hashes = np.zeros(FILTER_WORDS, np.uint64), hashes_for(*read.distinct)
        fill(facts.features, read.keys, read.first, hashes, bits)
        return FactRow(
            bits,
            hashes,
            facts.run_rate,
            min(facts.words, 0xFFFF),
            min(facts.negations, 0xFF),
            read.sums,
            self._small.unknown_of(facts.small),
        )

    def compare(self, read: Read, serial: int) -> Comparison | None:
        """Compare an article with a remembered one; None if the facts of either are unknown."""
        rows = self._rows
        place = serial % rows.hashes.size
        if not rows.hashes[place] or not read.facts.words:
            return None
        unknown = np.empty(read.names.size, np.bool_)
        score, count, compared, known, is_garbled = score_facts(
            read.facts.features,
            read.keys,
            read.times,
            read.first,
            read.names,
            read.facts.words,
            read.facts.negations,
            read.facts.run_rate,
            read.sums,
            rows.bits[place],
            int(rows.hashes[place]),
            int(rows.words[place]),
            int(rows.negations[place]),
            int(rows.run_rates[place]),
            _joined(rows.sums[place]),
            WEIGHTS,
            unknown,
        )
        unknown &= read.first
        return Comparison(
            score,
            count,
            np.flatnonzero(unknown).astype(np.uint16),
            compared,
            known,
            is_garbled,
            bool(is_as_long(read.facts.words, int(rows.words[place]))),
        )

    def remember(self, serial: int, bits: Filters, numbers: npt.NDArray[np.int64], small: Features) -> None:
        """Store rows under consecutive serial numbers; numbers: int64[rows, NUMBERS]."""
        _remember(serial, bits, numbers, *self._rows)
        self._small.learn(small)

    @property
    def bytes_each(self) -> int:
        """Return the bytes kept of an article."""
        return 8 * FILTER_WORDS + 5 + 2 * SUMS

    @property
    def bytes(self) -> int:
        """Return the bytes of the memory of words written small."""
        return self._small.bytes


def _joined(sums: Shorts) -> int:
    """Return the sums of a row as one number."""
    figures, words, names = sums.tolist()
    return int(figures | words << 16 | names << 32)


@compiled
def _read(
    features: Features,
    small_tags: Tags,
    small_counts: Counts,
    names: Mask,
    keys: Hashes,
    times: Features,
    first: Mask,
) -> tuple[tuple[int, int], int]:
    count_names(features, small_tags, small_counts, names)
    return distinct_keys(features, names, keys, times, first), fact_sums(features, keys)


@compiled
def _remember(
    serial: int,
    bits: Filters,
    numbers: npt.NDArray[np.int64],
    bit_rows: Filters,
    hashes: Bytes,
    run_rates: Bytes,
    words: Shorts,
    negations: Bytes,
    sums: Shorts,
) -> None:
    """See `FactStore.remember`."""
    for i in range(numbers.shape[0]):
        place = (serial + i) % hashes.size
        for j in range(bits.shape[1]):
            bit_rows[place, j] = bits[i, j]
        hashes[place] = numbers[i, 0]
        run_rates[place] = numbers[i, 1]
        words[place] = numbers[i, 2]
        negations[place] = numbers[i, 3]
        for j in range(sums.shape[1]):
            sums[place, j] = numbers[i, 4] >> 16 * j & 0xFFFF
