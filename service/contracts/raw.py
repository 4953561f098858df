"""What `articles.raw` accepts, as a JSON Schema: liberal, only a text is required.

Intake reads many shapes (docs/feeding.md) and there is no one record type behind them: the schema describes the fields
of Copydesk's own shape, and asks for a text under one of the names of service/intake/shapes/paths.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from service.intake.shapes.paths import PATHS, Field
from service.intake.shapes.wrappers import PLAIN_WRAPPERS, WRAPPERS

SCHEMA_ID: Final = "urn:copydesk:raw:v1"


def _text_names() -> Iterator[str]:
    """Yield the keys that may hold a text, as the table spells them and in camel case and snake case."""
    for _, line in PATHS[Field.TEXT]:
        for path in line.split():
            if "." not in path:
                yield path
                yield re.sub(r"_([a-z])", lambda match: match[1].upper(), path)
                yield re.sub(r"(?<=[a-z])([A-Z])", lambda match: f"_{match[1].lower()}", path)


def _wrapping_names() -> set[str]:
    nested = {path.split(".")[0] for _, line in PATHS[Field.TEXT] for path in line.split() if "." in path}
    return nested | {wrapper.inside for wrapper in (*WRAPPERS, *PLAIN_WRAPPERS)}


def _with_a_text() -> list[dict[str, Any]]:
    text: dict[str, Any] = {
        "anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["array", "object"], "minItems": 1}]
    }
    names = [(name, text) for name in sorted(set(_text_names()))]
    names += [(name, {"type": "object"}) for name in sorted(_wrapping_names())]
    return [{"required": [name], "properties": {name: kind}} for name, kind in names]


def _held(description: str, *also: str) -> dict[str, Any]:
    return {"type": ["string", *also, "null"], "description": description}


def raw_schema() -> dict[str, Any]:
    """Build the input contract. It allows unknown fields; small ones travel on in `extra`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "RawArticle",
        "description": "An article as feeders send it, or a list of articles. Other shapes are read too "
        "(docs/feeding.md). Unknown fields are carried along in `extra` if they are small.",
        "anyOf": [_article(), {"type": "array", "minItems": 1, "items": _article()}],
    }


def _article() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "body": _held(
                "the text: a string, plain, HTML or Markdown; a list of paragraphs; an object around one of them",
                "array",
                "object",
            ),
            "text": _held("the same, where there is no `body`", "array", "object"),
            "content": _held("the same, where there is neither `body` nor `text`", "array", "object"),
            "title": _held("headline", "number", "array", "object"),
            "id": _held(
                "the feeder's own id; a changed text under a known id is a revision. Missing: the record's key, else "
                "derived from the address, else from the text",
                "number",
                "array",
                "object",
            ),
            "url": _held("where the article stands", "array", "object"),
            "source": _held("who published it: a name, or an object with a name", "array", "object"),
            "published_at": _held(
                "RFC 3339, RFC 2822 or another form of docs/feeding.md, or seconds or milliseconds since 1970",
                "number",
                "array",
                "object",
            ),
            "language": _held("BCP 47 tag, ISO 639 code or English name of a language", "array", "object"),
            "pubstatus": _held("usable, withheld or canceled"),
            "collection": _held(
                "tenant or language the article is compared within; must be configured. Missing: the default one",
                "integer",
            ),
        },
        "anyOf": _with_a_text(),
    }
