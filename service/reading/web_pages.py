"""The answer of a web server -> the items of the feed or the JSON in it, or why there are none."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from encodings.aliases import aliases
from html import unescape
from typing import Final
from urllib.parse import urljoin

from service.reading import syndication
from service.reading.json_values import json_values
from service.reading.packed_files import unpacked
from service.reading.source_records import BOM, Broken, Fetched, Value

HINT_CHARS_MAX: Final = 200
"""Maximum length of the address of a feed that is shown as a page names it, in characters."""

LIKE_XML: Final = b"<"
"""The first byte of a page or of standard input that is a feed; JSON begins otherwise."""

_MAGIC: Final = {b"\x1f\x8b": ".gz", b"\x28\xb5\x2f\xfd": ".zst"}
_WIDE_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_NAMES_ITS_CODE_PAGE: Final = re.compile(rb"\s*<\?xml[^<>]{0,200}\sencoding\s*=")
_WEB_PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
_LINK: Final = re.compile(r"<link\b[^<>]{0,1000}>", re.IGNORECASE)
_TO_FEED: Final = re.compile(r"type\s*=\s*[\"']?application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
_TO: Final = re.compile(r"href\s*=\s*(?:\"([^\"]+)\"|'([^']+)'|([^\s\"'>]+))", re.IGNORECASE)
_HEAD_BYTES: Final = 262_144


def page_values(page: Fetched) -> Iterator[Value | Broken]:
    """Yield the items of a feed, or the objects of JSON, that a server answered with."""
    packing = next((packing for magic, packing in _MAGIC.items() if page.content.startswith(magic)), "")
    with unpacked(io.BytesIO(page.content), packing) as stream:
        content = stream.read(syndication.FEED_BYTES_MAX + 1)
    if len(content) > syndication.FEED_BYTES_MAX:
        yield Broken(None, f"unpacks to more than {syndication.FEED_BYTES_MAX} bytes")
        return
    content = in_utf8(content, page.charset)
    begins = content.removeprefix(BOM).lstrip()
    if not begins:
        yield Broken(None, "the answer is empty")
    elif _WEB_PAGE.match(begins):
        yield Broken(None, f"is a web page, no feed{_feed_named_in(begins, page.url)}")
    elif begins.startswith(LIKE_XML):
        yield from syndication.items(content, page.url)
    else:
        yield from json_values(io.BytesIO(begins))


def in_utf8(content: bytes, charset: str) -> bytes:
    """Return a text in UTF-8 where only the server said in which code page it is.

    What is UTF-8, or names its code page itself, stays as it is: servers say the same of all their files.
    """
    if content.startswith(_WIDE_BOMS) or _NAMES_ITS_CODE_PAGE.match(content):
        return content
    if charset.lower().replace("-", "_") not in aliases:
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return content.decode(charset).encode("utf-8")
        except (LookupError, UnicodeDecodeError):
            pass
    return content


def _feed_named_in(content: bytes, url: str) -> str:
    """Say which feed a web page names, "" where it names none."""
    for link in _LINK.findall(content[:_HEAD_BYTES].decode("utf-8", "replace")):
        if _TO_FEED.search(link) and (to := _TO.search(link)):
            address = urljoin(url, unescape(next(filter(None, to.groups()))))
            if address.startswith(("http://", "https://")):
                return f"; it names {address[:HINT_CHARS_MAX]}"
    return ""
