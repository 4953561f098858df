"""The pictures of the documentation, taken of the page on the sample articles: ``python -m tests.desk.screenshots``."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tests.desk.browser import browsing
from tests.desk.kit import asked, desk, in_thread
from tests.store.answers import sample_store

DOCS: Final = Path(__file__).parents[2] / "docs"
PICTURES: Final = {
    "desk-river.png": ("/", "light"),
    "desk-article.png": ("/article?collection=default&id=cp-0303-harbour", "light"),
    "desk-why.png": (
        "/why?collection=default&first=cp-0303-harbour&revision=1&second=cp-0303-harbour",
        "dark",
    ),
}
"""Name of a picture -> the page it shows, and the colours of the system."""


async def main() -> None:
    """Take all pictures anew."""
    with tempfile.TemporaryDirectory() as folder:
        store = in_thread(sample_store, f"sqlite:///{folder}/s.db")
        async with desk(store) as client:
            disputed = (await asked(client, "/threads", disputed="yes"))["threads"][0]["thread_id"]
            thread = f"/thread?collection=default&id={quote(disputed)}"
            for name, (path, colours) in (PICTURES | {"desk-thread.png": (thread, "light")}).items():
                async with browsing(client, width=1200, color_scheme=colours) as window:
                    page = await window.go(path)
                    await page.screenshot(path=DOCS / name, animations="disabled")
        store.dispose()


if __name__ == "__main__":
    asyncio.run(main())
