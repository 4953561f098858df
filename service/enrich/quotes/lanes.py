"""Inference in sixteen linear chains side by side, one a lane: the results of `inference`, bit by bit.

The steps of one chain wait for each other; those of sixteen are sixteen numbers each, which the vector units take at
once. All numbers of a step lie in one piece of `work`, in ROWS rows of LANES: first the scores by label, later odds; in
row SHARE one over the sum of the step; from row AHEAD on what the best labelling reaches, later forward values, at last
posteriors. As every row has its fixed place, the compiler knows that none overlaps another. It uses the vector units
only for loops over lanes that have much to do, so each of them does all it can at once.

Chains are ordered by length, the longest first. A lane is computed on behind the end of its chain; nothing reads it.
"""

from __future__ import annotations

import numpy as np

from service.compiled import borrowing
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.inference import LOWEST, Floats, Labels

LANES = 16
LABELS_MAX = 7
ROWS = 16
STEP = ROWS * LANES
"""Number of values of a step in `work`."""
CAME = LABELS_MAX * LANES
"""Number of values of a step in `came`: the label before, by label and lane."""
SHARE, AHEAD = 7, 8
A0, A1, A2, A3, A4, A5, A6 = ((AHEAD + row) * LANES for row in range(LABELS_MAX))
"""Where the rows from AHEAD on begin, by label."""
B0, B1, B2, B3, B4, B5, B6 = (STEP + row * LANES for row in range(LABELS_MAX))
"""Where the first rows of the step behind begin."""
UNREACHED = -1e30
"""Score of a label, and of a transition to it, that the chain does not have."""


@borrowing
def best_step(value: np.float32, label: int, other: np.float32, x: int) -> tuple[np.float32, int]:
    """Choose the better of two ways to a label; the first of equal ones."""
    return (other, x) if other > value else (value, label)


@borrowing
def viterbi_lanes(work: Floats, steps: int, costs: Floats, came: Labels) -> None:
    """Fill the rows from AHEAD on with what the best labelling reaches, and `came` with the label it came by.

    costs: float32[LABELS_MAX + 1, LABELS_MAX], the log transitions; the last row is for the start.
    """
    for y in range(LABELS_MAX):
        cost, at = costs[LABELS_MAX, y], y * LANES
        for k in range(LANES):
            work[AHEAD * LANES + at + k] = work[at + k] + cost
    for i in range(1, steps):
        two, label = work[(i - 1) * STEP :], came[i * CAME :]
        for y in range(LABELS_MAX):
            c0, c1, c2, c3 = costs[0, y], costs[1, y], costs[2, y], costs[3, y]
            c4, c5, c6 = costs[4, y], costs[5, y], costs[6, y]
            for k in range(LANES):
                value, x = best_step(two[A0 + k] + c0, 0, two[A1 + k] + c1, 1)
                value, x = best_step(value, x, two[A2 + k] + c2, 2)
                value, x = best_step(value, x, two[A3 + k] + c3, 3)
                value, x = best_step(value, x, two[A4 + k] + c4, 4)
                value, x = best_step(value, x, two[A5 + k] + c5, 5)
                value, x = best_step(value, x, two[A6 + k] + c6, 6)
                two[STEP + A0 + y * LANES + k] = value + two[STEP + y * LANES + k]
                label[y * LANES + k] = np.int8(x)


@borrowing
def trace_lanes(work: Floats, came: Labels, ends: Int32s, rows: Int32s, many: int, best: Labels) -> None:
    """Write the best labels of the first `many` chains to best[rows[k]:], from the last step back."""
    label, going = came[:CAME], 0  # of the first step, to which no label came
    for i in range(ends[0] - 1, -1, -1):
        by, reached = came[min(i + 1, ends[0] - 1) * CAME :], work[i * STEP :]
        for k in range(going):
            label[k] = by[label[k] * LANES + k]
        while going < many and ends[going] == i + 1:
            y = 0
            for x in range(1, LABELS_MAX):
                y = x if reached[A0 + x * LANES + going] > reached[A0 + y * LANES + going] else y
            label[going] = y
            going += 1
        for k in range(going):
            best[rows[k] + i] = label[k]


@borrowing
def odds_lanes(work: Floats, bits: Int32s, steps: int) -> None:
    """Turn scores into `odds`, as `inference.odds` does; `bits` is the same memory as `work`."""
    for i in range(steps):
        one, exponents = work[i * STEP :], bits[i * STEP + AHEAD * LANES :]
        for k in range(LANES):
            s0, s1, s2, s3 = one[k], one[LANES + k], one[2 * LANES + k], one[3 * LANES + k]
            s4, s5, s6 = one[4 * LANES + k], one[5 * LANES + k], one[6 * LANES + k]
            top = max(max(max(s0, s1), max(s2, s3)), max(max(s4, s5), s6))
            one[k], one[LANES + k], one[2 * LANES + k] = s0 - top, s1 - top, s2 - top
            one[3 * LANES + k], one[4 * LANES + k] = s3 - top, s4 - top
            one[5 * LANES + k], one[6 * LANES + k] = s5 - top, s6 - top
        for j in range(CAME):
            x = max(one[j], LOWEST)
            power = np.floor(x * np.float32(1.44269504) + np.float32(0.5))
            r = (x - power * np.float32(0.693359375)) + power * np.float32(2.12194440e-4)
            series = np.float32(1 / 120) + r * np.float32(1 / 720)
            series = np.float32(1 / 24) + r * series
            series = np.float32(1 / 6) + r * series
            series = np.float32(0.5) + r * series
            one[j] = np.float32(1) + r * (np.float32(1) + r * series)
            exponents[j] = (np.int32(power) + np.int32(127)) << np.int32(23)
        for j in range(CAME):
            one[j] *= one[AHEAD * LANES + j]


@borrowing
def forward_lanes(work: Floats, steps: int, moves: Floats) -> None:
    """Fill the rows from AHEAD on with scaled forward values, and SHARE with their scales.

    moves: float32[LABELS_MAX + 1, LABELS_MAX], exp of the log transitions, 0 to and from labels that are not there.
    """
    for y in range(LABELS_MAX):
        move = moves[LABELS_MAX, y]
        for k in range(LANES):
            work[A0 + y * LANES + k] = move * work[y * LANES + k]
    _scale_lanes(work)
    for i in range(1, steps):
        two = work[(i - 1) * STEP :]
        for y in range(LABELS_MAX):
            m0, m1, m2, m3 = moves[0, y], moves[1, y], moves[2, y], moves[3, y]
            m4, m5, m6 = moves[4, y], moves[5, y], moves[6, y]
            for k in range(LANES):
                value = two[A0 + k] * m0 + two[A1 + k] * m1 + two[A2 + k] * m2 + two[A3 + k] * m3
                value = value + two[A4 + k] * m4 + two[A5 + k] * m5 + two[A6 + k] * m6
                two[STEP + A0 + y * LANES + k] = value * two[STEP + y * LANES + k]
        _scale_lanes(work[i * STEP :])


@borrowing
def _scale_lanes(here: Floats) -> None:
    """Divide the forward values of a step by their sum."""
    for k in range(LANES):
        v0, v1, v2, v3 = here[A0 + k], here[A1 + k], here[A2 + k], here[A3 + k]
        v4, v5, v6 = here[A4 + k], here[A5 + k], here[A6 + k]
        share = np.divide(np.float32(1), v0 + v1 + v2 + v3 + v4 + v5 + v6)
        here[A0 + k], here[A1 + k], here[A2 + k], here[A3 + k] = (
            v0 * share,
            v1 * share,
            v2 * share,
            v3 * share,
        )
        here[A4 + k], here[A5 + k], here[A6 + k], here[SHARE * LANES + k] = (
            v4 * share,
            v5 * share,
            v6 * share,
            share,
        )


@borrowing
def backward_lanes(work: Floats, ends: Int32s, steps: int, moves: Floats) -> None:
    """Turn forward values into posteriors, from the last step back.

    The odds of a step become its odds times its backward values times its share, which is all that the step before
    asks for. Where a chain ends, its backward values are 1.
    """
    for i in range(steps - 1, -1, -1):
        two = work[i * STEP :]
        end = np.int32(i + 1)
        for x in range(LABELS_MAX):
            m0, m1, m2, m3 = moves[x, 0], moves[x, 1], moves[x, 2], moves[x, 3]
            m4, m5, m6 = moves[x, 4], moves[x, 5], moves[x, 6]
            for k in range(LANES):
                back = m0 * two[B0 + k] + m1 * two[B1 + k] + m2 * two[B2 + k] + m3 * two[B3 + k]
                back = back + m4 * two[B4 + k] + m5 * two[B5 + k] + m6 * two[B6 + k]
                back = back if ends[k] > end else np.float32(1)
                two[A0 + x * LANES + k] *= back
                two[x * LANES + k] = two[x * LANES + k] * back * two[SHARE * LANES + k]
        for k in range(LANES):
            v0, v1, v2, v3 = two[A0 + k], two[A1 + k], two[A2 + k], two[A3 + k]
            v4, v5, v6 = two[A4 + k], two[A5 + k], two[A6 + k]
            total = v0 + v1 + v2 + v3 + v4 + v5 + v6
            two[A0 + k], two[A1 + k] = np.divide(v0, total), np.divide(v1, total)
            two[A2 + k], two[A3 + k] = np.divide(v2, total), np.divide(v3, total)
            two[A4 + k], two[A5 + k] = np.divide(v4, total), np.divide(v5, total)
            two[A6 + k] = np.divide(v6, total)


@borrowing
def take_lanes(work: Floats, ends: Int32s, rows: Int32s, many: int, posteriors: Floats) -> None:
    """Copy the posteriors of the first `many` chains to posteriors[rows[k]:]."""
    going = many
    for i in range(ends[0]):
        here = work[i * STEP :]
        while ends[going - 1] <= i:
            going -= 1
        for k in range(going):
            one = posteriors[rows[k] + i]
            for y in range(len(one)):
                one[y] = here[A0 + y * LANES + k]
