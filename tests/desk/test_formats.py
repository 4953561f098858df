"""Lists as CSV and the river as a feed: the same rows as in JSON, and nothing in them does harm."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from sqlalchemy import Engine

from service.desk.csv_lists import FORMULA_STARTS, to_csv
from service.desk.pages import PAGES
from service.desk.reading import Part
from service.store.schema import ARTICLES
from tests.desk.kit import ARABIC, FERRY, MILL, REPRINT, UPDATE, Client, asked, desk, fill, hostile, in_thread
from tests.desk.test_lists import TRAMS
from tests.store.pier import PIER

CSV = {"Accept": "text/csv"}
ATOM = "{http://www.w3.org/2005/Atom}"


async def table(client: Client, path: str, **parameters: str) -> list[dict[str, str]]:
    """Ask for CSV; return the rows."""
    async with client.get(path, params=parameters, headers=CSV) as answer:
        assert (answer.status, answer.content_type) == (200, "text/csv"), await answer.text()
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return list(csv.DictReader(io.StringIO(await answer.text())))


async def feed(client: Client, **parameters: str) -> tuple[str, Any]:
    """Ask for the feed; return its text, and what a reader of feeds finds in it."""
    async with client.get("/", params={**parameters, "format": "atom"}) as answer:
        assert (answer.status, answer.content_type) == (200, "application/atom+xml")
        text = await answer.text()
    found = feedparser.parse(text)
    assert not found.bozo, found
    return text, found


async def test_every_list_is_csv_too(engine: Engine) -> None:
    fill(engine, FERRY, UPDATE, MILL, REPRINT, *TRAMS, *PIER, b"{")
    async with desk(engine) as client:
        thread = (await asked(client, "/threads", disputed="yes"))["threads"][0]["thread_id"]
        story = (await asked(client, "/stories"))["stories"][0]["story_id"]
        needed = {
            "/article": {"collection": "default", "id": "ferry"},
            "/speaker": {"name": "Ada Moor"},
            "/thread": {"collection": "default", "id": thread},
            "/story": {"collection": "default", "id": story},
        }
        lists = [page for page in PAGES if page.listed]
        assert {page.path for page in PAGES} - {page.path for page in lists} == {"/why", "/line"}
        for page in lists:
            parameters = needed.get(page.path, {})
            told = (await asked(client, page.path, **parameters))[page.listed]
            written = await table(client, page.path, **parameters)
            assert len(written) == len(told) > 0, page.path
            for row, one in zip(written, told, strict=True):
                plain = {name: value for name, value in one.items() if isinstance(value, str)}
                assert {name: row[name].removeprefix("'") for name in plain} == plain


async def test_csv_has_the_filters_and_pages_of_its_list(engine: Engine) -> None:
    fill(engine, *TRAMS)
    async with desk(engine) as client:
        asked_for = {"currency": "USD", "sort": "largest"}
        found: list[dict[str, str]] = []
        address, parameters = "/figures", {**asked_for, "format": "csv", "limit": "3"}
        while address:
            async with client.get(address, params=parameters) as answer:
                found += csv.DictReader(io.StringIO(await answer.text()))
                link = answer.links.get("next")
                target = urlsplit(str(link["url"])) if link else None
            address = target.path if target else ""
            parameters = {name: one for name, (one,) in parse_qs(target.query).items()} if target else {}
        assert [float(row["value"]) for row in found] == [300e6, 21e6, 7e6, 7e6]
        assert {row["currency"] for row in found} == {"USD"}
        assert await table(client, "/figures", unit="nothing") == []


async def test_csv_joins_hits_and_names_the_parts_of_a_struct(engine: Engine) -> None:
    fill(engine, FERRY)
    async with desk(engine) as client:
        (row,) = await table(client, "/", q="cracks")
        assert row["title"] == FERRY["title"]
        assert "cracks in the hull" in row["excerpt"]
        assert row["said_speaker"] == "Ines Tallow"
        assert row["event_story_id"] == ""
        assert row["sources"] == '["Quay Courier"]'


async def test_no_cell_is_a_formula(engine: Engine) -> None:
    fill(engine, *TRAMS)
    with engine.begin() as connection:  # cleaning stands between, but a store may be older than it
        for at, start in enumerate("=+-@", 1):
            changed = {"title": f"{start}cmd|' /C calc'!A0", "source": f"{start}SUM(A1)", "url": f"{start}1"}
            connection.execute(ARTICLES.update().where(ARTICLES.c.id == at).values(changed))
    async with desk(engine) as client:
        for path in ("/", "/figures"):
            found = await table(client, path)
            assert {row["source"][:2] for row in found} == {"'=", "'+", "'-", "'@"}
            for row in found:
                for name, cell in row.items():
                    assert not cell.startswith(FORMULA_STARTS) or is_number(cell), (path, name, cell)


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_every_beginning_of_a_formula_is_taken_for_text(start: str) -> None:
    (row,) = csv.DictReader(io.StringIO(to_csv([Part(f"{start}1+1")], Part), newline=""))
    assert row == {"text": f"'{start}1+1", "hit": "False"}


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


async def test_a_search_can_be_subscribed_to(engine: Engine) -> None:
    fill(engine, FERRY, MILL, REPRINT, ARABIC)
    async with desk(engine) as client:
        _, everything = await feed(client)
        assert {entry.title for entry in everything.entries} == {
            FERRY["title"],
            MILL["title"],
            ARABIC["title"],
        }
        text, found = await feed(client, q="cracks", cursor="")
        (entry,) = found.entries
        assert (entry.title, entry.author) == (FERRY["title"], "Quay Courier")
        assert (entry.published, entry.updated) == (FERRY["published_at"], "2026-09-21T14:13:20.000Z")
        assert "cracks in the hull" in entry.summary
        link = urlsplit(entry.link)
        assert link.netloc == urlsplit(str(client.make_url(""))).netloc
        async with client.get(f"{link.path}?{link.query}") as answer:
            assert answer.status == 200
        assert found.feed.id != everything.feed.id
        assert entry.id in {one.id for one in everything.entries}
        assert (await feed(client, q="cracks"))[0] == text
        assert (
            'href="/?q=cracks&amp;format=atom"'
            in await (await client.get("/", params={"q": "cracks"})).text()
        )


async def test_addresses_in_a_feed_are_those_by_which_the_reader_came(engine: Engine) -> None:
    fill(engine, FERRY)
    async with desk(engine) as client:
        for told, scheme in (("https", "https"), ("javascript", "http")):
            headers = {"X-Forwarded-Proto": told, "Accept": "application/atom+xml"}
            async with client.get("/", headers=headers) as answer:
                (entry,) = feedparser.parse(await answer.text()).entries
                assert urlsplit(entry.link).scheme == scheme


async def test_a_feed_of_hostile_articles_is_well_formed_and_inert(engine: Engine) -> None:
    count = in_thread(hostile, engine)
    async with desk(engine) as client:
        text, _ = await feed(client)
        root = ElementTree.fromstring(text.encode())
        entries = root.findall(f"{ATOM}entry")
        assert len(entries) == count
        assert {one.tag for one in root.iter()} <= {
            ATOM + name
            for name in "feed id title updated author name link entry published category summary".split()
        }
        assert all(link.get("href", "").startswith("http") for link in root.iter(f"{ATOM}link"))


async def test_an_empty_store_and_an_unknown_form(engine: Engine) -> None:
    async with desk(engine) as client:
        _, found = await feed(client)
        assert found.entries == []
        assert await table(client, "/") == []
        for path, form in (("/", "xlsx"), ("/line", "csv"), ("/figures", "atom")):
            async with client.get(path, params={"format": form}) as answer:
                assert answer.status == 400
                assert "format must be one of" in (await answer.json())["error"]
        async with client.get("/speaker", params={"name": "x", "format": "csv"}) as answer:
            assert answer.status == 404


async def test_a_parameter_that_no_page_knows_does_no_harm(engine: Engine) -> None:
    fill(engine, FERRY, UPDATE, MILL)
    async with desk(engine) as client:
        for address in ("/?path=x", "/line?path=x&self=y"):
            async with client.get(address) as answer:
                assert answer.status == 200, await answer.text()
        async with client.get("/?path=x&limit=1", headers=CSV) as answer:
            assert answer.status == 200
            assert "next" in answer.headers["Link"]
