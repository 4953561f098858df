"""Logistic regression by Newton's method: a handful of features, a few thousand cases."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]


def fit(x: Doubles, y: npt.NDArray[np.bool_], penalty: float = 3.0, rounds: int = 50) -> Doubles:
    """Weights [features + 1] of the raw features, the constant last. `penalty` on the standardised weights."""
    mean, spread = x.mean(0), x.std(0) + 1e-6
    design = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    ridge = np.full(design.shape[1], penalty)
    ridge[-1] = 0.0
    w = np.zeros(design.shape[1])
    for _ in range(rounds):
        p = 1.0 / (1.0 + np.exp(-np.clip(design @ w, -30, 30)))
        gradient = design.T @ (p - y) + ridge * w
        hessian = (design * (p * (1 - p))[:, None]).T @ design + np.diag(ridge + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    raw = w[:-1] / spread
    return np.append(raw, w[-1] - raw @ mean)
