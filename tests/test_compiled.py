"""Machine code that outlived the source it was made of would decide by old rules."""

from __future__ import annotations

import importlib
import os
import shutil
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

from service.compiled import SERVICE, drop_stale, sources_of_kernels

SOURCES = sources_of_kernels(SERVICE)


def module_of(source: Path) -> ModuleType:
    return importlib.import_module(".".join(source.relative_to(SERVICE.parent).with_suffix("").parts))


def test_every_module_that_compiles_something_is_a_source_of_kernels() -> None:
    here = {
        file
        for file in SERVICE.rglob("*.py")
        if "\n@compiled" in file.read_text() or "\n@borrowing" in file.read_text()
    }
    assert here <= set(SOURCES)


def test_no_function_that_borrows_arrays_returns_one() -> None:
    borrowers = [
        function
        for source in SOURCES
        for function in vars(module_of(source)).values()
        if getattr(function, "targetoptions", {}).get("_nrt") is False
    ]
    assert borrowers
    for function in borrowers:
        assert "ndarray" not in str(get_type_hints(function.py_func)["return"]), function.__name__


def test_kept_code_older_than_any_kernel_is_dropped_and_younger_is_not(tmp_path: Path) -> None:
    for source in SOURCES:
        copy = tmp_path / source.relative_to(SERVICE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
        os.utime(copy, (1_000, 1_000))
    kept = tmp_path / "dedup" / "index" / "__pycache__" / "lookup.look_up-71.py311.nbi"
    kept.parent.mkdir()
    kept.touch()
    deeper = tmp_path / "enrich" / "quotes" / "__pycache__" / "crf._tag-129.py311.nbi"
    deeper.parent.mkdir()
    deeper.touch()
    other = kept.parent / "quotes.words-1.py311.nbi"
    other.touch()
    os.utime(other, (10, 10))

    assert drop_stale(tmp_path) == 0
    os.utime(kept, (2_000, 2_000))
    os.utime(deeper, (2_000, 2_000))
    os.utime(
        tmp_path / "sketch" / "hashing.py", (3_000, 3_000)
    )  # another module than the one that was compiled
    assert drop_stale(tmp_path) == 2
    assert not kept.exists()
    assert not deeper.exists()
    assert other.exists()
