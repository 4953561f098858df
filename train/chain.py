"""Training of a linear-chain CRF: AdaGrad over sequences, feature dropout, averaged weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.inference import Floats, Labels
from service.enrich.quotes.templates import Templates, feature_ids

LANES = 8
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
    """Trained features, how often each was seen, averaged weights [features, labels], log transitions
    [labels + 1, labels]."""

    features: Int32s
    seen: Int32s
    weights: Floats
    transitions: Floats


def train(
    attributes: Int32s,
    lows: Int32s,
    highs: Int32s,
    labels: Labels,
    templates: Templates,
    count: int,
    recipe: Recipe,
    seed: int = 0,
) -> Trained:
    """Fit `count` labels to the sequences attributes[low:high]."""
    features = feature_ids(attributes, lows, highs, templates.arrays)
    known, seen = _number_by_frequency(features, recipe.seen_min)
    state = np.zeros((len(known), 2, LANES), np.float32)  # weights, and sums of squared gradients beside them
    total = np.zeros((len(known), count), np.float32)
    steps, step_squares, step_total = (np.zeros((count + 1, count)) for _ in range(3))
    averaged = 0
    random = np.random.default_rng(seed)
    for epoch in range(recipe.epochs):
        order = random.permutation(len(lows))
        _epoch(
            features,
            lows,
            highs,
            labels,
            order,
            state,
            steps,
            step_squares,
            recipe.rate,
            recipe.l2,
            round(256 * recipe.dropout),
            1000 * seed + epoch,
        )
        if epoch >= int(recipe.epochs * recipe.average_from):
            total += state[:, 0, :count]
            step_total += steps
            averaged += 1
    return Trained(known, seen, total / np.float32(averaged), (step_total / averaged).astype(np.float32))


def train_often(
    attributes: Int32s,
    lows: Int32s,
    highs: Int32s,
    labels: Labels,
    templates: Templates,
    count: int,
    recipe: Recipe,
    times: int,
) -> Trained:
    """The mean of models trained in different orders with different features left out: one model, less luck."""
    runs = [train(attributes, lows, highs, labels, templates, count, recipe, seed) for seed in range(times)]
    return Trained(
        runs[0].features,
        runs[0].seen,
        np.asarray(sum(run.weights for run in runs) / np.float32(times), np.float32),
        np.asarray(sum(run.transitions for run in runs) / np.float32(times), np.float32),
    )


def _number_by_frequency(features: Int32s, seen_min: int) -> tuple[Int32s, Int32s]:
    """Renumber `features` in place, the commonest first, rare ones -1; returns features and counts by new number.

    What is used most then lies together in memory, which more than halves the time of training.
    """
    known, inverse, seen = np.unique(features, return_inverse=True, return_counts=True)
    seen[known < 0] = 0
    order = np.argsort(-seen, kind="stable")[: int(np.count_nonzero(seen >= seen_min))]
    numbers = np.full(len(known), -1, np.int32)
    numbers[order] = np.arange(len(order), dtype=np.int32)
    features[:] = numbers[inverse].reshape(features.shape)
    return np.asarray(known[order], np.int32), np.asarray(seen[order], np.int32)


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
    state: Floats,
    steps: Doubles,
    step_squares: Doubles,
    rate: float,
    l2: float,
    dropout: int,
    seed: int,
) -> None:
    """One pass over the sequences; AdaGrad (Duchi, Hazan, Singer 2011) on the negative log likelihood.

    `dropout` is in 256ths.
    """
    random = np.uint64(seed * 2 + 1) * np.uint64(0x9E3779B97F4A7C15)
    count = steps.shape[1]
    templates = features.shape[1]
    longest = 1
    for s in range(len(lows)):
        longest = max(longest, highs[s] - lows[s])
    scores, ahead = np.zeros((longest, count)), np.zeros((longest, count))
    back, p = np.zeros((longest, count)), np.zeros((longest, count))
    used = np.zeros((longest, templates), np.int32)
    moves, expected = np.zeros((count + 1, count)), np.zeros((count + 1, count))
    edge = np.zeros((count, count))
    keep = 256.0 / (256.0 - dropout)
    for s in order:
        low = lows[s]
        length = highs[s] - low
        if length == 0:
            continue
        for i in range(length):
            scores[i] = 0.0
            for t in range(templates):
                if t % 8 == 0:  # xorshift64 (Marsaglia 2003): eight decisions a number
                    random ^= random << np.uint64(13)
                    random ^= random >> np.uint64(7)
                    random ^= random << np.uint64(17)
                feature = features[low + i, t]
                used[i, t] = -1
                if feature >= 0 and np.int64((random >> np.uint64(8 * (t % 8))) & np.uint64(255)) >= dropout:
                    used[i, t] = feature
                    for y in range(count):
                        scores[i, y] += state[feature, 0, y]
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
                        g = error + l2 * state[feature, 0, y]
                        state[feature, 1, y] += g * g
                        state[feature, 0, y] -= rate * g / (np.sqrt(state[feature, 1, y]) + 1e-3)
