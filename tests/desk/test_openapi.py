"""The OpenAPI document is true: every page's answer fits the schema it names."""

from __future__ import annotations

from typing import Any

import jsonschema
from sqlalchemy import Engine

from service.desk.pages import PAGES
from tests.desk.kit import FERRY, MILL, REPRINT, UPDATE, asked, desk, fill
from tests.store.pier import PIER

NEEDED = {
    "/article": {"collection": "default", "id": "ferry"},
    "/why": {"collection": "default", "first": "ferry", "second": "ferry-2"},
    "/speaker": {"name": "Ines Tallow"},
}


async def test_every_answer_fits_its_schema(engine: Engine) -> None:
    fill(engine, FERRY, UPDATE, MILL, REPRINT, *PIER, b"{")
    async with desk(engine) as client:
        threads = (await asked(client, "/threads", disputed="yes"))["threads"]
        stories = (await asked(client, "/stories"))["stories"]
        needed = NEEDED | {
            "/thread": {"collection": "default", "id": threads[0]["thread_id"]},
            "/story": {"collection": "default", "id": stories[0]["story_id"]},
        }
        document: dict[str, Any] = await asked(client, "/openapi.json")
        assert set(document["paths"]) == {page.path for page in PAGES}
        for page in PAGES:
            get = document["paths"][page.path]["get"]
            required = {one["name"] for one in get["parameters"] if one["required"]}
            assert required <= set(needed.get(page.path, {}))
            answer = await asked(client, page.path, **needed.get(page.path, {}))
            schema = get["responses"]["200"]["content"]["application/json"]["schema"]
            jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(answer)
            assert answer
