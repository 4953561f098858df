"""Speakers, figures, the line and its dead letters: complete, in order, page by page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from service.desk.line import line
from service.records import Reason
from service.store.writer import StoreWriter
from tests.desk.kit import FERRY, JSON, MILL, REPRINT, UPDATE, Client, asked, desk, fill, page

TRAMS = [
    {
        "id": f"tram-{at}",
        "title": f"Tram {at}",
        "source": "Quay Courier",
        "body": f"Line {at} of the tram from {town} cost ${price} million, and {price} people came to see {town} "
        f'open it. "We waited {at + 2} years for {town}," mayor {name} said on Tuesday in {town}.',
    }
    for at, (town, price, name) in enumerate(
        [
            ("Lunde", 7, "Ada Moor"),
            ("Tarrow", 300, "Ben Sallow"),
            ("Corran", 7, "Ada Moor"),
            ("Selwyn", 21, "Cleo Varn"),
        ]
    )
]


async def every(client: Client, path: str, key: str, **parameters: str) -> list[dict[str, Any]]:
    """Ask for all pages of two rows."""
    found: list[dict[str, Any]] = []
    cursor = ""
    for _ in range(30):
        answer = await asked(client, path, limit="2", cursor=cursor, **parameters)
        found += answer[key]
        cursor = answer["next"] or ""
        if not cursor:
            return found
    raise AssertionError("pages without end")


async def test_a_speaker_has_all_that_they_said_newest_first(engine: Engine) -> None:
    fill(engine, *TRAMS)
    async with desk(engine) as client:
        found = await asked(client, "/speaker", name="Ada Moor")
        assert found["roles"] == ["mayor"]
        assert found["claims"] == len(found["said"])
        quotes = [claim for claim in found["said"] if claim["kind"] == "quote"]
        assert [claim["article_id"] for claim in quotes] == ["tram-2", "tram-0"]
        assert await every(client, "/speaker", "said", name="Ada Moor") == found["said"]
        assert "We waited 4 years for Corran" in await page(client, "/speaker", name="Ada Moor")
        async with client.get("/speaker", params={"name": "Nobody"}, headers=JSON) as answer:
            assert answer.status == 404


async def test_roles_are_those_of_the_newest_claims(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    promoted = {**TRAMS[1], "id": "later", "body": str(TRAMS[1]["body"]).replace("mayor", "minister")}
    earlier = {**TRAMS[0], "body": str(TRAMS[0]["body"]).replace("Ada Moor", "Ben Sallow")}
    fill(engine, earlier, promoted)
    async with desk(engine) as client:
        assert (await asked(client, "/speaker", name="Ben Sallow"))["roles"] == ["mayor", "minister"]
        monkeypatch.setattr("service.desk.speakers.ROLE_CLAIMS", 1)
        assert (await asked(client, "/speaker", name="Ben Sallow"))["roles"] == ["minister"]


async def test_speakers_are_listed_by_name_and_by_how_often_they_are_heard(engine: Engine) -> None:
    fill(engine, *TRAMS)
    async with desk(engine) as client:
        found = await asked(client, "/speakers")
        assert [one["name"] for one in found["names"]] == ["Ada Moor", "Ben Sallow", "Cleo Varn"]
        assert found["recent"][0]["name"] == "Ada Moor"
        assert await every(client, "/speakers", "names") == found["names"]
        from_b = await asked(client, "/speakers", **{"from": "B"})
        assert [one["name"] for one in from_b["names"]] == ["Ben Sallow", "Cleo Varn"]


@pytest.mark.parametrize(
    ("parameters", "values"),
    [
        ({"currency": "USD", "sort": "largest"}, [300e6, 21e6, 7e6, 7e6]),
        ({"currency": "USD", "sort": "smallest"}, [7e6, 7e6, 21e6, 300e6]),
        ({"currency": "USD", "sort": "newest"}, [21e6, 7e6, 300e6, 7e6]),
        ({"unit": "people", "sort": "largest"}, [300, 21, 7, 7]),
        ({"unit": "people", "q": "Tarrow"}, [300]),
        ({"unit": "people", "q": "Nowhere"}, []),
    ],
)
async def test_figures_are_found_by_unit_and_topic_and_sorted(
    engine: Engine, parameters: dict[str, str], values: list[float]
) -> None:
    fill(engine, *TRAMS)
    async with desk(engine) as client:
        found = (await asked(client, "/figures", **parameters))["figures"]
        assert [one["value"] for one in found] == values
        assert await every(client, "/figures", "figures", **parameters) == found
        await page(client, "/figures", **parameters)


async def test_figures_offer_their_units_and_refuse_another_order(engine: Engine) -> None:
    fill(engine, *TRAMS)
    async with desk(engine) as client:
        found = await asked(client, "/figures")
        assert {"name": "USD", "figures": 4} in found["currencies"]
        assert {"name": "people", "figures": 4} in found["units"]
        async with client.get("/figures", params={"sort": "oldest"}, headers=JSON) as answer:
            assert answer.status == 400


async def test_the_line_counts_what_came_in_as_what_came_out(engine: Engine) -> None:
    fill(engine, FERRY, UPDATE, MILL, REPRINT, b"{", b"[]")
    async with desk(engine) as client:
        found = await asked(client, "/line", span="month")
        assert (found["fed"], found["enriched"], found["duplicates"], found["dead"]) == (6, 3, 1, 2)
        assert {(one["reason"], one["records"]) for one in found["reasons"]} == {
            ("invalid_json", 1),
            ("schema", 1),
        }
        text = await page(client, "/line")
        assert text.count('<svg class="bars"') == 3
        async with client.get("/line", params={"span": "year"}, headers=JSON) as answer:
            assert answer.status == 400


async def test_rates_fall_into_the_minute_in_which_an_article_was_fed(engine: Engine) -> None:
    fill(engine, FERRY, MILL)
    fed = datetime.fromtimestamp(1_790_000_000, UTC)
    with engine.connect().execution_options(read_only=True) as connection:
        found = line(connection, {"span": "hour"}, fed + timedelta(minutes=3))
        assert found.series[0].counts[-5:] == [0, 2, 0, 0, 0]
        assert len(found.series[0].counts) == 60
        assert sum(line(connection, {"span": "hour"}, fed + timedelta(hours=2)).series[0].counts) == 0


async def test_lag_is_plotted_as_it_was_noted(engine: Engine) -> None:
    now = datetime.now(UTC)
    writer = StoreWriter(engine)
    writer.note_lag(now - timedelta(days=40), {"intake": 999})
    writer.note_lag(now - timedelta(minutes=2), {"store": 7, "intake": 30})
    writer.note_lag(now, {"store": 2, "intake": 0, "future": 1})
    async with desk(engine) as client:
        found = {one["name"]: one["counts"] for one in (await asked(client, "/line", span="hour"))["lag"]}
        assert list(found) == ["intake", "store", "future"]
        assert (sum(found["intake"]), sum(found["store"])) == (30, 9)
        month = {one["name"]: one["counts"] for one in (await asked(client, "/line", span="month"))["lag"]}
        assert max(month["intake"]) == 30
        assert "before intake" in await page(client, "/line")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM lag WHERE records = 999")).scalar() == 0


async def test_dead_letters_show_the_record_as_it_came(engine: Engine) -> None:
    fill(engine, b"{", b"\xff<script>", FERRY, b"[]")
    async with desk(engine) as client:
        found = await asked(client, "/dead")
        assert [one["origin"] for one in found["letters"]] == [
            "articles.raw-0-3",
            "articles.raw-0-1",
            "articles.raw-0-0",
        ]
        assert found["letters"][1]["beginning"] == "\\xff<script>"
        assert found["letters"][2]["bytes"] == 1
        assert await every(client, "/dead", "letters") == found["letters"]
        (only,) = (await asked(client, "/dead", reason=Reason.INVALID_JSON.value))["letters"]
        assert only["beginning"] == "{"
        assert "\\xff&lt;script&gt;" in await page(client, "/dead")
