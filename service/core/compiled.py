"""Functions compiled to machine code, with their Python types kept.

Numba compiles on the first call and keeps the result beside the source (``cache=True``), so a second process
starts in milliseconds. Why numba and not numpy alone: service/DECISIONS.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The same function as machine code; it lets go of the interpreter lock while it runs."""
    return cast(F, njit(cache=True, nogil=True)(function))
