"""Training of a linear-chain CRF: AdaGrad over sequences, feature dropout, averaged weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.core.compiled import compiled
from service.core.quotes.codepoints import Int32s
from service.core.quotes.crf import FEATURE_BITS, Floats, Labels, Templates, feature_ids

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how hard to train. `dropout` is the share of features left out at each visit."""

    epochs: int
    rate: float = 0.05
    l2: float = 0.0
    dropout: float = 0.4
    seen_min: int = 2  # features seen less often are not trained
    average_from: float = 0.5  # share of the epochs after which weights are averaged


@dataclass(frozen=True, slots=True)
class Trained:
    """Averaged weights [features, labels] and log transitions [labels + 1, labels]."""

    weights: Floats
    transitions: Floats


def train(
    attributes: Int32s, lows: Int32s, highs: Int32s, labels: Labels, templates: Templates, count: int, recipe: Recipe,
    seed: int = 0,
) -> Trained:  # fmt: skip
    """Fit `count` labels to the sequences attributes[low:high]."""
    arrays = (templates.columns, templates.offsets, templates.parts, templates.multipliers)
    features = feature_ids(attributes, lows, highs, arrays)
    seen = np.bincount(features[features >= 0], minlength=1 << FEATURE_BITS)
    features[(features < 0) | (seen[features] < recipe.seen_min)] = -1
    shape = (1 << FEATURE_BITS, count)
    weights, squares, total = (np.zeros(shape, np.float32) for _ in range(3))
    steps, step_squares, step_total = (np.zeros((count + 1, count)) for _ in range(3))
    averaged = 0
    random = np.random.default_rng(seed)
    for epoch in range(recipe.epochs):
        order = random.permutation(len(lows))
        _epoch(
            features, lows, highs, labels, order, weights, squares, steps, step_squares,
            recipe.rate, recipe.l2, recipe.dropout, 1000 * seed + epoch,
        )  # fmt: skip
        if epoch >= int(recipe.epochs * recipe.average_from):
            total += weights
            step_total += steps
            averaged += 1
    return Trained(total / np.float32(averaged), (step_total / averaged).astype(np.float32))


@compiled
def _forward_backward(
    scores: Doubles, moves: Doubles, length: int, ahead: Doubles, back: Doubles, p: Doubles
) -> None:
    """Posteriors p; ahead and back as the scaled recursions leave them."""
    labels = scores.shape[1]
    sums = np.empty(length)
    for i in range(length):
        top = scores[i].max()
        total = 0.0
        for y in range(labels):
            value = moves[labels, y]
            if i:
                value = 0.0
                for x in range(labels):
                    value += ahead[i - 1, x] * moves[x, y]
            value *= np.exp(scores[i, y] - top)
            ahead[i, y] = value
            total += value
        sums[i] = total
        for y in range(labels):
            ahead[i, y] /= total
    for y in range(labels):
        back[length - 1, y] = 1.0
    for i in range(length - 2, -1, -1):
        top = scores[i + 1].max()
        for x in range(labels):
            value = 0.0
            for y in range(labels):
                value += moves[x, y] * np.exp(scores[i + 1, y] - top) * back[i + 1, y]
            back[i, x] = value / sums[i + 1]
    for i in range(length):
        total = 0.0
        for y in range(labels):
            p[i, y] = ahead[i, y] * back[i, y]
            total += p[i, y]
        for y in range(labels):
            p[i, y] /= total


@compiled
def _epoch(
    features: Int32s,
    lows: Int32s,
    highs: Int32s,
    labels: Labels,
    order: npt.NDArray[np.int64],
    weights: Floats,
    squares: Floats,
    steps: Doubles,
    step_squares: Doubles,
    rate: float,
    l2: float,
    dropout: float,
    seed: int,
) -> None:
    """One pass over the sequences; AdaGrad (Duchi, Hazan, Singer 2011) on the negative log likelihood."""
    np.random.seed(seed)
    count = weights.shape[1]
    templates = features.shape[1]
    longest = 1
    for s in range(len(lows)):
        longest = max(longest, highs[s] - lows[s])
    scores, ahead = np.zeros((longest, count)), np.zeros((longest, count))
    back, p = np.zeros((longest, count)), np.zeros((longest, count))
    used = np.zeros((longest, templates), np.int32)
    moves, expected = np.zeros((count + 1, count)), np.zeros((count + 1, count))
    edge = np.zeros((count, count))
    keep = 1.0 / (1.0 - dropout)
    for s in order:
        low = lows[s]
        length = highs[s] - low
        if length == 0:
            continue
        for i in range(length):
            scores[i] = 0.0
            for t in range(templates):
                feature = features[low + i, t]
                used[i, t] = -1
                if feature >= 0 and np.random.random() >= dropout:
                    used[i, t] = feature
                    for y in range(count):
                        scores[i, y] += weights[feature, y]
            for y in range(count):
                scores[i, y] *= keep
        moves[:] = np.exp(steps)
        expected[:] = 0.0
        _forward_backward(scores, moves, length, ahead, back, p)
        for y in range(count):
            expected[count, y] += p[0, y]
        expected[count, labels[low]] -= 1.0
        for i in range(1, length):
            top = scores[i].max()
            total = 0.0
            for y in range(count):
                local = np.exp(scores[i, y] - top) * back[i, y]
                for x in range(count):
                    edge[x, y] = ahead[i - 1, x] * moves[x, y] * local
                    total += edge[x, y]
            for x in range(count):
                for y in range(count):
                    expected[x, y] += edge[x, y] / total
            expected[labels[low + i - 1], labels[low + i]] -= 1.0
        for x in range(count + 1):
            for y in range(count):
                g = expected[x, y] + 1e-5 * steps[x, y]
                step_squares[x, y] += g * g
                steps[x, y] -= rate * g / (np.sqrt(step_squares[x, y]) + 1e-3)
        for i in range(length):
            for y in range(count):
                error = p[i, y] - (1.0 if labels[low + i] == y else 0.0)
                if abs(error) < 1e-4:
                    continue
                for t in range(templates):
                    feature = used[i, t]
                    if feature >= 0:
                        g = error + l2 * weights[feature, y]
                        squares[feature, y] += g * g
                        weights[feature, y] -= rate * g / (np.sqrt(squares[feature, y]) + 1e-3)
