"""An RSS or Atom feed -> its items as feedparser gives them, each with the name and language of its feed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from time import struct_time
from typing import Any, Final

import orjson

from service.reading.source_records import Broken, Value

FEED_BYTES_MAX: Final = 32 * 1024 * 1024
"""Maximum size of a feed, in bytes: it is read as a whole."""


def items(content: bytes, address: str | None = None) -> Iterator[Value | Broken]:
    """Yield the items of a feed, numbered from 1; `address` completes the links in it."""
    import feedparser

    if len(content) > FEED_BYTES_MAX:
        yield Broken(None, f"is a feed of more than {FEED_BYTES_MAX} bytes")
        return
    headers = {"content-location": address} if address else {}
    feed = feedparser.parse(
        io.BytesIO(content), response_headers=headers
    )  # bytes alone might be taken for a path
    if not feed.entries and not feed.get("version"):
        trouble = getattr(feed.get("bozo_exception"), "getMessage", lambda: "it holds no items")()
        yield Broken(None, f"is no RSS or Atom feed: {trouble}")
        return
    for number, entry in enumerate(feed.entries, 1):
        yield Value(number, orjson.dumps(_record(entry, feed.feed)))
    if feed.bozo and hasattr(feed.bozo_exception, "getLineNumber"):
        broken = feed.bozo_exception
        yield Broken(broken.getLineNumber(), f"is broken XML, items may be missing: {broken.getMessage()}")


def _record(entry: dict[str, Any], feed: dict[str, Any]) -> dict[str, Any]:
    """Return an item without what feedparser says twice; as Atom has it, `source` describes the feed it is from."""
    record = {key: _plain(value) for key, value in entry.items() if not key.endswith("_detail")}
    if "source" not in record and feed.get("title"):
        record["source"] = {key: feed[key] for key in ("title", "link") if feed.get(key)}
    if "language" not in record and feed.get("language"):
        record["language"] = feed["language"]
    return record


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, struct_time):
        return list(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
