"""docs/store.md shows what its queries answer, in either database."""

from __future__ import annotations

from sqlalchemy import Engine

from tests.store.answers import PAGE, QUERY, answered, sample_store


def test_the_answers_on_the_page_are_those_of_the_store(engine: Engine) -> None:
    page = PAGE.read_text("utf-8")
    assert len(QUERY.findall(page)) == 12
    store = sample_store(engine.url.render_as_string(hide_password=False))
    assert answered(page, store) == page
    store.dispose()
