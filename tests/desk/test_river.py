"""The river shows each story once, newest first, and finds what a reader asks for, in SQLite and in PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, text

from tests.desk.kit import ARABIC, FERRY, JSON, MILL, REPRINT, REVISED, UPDATE, asked, desk, fill, page
from tests.desk.test_lists import every


def ids(river: dict[str, Any]) -> list[str]:
    return [story["article_id"] for story in river["stories"]]


async def test_newest_story_comes_first_with_its_copies_sources_and_words(engine: Engine) -> None:
    fill(engine, FERRY, MILL, REPRINT)
    async with desk(engine) as client:
        river = await asked(client, "/")
        assert ids(river) == ["mill", "ferry"]
        ferry = river["stories"][1]
        assert (ferry["copies"], ferry["articles"]) == (1, 1)
        assert ferry["sources"] == ["Quay Courier", "Lunde Post"]
        assert ferry["said"]["text"] == '"We found 14 cracks in the hull,"'
        assert ferry["said"]["speaker"] == "Ines Tallow"
        text = await page(client, "/")
        assert "Ferry to stay in port" in text
        assert "1 copy" in text


async def test_a_revision_brings_its_story_to_the_top_under_its_new_title(engine: Engine) -> None:
    fill(engine, FERRY, MILL, REVISED)
    async with desk(engine) as client:
        river = await asked(client, "/")
        assert ids(river) == ["ferry", "mill"]
        assert river["stories"][0]["title"] == [{"text": "Ferry to Lunde sold", "hit": False}]
        assert river["stories"][0]["status"] == "revision"


async def test_a_story_of_several_articles_is_shown_once_by_its_newest(engine: Engine) -> None:
    fill(engine, FERRY, UPDATE, MILL)
    async with desk(engine) as client:
        river = await asked(client, "/")
        assert ids(river) == ["mill", "ferry-2"]
        assert river["stories"][1]["articles"] == 2
        assert ids(await asked(client, "/", source="Quay Courier")) == ["ferry-2", "ferry"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"source": "Quay Courier"}, ["ferry"]),
        ({"speaker": "Odile Brandt"}, ["mill"]),
        ({"language": "ar"}, [ARABIC["id"]]),
        ({"collection": "default", "language": "en"}, ["ferry"]),
        ({"collection": "other"}, []),
        ({"kind": "revision"}, []),
        ({"kind": "new"}, [ARABIC["id"], "mill", "ferry"]),
        ({"since": "2026-09-21"}, [ARABIC["id"], "mill", "ferry"]),
        ({"until": "2026-09-21"}, []),
        ({"since": "2100-01-01"}, []),
        ({"q": "hull"}, ["ferry"]),
        ({"q": "tarrow burned"}, ["mill"]),
        ({"q": '"burned down"'}, ["mill"]),
        ({"q": '"down burned"'}, []),
        ({"q": "الجسر"}, [ARABIC["id"]]),
        ({"q": "the", "source": "Quay Courier"}, ["ferry"]),
        ({"q": "the", "speaker": "Odile Brandt"}, ["mill"]),
        ({"q": "the", "kind": "withdrawal"}, []),
        ({"q": "the", "language": "en", "since": "2026-09-21"}, ["ferry"]),
        ({"q": 'unclosed " quote* NEAR( -x OR'}, []),
    ],
)
async def test_filters_and_words_find_what_fits(
    engine: Engine, filters: dict[str, str], found: list[str]
) -> None:
    fill(engine, FERRY, MILL, ARABIC)
    async with desk(engine) as client:
        assert ids(await asked(client, "/", **filters)) == found
        await page(client, "/", **filters)


async def test_a_speaker_who_is_heard_everywhere_is_found_like_any_other(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.desk.reading.LOUD_ROWS", 1)
    fill(engine, FERRY, MILL, ARABIC)
    async with desk(engine) as client:
        assert ids(await asked(client, "/", speaker="Odile Brandt")) == ["mill"]
        assert ids(await asked(client, "/", speaker="Nobody")) == []


@pytest.mark.parametrize(("few", "loud"), [(0, 1), (0, 9), (1, 9), (9, 9)])
async def test_a_search_finds_the_same_however_many_articles_a_filter_has(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, few: int, loud: int
) -> None:
    monkeypatch.setattr("service.desk.reading.FEW_ROWS", few)
    monkeypatch.setattr("service.desk.reading.LOUD_ROWS", loud)
    fill(engine, FERRY, UPDATE, MILL)
    async with desk(engine) as client:
        assert ids(await asked(client, "/", q="the", source="Quay Courier")) == ["ferry-2", "ferry"]
        assert ids(await asked(client, "/", q="the", kind="update", source="Quay Courier")) == ["ferry-2"]
        assert ids(await asked(client, "/", q="the", kind="withdrawal")) == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        *(({"q": "the"}, 3), ({"q": "nowhere"}, 0), ({"source": "Quay Courier"}, 2), ({"kind": "update"}, 1)),
        *(({"speaker": "Ines Tallow"}, 2), ({"since": "2026-09-21"}, 3), ({"until": "2026-09-21"}, 0)),
        *(({}, None), ({"q": "the", "kind": "new"}, None)),
    ],
)
async def test_what_fits_is_counted(engine: Engine, filters: dict[str, str], found: int | None) -> None:
    fill(engine, FERRY, UPDATE, MILL)
    async with desk(engine) as client:
        assert (await asked(client, "/", limit="1", **filters))["found"] == found


async def test_beyond_some_number_articles_are_not_counted(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.desk.river.FOUND_MAX", 2)
    monkeypatch.setattr("service.desk.pages.FOUND_MAX", 2)
    fill(engine, FERRY, UPDATE, MILL)
    async with desk(engine) as client:
        assert (await asked(client, "/", q="the"))["found"] == 3
        assert "more than 2 articles" in await page(client, "/", q="the")
        assert "2 articles" in await page(client, "/", source="Quay Courier")


async def test_a_filter_is_left_out_by_a_link(engine: Engine) -> None:
    fill(engine, FERRY, MILL)
    async with desk(engine) as client:
        text = await page(client, "/", q="ferry", source="Tarrow Gazette", kind="new")
        assert "No article in the store fits." in text
        assert 'href="/?q=ferry&amp;kind=new" aria-label="Leave out source"' in text


async def test_signs_of_a_hit_in_a_text_mark_nothing(engine: Engine) -> None:
    with_signs = f"\x02{FERRY['body']}\x03"
    fill(engine, FERRY)
    with engine.begin() as connection:
        connection.execute(text("UPDATE articles SET text = :it"), {"it": with_signs})
    async with desk(engine) as client:
        (story,) = (await asked(client, "/"))["stories"]
        assert [part["hit"] for part in story["excerpt"]] == [False]


async def test_words_that_were_searched_for_are_marked(engine: Engine) -> None:
    fill(engine, FERRY, MILL)
    async with desk(engine) as client:
        (story,) = (await asked(client, "/", q="ferry cracks"))["stories"]
        assert {"text": "Ferry", "hit": True} in story["title"]
        assert {"text": "cracks", "hit": True} in story["excerpt"]
        assert "<mark>cracks</mark>" in await page(client, "/", q="ferry cracks")


@pytest.mark.parametrize("filters", [{}, {"q": "tram"}, {"source": "Quay Courier"}])
async def test_pages_hold_every_story_once(engine: Engine, filters: dict[str, str]) -> None:
    names = ["Lunde", "Tarrow", "Corran", "Selwyn", "Ferrant", "Calder", "Brava"]
    fill(
        engine,
        *(
            {
                "id": name,
                "source": "Quay Courier",
                "body": f"A tram to {name} will run from {10 + at} May, and the {name} town hall of {name} paid {at} "
                f"million for the {name} line, {name} people say, as {name} hoped.",
            }
            for at, name in enumerate(names)
        ),
    )
    async with desk(engine) as client:
        found, cursor = [], ""
        for _ in range(10):
            river = await asked(client, "/", limit="2", cursor=cursor, **filters)
            found += ids(river)
            cursor = river.get("next") or ""
            if not cursor:
                break
        assert found == names[::-1]


@pytest.mark.parametrize(
    "parameters",
    [
        {"cursor": "x"},
        {"cursor": "WzEsMl0"},
        {"limit": "0"},
        {"limit": "9999"},
        {"since": "soon"},
        {"q": "x" * 501},
    ],
)
async def test_what_cannot_be_read_is_answered_with_a_sentence(
    engine: Engine, parameters: dict[str, str]
) -> None:
    async with desk(engine) as client:
        async with client.get("/", params=parameters, headers=JSON) as answer:
            assert answer.status == 400
            assert next(iter(parameters)) in (await answer.json())["error"]
        async with client.get("/", params=parameters) as answer:
            assert answer.status == 400
            assert "<h1>" in await answer.text()


async def test_an_empty_store_says_how_articles_come(engine: Engine) -> None:
    async with desk(engine) as client:
        assert await asked(client, "/") == {
            "filters": {},
            "stories": [],
            "newest": 0,
            "next": None,
            "found": None,
        }
        assert "copydesk store" in await page(client, "/")


async def test_articles_without_a_time_come_behind_all_others_and_miss_nothing(engine: Engine) -> None:
    fill(engine, FERRY, UPDATE, MILL, ARABIC)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE articles SET fed_at = NULL WHERE article_id IN ('ferry', 'ferry-2', 'mill')")
        )
    async with desk(engine) as client:
        assert ids(await asked(client, "/")) == [ARABIC["id"], "mill", "ferry-2"]
        assert ids(await asked(client, "/", source="Quay Courier")) == ["ferry-2", "ferry"]
        for filters in ({}, {"source": "Quay Courier"}):
            everything = await asked(client, "/", **filters)
            assert await every(client, "/", "stories", **filters) == everything["stories"]
        with engine.begin() as connection:
            connection.execute(text("UPDATE articles SET fed_at = '2026-01-01' WHERE article_id = 'ferry'"))
        assert ids(await asked(client, "/")) == [ARABIC["id"], "ferry", "mill"]
        assert ids(await asked(client, "/", since="2025-01-01")) == [ARABIC["id"], "ferry"]
