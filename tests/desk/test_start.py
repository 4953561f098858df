"""Whoever opens the first page waits for nothing that could be done before."""

from __future__ import annotations

from service.desk.templating import environment


def test_every_template_is_compiled_before_the_first_page() -> None:
    made = environment()
    assert made.cache is not None
    assert len(made.cache) == len(made.list_templates()) > 10
