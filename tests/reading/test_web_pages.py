"""Addresses: whatever a server answers, its items arrive whole or one sentence says why there are none."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import orjson
import pytest
import zstandard

from deploy.kafka.certificates import make_certificates
from service.commands.feed import feed
from service.commands.fetching import with_fetched
from service.commands.shared import CommandFailed
from service.reading import Fetched, SourceRecord, Unreadable, read_articles
from service.reading.web_pages import in_utf8

FEED = (
    '<rss version="2.0"><channel><title>Оллсби</title>'
    "<item><title>Плотина</title><description>Плотина выстояла.</description></item></channel></rss>"
)
ITEM = {"title": "Плотина", "summary": "Плотина выстояла.", "source": {"title": "Оллсби"}}
PAGE = (
    b"<!-- made by hand -->\n<!DOCTYPE html><html><head><title>Ollsby</title>"
    b"<link href='/style.css' rel=stylesheet>"
    b"<link rel=alternate type='application/rss+xml' href='/all?a=1&amp;b=2'></head><body>Hello<br>you</body></html>"
)
HEAD = "HTTP/1.1 {}\r\nConnection: close\r\n{}\r\n"


def answer(status: str, body: bytes = b"", *headers: str, size: int | None = None) -> bytes:
    """Write an answer of HTTP; `size` is what it says its length is."""
    lines = [*headers, f"Content-Length: {len(body) if size is None else size}"]
    return HEAD.format(status, "".join(f"{line}\r\n" for line in lines)).encode() + body


def bomb(mebibytes: int) -> bytes:
    packing = zlib.compressobj(9, wbits=31)
    return b"".join(packing.compress(b" " * 1_048_576) for _ in range(mebibytes)) + packing.flush()


ANSWERS = {
    "moved": answer("301 Moved Permanently", b"", "Location: /feed"),
    "found": answer("302 Found", b"", "Location: /feed"),
    "for-good": answer("308 Permanent Redirect", b"", "Location: /feed"),
    "round": answer("302 Found", b"", "Location: /round"),
    "file": answer("302 Found", b"", "Location: file:///etc/hostname"),
    "ftp": answer("301 Moved Permanently", b"", "Location: ftp://ann:secret@ollsby.example/a"),
    "crooked": answer("302 Found", b"", "Location: http://[::1"),
    "nowhere": answer("302 Found"),
    "unchanged": HEAD.format("304 Not Modified", "").encode(),
    "missing": answer("404 Not Found", b"gone"),
    "broken": answer("500 Internal Server Error"),
    "part": answer("206 Partial Content", FEED.encode()),
    "feed": answer("200 OK", FEED.encode()),
    "packed": answer("200 OK", gzip.compress(FEED.encode()), "Content-Encoding: gzip"),
    "file.gz": answer("200 OK", gzip.compress(FEED.encode()), "Content-Type: application/gzip"),
    "file.zst": answer("200 OK", zstandard.compress(FEED.encode())),
    "cut.gz": answer("200 OK", gzip.compress(FEED.encode())[:-12]),
    "bomb": answer("200 OK", bomb(300), "Content-Encoding: gzip"),
    "bomb.gz": answer("200 OK", bomb(300)),
    "not-packed": answer("200 OK", FEED.encode(), "Content-Encoding: gzip"),
    "cut": answer("200 OK", FEED.encode(), size=5_000),
    "empty": answer("200 OK"),
    "blank": answer("200 OK", b"\xef\xbb\xbf \n"),
    "page": answer("200 OK", PAGE, "Content-Type: text/html"),
    "noise": b"\0\1 no answer at all\r\n\r\n",
    "closed": b"",
    "wrong-page": answer("200 OK", FEED.encode(), "Content-Type: application/rss+xml; charset=iso-8859-1"),
    "no-page": answer("200 OK", FEED.encode(), "Content-Type: application/rss+xml; charset=klingon"),
    "its-page": answer("200 OK", FEED.encode("cp1251"), "Content-Type: text/xml; charset=windows-1251"),
    "own-page": answer(
        "200 OK",
        b'<?xml version="1.0" encoding="windows-1251"?>' + FEED.encode("cp1251"),
        "Content-Type: text/xml; charset=koi8-r",
    ),
}


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer by the name that is asked for; some answers never end. What is no HTTP is not waited for."""
    line = await reader.readline()
    if not line.endswith(b"HTTP/1.1\r\n"):  # the bytes with which TLS begins hold ends of lines by chance
        writer.close()
        return
    name = line.split()[1].decode().removeprefix("/")
    while (await reader.readline()).strip():
        pass
    with suppress(OSError):
        match name:
            case "endless":
                writer.write(HEAD.format("200 OK", "").encode())
                while True:
                    writer.write(b" " * 65_536)
                    await writer.drain()
            case "trickle" | "trickling-head":
                head = HEAD.format("200 OK", "")
                writer.write(head.encode() if name == "trickle" else b"HTTP/1.1 200 OK\r\nX: ")
                while True:
                    writer.write(b"a")
                    await writer.drain()
                    await asyncio.sleep(0.05)
            case _:
                writer.write(ANSWERS[name])
                await writer.drain()
    writer.close()


@asynccontextmanager
async def server(context: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """Serve the answers above on this machine."""
    running = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    host, port = running.sockets[0].getsockname()
    try:
        yield f"{'https' if context else 'http'}://{host}:{port}"
    finally:
        running.close()


async def fetched(
    url: str, seconds_max: float = 20.0, bytes_max: int = 1_000_000
) -> tuple[list[SourceRecord], list[str]]:
    troubles: list[Unreadable] = []
    sources = await with_fetched([url], troubles.append, seconds_max=seconds_max, bytes_max=bytes_max)
    records = list(read_articles(sources, troubles.append))
    return records, [f"{one.source_name}: {one.why}" for one in troubles]


@pytest.mark.parametrize(
    "name",
    "feed moved found for-good packed file.gz file.zst wrong-page no-page its-page own-page".split(),
)
async def test_a_feed_arrives_whole_however_it_is_served(name: str) -> None:
    async with server() as site:
        records, troubles = await fetched(f"{site}/{name}")
    assert not troubles
    assert [orjson.loads(record.value) for record in records] == [ITEM]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("round", "leads on to other addresses more than 5 times"),
        ("file", "leads on to file:///etc/hostname, which is no address of http or https"),
        ("ftp", "leads on to ftp://ollsby.example/a, which is no address of http or https"),
        ("crooked", "leads on to http://[::1, which is no address of http or https"),
        ("nowhere", "the server answered 302 Found"),
        ("unchanged", "the server answered 304 Not Modified"),
        ("missing", "the server answered 404 Not Found"),
        ("broken", "the server answered 500 Internal Server Error"),
        ("part", "the server answered 206 Partial Content"),
        ("endless", "is longer than 1000000 bytes"),
        ("bomb", "is longer than 1000000 bytes"),
        ("bomb.gz", "unpacks to more than 33554432 bytes"),
        ("trickle", "gave no whole answer within 0.5 s"),
        ("trickling-head", "gave no whole answer within 0.5 s"),
        ("not-packed", "the answer breaks off, or is not packed as it says"),
        ("cut", "the answer breaks off, or is not packed as it says"),
        (
            "cut.gz",
            "cannot be read to its end: Compressed file ended before the end-of-stream marker was reached",
        ),
        ("empty", "the answer is empty"),
        ("blank", "the answer is empty"),
        ("page", "is a web page, no feed; it names {site}/all?a=1&b=2"),
        ("noise", "the answer is not what HTTP allows, or packed otherwise than was asked"),
        ("closed", "cannot be fetched: Server disconnected"),
    ],
)
async def test_what_is_no_feed_ends_with_one_sentence_and_without_a_record(name: str, why: str) -> None:
    async with server() as site:
        url = f"{site}/{name}"
        records, troubles = await fetched(url, seconds_max=0.5 if "trickl" in name else 20.0)
        assert (records, troubles) == ([], [f"{url}: {why.replace('{site}', site)}"])


async def test_an_answer_that_unpacks_to_much_takes_no_more_memory_than_is_read() -> None:
    async with server() as site:
        tracemalloc.start()
        await fetched(f"{site}/bomb")
        await fetched(f"{site}/bomb.gz")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 120 * 1_048_576


async def test_a_certificate_of_an_unknown_authority_is_not_accepted(tmp_path: Path) -> None:
    make_certificates(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "broker.pem", tmp_path / "broker.key")
    async with server(context) as site:
        records, troubles = await fetched(f"{site}/feed")
    why = "its certificate is not accepted: unable to get local issuer certificate"
    assert (records, troubles) == ([], [f"{site}/feed: {why}"])


async def test_a_server_without_tls_or_without_anybody_is_told_apart() -> None:
    async with server() as site:
        _, without_tls = await fetched(site.replace("http:", "https:") + "/feed")
    _, with_nobody = await fetched("http://127.0.0.1:1/feed")
    assert "no secure connection can be made" in without_tls[0] or "cannot be reached" in without_tls[0]
    assert with_nobody == ["http://127.0.0.1:1/feed: cannot be reached: Connect call failed ('127.0.0.1', 1)"]


async def test_the_command_says_so_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    async with server() as site:
        with pytest.raises(CommandFailed, match="1 not read"):
            await feed([f"{site}/missing", f"{site}/feed"], dry_run=True)
        assert f"{site}/missing: the server answered 404 Not Found" in capsys.readouterr().err


def test_only_what_names_no_code_page_itself_is_read_in_that_of_the_server() -> None:
    assert in_utf8("Плотина".encode("cp1251"), "windows-1251").decode() == "Плотина"
    for content, charset in (
        ("Плотина".encode(), "windows-1251"),
        ("Плотина".encode("utf-16"), "windows-1251"),
        (b'<?xml version="1.0" encoding="koi8-r"?>\xf0', "windows-1251"),
        (b"\xcf", "idna"),
        (b"\xcf", ""),
    ):
        assert in_utf8(content, charset) == content


def test_a_page_may_name_no_feed() -> None:
    troubles: list[Unreadable] = []
    page = Fetched(
        "https://ollsby.example/", b"<html><link rel=icon href=/a.png><link type='application/rss+xml'>"
    )
    assert not list(read_articles([page], troubles.append))
    assert [one.why for one in troubles] == ["is a web page, no feed"]
