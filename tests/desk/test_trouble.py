"""Whoever asks for what is not there, or while the broker is away, reads what to do."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from service.desk.outside import NoBroker
from tests.desk.kit import JSON, desk


@pytest.mark.parametrize(
    ("path", "status", "heading", "sentence"),
    [
        ("/nowhere", 404, "Nothing there", "There is no page /nowhere."),
        ("/article?collection=default&id=x", 404, "Nothing there", "There is no article x in default."),
        ("/threads?limit=x", 400, "That did not work", "Limit must be a whole number between 1 and 200."),
        (
            "/replay?reason=no_text",
            503,
            "That did not work",
            "<code>copydesk check</code> says what is wrong",
        ),
    ],
)
async def test_a_page_that_cannot_be_shown_says_why(
    engine: Engine, path: str, status: int, heading: str, sentence: str
) -> None:
    async with desk(engine, outside=NoBroker()) as client, client.get(path) as answer:
        text = await answer.text()
    assert (answer.status, answer.content_type) == (status, "text/html")
    assert f"<h1>{heading}</h1>" in text
    assert sentence in text


async def test_a_program_reads_why_in_json(engine: Engine) -> None:
    async with desk(engine) as client, client.get("/nowhere", headers=JSON) as answer:
        assert (answer.status, await answer.json()) == (404, {"error": "there is no page /nowhere"})
