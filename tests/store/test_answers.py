"""docs/store.md shows what its queries answer."""

from __future__ import annotations

from pathlib import Path

from tests.store.answers import PAGE, QUERY, answered, sample_store


def test_the_answers_on_the_page_are_those_of_the_store(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    assert len(QUERY.findall(page)) == 12
    assert answered(page, sample_store(f"sqlite:///{tmp_path}/store.db")) == page
