"""Sequences labelled side by side against each one labelled by itself, bit by bit."""

from __future__ import annotations

import numpy as np
import pytest

from service.compiled import compiled
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.inference import Floats, Labels, forward_backward, odds, viterbi
from service.enrich.quotes.labelling import SIDE_BY_SIDE_MAX, ZERO, label_all
from service.enrich.quotes.templates import REACH, UInt64s

SCALE = np.float32(0.037)


def sums_of(weights: Int32s, counts: Int32s) -> tuple[UInt64s, UInt64s]:
    """Pack sums of weights [places, 6], of so many weights each, as the tagger adds them up."""
    lifted = (weights + ZERO * counts[:, None]).astype(np.uint64)
    evens, odds = counts.astype(np.uint64), np.zeros(len(counts), np.uint64)
    for label in range(1, 7):
        part = lifted[:, label - 1] << np.uint64(16 * ((label + 1) // 2))
        if label % 2:
            evens |= part
        else:
            odds |= part
    return evens, odds


@compiled
def exp(values: Floats) -> Floats:
    """Compute the exponential as compiled code does, whose last bit is not always that of numpy."""
    return np.asarray(np.exp(values))


def by_itself(scores: Floats, transitions: Floats) -> tuple[Labels, Floats]:
    """Label one sequence."""
    shape, length = scores.shape, len(scores)
    best, posteriors = np.empty(length, np.int8), np.empty(shape, np.float32)
    work = np.empty((4, *shape), np.float32)
    viterbi(scores, length, transitions, work[0], np.empty(shape, np.int8), best)
    forward_backward(odds(scores), length, exp(transitions), work, posteriors)
    return best, posteriors


@pytest.mark.parametrize("labels", [3, 5, 7])
@pytest.mark.parametrize(
    "lengths",
    [[1], [9, 40, 1, 17, 40, 2], list(range(1, 45)), [SIDE_BY_SIDE_MAX, SIDE_BY_SIDE_MAX + 1, 5, 700]],
)
def test_sequences_side_by_side_are_labelled_as_each_by_itself(labels: int, lengths: list[int]) -> None:
    random = np.random.default_rng(11)
    places = sum(lengths) + REACH * len(lengths)
    weights = random.integers(-400, 400, (places, 6)).astype(np.int32)
    transitions = random.normal(0, 2, (labels + 1, labels)).astype(np.float32)
    scores = np.zeros((places, labels), np.float32)
    scores[:, 1:] = weights[:, : labels - 1].astype(np.float32) * SCALE
    counts = random.integers(10, 50, places).astype(np.int32)
    long = np.array(lengths, np.int32)
    rows = np.cumsum([0, *(length + 2 for length in lengths[:-1])]).astype(np.int32)
    tokens = int(rows[-1]) + lengths[-1] + 1
    best, posteriors = np.full(tokens, -1, np.int8), np.full((tokens, labels), -1, np.float32)
    label_all(*sums_of(weights, counts), SCALE, long, rows, transitions, best, posteriors)
    start = 0
    for row, length in zip(rows.tolist(), lengths, strict=True):
        wanted, sure = by_itself(scores[start : start + length], transitions)
        assert best[row : row + length].tolist() == wanted.tolist()
        assert np.array_equal(posteriors[row : row + length], sure)
        assert np.all(best[row + length : row + length + 1] == -1)  # and nothing is written behind them
        assert np.all(posteriors[row + length : row + length + 1] == -1)
        start += length + REACH
