"""Machine code that outlived the source it was made of would decide by old rules."""

from __future__ import annotations

import importlib
import os
import shutil
from pathlib import Path
from typing import get_type_hints

from service.core import compiled
from service.core.compiled import KERNELS, drop_stale

CORE = Path(compiled.__file__).parent


def test_every_module_whose_code_ends_up_in_an_index_lookup_is_named() -> None:
    here = {
        file.relative_to(CORE).with_suffix("").as_posix()
        for file in CORE.rglob("*.py")
        if "@compiled" in file.read_text() or "@borrowing" in file.read_text()
    }
    assert here <= set(KERNELS)
    assert all((CORE / f"{module}.py").exists() for module in KERNELS)


def test_no_function_that_borrows_arrays_returns_one() -> None:
    borrowers = [
        function
        for module in KERNELS
        for function in vars(importlib.import_module(f"service.core.{module.replace('/', '.')}")).values()
        if getattr(function, "targetoptions", {}).get("_nrt") is False
    ]
    assert borrowers
    for function in borrowers:
        assert "ndarray" not in str(get_type_hints(function.py_func)["return"]), function.__name__


def test_kept_code_older_than_any_kernel_is_dropped_and_younger_is_not(tmp_path: Path) -> None:
    for module in KERNELS:
        (tmp_path / module).parent.mkdir(exist_ok=True)
        shutil.copyfile(CORE / f"{module}.py", tmp_path / f"{module}.py")
        os.utime(tmp_path / f"{module}.py", (1_000, 1_000))
    (tmp_path / "__pycache__").mkdir()
    kept = tmp_path / "__pycache__" / "lookup.look_up-71.py311.nbi"
    kept.touch()
    deeper = tmp_path / "quotes" / "__pycache__" / "crf._tag-129.py311.nbi"
    deeper.parent.mkdir()
    deeper.touch()
    other = tmp_path / "__pycache__" / "quotes.words-1.py311.nbi"
    other.touch()
    os.utime(other, (10, 10))

    assert drop_stale(tmp_path) == 0
    os.utime(kept, (2_000, 2_000))
    os.utime(deeper, (2_000, 2_000))
    os.utime(tmp_path / "buckets.py", (3_000, 3_000))  # another module than the one that was compiled
    assert drop_stale(tmp_path) == 2
    assert not kept.exists()
    assert not deeper.exists()
    assert other.exists()
