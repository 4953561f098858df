"""Examples in docstrings are true: each is run, and its result is the one that stands below it."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
FOLDERS = ("service", "bench", "train")


def _with_examples() -> list[str]:
    """Name the modules that have an example somewhere."""
    files = (file for folder in FOLDERS for file in (PROJECT / folder).rglob("*.py"))
    return sorted(
        ".".join(file.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
        for file in files
        if "\n    >>> " in file.read_text()
    )


def test_modules_with_examples_are_found() -> None:
    assert "service.intake.shapes.table" in _with_examples()


@pytest.mark.parametrize("module", _with_examples())
def test_the_examples_of_a_module_give_what_they_say(module: str) -> None:
    found = doctest.testmod(importlib.import_module(module))
    assert found.attempted
    assert not found.failed
