"""What somebody passed on is shown with who did, on the river, beside its article and its speaker."""

from __future__ import annotations

from dataclasses import replace

import orjson
from sqlalchemy import Engine

from service.store import export
from service.store.writer import StoreWriter
from tests.desk.kit import asked, desk, fill, page
from tests.store.kit import outputs, rows

WORDS = "the ferry would stay in port until the cracks in its hull were closed"
PASSED_ON = {
    "id": "hearsay",
    "title": "Ferry to stay in port",
    "source": "Quay Courier",
    "language": "en",
    "body": f"State media reported that harbour master Ines Tallow said {WORDS}. Nobody else on the island spoke of it "
    "on Tuesday, and the boats of the northern line sailed twice a day as they do in every week of the winter.",
}

AGAIN = {
    "id": "again",
    "title": "No sailing from Tarrow",
    "source": "Skerry Post",
    "language": "en",
    "body": "Families on the outer isles waited for news of the boat. The island radio reported that harbour master "
    f"Ines Tallow said {WORDS}. The shipyard has ordered steel plates, and a second crew arrives on the weekend train.",
}


async def test_threads_say_who_passed_a_claim_on(engine: Engine) -> None:
    fill(engine, PASSED_ON, AGAIN)
    async with desk(engine) as client:
        (row,) = (await asked(client, "/threads"))["threads"]
        key = {"collection": "default", "id": row["thread_id"]}
        thread = await asked(client, "/thread", **key)
        html = [await page(client, "/threads"), await page(client, "/thread", **key)]
    assert [step["via"] for step in thread["history"]] == [["State media"], ["The island radio"]]
    assert row["via"] == thread["via"] == ["The island radio"]
    assert all("via The island radio" in one for one in html)
    assert "via State media" in html[1]


async def test_the_desk_says_who_passed_a_claim_on(engine: Engine) -> None:
    fill(engine, PASSED_ON)
    async with desk(engine) as client:
        for path, parameters in (
            ("/", {}),
            ("/article", {"collection": "default", "id": "hearsay"}),
            ("/speaker", {"name": "Ines Tallow"}),
        ):
            assert "via State media" in await page(client, path, **parameters), path
        found = await asked(client, "/speaker", name="Ines Tallow")
    assert [claim["via"] for claim in found["said"]] == [["State media"]]


def test_the_store_keeps_who_passed_a_claim_on(engine: Engine) -> None:
    fill(engine, PASSED_ON)
    query = "SELECT CAST(via AS text) FROM who_said_what WHERE speaker_name = 'Ines Tallow'"
    assert rows(engine, query) == [('["State media"]',)]
    (claims,) = export.chunks(engine, export.claims())
    assert ["State media"] in [claim["via"] for claim in claims]


def test_the_store_keeps_how_far_an_article_was_read(engine: Engine) -> None:
    (record,) = outputs(PASSED_ON)
    value = orjson.loads(record.value or b"") | {"read_until": 90, "claims_left_out": 3}
    StoreWriter(engine).write([replace(record, value=orjson.dumps(value))], {})
    assert rows(engine, "SELECT read_until, claims_left_out FROM articles") == [(90, 3)]
