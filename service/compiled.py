"""Functions compiled to machine code, with their Python types kept.

Numba compiles on the first call and keeps the result beside the source (``cache=True``), so a second process
starts in a second. Why numba and not numpy alone: service/DECISIONS.md.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])

SERVICE: Final = Path(__file__).parent

_COMPILES: Final = b"\nfrom service.compiled import"
_IMPORT: Final = re.compile(
    r"^from (?P<module>service[\w.]*) import (?P<names>\([^)]*\)|[^\n]*)", re.MULTILINE
)


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


def kernels(folder: Path) -> list[Path]:
    """List the modules below `folder` that compile something."""
    return [source for source in sorted(folder.rglob("*.py")) if _COMPILES in source.read_bytes()]


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


def drop_stale(folder: Path) -> int:
    """Delete kept code that is older than any source in `folder` it may be made of; return how many files.

    Numba looks at the file of a function only; a function or a constant of another module that was compiled into
    it may have changed since.
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


with contextlib.suppress(OSError):  # not ours to tidy, or gone meanwhile: numba then decides alone
    drop_stale(SERVICE)
