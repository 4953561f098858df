"""Words that tell where something was said are no part of it, and nothing without the rest."""

from __future__ import annotations

import pytest

from tests.enrich.quotes.checks.test_checks import published
from tests.enrich.quotes.checks.test_edges_of_statements import said


def test_a_statement_begins_behind_a_relative_clause() -> None:
    text = "Falk said on a call that included investor Ida Wood that production would double."
    assert said(text) == [("Falk", "that production would double")]


@pytest.mark.parametrize(
    "text",
    ["Falk said on a call that analysts described as tense.", "Falk said in a meeting that he attended."],
)
def test_a_relative_clause_alone_is_not_published(text: str) -> None:
    assert published(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Falk said in a speech that aides called the mayor.",
        "Falk said in an interview that the minister resigned.",
    ],
)
def test_a_clause_with_its_own_object_is_what_was_said(text: str) -> None:
    assert [claim.text for claim in published(text)] == [text[text.index("that ") : -1]]
