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
    "wire",
    "lexer/scanner",
    "quotes/accept",
    "quotes/candidates",
    "quotes/codepoints",
    "quotes/columns",
    "quotes/crf",
    "quotes/cutting",
    "quotes/features",
    "quotes/flags",
    "quotes/inference",
    "quotes/language",
    "quotes/marks",
    "quotes/places",
    "quotes/proposals",
    "quotes/runs",
    "quotes/sentences",
    "quotes/templates",
    "quotes/vocabulary",
    "quotes/words",
)
"""Modules that hold compiled functions, or constants that are compiled into them."""


def compiled(function: F) -> F:
    """The same function as machine code; it lets go of the interpreter lock while it runs."""
    return _machine_code(function, nogil=True)


def borrowing(function: F) -> F:
    """`compiled` for what only reads and fills arrays that its caller holds: nobody counts references to them.

    A count is an atomic operation, and numba leaves it in wherever a function that takes an array has a branch: in
    helpers called for every token that was a third of all their time. Such a function must not return an array, and
    one that makes an array does not compile.
    """
    return _machine_code(function, nogil=True, _nrt=False)


def _machine_code(function: F, **options: bool) -> F:
    try:
        return cast(F, njit(cache=True, **options)(function))
    except RuntimeError:  # no folder to keep it in, as on a read-only disk: compile again in every process
        return cast(F, njit(**options)(function))


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
