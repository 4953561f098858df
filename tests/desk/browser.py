"""A real Chromium on the page of a test; what it must never do is watched throughout."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, Playwright, async_playwright

from tests.desk.kit import Client

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = (360, 1440)
WHOLE = """() => {
    for (const one of document.querySelectorAll(".story, .history li")) one.style.contentVisibility = "visible";
}"""
"""Lays out what the style leaves for when it is scrolled to."""
WIDER = """() => {
    const page = document.documentElement, right = (one) => one.getBoundingClientRect().right;
    const fields = [...document.querySelectorAll("aside input, aside select")];
    const beyond = fields.map((one) => Math.round(right(one) - right(one.closest("aside"))));
    return Math.max(page.scrollWidth - page.clientWidth, ...beyond);
}"""


def program() -> str:
    """Find Chromium."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert found, "Chromium is missing; `scripts/setup tests` installs it"
    return found


@asynccontextmanager
async def launched(playwright: Playwright) -> AsyncIterator[Browser]:
    """Start Chromium, and close it at the end."""
    unsafe = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = await playwright.chromium.launch(executable_path=program(), args=unsafe)
    try:
        yield browser
    finally:
        await browser.close()


@dataclass
class Watched:
    """Hold a window of the browser, and what went wrong in it."""

    page: Page
    address: str
    context: BrowserContext
    wrong: list[str] = field(default_factory=list)

    async def go(self, path: str) -> Page:
        """Open a path of the page."""
        answer = await self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < 500
        return self.page

    async def violations(self) -> list[str]:
        """Ask the rules of axe; return what breaks one."""
        await self.page.evaluate(WHOLE)
        results = await Axe().run(self.page)
        assert len(results.response["passes"]) > 10
        return [
            f"{self.page.url}: {one['id']}: {node['html'][:200]}"
            for one in results.response["violations"]
            for node in one["nodes"]
        ]

    async def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window, or a field of a form than its column."""
        await self.page.evaluate(WHOLE)
        wider: int = await self.page.evaluate(WIDER)
        return wider


def _foreign(url: str, own: str) -> list[str]:
    return [] if urlsplit(url).netloc == own else [f"asked {url}"]


@asynccontextmanager
async def browsing(client: Client, *, width: int = 1440, **options: Any) -> AsyncIterator[Watched]:
    """Open a window; at the end assert that nothing was said on the console and nobody else was asked."""
    address = str(client.make_url("")).rstrip("/")
    own = urlsplit(address).netloc
    async with async_playwright() as playwright, launched(playwright) as browser:
        context = await browser.new_context(viewport={"width": width, "height": 900}, **options)
        watched = Watched(await context.new_page(), address, context)
        wrong, page = watched.wrong, watched.page
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: wrong.extend(_foreign(request.url, own)))
        try:
            yield watched
        finally:
            await context.close()
    assert wrong == []
