"""How inner loops are compiled: numba to machine code, kept on disk, with their Python types intact."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(kernel: Callable[P, R]) -> Callable[P, R]:
    """`kernel` as machine code, compiled at its first call and cached beside its module.

    Kernels call only kernels of their own file: numba's cache looks at the caller's file alone and would go on
    using an old callee.
    """
    return cast(Callable[P, R], njit(cache=True, nogil=True)(kernel))


def compiled_fast(kernel: Callable[P, R]) -> Callable[P, R]:
    """The same with floating-point sums in any order: for scores, where the last bit means nothing."""
    return cast(Callable[P, R], njit(cache=True, nogil=True, fastmath=True)(kernel))
