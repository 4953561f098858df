"""Compile functions to machine code, and keep their Python types.

Numba compiles on the first call and keeps the result beside the source (``cache=True``), so a second process
starts in a second. A container image brings its compiled code along: `fetch_baked`. Why numba and not numpy alone:
service/DECISIONS.md.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])

SERVICE: Final = Path(__file__).parent

_COMPILES: Final = re.compile(rb"^@(compiled|borrowing)\b", re.MULTILINE)
_IMPORT: Final = re.compile(
    r"^from (?P<module>service[\w.]*) import (?P<names>\([^)]*\)|[^\n]*)", re.MULTILINE
)


BAKED: Final = "BAKED_KERNELS_DIR"
"""Environment variable: the folder with the compiled code that an image brings along."""

_KERNELS: Final[list[Any]] = []
"""Every function made here so far, in the order of import."""


@dataclass(frozen=True, slots=True)
class KernelCounts:
    """Say how many functions can be compiled, and how many this process has compiled itself."""

    known: int
    compiled: int


def kernel_counts() -> KernelCounts:
    """Count the functions that are imported so far; one that was loaded from disk does not count as compiled."""
    made = list(_KERNELS)
    return KernelCounts(len(made), sum(1 for kernel in made if any(kernel.stats.cache_misses.values())))


def fetch_baked(environment: Mapping[str, str]) -> bool:
    """Copy the compiled code of an image to the folder where numba looks for it; return whether there was any.

    The image is read-only, and numba uses only folders that it can write to. Does nothing where a folder exists
    already: code compiled there may be newer.
    """
    baked, kept = environment.get(BAKED, ""), environment.get("NUMBA_CACHE_DIR", "")
    if not baked or not kept or not Path(baked).is_dir() or Path(kept).exists():
        return False
    aside = Path(f"{kept}.{os.getpid()}")
    shutil.copytree(baked, aside)
    try:
        aside.rename(kept)
    except OSError:  # another process of this container was faster
        shutil.rmtree(aside, ignore_errors=True)
    return True


def compiled(function: F) -> F:
    """Return the function as machine code; it releases the interpreter lock while it runs."""
    return _machine_code(function, nogil=True)


def borrowing(function: F) -> F:
    """Return the function as machine code that counts no references to the arrays of its caller.

    A count is an atomic operation, and numba leaves it in wherever a function that takes an array has a branch.
    Such a function must not return an array, and one that creates an array does not compile.
    """
    return _machine_code(function, nogil=True, _nrt=False)


def _machine_code(function: F, **options: bool) -> F:
    try:
        kernel = njit(cache=True, **options)(function)
    except RuntimeError:  # there is no folder to keep it in, as on a read-only disk: compile in every process
        kernel = njit(**options)(function)
    _KERNELS.append(kernel)
    return cast(F, kernel)


def kernels(folder: Path) -> list[Path]:
    """List the modules below `folder` that compile something."""
    return [source for source in sorted(folder.rglob("*.py")) if _COMPILES.search(source.read_bytes())]


def sources_of(kernel: Path, folder: Path) -> set[Path]:
    """Find all modules of `folder` that the code of `kernel` may be made of: itself, and what it imports, and so on."""
    found, waiting = set[Path](), [kernel]
    while waiting:
        source = waiting.pop()
        if source not in found:
            found.add(source)
            waiting.extend(_imported(source, folder))
    return found


@cache
def _imported(source: Path, folder: Path) -> tuple[Path, ...]:
    """List the modules of `folder` that a module imports at its top."""
    names = set[str]()
    for found in _IMPORT.finditer(source.read_text(encoding="utf-8")):
        names.add(found["module"])
        names.update(f"{found['module']}.{name}" for name in re.findall(r"\w+", found["names"]))
    paths = (folder.joinpath(*name.split(".")[1:]) for name in names)
    files = (file for path in paths for file in (path.with_suffix(".py"), path / "__init__.py"))
    return tuple(file for file in files if file.is_file())


@cache
def drop_stale_once() -> int:
    """Call `drop_stale` for this package, once in a process; call it before compiled functions are first called.

    An error of the file system is ignored: the folder may be read-only, and numba then decides alone.
    """
    with contextlib.suppress(OSError):
        return drop_stale(SERVICE)
    return 0


def drop_stale(folder: Path) -> int:
    """Delete kept code that is older than any source in `folder` it may be made of; return the number of files.

    Numba compares only the file of a function. A function or constant of another module that was compiled into it
    may have changed.
    """
    _imported.cache_clear()
    stale = []
    for kernel in kernels(folder):
        newest = max(source.stat().st_mtime_ns for source in sources_of(kernel, folder))
        kept = (kernel.parent / "__pycache__").glob(f"{kernel.stem}.*.nbi")
        stale += [file for file in kept if file.stat().st_mtime_ns < newest]
    for file in stale:
        file.unlink(missing_ok=True)
    return len(stale)


with contextlib.suppress(OSError):  # the disk is full or read-only: compile instead
    fetch_baked(os.environ)
