"""A linear-chain CRF over hashed features: scores, Viterbi labels and posteriors, compiled and fused.

Lafferty, McCallum, Pereira: Conditional Random Fields (ICML 2001). Weights are signed bytes in buckets of
four; bucket and tag together are the whole feature number, so a feature that was never trained scores nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from service.core.compiled import compiled
from service.core.quotes.codepoints import Int32s

UInt64s = npt.NDArray[np.uint64]
UInt32s = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int8]

FEATURE_BITS = 22
"""A feature is this many bits of its hash: low ones name the bucket, the others are the tag."""
PARTS_MAX = 5
REACH = 3
"""Templates look at most so many tokens to either side."""
LABELS_MAX = 7
CACHE_SLOTS = 1 << 14
"""Words whose scores are kept; another word with the same slot takes its place, so memory is bounded."""
OUTSIDE = -7
"""What every column holds before the first and after the last token."""

Part = tuple[int, int]
"""A column, and the offset of the token it is read from."""
Template = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates as arrays: [templates, PARTS_MAX] columns and offsets, how many parts, and odd multipliers."""

    columns: Int32s
    offsets: Int32s
    parts: Int32s
    multipliers: UInt64s  # [templates, PARTS_MAX + 1]; the last one is the template's own

    def __len__(self) -> int:
        return len(self.parts)

    def only(self, chosen: npt.NDArray[np.bool_]) -> Templates:
        """Some of them, with the multipliers they have."""
        return Templates(
            self.columns[chosen], self.offsets[chosen], self.parts[chosen], self.multipliers[chosen]
        )


def templates_of(spec: Sequence[Template]) -> Templates:
    """Arrays of a list of templates; a template's hash depends on its parts, not on its place in the list."""
    columns = np.zeros((len(spec), PARTS_MAX), np.int32)
    offsets = np.zeros((len(spec), PARTS_MAX), np.int32)
    multipliers = np.zeros((len(spec), PARTS_MAX + 1), np.uint64)
    for row, template in enumerate(spec):
        seed = 0
        for place, (column, offset) in enumerate(template):
            columns[row, place], offsets[row, place] = column, offset
            seed = _splitmix(seed ^ ((column + 1) << 8 | (offset + REACH + 1)))
        for place in range(PARTS_MAX + 1):
            seed = _splitmix(seed)
            multipliers[row, place] = seed | 1
    return Templates(columns, offsets, np.array([len(t) for t in spec], np.int32), multipliers)


def _splitmix(seed: int) -> int:
    """SplitMix64 (Steele, Lea, Flood 2014)."""
    mask = (1 << 64) - 1
    z = (seed + 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return z ^ (z >> 31)


@dataclass(frozen=True, slots=True)
class Weights:
    """Packed feature weights: `tags` [buckets] of four bytes, `values` [buckets * 4] of eight signed bytes."""

    tags: UInt32s
    values: UInt64s  # byte y of a slot is the weight of label y plus 128
    scale: float


@dataclass(slots=True)
class Crf:
    """Templates, weights and log transitions [labels + 1, labels], the last row for the start."""

    templates: Templates
    weights: Weights
    transitions: Floats
    word_columns: int  # columns below this depend on the token alone
    _lone: Templates = field(init=False)
    _joint: Templates = field(init=False)
    _cache_keys: npt.NDArray[np.int64] = field(init=False)
    _cache_scores: npt.NDArray[np.int16] = field(init=False)

    def __post_init__(self) -> None:
        lone = np.array([self._is_lone(row) for row in range(len(self.templates))], np.bool_)
        self._lone, self._joint = self.templates.only(lone), self.templates.only(~lone)
        slots = CACHE_SLOTS if lone.any() else 1
        self._cache_keys = np.full(slots, -1, np.int64)
        self._cache_scores = np.zeros((slots, 2 * REACH + 1, LABELS_MAX + 1), np.int16)

    def _is_lone(self, row: int) -> bool:
        t = self.templates
        count = t.parts[row]
        same = len(set(t.offsets[row, :count].tolist())) == 1
        return same and bool((t.columns[row, :count] < self.word_columns).all())

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
                (self._lone.columns, self._lone.offsets, self._lone.parts, self._lone.multipliers),
                (self._joint.columns, self._joint.offsets, self._joint.parts, self._joint.multipliers),
                self.weights.tags,
                self.weights.values,
                np.float32(self.weights.scale),
                self.transitions,
                self._cache_keys,
                self._cache_scores,
                best,
                posteriors,
            )
        return best, posteriors


_Arrays = tuple[Int32s, Int32s, Int32s, UInt64s]


@compiled
def padded(attributes: Int32s, low: int, high: int, window: Int32s) -> None:
    """Copy rows low..high into `window`, with REACH rows of OUTSIDE before and after."""
    length = high - low
    for column in range(attributes.shape[1]):
        for edge in range(REACH):
            window[edge, column] = OUTSIDE
            window[length + REACH + edge, column] = OUTSIDE
    window[REACH : length + REACH] = attributes[low:high]


@compiled
def feature_ids(attributes: Int32s, lows: Int32s, highs: Int32s, templates: _Arrays) -> Int32s:
    """The feature of every template at every token of the sequences: what training counts and weighs."""
    columns, offsets, parts, multipliers = templates
    found = np.full((len(attributes), len(parts)), -1, np.int32)
    longest = 1
    for s in range(len(lows)):
        longest = max(longest, highs[s] - lows[s])
    window = np.empty((longest + 2 * REACH, attributes.shape[1]), np.int32)
    for s in range(len(lows)):
        padded(attributes, lows[s], highs[s], window)
        for token in range(highs[s] - lows[s]):
            for t in range(len(parts)):
                h = multipliers[t, PARTS_MAX]
                for part in range(parts[t]):
                    value = window[token + REACH + offsets[t, part], columns[t, part]]
                    h += np.uint64(np.uint32(value)) * multipliers[t, part]
                h = (h ^ (h >> np.uint64(31))) * np.uint64(0xD6E8FEB86659FD93)
                found[lows[s] + token, t] = np.int32(h >> np.uint64(64 - FEATURE_BITS))
    return found


@compiled
def _add_scores(
    window: Int32s,
    token: int,
    templates: _Arrays,
    tags: UInt32s,
    values: UInt64s,
    bucket_bits: int,
    sums: npt.NDArray[np.int32],
) -> None:
    """Add the weights of all templates at a token, label by label, in units of the scale.

    Eight weights are added at once, as 16-bit lanes of two 64-bit sums.
    """
    columns, offsets, parts, multipliers = templates
    lanes = np.uint64(0x00FF00FF00FF00FF)
    even, odd = np.uint64(0), np.uint64(0)
    hits = 0
    mask = np.uint64((1 << bucket_bits) - 1)
    shift = np.uint64(bucket_bits)
    for t in range(len(parts)):
        h = multipliers[t, PARTS_MAX]
        for part in range(parts[t]):
            value = window[token + REACH + offsets[t, part], columns[t, part]]
            h += np.uint64(np.uint32(value)) * multipliers[t, part]
        h = (h ^ (h >> np.uint64(31))) * np.uint64(0xD6E8FEB86659FD93)
        key = h >> np.uint64(64 - FEATURE_BITS)
        bucket = np.int64(key & mask)
        tag = np.uint32(key >> shift) + np.uint32(1)
        differ = tags[bucket] ^ (tag * np.uint32(0x01010101))
        zero = (differ - np.uint32(0x01010101)) & ~differ & np.uint32(0x80808080)
        if zero != 0:
            slot = (
                0
                if zero & np.uint32(0x80)
                else 1
                if zero & np.uint32(0x8000)
                else 2
                if zero & np.uint32(0x800000)
                else 3
            )
            w = values[bucket * 4 + slot]
            even += w & lanes
            odd += (w >> np.uint64(8)) & lanes
            hits += 1
    bias = 128 * hits
    for pair in range(4):
        at = np.uint64(16 * pair)
        sums[2 * pair] += np.int64((even >> at) & np.uint64(0xFFFF)) - bias
        sums[2 * pair + 1] += np.int64((odd >> at) & np.uint64(0xFFFF)) - bias


@compiled
def tag_sequences(
    attributes: Int32s,
    lows: Int32s,
    highs: Int32s,
    lone: _Arrays,
    joint: _Arrays,
    tags: UInt32s,
    values: UInt64s,
    scale: np.float32,
    transitions: Floats,
    cache_keys: npt.NDArray[np.int64],
    cache_scores: npt.NDArray[np.int16],
    best: Labels,
    posteriors: Floats,
) -> None:
    longest = 1
    for s in range(len(lows)):
        longest = max(longest, highs[s] - lows[s])
    labels = transitions.shape[1]
    window = np.empty((longest + 2 * REACH, attributes.shape[1]), np.int32)
    scores = np.empty((longest, labels), np.float32)
    work = np.empty((5, longest, labels), np.float32)
    steps = np.empty((longest, labels), np.int8)
    moves = np.exp(transitions)
    sums = np.empty(8, np.int32)
    bucket_bits = 0
    while (1 << bucket_bits) < len(tags):
        bucket_bits += 1
    for s in range(len(lows)):
        low, high = lows[s], highs[s]
        length = high - low
        padded(attributes, low, high, window)
        for token in range(length):
            sums[:] = 0
            if len(lone[2]):
                _add_lone(
                    window, token, length, lone, tags, values, bucket_bits, cache_keys, cache_scores, sums
                )
            _add_scores(window, token, joint, tags, values, bucket_bits, sums)
            for y in range(labels):
                scores[token, y] = sums[y] * scale
        _viterbi(scores, length, transitions, work[0], steps, best[low:high])
        _forward_backward(scores, length, transitions, moves, work, posteriors[low:high])


@compiled
def _add_lone(
    window: Int32s,
    token: int,
    length: int,
    lone: _Arrays,
    tags: UInt32s,
    values: UInt64s,
    bucket_bits: int,
    cache_keys: npt.NDArray[np.int64],
    cache_scores: npt.NDArray[np.int16],
    sums: npt.NDArray[np.int32],
) -> None:
    """Add what the words around a token say by themselves; a word's scores are computed once and kept."""
    for offset in range(-REACH, REACH + 1):
        row = token + REACH + offset
        key = np.int64(window[row, 0]) * 8 + window[row, 1]  # WORD and SHAPE settle all columns of the word
        slot = (key ^ (key >> 14)) & (len(cache_keys) - 1)
        if cache_keys[slot] != key:
            _fill_lone(window, row, lone, tags, values, bucket_bits, cache_scores[slot])
            cache_keys[slot] = key
        for y in range(8):
            sums[y] += cache_scores[slot, offset + REACH, y]


@compiled
def _fill_lone(
    window: Int32s,
    row: int,
    lone: _Arrays,
    tags: UInt32s,
    values: UInt64s,
    bucket_bits: int,
    scores: npt.NDArray[np.int16],
) -> None:
    columns, offsets, parts, multipliers = lone
    mask = np.uint64((1 << bucket_bits) - 1)
    scores[:] = 0
    for t in range(len(parts)):
        h = multipliers[t, PARTS_MAX]
        for part in range(parts[t]):
            h += np.uint64(np.uint32(window[row, columns[t, part]])) * multipliers[t, part]
        h = (h ^ (h >> np.uint64(31))) * np.uint64(0xD6E8FEB86659FD93)
        key = h >> np.uint64(64 - FEATURE_BITS)
        bucket = np.int64(key & mask)
        tag = np.uint32(key >> np.uint64(bucket_bits)) + np.uint32(1)
        for slot in range(4):
            if (tags[bucket] >> np.uint32(8 * slot)) & np.uint32(255) == tag:
                w = values[bucket * 4 + slot]
                for y in range(8):
                    scores[offsets[t, 0] + REACH, y] += (
                        np.int64((w >> np.uint64(8 * y)) & np.uint64(255)) - 128
                    )
                break


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
def _forward_backward(
    scores: Floats, length: int, transitions: Floats, moves: Floats, work: Floats, posteriors: Floats
) -> None:
    """Posteriors by the scaled forward-backward recursion (Rabiner 1989, section V)."""
    labels = transitions.shape[1]
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
