"""How long a reader waits for the first paint of a page of the desk, in a real Chromium: median of several loads each.

``python -m bench.desk_paint --articles 1000000 [--store FILE]`` takes the store that ``bench.desk_cost`` fills. Time by
the clock from the start of the load to the browser's ``first-contentful-paint``, every load in a window of its own,
with nothing kept from another; run it while nothing else runs.
"""

from __future__ import annotations

import asyncio
import random
import re
import statistics
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from playwright.async_api import Browser, Page, async_playwright

from bench.desk_cost import asks, chosen_store
from tests.desk.browser import launched

LOADS: Final = 5
"""Number of times that each page is loaded."""
LOADED_SECONDS: Final = 10
"""Time in which the desk has loaded what it loads beside its first answers."""
OPENED_MS: Final = 1_000
"""Time in which the browser draws a new window's own buttons, which cost it more than a page."""
PAUSE_MS: Final = 150
"""Time between two loads, in which the browser ends what it does after one."""
Ask = tuple[str, dict[str, str]]
"""A path and its parameters."""
PAINTED: Final = """() => new Promise((tell) => new PerformanceObserver((list, watching) => {
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    if (paint) { watching.disconnect(); tell(paint.startTime); }
}).observe({ type: "paint", buffered: true }))"""
"""Asks the browser when it painted first, in ms since the load began."""


@asynccontextmanager
async def window(browser: Browser) -> AsyncIterator[Page]:
    """Open a window of which nothing is kept from another."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    await page.wait_for_timeout(OPENED_MS)
    yield page
    await context.close()


async def paint(page: Page, address: str, ask: Ask) -> float:
    """Load a page; return its first paint, in ms."""
    path, parameters = ask
    await page.goto(f"{address}{path}?{urlencode(parameters)}")
    await page.wait_for_timeout(PAUSE_MS)
    painted: float = await page.evaluate(PAINTED)
    return painted


async def measure(path: Path, count: int) -> None:
    """Start the desk as the command does, and print what a reader waits for each page."""
    command = (sys.executable, "-m", "service", "desk", "--store", f"sqlite:///{path}", "--port", "0")
    desk = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert desk.stdout is not None
    try:
        address = ""
        while not address:
            line = (await desk.stdout.readline()).decode()
            assert line, "the desk did not start"
            found = re.search(r"http://[\d.]+:\d+", line)
            address = found[0] if found else ""
        async with async_playwright() as playwright, launched(playwright) as browser:
            print(f"{'first paint, ms':34s}{'first visit':>12s}{'worst':>8s}{'later':>12s}{'worst':>8s}")
            await _say("river, right after the start", browser, address, [("/", {})])
            await asyncio.sleep(LOADED_SECONDS)
            for name, pages in asks(count, random.Random(7)).items():  # noqa: S311
                await _say(name, browser, address, pages[:LOADS])
    finally:
        desk.terminate()
        await desk.wait()


async def _say(name: str, browser: Browser, address: str, pages: list[Ask]) -> None:
    first = []
    for one in pages:
        async with window(browser) as page:
            first.append(await paint(page, address, one))
    async with window(browser) as page:
        later = [await paint(page, address, one) for one in (pages[-1], *pages)][1:]
    told = "".join(f"{statistics.median(some):12.0f}{max(some):8.0f}" for some in (first, later))
    print(f"{name:34s}{told}", flush=True)


if __name__ == "__main__":
    asyncio.run(measure(*chosen_store(__doc__)))
