"""A linear-chain CRF over hashed features: scores, Viterbi labels and posteriors, compiled and fused.

Lafferty, McCallum, Pereira: Conditional Random Fields (ICML 2001). Weights are bytes in buckets of two slots; bucket
and tag together are the whole feature number, so a feature that was never trained scores nothing. Scoring is all
look-ups: slots are small, fit the second-level cache and are compared without a branch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from service.core.compiled import compiled
from service.core.quotes.codepoints import Int32s, Points

UInt64s = npt.NDArray[np.uint64]
Int16s = npt.NDArray[np.int16]
Int64s = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int8]

FEATURE_BITS = 30
"""A feature is this many bits of its hash: low ones name the bucket, the others (plus one) are the tag."""
WAYS = 2
TAG_BITS = 16
PARTS_MAX = 4
REACH = 3
"""Templates look at most so many tokens to either side."""
WEIGHTS = 6
"""A slot has this many weights, for labels 1 to 6; label 0 always scores 0."""
ZERO = 128
"""The byte that stands for no weight."""
CACHE_SLOTS = 1 << 14
"""Words whose scores are kept; another word with the same slot takes its place, so memory is bounded."""
OUTSIDE = -7
"""What every column holds before the first and after the last token."""

_MIX = 0xD6E8FEB86659FD93

Part = tuple[int, int]
"""A column, and the offset of the token it is read from."""
Template = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates as arrays over a window flattened row by row.

    `places` [templates, PARTS_MAX]: where a part lies from the token's row on; `factors`: an odd multiplier each,
    0 for a part that is not there; `owns`: the template's own constant.
    """

    places: UInt64s
    factors: UInt64s
    owns: UInt64s

    def __len__(self) -> int:
        return len(self.owns)

    @property
    def arrays(self) -> tuple[UInt64s, UInt64s, UInt64s]:
        """What compiled code takes."""
        return self.places, self.factors, self.owns


def templates_of(spec: Sequence[Template], columns: int) -> Templates:
    """Arrays for windows of so many columns; a template's hash depends on its parts, not on its place in the list."""
    places = np.zeros((len(spec), PARTS_MAX), np.int64)
    factors = np.zeros((len(spec), PARTS_MAX), np.uint64)
    owns = np.zeros(len(spec), np.uint64)
    for row, template in enumerate(spec):
        seed = 0
        for column, offset in template:
            seed = _splitmix(seed ^ ((column + 1) << 8 | (offset + REACH + 1)))
        for part, (column, offset) in enumerate(template):
            seed = _splitmix(seed)
            places[row, part], factors[row, part] = offset * columns + column, seed | 1
        owns[row] = _splitmix(seed)
    return Templates(places.astype(np.uint64), factors, owns)


def _splitmix(seed: int) -> int:
    """SplitMix64 (Steele, Lea, Flood 2014)."""
    mask = (1 << 64) - 1
    z = (seed + 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return z ^ (z >> 31)


@dataclass(frozen=True, slots=True)
class Weights:
    """Packed weights: `slots` [buckets * WAYS], each a tag of TAG_BITS and WEIGHTS bytes of weight plus ZERO."""

    slots: UInt64s
    scale: float


@dataclass(slots=True)
class Crf:
    """Templates over so many columns, weights, and log transitions [labels + 1, labels], the last row for the start.

    Templates that read only columns below `word_columns`, all of one token, are scored once a word and kept.
    """

    spec: tuple[Template, ...]
    columns: int
    word_columns: int
    weights: Weights
    transitions: Floats
    _lone: Templates = field(init=False)
    _lone_offsets: Int64s = field(init=False)
    _joint: Templates = field(init=False)
    _cache_keys: Int64s = field(init=False)
    _cache_scores: Int16s = field(init=False)

    def __post_init__(self) -> None:
        lone = [t for t in self.spec if self._is_lone(t)]
        self._lone = templates_of(lone, self.columns)
        self._lone_offsets = np.array([t[0][1] for t in lone], np.int64)
        self._joint = templates_of([t for t in self.spec if not self._is_lone(t)], self.columns)
        slots = CACHE_SLOTS if lone else 1
        self._cache_keys = np.full(slots, -1, np.int64)
        self._cache_scores = np.zeros((slots, 2 * REACH + 1, WEIGHTS + 2), np.int16)

    def _is_lone(self, template: Template) -> bool:
        one = len({offset for _, offset in template}) == 1
        return one and all(column < self.word_columns for column, _ in template)

    @property
    def labels(self) -> int:
        return int(self.transitions.shape[1])

    def tag(self, attributes: Int32s, lows: Int32s, highs: Int32s) -> tuple[Labels, Floats]:
        """Best labels [tokens] and posteriors [tokens, labels] of the sequences attributes[low:high].

        Tokens in no sequence get label 0 with certainty.
        """
        best = np.zeros(len(attributes), np.int8)
        posteriors = np.zeros((len(attributes), self.labels), np.float32)
        posteriors[:, 0] = 1.0
        if len(lows):
            tag_sequences(
                attributes,
                lows,
                highs,
                self._lone.arrays,
                self._lone_offsets,
                self._joint.arrays,
                self.weights.slots,
                np.float32(self.weights.scale),
                self.transitions,
                self._cache_keys,
                self._cache_scores,
                best,
                posteriors,
            )
        return best, posteriors


_Arrays = tuple[UInt64s, UInt64s, UInt64s]


@compiled
def feature_ids(attributes: Int32s, lows: Int32s, highs: Int32s, templates: _Arrays) -> Int32s:
    """The feature of every template at every token of the sequences: what training counts and weighs."""
    places, factors, owns = templates
    found = np.full((len(attributes), len(owns)), -1, np.int32)
    width = np.uint64(attributes.shape[1])
    for s in range(len(lows)):
        window = _window(attributes, lows[s], highs[s])
        for token in range(highs[s] - lows[s]):
            base = np.uint64(token + REACH) * width
            for t in range(len(owns)):
                found[lows[s] + token, t] = np.int32(
                    _hash(window, base, places, factors, owns, t) >> np.uint64(34)
                )
    return found


@compiled
def _window(attributes: Int32s, low: int, high: int) -> Points:
    """Rows low..high as they stand, flattened, with REACH rows of OUTSIDE before and after."""
    width = attributes.shape[1]
    length = high - low
    window = np.empty((length + 2 * REACH) * width, np.uint32)
    window[: REACH * width] = np.uint32(OUTSIDE & 0xFFFFFFFF)
    window[(length + REACH) * width :] = np.uint32(OUTSIDE & 0xFFFFFFFF)
    at = REACH * width
    for row in range(low, high):
        for column in range(width):
            window[at] = np.uint32(attributes[row, column])
            at += 1
    return window


@compiled
def _hash(
    window: Points, base: np.uint64, places: UInt64s, factors: UInt64s, owns: UInt64s, t: int
) -> np.uint64:
    h = (
        owns[t]
        + np.uint64(window[base + places[t, 0]]) * factors[t, 0]
        + np.uint64(window[base + places[t, 1]]) * factors[t, 1]
        + np.uint64(window[base + places[t, 2]]) * factors[t, 2]
        + np.uint64(window[base + places[t, 3]]) * factors[t, 3]
    )
    return np.uint64((h ^ (h >> np.uint64(31))) * np.uint64(_MIX))


@compiled
def _slot(key: np.uint64, slots: UInt64s, bits: np.uint64) -> np.uint64:
    """The slot of a feature; 0 if it has none."""
    bucket = (key & ((np.uint64(1) << bits) - np.uint64(1))) * np.uint64(WAYS)
    tag = (key >> bits) + np.uint64(1)
    first, second = slots[bucket], slots[bucket + np.uint64(1)]
    low = np.uint64(0xFFFF)
    return np.uint64(first * np.uint64((first & low) == tag) + second * np.uint64((second & low) == tag))


@compiled
def _bucket_bits(slots: UInt64s) -> np.uint64:
    bits = np.uint64(0)
    while WAYS << bits < len(slots):
        bits += np.uint64(1)
    return bits


@compiled
def _add_joint(
    window: Points,
    width: int,
    templates: _Arrays,
    slots: UInt64s,
    bits: np.uint64,
    keys: Points,
    sums: Int32s,
) -> None:
    """Add the weights of all templates to sums[token, 2:], in units of the scale.

    The features of a token are all hashed before the first is looked up, so that many look-ups wait for memory at
    once: that takes two thirds of the time. Eight bytes of weights are added at once, as 16-bit lanes of two 64-bit
    sums: 255 templates would still fit.
    """
    places, factors, owns = templates
    lanes = np.uint64(0x00FF00FF00FF00FF)
    for token in range(len(sums)):
        base = np.uint64(token + REACH) * np.uint64(width)
        for t in range(len(owns)):
            keys[t] = _hash(window, base, places, factors, owns, t) >> np.uint64(34)
        even, odd, hits = np.uint64(0), np.uint64(0), np.uint64(0)
        for t in range(len(owns)):
            w = _slot(np.uint64(keys[t]), slots, bits)
            even += w & lanes
            odd += (w >> np.uint64(8)) & lanes
            hits += np.uint64(w != 0)
        bias = ZERO * np.int64(hits)
        for pair in range(1, 4):
            at = np.uint64(16 * pair)
            sums[token, 2 * pair] += np.int64((even >> at) & np.uint64(0xFFFF)) - bias
            sums[token, 2 * pair + 1] += np.int64((odd >> at) & np.uint64(0xFFFF)) - bias


@compiled
def _add_lone(
    window: Points,
    width: int,
    lone: _Arrays,
    lone_offsets: Int64s,
    slots: UInt64s,
    bits: np.uint64,
    cache_keys: Int64s,
    cache_scores: Int16s,
    sums: Int32s,
) -> None:
    """Add to sums[token] what each word says by itself of the tokens around it; computed once a word and kept."""
    length = len(sums)
    for place in range(length + 2 * REACH):
        row = place * width
        key = np.int64(window[row]) * 8 + (
            np.int64(window[row + 1]) & 7
        )  # WORD and SHAPE settle all the others
        kept = (key ^ (key >> 14)) & (len(cache_keys) - 1)
        if cache_keys[kept] != key:
            _fill_lone(window, row, width, lone, lone_offsets, slots, bits, cache_scores[kept])
            cache_keys[kept] = key
        for offset in range(2 * REACH + 1):
            token = place - offset
            if 0 <= token < length:
                for y in range(WEIGHTS + 2):
                    sums[token, y] += cache_scores[kept, offset, y]


@compiled
def _fill_lone(
    window: Points,
    row: int,
    width: int,
    lone: _Arrays,
    lone_offsets: Int64s,
    slots: UInt64s,
    bits: np.uint64,
    scores: Int16s,
) -> None:
    """What a word says of its neighbours: the token at distance -offset of each template."""
    places, factors, owns = lone
    scores[:] = 0
    for t in range(len(owns)):
        base = np.uint64(row - lone_offsets[t] * width)
        w = _slot(_hash(window, base, places, factors, owns, t) >> np.uint64(34), slots, bits)
        if w != 0:
            for y in range(2, WEIGHTS + 2):
                weight = np.int64((w >> np.uint64(8 * y)) & np.uint64(255)) - ZERO
                scores[lone_offsets[t] + REACH, y] += weight


@compiled
def tag_sequences(
    attributes: Int32s,
    lows: Int32s,
    highs: Int32s,
    lone: _Arrays,
    lone_offsets: Int64s,
    joint: _Arrays,
    slots: UInt64s,
    scale: np.float32,
    transitions: Floats,
    cache_keys: Int64s,
    cache_scores: Int16s,
    best: Labels,
    posteriors: Floats,
) -> None:
    """Label every sequence."""
    longest = 1
    for s in range(len(lows)):
        longest = max(longest, highs[s] - lows[s])
    labels, width = transitions.shape[1], attributes.shape[1]
    scores = np.zeros((longest, labels), np.float32)
    work = np.empty((5, longest, labels), np.float32)
    steps = np.empty((longest, labels), np.int8)
    moves = np.exp(transitions)
    keys = np.empty(len(joint[2]), np.uint32)
    bits = _bucket_bits(slots)
    for s in range(len(lows)):
        low, high = lows[s], highs[s]
        length = high - low
        window = _window(attributes, low, high)
        sums = np.zeros((length, WEIGHTS + 2), np.int32)
        if len(lone_offsets):
            _add_lone(window, width, lone, lone_offsets, slots, bits, cache_keys, cache_scores, sums)
        _add_joint(window, width, joint, slots, bits, keys, sums)
        for token in range(length):
            for y in range(1, labels):
                scores[token, y] = sums[token, y + 1] * scale
        _viterbi(scores, length, transitions, work[0], steps, best[low:high])
        _forward_backward(scores, length, moves, work, posteriors[low:high])


@compiled
def _viterbi(
    scores: Floats, length: int, transitions: Floats, reached: Floats, steps: Labels, best: Labels
) -> None:
    labels = transitions.shape[1]
    for y in range(labels):
        reached[0, y] = scores[0, y] + transitions[labels, y]
    for i in range(1, length):
        for y in range(labels):
            step = 0
            value = reached[i - 1, 0] + transitions[0, y]
            for x in range(1, labels):
                other = reached[i - 1, x] + transitions[x, y]
                if other > value:
                    value, step = other, x
            reached[i, y] = value + scores[i, y]
            steps[i, y] = step
    y = 0
    for x in range(1, labels):
        if reached[length - 1, x] > reached[length - 1, y]:
            y = x
    for i in range(length - 1, -1, -1):
        best[i] = y
        if i:
            y = steps[i, y]


@compiled
def _forward_backward(scores: Floats, length: int, moves: Floats, work: Floats, posteriors: Floats) -> None:
    """Posteriors by the scaled forward-backward recursion (Rabiner 1989, section V)."""
    labels = moves.shape[1]
    local, ahead, back, sums = work[1], work[2], work[3], work[4]
    for i in range(length):
        top = scores[i, 0]
        for y in range(1, labels):
            top = max(top, scores[i, y])
        total = np.float32(0)
        for y in range(labels):
            local[i, y] = np.exp(scores[i, y] - top)
            value = moves[labels, y] if i == 0 else np.float32(0)
            if i:
                for x in range(labels):
                    value += ahead[i - 1, x] * moves[x, y]
            value *= local[i, y]
            ahead[i, y] = value
            total += value
        sums[i, 0] = total
        for y in range(labels):
            ahead[i, y] /= total
    for y in range(labels):
        back[length - 1, y] = 1
    for i in range(length - 1, -1, -1):
        if i < length - 1:
            for x in range(labels):
                value = np.float32(0)
                for y in range(labels):
                    value += moves[x, y] * local[i + 1, y] * back[i + 1, y]
                back[i, x] = value / sums[i + 1, 0]
        total = np.float32(0)
        for y in range(labels):
            total += ahead[i, y] * back[i, y]
        for y in range(labels):
            posteriors[i, y] = ahead[i, y] * back[i, y] / total
