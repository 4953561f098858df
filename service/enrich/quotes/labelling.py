"""Sums of weights -> labels and posteriors of the sequences of many texts.

A sum has six weights, for labels 1 to 6, in lanes of 16 bits: odd labels in `evens`, even ones in `odds`, named after
the bytes of a slot that they come from. The lowest lane of `evens` counts the weights, since each is ZERO too high.
"""

from __future__ import annotations

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.inference import Floats, Labels, forward_backward, odds, viterbi
from service.enrich.quotes.lanes import (
    CAME,
    LABELS_MAX,
    LANES,
    STEP,
    UNREACHED,
    backward_lanes,
    forward_lanes,
    odds_lanes,
    take_lanes,
    trace_lanes,
    viterbi_lanes,
)
from service.enrich.quotes.templates import REACH, Int64s, UInt64s

ZERO = 128
"""The byte that stands for no weight."""
SIDE_BY_SIDE_MAX = 512
"""Maximum number of tokens of a sequence that is labelled beside others, at a kilobyte of memory for each token of the
longest; a longer one is labelled by itself. Paragraphs of news have some 40."""

Sums = tuple[UInt64s, UInt64s]


@borrowing
def _score(sums: Sums, place: int, y: int, scale: np.float32) -> np.float32:
    """Return the score of label `y`, 1 to 6, at a place."""
    evens, odds = sums
    lane, at = np.uint64(0xFFFF), np.uint64(16 * ((y + 1) // 2))
    total = odds[place] if y % 2 == 0 else evens[place]
    bias = ZERO * np.int64(evens[place] & lane)
    return np.float32(np.int64((total >> at) & lane) - bias) * scale


@compiled
def label_all(
    evens: UInt64s,
    odds: UInt64s,
    scale: np.float32,
    lengths: Int32s,
    rows: Int32s,
    transitions: Floats,
    best: Labels,
    posteriors: Floats,
) -> None:
    """Label sequences whose sums stand one behind the other, REACH places apart, into best[row:] and posteriors[row:].

    transitions: float32[labels + 1, labels], log transitions, the last row for the start.
    """
    sums, count = (evens, odds), len(lengths)
    starts = np.zeros(count, np.int64)
    for s in range(1, count):
        starts[s] = starts[s - 1] + lengths[s - 1] + REACH
    order = np.argsort(-lengths, kind="mergesort")
    alone = 0
    while alone < count and lengths[order[alone]] > SIDE_BY_SIDE_MAX:
        s = order[alone]
        end = rows[s] + lengths[s]
        _label_one(sums, starts[s], scale, transitions, best[rows[s] : end], posteriors[rows[s] : end])
        alone += 1
    if alone < count:
        _label_beside(sums, starts, scale, lengths, rows, order[alone:], transitions, best, posteriors)


@compiled
def _label_one(
    sums: Sums, start: int, scale: np.float32, transitions: Floats, best: Labels, posteriors: Floats
) -> None:
    """Label one sequence by itself."""
    count, labels = posteriors.shape
    scores = np.zeros((count, labels), np.float32)
    for i in range(count):
        for y in range(1, labels):
            scores[i, y] = _score(sums, start + i, y, scale)
    work, steps = np.empty((4, count, labels), np.float32), np.empty((count, labels), np.int8)
    viterbi(scores, count, transitions, work[0], steps, best)
    forward_backward(odds(scores), count, np.exp(transitions), work, posteriors)


@compiled
def _label_beside(
    sums: Sums,
    starts: Int64s,
    scale: np.float32,
    lengths: Int32s,
    rows: Int32s,
    order: Int64s,
    transitions: Floats,
    best: Labels,
    posteriors: Floats,
) -> None:
    """Label sequences LANES at a time, in the order of `order`: the longest first."""
    labels = transitions.shape[1]
    costs, moves = _whole(transitions, UNREACHED), _whole(np.exp(transitions), 0.0)
    longest = lengths[order[0]]
    work = np.zeros((longest + 1) * STEP, np.float32)  # a step more, of which nothing is used
    bits, came = work.view(np.int32), np.zeros(longest * CAME, np.int8)
    at, ends, there = np.zeros(LANES, np.int64), np.zeros(LANES, np.int32), np.zeros(LANES, np.int32)
    for first in range(0, len(order), LANES):
        many = min(LANES, len(order) - first)
        for k in range(many):
            s = order[first + k]
            at[k], ends[k], there[k] = starts[s], lengths[s], rows[s]
        steps = ends[0]
        _bring_lanes(sums, scale, at, ends, many, labels, work)
        viterbi_lanes(work, steps, costs, came)
        trace_lanes(work, came, ends, there, many, best)
        odds_lanes(work, bits, steps)
        forward_lanes(work, steps, moves)
        backward_lanes(work, ends, steps, moves)
        take_lanes(work, ends, there, many, posteriors)


@compiled
def _whole(transitions: Floats, absent: float) -> Floats:
    """Return transitions for LABELS_MAX labels: float32[LABELS_MAX + 1, LABELS_MAX]."""
    labels = transitions.shape[1]
    whole = np.full((LABELS_MAX + 1, LABELS_MAX), np.float32(absent), np.float32)
    whole[:labels, :labels], whole[LABELS_MAX, :labels] = transitions[:labels], transitions[labels]
    return whole


@borrowing
def _bring_lanes(
    sums: Sums, scale: np.float32, at: Int64s, ends: Int32s, many: int, labels: int, work: Floats
) -> None:
    """Fill `work` with the scores of the first `many` lanes, the longest first."""
    (evens, odds), lane, going = sums, np.uint64(0xFFFF), many
    for i in range(ends[0]):
        here = work[i * STEP :]
        while ends[going - 1] <= i:
            going -= 1
        for k in range(going):
            even, odd = evens[at[k] + i], odds[at[k] + i]
            bias = ZERO * np.int64(even & lane)
            here[k] = np.float32(0)
            for y in range(1, LABELS_MAX, 2):
                shift = np.uint64(8 * (y + 1))
                here[y * LANES + k] = np.float32(np.int64((even >> shift) & lane) - bias) * scale
                here[(y + 1) * LANES + k] = np.float32(np.int64((odd >> shift) & lane) - bias) * scale
            for y in range(labels, LABELS_MAX):
                here[y * LANES + k] = np.float32(UNREACHED)
