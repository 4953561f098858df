"""Inference in a linear chain: the best labelling and the posteriors, compiled.

Lafferty, McCallum, Pereira: Conditional Random Fields (ICML 2001); Rabiner: A tutorial on hidden Markov models (1989).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from service.compiled import compiled

Floats = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int8]

LOWEST = np.float32(-87.0)
"""exp of less is smaller than any normal number of 32 bits."""


@compiled
def viterbi(
    scores: Floats, length: int, transitions: Floats, reached: Floats, steps: Labels, best: Labels
) -> None:
    """Find the best labelling of scores[:length].

    transitions: float32[labels + 1, labels]; the last row is for the start.
    """
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
def odds(scores: Floats) -> Floats:
    """Compute exp(score - the token's highest score), to a few parts in ten million.

    Powers of two by their exponent's bits, the rest by the Taylor series to the sixth power on half a unit of the
    binary logarithm to either side: no call, so that the vector units can do it.
    """
    lowered = np.empty(scores.shape, np.float32)
    for i in range(len(scores)):
        top = scores[i, 0]
        for y in range(1, scores.shape[1]):
            top = max(top, scores[i, y])
        for y in range(scores.shape[1]):
            lowered[i, y] = scores[i, y] - top
    flat = lowered.reshape(lowered.size)
    bits = np.empty(flat.size, np.int32)
    for i in range(len(flat)):
        x = max(flat[i], LOWEST)
        power = np.floor(x * np.float32(1.44269504) + np.float32(0.5))
        r = (x - power * np.float32(0.693359375)) + power * np.float32(2.12194440e-4)
        series = np.float32(1 / 120) + r * np.float32(1 / 720)
        series = np.float32(1 / 24) + r * series
        series = np.float32(1 / 6) + r * series
        series = np.float32(0.5) + r * series
        flat[i] = np.float32(1) + r * (np.float32(1) + r * series)
        bits[i] = (np.int32(power) + np.int32(127)) << np.int32(23)
    powers = bits.view(np.float32)
    for i in range(len(flat)):
        flat[i] *= powers[i]
    return lowered


@compiled
def forward_backward(local: Floats, length: int, moves: Floats, work: Floats, posteriors: Floats) -> None:
    """Compute posteriors by the scaled recursion (Rabiner, section V).

    `local` holds `odds`, `moves` holds exp(transitions).
    """
    labels = moves.shape[1]
    ahead, back, ready, shares = work[0], work[1], work[2, 0], work[3, :, 0]
    for i in range(length):
        total = np.float32(0)
        for y in range(labels):
            value = moves[labels, y] if i == 0 else np.float32(0)
            if i:
                for x in range(labels):
                    value += ahead[i - 1, x] * moves[x, y]
            value *= local[i, y]
            ahead[i, y] = value
            total += value
        share = np.float32(1) / total
        shares[i] = share
        for y in range(labels):
            ahead[i, y] *= share
    for y in range(labels):
        back[length - 1, y] = 1
    for i in range(length - 1, -1, -1):
        if i < length - 1:
            for y in range(labels):
                ready[y] = local[i + 1, y] * back[i + 1, y] * shares[i + 1]
            for x in range(labels):
                value = np.float32(0)
                for y in range(labels):
                    value += moves[x, y] * ready[y]
                back[i, x] = value
        total = np.float32(0)
        for y in range(labels):
            total += ahead[i, y] * back[i, y]
        for y in range(labels):
            posteriors[i, y] = ahead[i, y] * back[i, y] / total
