"""RSS and Atom: from files, from standard input, and over HTTP from a server of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import orjson
import pytest
from aiohttp import web

from service.commands.fetching import with_fetched
from service.intake.article import read_article
from service.pipeline.in_memory import raw_record
from service.reading import Fetched, Unreadable, read_articles
from service.settings import IntakeSettings
from tests.reading.kit import a_file, read

RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Ollsby Observer</title><link>https://ollsby.example/</link><language>en-gb</language>
<item><title>Weir holds</title><link>https://ollsby.example/weir</link><guid isPermaLink="false">oo-1</guid>
<pubDate>Mon, 05 May 2025 14:05:00 +0200</pubDate><description>In short.</description>
<content:encoded><![CDATA[<p>The weir at Ollsby held through the night.</p><p>Nobody was hurt.</p>]]>
</content:encoded></item>
<item><title>Only a summary</title><link>/short</link><description>In short.</description></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Ollsby Observer</title>
<entry><id>tag:ollsby.example:2</id><title>Mill opens</title><link href="https://ollsby.example/mill"/>
<updated>2025-05-05T12:05:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>The mill opens in June.</p></div></content></entry></feed>"""


def test_an_item_arrives_as_an_article_with_the_name_and_language_of_its_feed(tmp_path: Path) -> None:
    records, troubles = read(a_file(tmp_path, "a.rss", RSS), a_file(tmp_path, "b.atom", ATOM))
    assert not troubles
    articles = [
        read_article(raw_record(n, records[n].value, key=records[n].key), IntakeSettings()) for n in (0, 2)
    ]
    assert [(a.article_id, a.title, a.source, a.published_at) for a in articles] == [
        ("oo-1", "Weir holds", "Ollsby Observer", "2025-05-05T12:05:00Z"),
        ("tag:ollsby.example:2", "Mill opens", "Ollsby Observer", "2025-05-05T12:05:00Z"),
    ]
    assert articles[0].text == "The weir at Ollsby held through the night.\n\nNobody was hurt."
    assert articles[0].url == "https://ollsby.example/weir"
    assert articles[0].language == "en-gb"
    assert [record.line for record in records] == [1, 2, 1]


def test_a_feed_comes_from_standard_input_too() -> None:
    records, _ = read("-", stdin=b"\n" + RSS.lstrip())
    assert len(records) == 2


def test_links_are_completed_with_the_address_of_the_feed() -> None:
    records, _ = read(Fetched("https://ollsby.example/feeds/all.xml", RSS))
    assert orjson.loads(records[1].value)["link"] == "https://ollsby.example/short"


@pytest.mark.parametrize("content", [b"<html><body>Not found</body></html>", b"<note/>", b"<broken", b""])
def test_xml_that_is_no_feed_is_reported(tmp_path: Path, content: bytes) -> None:
    records, troubles = read(a_file(tmp_path, "a.xml", content))
    assert not records
    assert "is no RSS or Atom feed" in troubles[0].why


def test_a_feed_that_breaks_off_gives_what_it_has_and_names_the_line(tmp_path: Path) -> None:
    records, troubles = read(a_file(tmp_path, "a.rss", RSS[: RSS.index(b"<item><title>Only") + 20]))
    assert records
    assert (troubles[0].line or 0) > 1


def test_no_other_file_is_read_by_a_feed(tmp_path: Path) -> None:
    """XML may name files and addresses as entities, and feedparser opens a path that is given as content."""
    secret = a_file(tmp_path, "secret.txt", b"the secret of the desk")
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'.encode()
    evil = RSS.replace(b"<rss", entity + b"<rss", 1).replace(b"Weir holds", b"&x;")
    for content in (evil, str(secret).encode()):
        records, _ = read(a_file(tmp_path, "evil.xml", content))
        assert all(b"secret of the desk" not in record.value for record in records)


@asynccontextmanager
async def served(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/{name}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def fetched(url: str, **bounds: float) -> tuple[int, list[Unreadable]]:
    troubles: list[Unreadable] = []
    sources = await with_fetched([url], troubles.append, **bounds)  # type: ignore[arg-type]  # numbers by their names
    return len(list(read_articles(sources, troubles.append))), troubles


async def test_a_feed_is_fetched_with_a_name_of_our_own() -> None:
    agents: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        agents.append(request.headers["User-Agent"])
        if request.match_info["name"] == "moved":
            raise web.HTTPFound("/rss")
        return web.Response(body=RSS, content_type="application/rss+xml")

    async with served(answer) as server:
        assert await fetched(f"{server}/rss") == (2, [])
        assert await fetched(f"{server}/moved") == (2, [])
    assert all(agent.startswith("copydesk/") for agent in agents)


async def test_answers_that_are_wrong_too_long_or_too_slow_are_reported() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        match request.match_info["name"]:
            case "slow":
                await asyncio.sleep(30)
            case "long":
                return web.Response(body=RSS + b" " * 2_000_000)
            case "elsewhere":
                raise web.HTTPFound("file:///etc/hostname")
            case "round":
                raise web.HTTPFound("/round")
        return web.Response(status=404)

    async with served(answer) as server:
        for name, why in (
            ("missing", "the server answered 404"),
            ("slow", "gave no whole answer within 0.5 s"),
            ("long", "is longer than 1000000 bytes"),
            ("elsewhere", "leads on to file:///etc/hostname, which is no address of http or https"),
            ("round", "leads on to other addresses more than 5 times"),
        ):
            count, troubles = await fetched(f"{server}/{name}", seconds_max=0.5, bytes_max=1_000_000)
            assert count == 0
            assert why in troubles[0].why


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://ollsby.example/a.rss", "gopher://ollsby.example/"]
)
async def test_other_addresses_are_not_fetched(url: str) -> None:
    count, troubles = await fetched(url)
    assert count == 0
    assert troubles[0].why == "only addresses of http and https are fetched"


async def test_a_login_in_an_address_is_not_shown() -> None:
    _, troubles = await fetched("http://ann:secret@127.0.0.1:1/rss")
    assert "secret" not in str(troubles[0])
