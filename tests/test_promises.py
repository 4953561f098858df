"""Each promise of the README and of THREATS names what shows it, and what is named is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = re.compile(r"`([^`]+)`")
NOT_TESTED = "asks the network"
"""What a row says that no test can show."""


def tables(page: str, headings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the first and the last cell of each row below these headings."""
    inside = False
    for line in (ROOT / page).read_text("utf-8").splitlines():
        if line.startswith("## "):
            inside = line.removeprefix("## ") in headings
        elif inside and line.startswith("| ") and not line.startswith("| ---"):
            cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
            if cells[-1].lower() != "shown by":
                yield cells[0], cells[-1]


PROMISES = [
    *tables("THREATS.md", ("Nothing lost", "Nothing let in", "Nobody let in")),
    *tables("README.md", ("What it promises",)),
]
MAKE = {
    line.partition(":")[0] for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if "##" in line
}


def functions_of(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def is_there(name: str) -> bool:
    """Whether a test, a file of tests, a target of make or a module to run is there."""
    if name.startswith("make "):
        return name.split()[1] in MAKE
    if name.startswith("python -m "):
        path = ROOT / name.split()[2].replace(".", "/")
        return path.with_suffix(".py").exists() or path.is_dir()
    file, _, function = name.partition("::")
    path = ROOT / file
    if not path.exists():
        return False
    return not function or function in functions_of(path)


def shown_by(cell: str) -> list[str]:
    """Return what a cell names, and what runs it: tests, targets of make, modules."""
    return [
        name for name in CODE.findall(cell) if re.match(r"tests/|make |python -m |scripts/|Dockerfile", name)
    ]


@pytest.mark.parametrize(("promise", "cell"), PROMISES, ids=[promise[:60] for promise, _ in PROMISES])
def test_a_promise_names_what_shows_it_and_that_is_there(promise: str, cell: str) -> None:
    named = shown_by(cell)
    assert named, f"nothing shows that {promise}"
    assert [name for name in named if not is_there(name)] == []
    assert NOT_TESTED in cell or any(name.startswith(("tests/", "make ")) for name in named) or "lock" in cell


def test_both_pages_promise_something_and_a_missing_test_is_seen() -> None:
    assert len(PROMISES) > 30
    assert not is_there("tests/broker/test_nothing.py")
    assert not is_there("tests/broker/test_stages.py::test_nothing")
    assert not is_there("make nothing")
    assert is_there("tests/broker/test_stages.py")
