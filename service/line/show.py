"""A record for people and scripts: {"topic", "key", "headers", "value"}."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

import orjson

from service.line.records_out import Letter
from service.topics import ARTICLES_DEAD


def shown(letter: Letter) -> dict[str, Any]:
    """The letter as `copydesk process --json` prints it; for `orjson`, its values may be fragments."""
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
    """Headers as a map; of two with one name the last, which is ours."""
    return {name: shown_bytes(value) for name, value in headers}


def shown_json(value: bytes | None) -> Any:
    """A stranger's value: the JSON it holds, else as `shown_bytes`."""
    if value is None:
        return None
    try:
        return orjson.Fragment(orjson.dumps(orjson.loads(value)))
    except (ValueError, RecursionError):
        return shown_bytes(value)


def shown_bytes(value: bytes | None) -> Any:
    """Text where it is UTF-8, else {"base64": ...}."""
    if value is None:
        return None
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode()}
