"""Articles whose fields are spread over several objects of a record, or that stand inside objects of any name."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from service.intake.article import read_article
from service.pipeline.in_memory import raw_record
from service.records import Article
from service.settings import IntakeSettings

TEXT = "The ferry to Corran stays in harbour on Thursday, the port office said."
MORE = "A shaft was found to be cracked, and no bus runs to the quay."
URL = "https://skerrypost.example/ferry"
TIME = "2025-05-05T14:05:00Z"


def read(value: Any, key: bytes | None = None) -> Article:
    return read_article(raw_record(1, json.dumps(value).encode(), key=key), IntakeSettings())


@pytest.mark.parametrize(
    "record",
    [
        {"news_id": "n-7", "url": URL, "content": {"title": "Ferry", "publish_date": TIME, "html": TEXT, "text": TEXT}},
        {"document": {"id": "n-7", "url": URL, "published_date": TIME, "content": {"title": "Ferry", "body": TEXT}}},
        {"id": "n-7", "fields": {"title": "Ferry", "body": TEXT, "url": URL, "date": {"original": TIME}, "lang": "en"}},
        {"_index": "a", "_id": "n-7", "fields": {"title": ["Ferry"], "body": [TEXT], "url": [URL], "date": [TIME]}},
        {"data": {"id": "n-7", "title": "Ferry", "body": TEXT, "url": URL, "published": TIME}, "meta": {"next": None}},
        {"uri": "n-7", "record": {"text": TEXT, "title": "Ferry", "createdAt": TIME, "url": URL}},
        {"id": "n-7", "createDate": TIME, "name": "Ferry", "url": URL, "properties": {"bodyText": {"markup": TEXT}}},
    ],
)  # fmt: skip
def test_fields_around_the_text_and_above_it_are_read_together(record: Any) -> None:
    found = read(record)
    assert found.text == TEXT
    assert (found.article_id, found.title, found.url, found.published_at) == ("n-7", "Ferry", URL, TIME)


def test_the_objects_of_a_text_are_no_fields_of_the_article() -> None:
    body = {
        "time": 1746453900000,
        "blocks": [{"type": "paragraph", "data": {"text": TEXT}}],
        "version": "2.1",
    }
    assert read({"title": "Ferry", "body": body}).published_at is None


@pytest.mark.parametrize(
    "record",
    [
        {"response": {"status": "ok", "content": {"title": "Ferry", "body": TEXT}}},
        {"query": {"pages": {"9123456": {"title": "Ferry", "text": {"*": TEXT}}}}},
        {
            "list": {
                "story": [{"title": {"$text": "Ferry"}, "text": {"paragraph": [{"num": "1", "$text": TEXT}]}}]
            }
        },
        {"Article": {"Title": "Ferry", "Body": TEXT}, "Status": "ok"},
    ],
)
def test_an_article_alone_in_its_record_is_found_under_any_name(record: Any) -> None:
    found = read(record)
    assert (found.text, found.title) == (TEXT, "Ferry")


def test_components_of_a_text_are_its_parts_and_no_versions() -> None:
    parts = [
        ("title", "Ferry"),
        ("byline", "By Oda Tamm"),
        ("body", TEXT),
        ("caption", "A quay."),
        ("body", MORE),
    ]
    components = [{"role": role, "text": text} for role, text in parts]
    assert read({"title": "Ferry", "components": components}).text == f"{TEXT}\n\n{MORE}"


def test_an_event_may_be_the_text_itself() -> None:
    event = {
        "specversion": "1.0",
        "id": "e-1",
        "source": "/cms",
        "type": "note",
        "datacontenttype": "text/html",
    }
    html = f"<p>{TEXT}</p><p>{MORE}</p>"
    assert read({**event, "data": html}).text == f"{TEXT}\n\n{MORE}"
    packed = base64.b64encode(html.encode()).decode()
    assert read({**event, "data_base64": packed}).text == f"{TEXT}\n\n{MORE}"


@pytest.mark.parametrize(
    "what", ["https://social.example/1", {"id": "https://social.example/1", "type": "Tombstone"}]
)
def test_a_post_that_is_gone_withdraws_its_article(what: Any) -> None:
    post = {"id": "https://social.example/1", "type": "Note", "content": TEXT}
    gone = read({"id": "https://social.example/1#delete", "type": "Delete", "actor": "a", "object": what})
    assert gone.notice == "withdrawal"
    assert gone.article_id == read(post).article_id


@pytest.mark.parametrize("empty", ["<p></p>", "<div>&nbsp;<br/></div>\n", [], {}])
def test_an_editor_left_empty_is_no_text(empty: Any) -> None:
    assert read({"body": empty, "content": TEXT}).text == TEXT
