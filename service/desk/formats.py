"""Choose in which form a page answers: HTML to a reader, JSON, CSV or Atom to a program."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from aiohttp import web

from service.desk.csv_lists import row_kind, to_csv
from service.desk.pages import Page
from service.desk.questions import BadQuestion
from service.desk.templating import address

HTML: Final = "html"
JSON: Final = "json"
CSV: Final = "csv"
ATOM: Final = "atom"

TYPES: Final = {
    HTML: "text/html",
    JSON: "application/json",
    CSV: "text/csv",
    ATOM: "application/atom+xml",
}
NAMES: Final = uuid.UUID("6f1c3a52-6f0e-4f39-9a55-0e5c6a0c7d11")
"""Namespace of the ids in our feeds; changed, every article would be new to every subscriber."""


def form_of(request: web.Request, page: Page) -> str:
    """Return the form that `format` names or that the header Accept asks for. Raises BadQuestion."""
    offered = {HTML, JSON, *page.forms}
    if named := request.query.get("format", ""):
        if named not in offered:
            raise BadQuestion(f"format must be one of {', '.join(sorted(offered))}")
        return named
    accepted = request.headers.get("Accept", "")
    asked = (form for form in (HTML, JSON, CSV, ATOM) if form in offered and TYPES[form] in accepted)
    return next(asked, HTML)


def json_answer(answer: Any, status: int = 200) -> web.Response:
    """Write an answer as JSON."""
    return _response(msgspec.json.encode(answer), JSON, status=status)


def csv_answer(page: Page, answer: Any, parameters: Mapping[str, str]) -> web.Response:
    """Write the list of an answer as CSV; the header Link says where the next page is."""
    text = to_csv(getattr(answer, page.listed), row_kind(page.kind, page.listed))
    response = _response(text.encode(), CSV)
    if following := getattr(answer, "next", None):
        target = address(page.path, **{**parameters, "format": CSV, "cursor": following})
        response.headers["Link"] = f'<{target}>; rel="next"'
    name = page.path.strip("/") or "articles"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def atom_answer(text: str) -> web.Response:
    """Answer with a feed."""
    return _response(text.encode(), ATOM)


def feed_id(*parts: str) -> str:
    """Make the id of a feed or an entry: the same for the same parts, whatever the address of the desk."""
    return uuid.uuid5(NAMES, "\n".join(parts)).urn


def own_address(request: web.Request) -> str:
    """Return how the reader reached us, through a proxy with TLS, too; addresses in a feed stand behind it."""
    scheme = request.headers.get("X-Forwarded-Proto", "")
    return f"{scheme if scheme in ('http', 'https') else request.scheme}://{request.host}"


def _response(body: bytes, form: str, *, status: int = 200) -> web.Response:
    charset = None if form == JSON else "utf-8"
    return web.Response(
        body=body, status=status, content_type=TYPES[form], charset=charset, headers={"Vary": "Accept"}
    )
