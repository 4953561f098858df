"""What `articles.raw` accepts, as a JSON Schema: liberal, only a text is required.

Written by hand, for intake reads many spellings and there is no one record type behind them.
"""

from __future__ import annotations

from typing import Any, Final

SCHEMA_ID: Final = "urn:copydesk:raw:v1"

TEXT_FIELDS: Final = ("body", "text", "content")
"""Names of the text field; the first one that has a text counts."""


def _text(description: str) -> dict[str, Any]:
    return {"type": ["string", "null"], "description": description}


def raw_schema() -> dict[str, Any]:
    """Build the input contract. It allows unknown fields; small ones travel on in `extra`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "RawArticle",
        "description": "An article as feeders send it. Unknown fields are carried along in `extra` if they are small.",
        "type": "object",
        "properties": {
            "body": _text(
                "the text, plain or with the dirt of scraping; `text` and `content` are other spellings"
            ),
            "text": _text("the same, where there is no `body`"),
            "content": _text("the same, where there is neither `body` nor `text`"),
            "title": _text("headline"),
            "id": {
                "type": ["string", "number", "null"],
                "description": "the feeder's own id; a changed text under a known id is a revision. Missing: derived "
                "from the URL, else from the content",
            },
            "url": _text("where the article stands"),
            "source": {
                "type": ["string", "object", "null"],
                "properties": {"name": {"type": "string"}},
                "description": "who published it: a name, or an object with a name",
            },
            "published_at": {
                "type": ["string", "number", "null"],
                "description": "RFC 3339, RFC 2822, a bare date, or seconds or milliseconds since 1970",
            },
            "language": _text("BCP 47 tag"),
            "collection": _text(
                "tenant or language the article is compared within; must be configured. Missing: the default one"
            ),
        },
        "anyOf": [
            {"required": [field], "properties": {field: {"type": "string", "pattern": r"\S"}}}
            for field in TEXT_FIELDS
        ],
    }
