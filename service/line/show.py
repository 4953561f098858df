"""A record for people and scripts: {"topic", "key", "headers", "value"}."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

import orjson

from service.line.records_out import Letter
from service.topics import ARTICLES_DEAD


def shown(letter: Letter) -> dict[str, Any]:
    """Show the letter as `copydesk process --json` prints it; its values may be fragments of `orjson`."""
    return {
        "topic": letter.topic,
        "key": shown_bytes(letter.key),
        "headers": shown_headers(letter.headers),
        "value": _value(letter),
    }


def _value(letter: Letter) -> Any:
    if letter.value is None or letter.topic == ARTICLES_DEAD:
        return shown_json(letter.value)
    return orjson.Fragment(letter.value)  # ours: it is JSON already


def shown_headers(headers: Iterable[tuple[str, bytes]]) -> dict[str, Any]:
    """Map names of headers to their values; of two headers with one name the last counts, which is ours."""
    return {name: shown_bytes(value) for name, value in headers}


def shown_json(value: bytes | None) -> Any:
    """Show a value that may be JSON: the JSON it holds, or else as `shown_bytes` does."""
    if value is None:
        return None
    try:
        return orjson.Fragment(orjson.dumps(orjson.loads(value)))
    except (ValueError, RecursionError):
        return shown_bytes(value)


def shown_bytes(value: bytes | None) -> Any:
    """Show bytes as text if they are UTF-8, or else as {"base64": ...}."""
    if value is None:
        return None
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode()}
