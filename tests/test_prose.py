"""Docstrings of functions begin with an imperative verb (CONTRIBUTING.md, rule 1)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

SERVICE = Path(__file__).parents[1] / "service"

VERBS = frozenset(
    """
    accept acknowledge add adjust allow answer append apply ask assign attach await begin bind bound bring build
    call cancel carry change charge check choose classify clean clear close collect combine come compare compile
    complete compress compute configure confirm connect continue convert copy count create cut decide declare
    decode decompress define delete deliver derive describe detach determine disable disconnect discard divide do
    draw drop emit enable encode end ensure enter escape estimate evaluate exclude execute exit expand explain export
    expose extend extract fail feed fetch fill filter find finish fit fix flag flatten fold follow forget format
    free gather generate get give go group guard guess hand handle hash hide hold ignore import include increase
    index indicate infer initialise insert install invert iterate join judge keep know label lay leave let limit
    link list listen load locate lock log look lower make map mark match measure meet merge mix move name note
    normalise notice number observe offer omit open order own pack pad parse pass pause peek pick place plan point
    poll prefer prepare present print process produce propose provide publish put raise rank reach read rebuild
    receive recognise record recover reduce refuse register reject release reload remember remove render repair
    repeat replace reply report represent request require reset resolve respond restore resume retry return reuse
    round run save say scan schedule score seal search see seek select send separate serve set shape share shift shorten
    show shrink shut sign sketch skip sleep snapshot sort split spell start state stop store strip sum supply swap take
    tabulate tell test time tokenise trace track train translate trim try turn undo unpack unwrap update use validate
    verify visit wait walk warm warn watch weigh wire wrap write yield
    commit compose correct identify pair
    """.split()
)
"""The verbs in use. Add one where it is missing; a noun does not become a verb by standing here."""


def docstrings() -> Iterator[tuple[Path, int, str]]:
    """Yield file, line and docstring of every function."""
    for file in sorted(SERVICE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (text := ast.get_docstring(node)):
                yield file, node.lineno, text


def begins_with_a_verb(text: str) -> bool:
    """Return whether the first word is one of `VERBS`: "Run a stage", not "Runs a stage" or "Share of the text"."""
    first = re.match(r"([A-Z][A-Za-z-]*)( of\b)?", text)
    return first is not None and not first[2] and first[1].lower().removeprefix("re-") in VERBS


def folder_of(file: Path) -> str:
    """Return the folder below `service/`, or the name of a module that lies there itself."""
    return file.relative_to(SERVICE).parts[0]


OTHERWISE = [(file, line, text) for file, line, text in docstrings() if not begins_with_a_verb(text)]


@pytest.mark.parametrize("folder", sorted({folder_of(file) for file, _, _ in docstrings()}))
def test_docstrings_of_functions_begin_with_a_verb(folder: str) -> None:
    found = [
        f"{file.relative_to(SERVICE)}:{line}: {text.splitlines()[0]}"
        for file, line, text in OTHERWISE
        if folder_of(file) == folder
    ]
    assert not found, "\n".join(found)


CONTINUES_THE_NAME = re.compile(r"(Of|So|And|Then|Such|The same)\b")
"""Beginnings of notes that cannot be read without the name above them."""
SO_MANY = re.compile(r"\bso (many|much|few)\b(?! that)", re.IGNORECASE)


def notes() -> Iterator[tuple[Path, int, str]]:
    """Yield file, line and text of the note under every constant."""
    for file in sorted(SERVICE.rglob("*.py")):
        for before, node in pairwise(ast.parse(file.read_text("utf-8")).body):
            constant = node.value if isinstance(node, ast.Expr) else None
            if isinstance(before, ast.Assign | ast.AnnAssign) and isinstance(constant, ast.Constant):
                yield file, node.lineno, str(constant.value)


def test_notes_on_constants_say_what_they_bound() -> None:
    assert CONTINUES_THE_NAME.match("So many words in a row.")
    assert SO_MANY.search("An article is remembered by so many words.")
    found = [
        f"{file.relative_to(SERVICE)}:{line}: {text.splitlines()[0]}"
        for file, line, text in notes()
        if CONTINUES_THE_NAME.match(text) or SO_MANY.search(text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("Return the shares of both texts.", True),
        ("Read one record; see service/records.py.", True),
        ("Returns the shares.", False),
        ("Each of them.", False),
        ("Share of the words.", False),
        ("run a stage", False),
        ("`compiled` for what only reads.", False),
    ],
)
def test_rule_tells_verbs_from_others(text: str, good: bool) -> None:
    assert begins_with_a_verb(text) is good
