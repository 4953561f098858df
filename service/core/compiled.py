"""Functions compiled to machine code, with their Python types kept.

Numba compiles on the first call and keeps the result beside the source (``cache=True``), so a second process
starts in a second. Why numba and not numpy alone: service/DECISIONS.md.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])

KERNELS: Final = (
    "boilerplate_memory",
    "buckets",
    "compiled",
    "hashing",
    "index",
    "known_ids",
    "lookup",
    "memory",
    "normal",
    "reading_end",
    "recent_keys",
    "segments",
    "sieve",
    "sketch",
    "lexer/scanner",
    "quotes/accept",
    "quotes/candidates",
    "quotes/codepoints",
    "quotes/columns",
    "quotes/crf",
    "quotes/features",
    "quotes/flags",
    "quotes/inference",
    "quotes/language",
    "quotes/marks",
    "quotes/proposals",
    "quotes/runs",
    "quotes/templates",
    "quotes/tokens",
    "quotes/vocabulary",
)
"""Modules that hold compiled functions, or constants that are compiled into them."""


def compiled(function: F) -> F:
    """The same function as machine code; it lets go of the interpreter lock while it runs."""
    try:
        return cast(F, njit(cache=True, nogil=True)(function))
    except RuntimeError:  # no folder to keep it in, as on a read-only disk: compile again in every process
        return cast(F, njit(nogil=True)(function))


def drop_stale(folder: Path) -> int:
    """Delete kept code that is older than any source in `folder` it may be made of; returns how many files.

    Numba looks at the file of a function only; a function or a constant of another module that was compiled into
    it may have changed since.
    """
    newest = max((folder / f"{module}.py").stat().st_mtime_ns for module in KERNELS)
    stale = [
        kept
        for module in map(folder.joinpath, KERNELS)
        for kept in (module.parent / "__pycache__").glob(f"{module.name}.*.nbi")
        if kept.stat().st_mtime_ns < newest
    ]
    for kept in stale:
        kept.unlink(missing_ok=True)
    return len(stale)


with contextlib.suppress(OSError):  # not ours to tidy, or gone meanwhile: numba then decides alone
    drop_stale(Path(__file__).parent)
