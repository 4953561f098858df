"""The answer of a news API is a page of articles: each of them is a record of its own."""

from __future__ import annotations

from typing import Any, Final

import msgspec

KEYS: Final = "articles results docs stories posts items hits entries news data response".split()
"""Keys under which a page has its articles, or an object that has them, in order of preference."""

OWN_KEYS: Final = frozenset(
    "id guid _id uuid uri headline body text content articleBody body_html body_xhtml html maintext".split()
)
"""Keys that an article has and a page of articles has not."""

DEPTH_MAX: Final = 3
"""Maximum number of keys on the way to the articles."""


def articles_in_page(page: dict[str, Any], content: bytes) -> list[bytes] | None:
    """Return the articles of a page, each in its own bytes; None where an object is no page.

    >>> articles_in_page({"total": 1, "articles": [{"url": "u"}]}, b'{"total":1,"articles":[{"url":"u"}]}')
    [b'{"url":"u"}']
    """
    path = _path_to_articles(page)
    if not path:
        return None
    raw = msgspec.Raw(content)
    for key in path:
        raw = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])[key]
    return [bytes(item) for item in msgspec.json.decode(raw, type=list[msgspec.Raw])]


def _path_to_articles(value: Any) -> list[str]:
    """Return the keys that lead to the articles, none where there are none."""
    path: list[str] = []
    for _ in range(DEPTH_MAX):
        if not isinstance(value, dict) or not OWN_KEYS.isdisjoint(value):
            return []
        key = next((key for key in KEYS if _holds_articles(value.get(key))), None)
        if key is None:
            return []
        path.append(key)
        value = value[key]
        if isinstance(value, list):
            return path
    return []


def _holds_articles(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, dict) for item in value)
    return isinstance(value, dict) and any(key in value for key in KEYS)
