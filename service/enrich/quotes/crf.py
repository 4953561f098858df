"""A linear-chain CRF over hashed features: scores, Viterbi labels and posteriors, compiled and fused.

Weights are bytes in buckets of two slots; bucket and tag together are the whole feature number, so a feature that was
never trained scores nothing. Scoring is all look-ups, and its time that of memory: slots are small, a table just fits
the second-level cache, it is read through once before each batch of texts, which the processor does far ahead, and the
look-ups are a loop of their own, so short that the processor waits for many of them at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from service.compiled import compiled
from service.enrich.quotes.codepoints import Int32s, Points
from service.enrich.quotes.inference import Floats, Labels, forward_backward, odds, viterbi
from service.enrich.quotes.templates import (
    REACH,
    Template,
    TemplateArrays,
    Templates,
    UInt64s,
    hash_places,
    lay_out,
    templates_of,
)

WAYS = 2
TAG_BITS = 16
"""Number of bits of a tag. The low bits of a feature name its bucket; the others (plus one) are the tag."""
WEIGHTS = 6
"""Number of weights of a slot, for labels 1 to 6; label 0 always scores 0."""
ZERO = 128
"""The byte that stands for no weight."""
FETCH_PLACES = 150
"""Number of tokens from which reading the whole table first costs less than it saves."""

Sequences = tuple[Int32s, Int32s, Int32s]
"""The attributes of a text's tokens, and where its sequences begin and end: what `Crf.tag` takes."""

_LINE_SLOTS = 8
"""Slots of 8 bytes in a line of cache."""
_LANES = 0x00FF00FF00FF0000
"""Three weights of a slot, every second byte, each with room for a sum of 257 of them."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Packed weights: `slots` [buckets * WAYS], each a tag of TAG_BITS and WEIGHTS bytes of weight plus ZERO."""

    slots: UInt64s
    scale: float


@dataclass(slots=True)
class Crf:
    """Templates, weights, and log transitions [labels + 1, labels], the last row for the start."""

    spec: tuple[Template, ...]
    weights: Weights
    transitions: Floats
    _templates: Templates = field(init=False)

    def __post_init__(self) -> None:
        self._templates = templates_of(self.spec)

    def tag(self, attributes: Int32s, lows: Int32s, highs: Int32s) -> tuple[Labels, Floats]:
        """Label the sequences attributes[low:high]. Returns labels: int8[tokens], posteriors: float32[tokens, labels].

        Tokens in no sequence get label 0 with certainty.
        """
        return _tag(
            attributes,
            lows,
            highs,
            self._templates.arrays,
            self.weights.slots,
            np.float32(self.weights.scale),
            self.transitions,
        )

    def tag_all(self, texts: Sequence[Sequences]) -> list[tuple[Labels, Floats]]:
        """Label many texts as `tag` does, one after the other; the weights are fetched once for all of them."""
        if sum(len(attributes) for attributes, _, _ in texts) >= FETCH_PLACES:
            _fetch(self.weights.slots)
        return [self.tag(*sequences) for sequences in texts]


@compiled
def _fetch(slots: UInt64s) -> np.uint64:
    """Bring the whole table near: in order memory is many times faster than here and there.

    What was touched goes back to the caller, for the compiler leaves out what nobody asks for.
    """
    touched = np.uint64(0)
    for line in range(0, len(slots), _LINE_SLOTS):
        touched |= slots[line]
    return touched


@compiled
def _bucket_bits(slots: UInt64s) -> np.uint32:
    bits = np.uint32(0)
    while WAYS << bits < len(slots):
        bits += np.uint32(1)
    return bits


@compiled
def _gather(found: Points, in_bucket: np.uint32, slots: UInt64s, near: UInt64s, far: UInt64s) -> None:
    """Fetch both slots of every feature's bucket."""
    for i in range(len(found)):
        bucket = np.int64(found[i] & in_bucket) * WAYS
        near[i] = slots[bucket]
        far[i] = slots[bucket + 1]


@compiled
def _add_up(found: Points, bits: np.uint32, near: UInt64s, far: UInt64s, even: UInt64s, odd: UInt64s) -> None:
    """Add the weights of those slots that hold the feature.

    Three weights are added in one step, in lanes of 16 bits; the lowest lane of `even` counts them, since each is ZERO
    too high.
    """
    lanes, tag_mask = np.uint64(_LANES), np.uint64((1 << TAG_BITS) - 1)
    none, one = np.uint64(0), np.uint64(1)
    for i in range(len(found)):
        tag = np.uint64(found[i] >> bits) + one
        a, b = near[i], far[i]
        slot = a if (a & tag_mask) == tag else (b if (b & tag_mask) == tag else none)
        even[i] += (slot & lanes) + (one if slot != none else none)
        odd[i] += (slot >> np.uint64(8)) & lanes


@compiled
def _scores(
    laid: Points, templates: TemplateArrays, slots: UInt64s, scale: np.float32, labels: int
) -> Floats:
    """Add up the weights of the features of every place. Returns scores: float32[places, labels].

    Hashed, looked up and added in loops of their own: the short loop of the look-ups waits for many of them at once,
    the two others run in the vector units.
    """
    found = np.empty(laid.shape[1] - 2 * REACH, np.uint32)
    even, odd = np.zeros(len(found), np.uint64), np.zeros(len(found), np.uint64)
    near, far = np.empty(len(found), np.uint64), np.empty(len(found), np.uint64)
    bits = _bucket_bits(slots)
    in_bucket = (np.uint32(1) << bits) - np.uint32(1)
    for t in range(len(templates[3])):
        hash_places(laid, templates, t, found)
        _gather(found, in_bucket, slots, near, far)
        _add_up(found, bits, near, far, even, odd)
    scores = np.zeros((len(found), labels), np.float32)
    lane = np.uint64(0xFFFF)
    for i in range(len(found)):
        bias = ZERO * np.int64(even[i] & lane)
        for y in range(1, labels):
            at = np.uint64(16 * ((y + 1) // 2))
            total = odd[i] if y % 2 == 0 else even[i]
            scores[i, y] = np.float32(np.int64((total >> at) & lane) - bias) * scale
    return scores


@compiled
def _tag(
    attributes: Int32s,
    lows: Int32s,
    highs: Int32s,
    templates: TemplateArrays,
    slots: UInt64s,
    scale: np.float32,
    transitions: Floats,
) -> tuple[Labels, Floats]:
    labels = transitions.shape[1]
    best = np.zeros(len(attributes), np.int8)
    posteriors = np.zeros((len(attributes), labels), np.float32)
    posteriors[:, 0] = 1.0
    if len(lows) == 0:
        return best, posteriors
    laid = lay_out(attributes, lows, highs, templates[4])
    scores = _scores(laid, templates, slots, scale, labels)
    local, moves = odds(scores), np.exp(transitions)
    longest = np.max(highs - lows)
    work = np.empty((4, longest, labels), np.float32)
    steps = np.empty((longest, labels), np.int8)
    at = 0
    for s in range(len(lows)):
        low, high = lows[s], highs[s]
        length = high - low
        viterbi(scores[at : at + length], length, transitions, work[0], steps, best[low:high])
        forward_backward(local[at : at + length], length, moves, work, posteriors[low:high])
        at += length + REACH
    return best, posteriors
