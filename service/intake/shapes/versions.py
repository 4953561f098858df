"""Tell lists of versions of one text, of which one is read, from lists of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

_LANGUAGE_KEYS: Final = (
    "lang",
    "language",
    "locale",
    "language_code",
    "languageCode",
    "xml:lang",
    "@xml:lang",
)
_TEXT_TYPES: Final = ("text/", "application/")
_MEDIA_TYPES: Final = ("image/", "video/", "audio/")


def best_version(items: Sequence[Any]) -> Any | None:
    """Return the item to read where a list holds versions of one text (by role or by media type), else None."""
    if not items or not all(isinstance(item, dict) for item in items):
        return None
    items = [item for item in items if not is_media(item)] or items
    has_types = all(_media_type(item).startswith(_TEXT_TYPES) for item in items)
    if not has_types and not any(item.get("role") for item in items):
        return None
    best = min(items, key=_version_rank)
    kinds = len(set(map(_version_of, items)))
    is_beside = _version_rank(best)[0]  # no item is the text itself
    if are_components(items) or (len(items) > kinds and (kinds == 1 or is_beside)):
        return None  # parts, not versions
    return best


def is_media(item: Any) -> bool:
    """Return whether an item of a list is a picture, a video or a recording."""
    return isinstance(item, dict) and _media_type(item).startswith(_MEDIA_TYPES)


def _version_of(item: Mapping[str, Any]) -> str:
    """Return what tells a version from the others: role, media type and language."""
    return repr([item.get("role"), _media_type(item), *(item.get(key) for key in _LANGUAGE_KEYS)])


def are_components(items: Sequence[Any]) -> bool:
    """Return whether a list holds the components of Apple News: several bodies that are no translations."""
    bodies = [item for item in items if isinstance(item, dict) and item.get("role") == "body"]
    return len(bodies) > 1 and not any(key in item for item in bodies for key in _LANGUAGE_KEYS)


def _version_rank(item: Mapping[str, Any]) -> tuple[bool, bool]:
    return item.get("role") not in (None, "main", "body"), "html" not in _media_type(item)


def _media_type(item: Mapping[str, Any]) -> str:
    for key in ("contenttype", "contentType", "content_type", "type", "mimetype", "mime"):
        if isinstance(item.get(key), str):
            return str(item[key])
    return ""
