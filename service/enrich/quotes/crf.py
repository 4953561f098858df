"""A linear-chain CRF over hashed features: scores, Viterbi labels and posteriors, compiled and fused.

Weights are bytes in buckets of two slots; bucket and tag together are the whole feature number, so a feature that was
never trained scores nothing. Scoring is all look-ups, and its time that of memory: slots are small, a table just fits
the second-level cache, it is read through once before each batch of texts, which the processor does far ahead, and the
look-ups are a loop of their own, so short that the processor waits for many of them at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

import numpy as np

from service.compiled import compiled
from service.enrich.quotes.codepoints import Int32s, Points
from service.enrich.quotes.inference import Floats, Labels
from service.enrich.quotes.labelling import label_all
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
FETCH_PLACES = 150
"""Number of tokens from which reading the whole table first costs less than it saves."""

Sequences = tuple[Int32s, Int32s, Int32s]
"""The attributes of a text's tokens, and where its sequences begin and end: what `Crf.tag` takes."""

_NONE: Int32s = np.empty(0, np.int32)
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
        ((labels, posteriors),) = self.tag_all([(attributes, lows, highs)])
        return labels, posteriors

    def tag_all(self, texts: Sequence[Sequences]) -> list[tuple[Labels, Floats]]:
        """Label many texts as `tag` does, all sequences side by side; the weights are fetched once for all of them."""
        edges = list(accumulate((len(attributes) for attributes, _, _ in texts), initial=0))
        best, posteriors = _unlabelled(edges[-1], self.transitions.shape[1])
        lengths = np.concatenate([_NONE, *(highs - lows for _, lows, highs in texts)])
        if len(lengths):
            rows = np.concatenate([lows + edge for (_, lows, _), edge in zip(texts, edges, strict=False)])
            evens, odds = self._sums(texts, int(lengths.sum()) + REACH * len(lengths))
            scale = np.float32(self.weights.scale)
            label_all(evens, odds, scale, lengths, rows, self.transitions, best, posteriors)
        return [(best[low:high], posteriors[low:high]) for low, high in pairwise(edges)]

    def _sums(self, texts: Sequence[Sequences], places: int) -> tuple[UInt64s, UInt64s]:
        """Add up the weights of the features of all tokens, text by text."""
        slots, templates = self.weights.slots, self._templates.arrays
        if places >= FETCH_PLACES:
            _fetch(slots)
        evens, odds = np.zeros(places, np.uint64), np.zeros(places, np.uint64)
        done = 0
        for attributes, lows, highs in texts:
            if not len(lows):
                continue  # the columns of a single word lie otherwise in memory, which takes machine code of its own
            done += _add_weights(attributes, lows, highs, templates, slots, evens[done:], odds[done:])
        return evens, odds


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

    Three weights are added in one step, in lanes of 16 bits; the lowest lane of `even` counts them.
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
def _add_weights(
    attributes: Int32s,
    lows: Int32s,
    highs: Int32s,
    templates: TemplateArrays,
    slots: UInt64s,
    evens: UInt64s,
    odds: UInt64s,
) -> int:
    """Add up the weights of the features of every place; return how many places there are, with REACH behind each end.

    Hashed, looked up and added in loops of their own: the short loop of the look-ups waits for many of them at once,
    the two others run in the vector units.
    """
    laid = lay_out(attributes, lows, highs, templates[4])
    count = laid.shape[1] - 2 * REACH
    found = np.empty(count, np.uint32)
    near, far = np.empty(count, np.uint64), np.empty(count, np.uint64)
    bits = _bucket_bits(slots)
    in_bucket = (np.uint32(1) << bits) - np.uint32(1)
    for t in range(len(templates[3])):
        hash_places(laid, templates, t, found)
        _gather(found, in_bucket, slots, near, far)
        _add_up(found, bits, near, far, evens, odds)
    return int(count + REACH)


@compiled
def _unlabelled(tokens: int, labels: int) -> tuple[Labels, Floats]:
    """Return label 0 with certainty for every token."""
    best, posteriors = np.zeros(tokens, np.int8), np.zeros((tokens, labels), np.float32)
    posteriors[:, 0] = 1.0
    return best, posteriors
