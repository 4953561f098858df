"""The page in a real Chromium: live, by keyboard, without JavaScript, for a screen reader, and safe from articles."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.async_api import expect
from sqlalchemy import Engine

from service.desk.why import warm_up
from service.store.database import open_store
from service.store.writer import StoreWriter
from tests.desk.browser import WIDTHS, browsing
from tests.desk.kit import (
    ARABIC,
    FERRY,
    MILL,
    REPRINT,
    REVISED,
    UPDATE,
    Client,
    asked,
    desk,
    fill,
    hostile,
    in_thread,
)
from tests.desk.test_replaying import Recorded
from tests.store.kit import outputs
from tests.store.pier import PIER

LISTS = (
    "/",
    "/?q=ferry",
    "/?source=Nobody",
    "/speakers",
    "/speaker?name=Ines+Tallow",
    "/figures",
    "/line",
    "/dead",
    "/threads",
    "/threads?kind=statement",
    "/stories",
)
ARTICLE = "/article?collection=default&id=ferry"
WHY = "/why?collection=default&first=ferry&second=ferry-2"
REPLAY = "/replay?reason=invalid_json"


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    return open_store(f"sqlite:///{tmp_path}/store.db")


@pytest.fixture
def full(store: Engine) -> Engine:
    in_thread(warm_up)  # as the command does: else the first comparison waits for the compiler
    fill(store, FERRY, UPDATE, MILL, REPRINT, ARABIC, b"{", REVISED, *PIER)
    return store


async def threads_of(client: Client) -> list[str]:
    """Return the addresses of all threads and stories in the store."""
    found = [("thread", row["thread_id"]) for row in (await asked(client, "/threads"))["threads"]]
    found += [("story", row["story_id"]) for row in (await asked(client, "/stories"))["stories"]]
    return [f"/{name}?collection=default&id={quote(one)}" for name, one in found]


async def test_stories_appear_while_they_are_stored(store: Engine) -> None:
    records = in_thread(outputs, FERRY, MILL, REVISED)
    async with desk(store) as client, browsing(client) as window:
        page = await window.go("/")
        await expect(page.locator(".empty")).to_be_visible()
        writer = StoreWriter(store)
        known = writer.write(records[:1], {})
        await expect(page.locator(".story h2")).to_have_text(["Ferry to stay in port"])
        await expect(page.locator(".empty")).to_have_count(0)
        known = writer.write(records[1:2], known)
        await expect(page.locator(".story h2")).to_have_text(
            ["Mill in Tarrow burned down", "Ferry to stay in port"]
        )
        await page.focus(".story a")  # whoever reads is not moved: a button says what waits
        writer.write(records[2:], known)
        await page.get_by_role("button", name="1 new story").click()
        await expect(page.locator(".story h2")).to_have_text(
            ["Ferry to Lunde sold", "Mill in Tarrow burned down"]
        )


async def test_an_article_is_found_and_read_by_keyboard_alone(full: Engine) -> None:
    async with desk(full) as client, browsing(client) as window:
        page = await window.go("/")
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        await page.get_by_role("searchbox", name="Search all articles").focus()
        await page.keyboard.type("cracks")
        await page.keyboard.press("Enter")
        await expect(page.locator("mark").first).to_have_text("cracks")
        await page.locator(".story a").first.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Ferry has more cracks")
        await page.get_by_role("link", name="compare").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator("dd")).to_have_count(4)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_every_page_keeps_the_rules_of_accessibility_and_its_width(
    full: Engine, width: int, colours: str
) -> None:
    async with (
        desk(full, outside=Recorded()) as client,
        browsing(client, width=width, color_scheme=colours) as window,
    ):
        for path in (*LISTS, ARTICLE, WHY, REPLAY, *await threads_of(client)):
            await window.go(path)
            assert await window.violations() == []
            assert await window.overflow() == 0, path


async def test_nothing_that_a_stranger_wrote_runs(store: Engine) -> None:
    async with desk(store) as client, browsing(client, width=360) as window:
        page = await window.go("/")
        in_thread(hostile, store)
        await expect(page.locator(".story").first).to_be_visible()
        stories = (await asked(client, "/"))["stories"]
        await expect(page.locator(".story")).to_have_count(len(stories))
        assert await page.evaluate("window.harm") is None
        threads = await threads_of(client)
        assert threads
        lists = ("/", "/?q=script", "/speakers", "/figures", "/dead", "/threads", "/stories")
        for path in (*lists, *threads):
            await window.go(path)
            assert await page.evaluate("window.harm") is None
            assert (
                await page.locator("main img, main iframe, main script, main style, main link").count() == 0
            )
            assert await window.overflow() == 0, path
        await window.go("/")
        for at in range(len(stories)):
            await page.locator(".story h2 a").nth(at).click()
            await expect(page.locator(".text")).to_be_visible()
            assert await page.evaluate("window.harm") is None
            assert await window.overflow() == 0
            await page.go_back()


async def test_long_names_stay_within_their_column(store: Engine) -> None:
    in_thread(hostile, store)
    async with desk(store) as client, browsing(client) as window:
        for path in ("/", "/figures", "/threads"):
            await window.go(path)
            assert await window.overflow() == 0, path


async def test_all_but_the_live_river_works_without_javascript(full: Engine) -> None:
    async with (
        desk(full, outside=Recorded()) as client,
        browsing(client, java_script_enabled=False) as window,
    ):
        page = await window.go("/")
        await page.get_by_label("Source").fill("Tarrow Gazette")
        await page.get_by_role("button", name="Show").click()
        await expect(page.locator(".story h2")).to_have_text(
            ["Merrow pier costs", "Mill in Tarrow burned down"]
        )
        await window.go("/dead?reason=invalid_json")
        await page.get_by_role("link", name="Send them back").click()
        await page.get_by_role("button", name="Send 2 records back").click()
        await expect(page.get_by_role("status")).to_contain_text("2 of 2 records went back")


async def test_text_of_a_right_to_left_script_runs_from_the_right(full: Engine) -> None:
    async with desk(full) as client, browsing(client) as window:
        page = await window.go("/")
        title = page.locator(".story h2", has_text=str(ARABIC["title"]))
        assert await title.evaluate("one => getComputedStyle(one).direction") == "rtl"
        await title.locator("a").click()
        assert await page.locator(".text").evaluate("one => getComputedStyle(one).direction") == "rtl"
