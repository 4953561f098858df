"""Pictures of every page in every state, to be looked at: ``python -m tests.desk.states FOLDER [STATE ...]``.

States: an empty store, one article, the samples, 5,000 articles, one of 50,000 words, hostile HTML, Arabic, and a
broker that is away. Each page is taken at 360 and 1,440 px, light and dark; what is wider than its window is named.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import orjson
from sqlalchemy import Engine

from bench.desk_cost import fill as fill_with_many
from service.desk.outside import BrokerAway, NoBroker, RawText
from service.desk.why import warm_up
from service.records import Origin
from service.store.database import open_store
from service.store.rows import OutputRecord
from service.store.writer import StoreWriter
from tests.desk.browser import WIDTHS, Watched, browsing
from tests.desk.kit import ARABIC, FERRY, Client, asked, desk, fill, hostile, in_thread
from tests.store.answers import sample_store
from tests.store.kit import outputs

MANY: Final = 5_000
WORDS: Final = 50_000
TALL: Final = 2_600
"""Pixels of height up to which a page is taken whole."""
LISTS: Final = {
    "river": "/",
    "search": "/?q=ferry",
    "nothing": "/?q=zzzz&source=Nobody",
    **{name: f"/{name}" for name in ("threads", "stories", "speakers", "figures", "line", "dead")},
    "missing": "/article?collection=default&id=none",
    "unread": "/figures?limit=x",
    "replay": "/replay?reason=no_text",
}


class Away(NoBroker):
    """Stand for a broker that does not answer."""

    async def raw_text(self, origin: Origin) -> RawText | None:
        raise BrokerAway("nobody answers at 127.0.0.1:9092")


def long_article(engine: Engine) -> None:
    """Store one article again and again in one text, with all its claims."""
    (record,) = outputs(FERRY)
    value = orjson.loads(record.value or b"")
    part = value["text"] + "\n\n"
    times = WORDS // len(part.split())
    claims = [_moved(claim, at * len(part)) for at in range(times) for claim in value["claims"]]
    for number, claim in enumerate(claims):
        claim["claim_id"] = f"{number:x}"
    value |= {"text": part * times, "claims": claims}
    StoreWriter(engine).write(
        [OutputRecord(record.topic, 0, 0, b"x", orjson.dumps(value), record.headers)], {}
    )


def _moved(value: Any, by: int) -> Any:
    """Return a claim whose places stand so many characters further on."""
    if isinstance(value, dict):
        return {
            name: one + by if name in ("start", "end") and isinstance(one, int) else _moved(one, by)
            for name, one in value.items()
        }
    return [_moved(one, by) for one in value] if isinstance(value, list) else value


STATES: Final[dict[str, Callable[[Engine], Any]]] = {
    "empty": lambda engine: None,
    "one": lambda engine: fill(engine, FERRY),
    "samples": lambda engine: sample_store(str(engine.url)).dispose(),
    "many": lambda engine: fill_with_many(Path(str(engine.url.database)), MANY),
    "long": long_article,
    "hostile": hostile,
    "arabic": lambda engine: fill(engine, ARABIC, {**ARABIC, "id": "مرفأ-2", "title": "الجسر"}),
    "away": lambda engine: sample_store(str(engine.url)).dispose(),
}


async def pages_of(client: Client) -> dict[str, str]:
    """List the pages of a store: all lists, and one of each kind that they lead to."""
    found = dict(LISTS)
    for one in (await asked(client, "/", limit="200"))["stories"]:
        key = {"collection": one["collection"], "id": one["article_id"]}
        found["article"] = "/article?" + urlencode(key)
        read = await asked(client, "/article", **key)
        others = [{"second": other["article_id"]} for other in read["copies"] + read["story"]]
        others += [{"second": one["article_id"], "revision": old["revision"]} for old in read["revisions"]]
        for other in others[-1:]:
            found["why"] = "/why?" + urlencode({"collection": key["collection"], "first": key["id"], **other})
    for page, name in (("thread", "threads"), ("story", "stories")):
        for one in (await asked(client, f"/{name}"))[name][:1]:
            key = {"collection": one["collection"], "id": one[f"{page}_id"]}
            found[page] = f"/{page}?" + urlencode(key)
    for one in (await asked(client, "/speakers"))["names"][:1]:
        found["speaker"] = "/speaker?" + urlencode({"name": one["name"]})
    return found


async def take(window: Watched, name: str, path: str, to: Path) -> None:
    """Take a picture of a page."""
    page = window.page
    await page.goto(window.address + path)
    if await window.overflow():
        print(f"{name} is wider than its window")
    tall = await page.evaluate("document.documentElement.scrollHeight")
    await page.screenshot(path=to / f"{name}.png", full_page=tall <= TALL, animations="disabled")


async def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("states", nargs="*", default=list(STATES))
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    in_thread(warm_up)
    with tempfile.TemporaryDirectory() as folder:
        for state in given.states:
            engine = open_store(f"sqlite:///{folder}/{state}.db")
            in_thread(STATES[state], engine)
            async with desk(engine, outside=Away() if state == "away" else NoBroker()) as client:
                pages = await pages_of(client)
                for width in WIDTHS:
                    for colours in ("light", "dark"):
                        async with browsing(client, width=width, color_scheme=colours) as window:
                            for name, path in pages.items():
                                await take(window, f"{state}-{name}-{width}-{colours}", path, given.folder)
                            window.wrong[:] = [one for one in window.wrong if "status of" not in one]
            engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
