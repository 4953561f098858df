"""Keep the facts of remembered articles and the words a collection writes small; compare articles with them."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.dedup.index.boilerplate_memory import Counters, Counts, Tags
from service.dedup.index.fact_evidence import (
    E_FIGURE_SHARE,
    E_FIGURES,
    E_MISREAD,
    E_RUN,
    E_SHORT_FACTS,
    EVIDENCE,
    PASSAGE,
    Evidence,
    evidence,
    fact_sums,
)
from service.dedup.index.fact_filter import (
    FILTER_WORDS,
    SMALL_BITS,
    SMALL_MIN,
    Filters,
    count_names,
    distinct_keys,
    fill,
    hashes_for,
)
from service.dedup.index.fact_weights import WEIGHTS
from service.sketch.fact_bits import Features
from service.sketch.facts import NO_FACTS, Facts
from service.sketch.hashing import Hashes, Mask, mix

NEW_FIGURES_MIN: Final = 2
NEW_FIGURE_SHARE_MIN: Final = 0.25
"""Number and share of a text's figures that are news if its match does not have them, however noisy the text is."""

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
    sums: Hashes


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


class FactStore:
    """Filters of up to `capacity` articles, and a memory of words written small."""

    def __init__(self, capacity: int) -> None:
        self._rows = FactRows(
            np.zeros((capacity, FILTER_WORDS), np.uint64),
            np.zeros(capacity, np.uint8),
            np.zeros(capacity, np.uint8),
            np.zeros(capacity, np.uint16),
            np.zeros(capacity, np.uint8),
            np.zeros(capacity, np.uint64),
        )
        self._small = Counters(np.zeros(1 << SMALL_BITS, np.uint16), np.zeros(1 << SMALL_BITS, np.uint8))

    def read(self, facts: Facts) -> Read:
        """Prepare the facts of an article for comparison, as the collection knows words by now."""
        size = facts.features.size
        names, first = np.empty(size, np.bool_), np.empty(size, np.bool_)
        keys, times = np.empty(size, np.uint64), np.empty(size, np.uint32)
        distinct, sums = _read(facts.features, *self._small, names, keys, times, first)
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
            _not_yet(facts.small, *self._small),
        )

    def compare(self, read: Read, serial: int) -> Comparison | None:
        """Compare an article with a remembered one; None if the facts of either are unknown."""
        rows = self._rows
        place = serial % rows.hashes.size
        if not rows.hashes[place] or not read.facts.words:
            return None
        unknown = np.empty(read.names.size, np.bool_)
        score, count, compared, known, is_garbled = _compare(
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
            int(rows.sums[place]),
            WEIGHTS,
            unknown,
        )
        unknown &= read.first
        return Comparison(
            score, count, np.flatnonzero(unknown).astype(np.uint16), compared, known, is_garbled
        )

    def remember(self, serial: int, bits: Filters, numbers: npt.NDArray[np.int64], small: Features) -> None:
        """Store rows under consecutive serial numbers; numbers: int64[rows, NUMBERS]."""
        _remember(serial, bits, numbers, small, *self._rows, *self._small)

    @property
    def bytes_each(self) -> int:
        """Return the bytes kept of an article."""
        return 8 * FILTER_WORDS + 13

    @property
    def bytes(self) -> int:
        """Return the bytes of the memory of words written small."""
        return self._small.tags.nbytes + self._small.counts.nbytes


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
def _compare(
    features: Features,
    keys: Hashes,
    times: Features,
    first: Mask,
    names: Mask,
    words: int,
    negations: int,
    run_rate: int,
    sums: int,
    row: Hashes,
    hashes: int,
    their_words: int,
    their_negations: int,
    their_run_rate: int,
    their_sums: int,
    weights: Evidence,
    unknown: Mask,
) -> tuple[float, int, int, int, bool]:
    """Return the score, how many features are unknown, and the last fields of `Comparison`."""
    found = np.empty(EVIDENCE, np.float64)
    compared, known = evidence(
        features,
        keys,
        times,
        first,
        names,
        words,
        negations,
        run_rate,
        row,
        hashes,
        sums,
        their_words,
        their_negations,
        their_run_rate,
        their_sums,
        unknown,
        found,
    )
    score, count = 0.0, 0
    for i in range(EVIDENCE):
        score += weights[i] * found[i]
    if has_new_figures(found):
        score = max(score, 1.0)
    for i in range(unknown.size):
        count += unknown[i] and first[i]
    return score, count, compared, known, bool(found[E_MISREAD] > 0 and found[E_RUN] < PASSAGE)


@compiled
def has_new_figures(found: Evidence) -> bool:
    """Return whether figures settle it: several are unknown, or one is in a text that is not misread; or, of a short
    text, a name.
    """
    figures = found[E_FIGURES]
    many = figures >= NEW_FIGURES_MIN and found[E_FIGURE_SHARE] >= NEW_FIGURE_SHARE_MIN
    return bool(many or (found[E_MISREAD] == 0 and (figures >= 1 or found[E_SHORT_FACTS] >= 1)))


@compiled
def _slot(word: np.uint32) -> tuple[np.int64, np.uint16]:
    h = mix(np.uint64(word))
    return np.int64(h >> np.uint64(64 - SMALL_BITS)), np.uint16(h & np.uint64(0xFFFF))


@compiled
def _not_yet(small: Features, tags: Tags, counts: Counts) -> Features:
    """Return the words that are not known to be written small."""
    out = np.empty(small.size, np.uint32)
    count = 0
    for word in small:
        slot, tag = _slot(word)
        if tags[slot] != tag or counts[slot] < SMALL_MIN:
            out[count] = word
            count += 1
    return out[:count].copy()


@compiled
def _remember(
    serial: int,
    bits: Filters,
    numbers: npt.NDArray[np.int64],
    small: Features,
    bit_rows: Filters,
    hashes: Bytes,
    run_rates: Bytes,
    words: Shorts,
    negations: Bytes,
    sums: Hashes,
    tags: Tags,
    counts: Counts,
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
        sums[place] = numbers[i, 4]
    for word in small:
        slot, tag = _slot(word)
        if tags[slot] == tag:
            counts[slot] = min(int(counts[slot]) + 1, SMALL_MIN)
        elif counts[slot] <= 1:
            tags[slot] = tag
            counts[slot] = 1
        elif counts[slot] < SMALL_MIN:
            counts[slot] -= np.uint8(1)
