"""The page of an article has its text with marks, who says what, revisions and copies."""

from __future__ import annotations

import re
from html import unescape

from sqlalchemy import Engine

from tests.desk.kit import ARABIC, FERRY, JSON, MILL, REPRINT, REVISED, asked, desk, fill, page

TAG = re.compile(r"<[^>]*>")


async def test_claims_copies_and_revisions_stand_beside_the_text(engine: Engine) -> None:
    fill(engine, FERRY, MILL, REVISED, REPRINT)
    async with desk(engine) as client:
        found = await asked(client, "/article", collection="default", id="ferry")
        assert found["text"] == REVISED["body"]
        assert [(one["revision"], one["title"]) for one in found["revisions"]] == [(1, FERRY["title"])]
        assert found["claims"][0]["speaker"]["name"] == "Piet Marram"
        text = await page(client, "/article", collection="default", id="ferry")
        assert '<span class="quote">&#34;Nobody wanted to pay for a new hull,&#34;</span>' in text
        assert "Revision 1" in text


async def test_copies_say_where_they_stood(engine: Engine) -> None:
    fill(engine, FERRY, REPRINT)
    async with desk(engine) as client:
        (copy,) = (await asked(client, "/article", collection="default", id="ferry"))["copies"]
        assert (copy["source"], copy["relation"], copy["url"]) == ("Lunde Post", "exact", REPRINT["url"])
        assert 'href="https://lunde.example/1"' in await page(
            client, "/article", collection="default", id="ferry"
        )


async def test_marks_leave_the_text_as_it_is(engine: Engine) -> None:
    fill(engine, FERRY, ARABIC)
    async with desk(engine) as client:
        for article in (FERRY, ARABIC):
            html = await page(client, "/article", collection="default", id=article["id"])
            body = html[html.index('<div class="text"') :]
            body = body[: body.index("</div>")]
            plain = unescape(TAG.sub("", re.sub(r"<sup>.*?</sup>", "", body)))
            assert plain == article["body"]


async def test_an_article_that_is_not_there_is_not_found(engine: Engine) -> None:
    async with desk(engine) as client:
        for headers in (JSON, {}):
            async with client.get("/article?collection=x&id=y", headers=headers) as answer:
                assert answer.status == 404
        async with client.get("/article?collection=x", headers=JSON) as answer:
            assert answer.status == 400
            assert "id=" in (await answer.json())["error"]


async def test_an_article_without_a_date_shows_when_it_was_fed(engine: Engine) -> None:
    fill(engine, {**FERRY, "published_at": None})
    async with desk(engine) as client:
        for path, parameters in (("/", {}), ("/article", {"collection": "default", "id": "ferry"})):
            assert "<span>fed <time" in await page(client, path, **parameters), path
