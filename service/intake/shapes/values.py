"""Read one value of a record as prose, a line, a name, an address or an identity, in whatever form it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from service.intake.urls import public_url

DEPTH_MAX: Final = 24
"""Maximum nesting of objects and lists that is followed inside one value."""

PARTS_MAX: Final = 20_000
"""Maximum number of parts that one text is put together from; `repairs` says where parts behind them are missing."""

VALUE_KEYS: Final = (
    "processed rendered value $t #text _ __text _text $text #cdata-section __cdata _cdata $cdata text html content "
    "plain raw nitf bodyHtml string stringValue S main basic default $oid $numberLong $numberInt long int "
    "integerValue N timestampValue"
).split()
"""Keys under which an object holds the one value it stands for, in order of preference: Drupal, WordPress, ninjs,
XML put into JSON, Avro, Firestore, DynamoDB, MongoDB."""

VALUE_RANKS: Final = {key: rank for rank, key in enumerate(VALUE_KEYS)}
"""Keys of a value with their places in that order."""

PART_KEYS: Final = (
    "summary headline title sections paragraphs blocks block root children nodes content body.content nitf html body "
    "articleBody text p data items".split()
)
"""Keys under which an object holds the parts of a text, in the order in which they are read."""

NO_PROSE_TYPES: Final = frozenset(
    "image picture photo video audio gallery embed custom_embed oembed oembed_response interstitial_link link_list "
    "related related_content story_card ad advertisement newsletter promo divider raw_html social tweet map chart "
    "table_of_contents iframe".split()
)
"""Types of blocks that hold no words of the story."""

INLINE_TYPES: Final = frozenset("text span link hyperlink".split())
"""Types of parts that stand in the middle of a sentence."""

PARAGRAPH_TYPES: Final = frozenset(
    "p paragraph block heading header h1 h2 h3 h4 h5 h6 quote blockquote pullquote".split()
)
"""Types of blocks that are one paragraph where their parts have no type of their own (Slate, Plate)."""

_LANGUAGE_KEY: Final = re.compile(r"[a-z]{2}(?:[-_][A-Z]{2})?", re.ASCII)

NAME_KEYS: Final = "name title displayName display_name label legalName site_name siteName domain".split()
ADDRESS_KEYS: Final = "href url @id link canonical permalink self value rendered #text _ $t string S".split()


class CutText(str):
    """A text of which parts were left out, because it has more than PARTS_MAX."""


def prose(value: Any) -> str:
    """Return the text that a value holds, its paragraphs with empty lines between them; "" where it holds none."""
    if isinstance(value, str):
        return value
    parts = _parts(value, DEPTH_MAX)
    text = "\n\n".join(part for part in islice(parts, PARTS_MAX) if part and not part.isspace())
    return text if next(parts, None) is None else CutText(text)


def _parts(value: Any, depth: int) -> Iterator[str]:
    """Yield the paragraphs of a value in order."""
    if isinstance(value, str):
        yield value
    elif depth == 0:
        return
    elif isinstance(value, list):
        yield from _parts_of_list(value, depth)
    elif isinstance(value, dict) and _kind_of(value) not in NO_PROSE_TYPES:
        holding = [key for key in value if key in VALUE_RANKS and isinstance(value[key], str)]
        if holding:
            yield value[min(holding, key=VALUE_RANKS.__getitem__)]
            return
        if (localised := _in_a_language(value)) is not None:
            yield from _parts(localised, depth - 1)
            return
        if _kind_of(value) in PARAGRAPH_TYPES and _has_bare_leaves(value.get("children")):
            yield "".join(part for item in value["children"] for part in _parts(item, depth - 1))
            return
        for key in PART_KEYS if value else ():
            if key in value:
                yield from _parts(value[key], depth - 1)


def _parts_of_list(items: list[Any], depth: int) -> Iterator[str]:
    version = best_version(items)
    if version is not None:
        yield from _parts(version, depth - 1)
    elif items and all(map(_is_inline, items)):
        yield "".join(part for item in items for part in _parts(item, depth - 1))
    else:
        for item in items:
            yield from _parts(item, depth - 1)


def _has_bare_leaves(items: Any) -> bool:
    """Return whether a list holds pieces of a sentence, some of them without a type."""
    return (
        isinstance(items, list)
        and all(isinstance(item, dict) and _kind_of(item) in ("", "a", *INLINE_TYPES) for item in items)
        and any("text" in item and not _kind_of(item) for item in items)
    )


def _in_a_language(value: dict[str, Any]) -> Any:
    """Return the first value of an object whose keys are nothing but language tags (Contentful), else None."""
    if not value or len(value) > 32 or not all(_LANGUAGE_KEY.fullmatch(key) for key in value):
        return None
    return None if value.keys() & {"p", "id"} else next(iter(value.values()))


def best_version(items: Sequence[Any]) -> Any | None:
    """Return the item to read where a list holds versions of one text (by role or by media type), else None."""
    if not items or not all(isinstance(item, dict) for item in items):
        return None
    if not any("role" in item or "/" in _media_type(item) for item in items):
        return None
    return min(items, key=_version_rank)


def _version_rank(item: Mapping[str, Any]) -> tuple[bool, bool]:
    return item.get("role") not in (None, "main", "body"), "html" not in _media_type(item)


def _media_type(item: Mapping[str, Any]) -> str:
    for key in ("contenttype", "contentType", "content_type", "type", "mimetype", "mime"):
        if isinstance(item.get(key), str):
            return str(item[key])
    return ""


def _kind_of(item: Mapping[str, Any]) -> str:
    kind = item.get("type", item.get("_type", item.get("nodeType")))
    return kind.lower() if isinstance(kind, str) else ""


def _is_inline(item: Any) -> bool:
    return isinstance(item, dict) and _kind_of(item) in INLINE_TYPES and "data" not in item


def paragraphs(value: Any) -> str:
    """Return a string, or a list of strings as paragraphs; "" for anything else."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else ""


def plain(value: Any) -> str | int | float | None:
    """Return the string or number that a value is or stands for, None where it is neither."""
    for _ in range(DEPTH_MAX):
        if isinstance(value, bool):
            return None
        if isinstance(value, str | int | float):
            return value
        if isinstance(value, list):
            version = best_version(value)
            value = version if version is not None else next(iter(value), None)
        elif isinstance(value, dict):
            found = next((value[key] for key in VALUE_KEYS if value.get(key) is not None), None)
            value = _in_a_language(value) if found is None else found
        else:
            return None
    return None


def line(value: Any) -> str:
    """Return a string, or a number written out; "" for anything else."""
    found = plain(value)
    return "" if found is None else str(found)


def name(value: Any) -> str:
    """Return the name in a value; "" where there is none, or where the value is a web address."""
    if isinstance(value, list):
        return next((found for item in value[:8] if (found := name(item))), "")
    if isinstance(value, dict):
        for key in NAME_KEYS:
            if isinstance(value.get(key), str) and value[key]:
                return name(value[key])
    found = line(value).strip()
    return "" if found.startswith(("http://", "https://")) else found


def address(value: Any) -> str | None:
    """Return the first web address in a value, fit to be published; None where there is none."""
    if isinstance(value, str):
        return public_url(value.strip())
    if isinstance(value, list):
        ordered = sorted(value[:16], key=_is_other_link)
        return next((found for item in ordered if (found := address(item))), None)
    if isinstance(value, dict):
        for key in ADDRESS_KEYS:
            if isinstance(value.get(key), str) and (found := public_url(value[key].strip())):
                return found
    return None


def _is_other_link(item: Any) -> bool:
    """Return whether a link leads to something else than the article: a picture, the feed, a comment page."""
    return isinstance(item, dict) and item.get("rel", "alternate") not in ("alternate", "canonical", "self")
