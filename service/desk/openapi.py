"""The OpenAPI document: made from the table of pages and the structs that answer them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from service import __version__
from service.desk.formats import TYPES
from service.desk.pages import Page

_ERROR = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}


def document(pages: Iterable[Page]) -> dict[str, Any]:
    """Describe every page's JSON twin."""
    listed = list(pages)
    kinds, schemas = msgspec.json.schema_components(
        [page.kind for page in listed], ref_template="#/components/schemas/{name}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Copydesk desk",
            "version": __version__,
            "description": "What the pages show, in JSON: send `Accept: application/json`. Lists also come as CSV, the "
            "river as an Atom feed. Read only.",
        },
        "paths": {page.path: {"get": _get(page, kind)} for page, kind in zip(listed, kinds, strict=True)},
        "components": {"schemas": {**schemas, "Trouble": _ERROR}},
    }


def _get(page: Page, kind: dict[str, Any]) -> dict[str, Any]:
    trouble = _json({"$ref": "#/components/schemas/Trouble"})
    return {
        "summary": page.summary,
        "parameters": [
            {
                "name": name,
                "in": "query",
                "description": meaning,
                "required": name in page.required,
                "schema": {"type": "string"},
            }
            for name, meaning in {**page.parameters, **_format(page)}.items()
        ],
        "responses": {
            "200": {"description": "the answer", "content": _json(kind) | _others(page)},
            "400": {"description": "a parameter cannot be read", "content": trouble},
            "404": {"description": "it is not in the store", "content": trouble},
            "503": {"description": "the store did not answer", "content": trouble},
        },
    }


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _format(page: Page) -> dict[str, str]:
    names = ", ".join(("html", "json", *page.forms))
    return {"format": f"{names}; without it the header Accept decides"}


def _others(page: Page) -> dict[str, Any]:
    return {TYPES[form]: {"schema": {"type": "string"}} for form in page.forms}
