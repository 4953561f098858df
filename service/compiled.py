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

SERVICE: Final = Path(__file__).parent


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


def sources_of_kernels(folder: Path) -> list[Path]:
    """List the sources that compiled functions below `folder` may be made of.

    These are all modules of a folder in which at least one module compiles something: the others hold the
    constants.
    """
    by_folder: dict[Path, list[Path]] = {}
    for source in sorted(folder.rglob("*.py")):
        by_folder.setdefault(source.parent, []).append(source)
    return [source for together in by_folder.values() if any(map(_compiles, together)) for source in together]


def _compiles(source: Path) -> bool:
    return b"\nfrom service.compiled import" in source.read_bytes()


def drop_stale(folder: Path) -> int:
    """Delete kept code that is older than any source in `folder` it may be made of; returns how many files.

    Numba looks at the file of a function only; a function or a constant of another module that was compiled into
    it may have changed since.
    """
    sources = sources_of_kernels(folder)
    newest = max((source.stat().st_mtime_ns for source in sources), default=0)
    stale = [
        kept
        for source in sources
        for kept in (source.parent / "__pycache__").glob(f"{source.stem}.*.nbi")
        if kept.stat().st_mtime_ns < newest
    ]
    for kept in stale:
        kept.unlink(missing_ok=True)
    return len(stale)


with contextlib.suppress(OSError):  # not ours to tidy, or gone meanwhile: numba then decides alone
    drop_stale(SERVICE)
