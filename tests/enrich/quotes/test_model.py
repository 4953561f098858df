"""The model file: what is in it, and that it is refused where it does not belong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from service.enrich.quotes.model import ModelMismatchError, load, save
from service.languages.en import ENGLISH


def test_the_file_holds_numbers_only_and_is_small() -> None:
    with np.load(ENGLISH.model_file, allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= set("iuf")
    assert ENGLISH.model_file.stat().st_size < 3_000_000


def test_a_model_read_and_written_is_the_same(tmp_path: Path) -> None:
    save(load(), tmp_path / "again.npz")
    with np.load(ENGLISH.model_file) as one, np.load(tmp_path / "again.npz") as other:
        assert one.files == other.files
        assert all(bool((one[name] == other[name]).all()) for name in one.files)


def test_a_model_of_other_templates_is_refused(tmp_path: Path) -> None:
    with np.load(ENGLISH.model_file) as arrays:
        changed = {name: arrays[name] for name in arrays.files} | {"fingerprint": np.int64(1)}
    np.savez(tmp_path / "other.npz", **changed)
    with pytest.raises(ModelMismatchError, match=r"other\.npz was trained for other templates"):
        load(tmp_path / "other.npz")
