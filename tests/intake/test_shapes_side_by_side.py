"""Records in which two things might be the text, the article or its id: the one that a person would name is read."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from service.intake.article import read_article
from service.pipeline.in_memory import raw_record
from service.records import Article, Reason, Rejected
from service.settings import IntakeSettings

TEXT = "The ferry to Corran stays in harbour on Thursday, the port office said."
MORE = "A shaft was found to be cracked, and no bus runs to the quay."
URL = "https://skerrypost.example/ferry"
TIME = "2025-05-05T14:05:00Z"
ARTICLE = {"id": "n-7", "title": "Ferry", "text": TEXT, "url": URL}


def read(value: Any) -> Article:
    settings = IntakeSettings(collections=("default", "tenant-b"))
    return read_article(raw_record(1, json.dumps(value).encode()), settings)


def test_the_collection_of_a_record_is_that_of_its_text() -> None:
    body = {"text": TEXT, "lang": "en", "published": "2025-05-05", "collection": "tenant-b"}
    found = read({"id": "n-7", "title": "Ferry", "source": "P", "collection": "default", "body": body})
    assert (found.collection, found.language) == ("default", "en")


@pytest.mark.parametrize("inside", [{"status": "published"}, {"pubstatus": "usable"}])
@pytest.mark.parametrize("outside", [{"status": "killed"}, {"pubstatus": "canceled"}])
def test_the_status_of_a_record_is_that_of_its_text(inside: Any, outside: Any) -> None:
    content = {"title": "Ferry", "html": TEXT, "url": URL, **inside}
    found = read({"id": "n-7", **outside, "content": content})
    assert (found.status, found.notice, found.title) == ("canceled", "withdrawal", "Ferry")
    found = read({**outside, "document": {"id": "n-7", "content": content}})
    assert (found.article_id, found.notice) == ("n-7", "withdrawal")


@pytest.mark.parametrize("inside", [{"id": "b-1"}, {"_id": "b-1"}, {"altids": {"itemid": "b-1"}}])
def test_the_id_of_a_record_is_that_of_its_text(inside: Any) -> None:
    body = {**inside, "text": TEXT, "date": TIME, "lang": "en"}
    found = read({"id": "n-7", "headline": "Ferry", "body": body})
    assert (found.article_id, found.published_at) == ("n-7", TIME)


@pytest.mark.parametrize(
    "record",
    [
        {"properties": {"delivery_mode": 2}, "payload": ARTICLE},
        {"properties": {"delivery_mode": 2}, "payload": json.dumps(ARTICLE)},
        {"properties": {"priority": 1}, "event": ARTICLE},
        {"fields": {"env": "prod"}, "payload": ARTICLE},
        {"record": {"no": 1}, "document": ARTICLE},
        {"elements": {"count": 1}, "story": ARTICLE},
        {"data": {"text": TEXT}, "fields": {"a": 1}},
        {"record": ARTICLE, "event": {"no": 1}},
        {"uri": "n-7", "url": URL, "record": {"text": TEXT, "title": "Ferry"}},
    ],
)
def test_what_stands_around_an_article_is_not_taken_for_it(record: Any) -> None:
    assert read(record).text == TEXT


@pytest.mark.parametrize("key", ["page_id", "pageId", "page-id", "pageid"])
def test_the_number_of_a_page_is_no_id(key: str) -> None:
    article = {"url": URL, "title": "Ferry", "text": TEXT}
    assert read({**article, key: 3}).article_id == read(article).article_id


@pytest.mark.parametrize(
    "value",
    [
        {"markup": "html", "content": TEXT},
        {"markup": "html", "paragraphs": [TEXT]},
        {"#": "1", "text": TEXT},
        {"*": "1", "html": TEXT},
        {"markup": TEXT, "blocks": []},
    ],
)
def test_what_tells_of_a_text_is_not_taken_for_it(value: Any) -> None:
    assert read({"body": value}).text == TEXT


def test_a_list_with_numbers_for_keys_is_not_read_in_part() -> None:
    with pytest.raises(Rejected):
        read({"text": {"0": TEXT, "1": MORE}})


def test_the_name_of_an_encoding_is_no_text() -> None:
    assert read({"encoded": "utf-8", "content": TEXT}).text == TEXT
    assert read({"encoded": "utf-8", "payload": ARTICLE}).text == TEXT
    assert read({"encoded": [f"<p>{TEXT}</p>", MORE]}).text == TEXT


def test_the_components_of_a_page_are_no_text_but_those_of_a_story_are() -> None:
    menu = [{"name": "header", "text": "Menu"}]
    assert read({"components": menu, "texto": TEXT}).text == TEXT
    assert read({"components": menu, "payload": ARTICLE}).text == TEXT
    assert (
        read({"components": [{"role": "title", "text": "Ferry"}, {"role": "body", "text": TEXT}]}).text
        == TEXT
    )


def test_roles_count_among_components_only() -> None:
    assert read({"text": {"role": "author", "content": TEXT}}).text == TEXT
    german = "Die Fähre nach Corran bleibt am Donnerstag im Hafen."
    versions = [{"role": "body", "lang": "en", "text": TEXT}, {"role": "body", "lang": "de", "text": german}]
    assert read({"body": versions}).text == TEXT


@pytest.mark.parametrize("kind", ["text/plain", "text/x-json", "text/json"])
def test_an_object_sent_as_plain_text_is_an_article(kind: str) -> None:
    packed = base64.b64encode(json.dumps(ARTICLE).encode()).decode()
    event = {"specversion": "1.0", "id": "e-1", "source": "/cms", "type": "note", "datacontenttype": kind}
    found = read({**event, "data_base64": packed})
    assert (found.article_id, found.title, found.text) == ("n-7", "Ferry", TEXT)
    assert read({**event, "data": json.dumps(ARTICLE)}).article_id == "n-7"


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("text/plain", "utf-8"),
        ("text/plain; charset=ISO-8859-1", "latin-1"),
        ('text/html; charset="windows-1252"', "cp1252"),
    ],
)
def test_text_in_an_event_is_read_in_the_charset_that_it_names(kind: str, charset: str) -> None:
    text = "The café at the lock stays shut until Thursday, the harbour office said."
    event = {"specversion": "1.0", "id": "e-1", "source": "/cms", "type": "note", "datacontenttype": kind}
    assert read({**event, "data_base64": base64.b64encode(text.encode(charset)).decode()}).text == text


@pytest.mark.parametrize(
    "kind", ["text/plain", "text/plain; charset=x-unknown", "text/plain; charset=punycode"]
)
def test_text_in_an_event_that_is_none_in_its_charset_is_refused(kind: str) -> None:
    event = {"specversion": "1.0", "id": "e-1", "source": "/cms", "type": "note", "datacontenttype": kind}
    with pytest.raises(Rejected, match="data_base64 is no text in") as refused:
        read({**event, "data_base64": base64.b64encode("The café".encode("latin-1")).decode()})
    assert refused.value.reason is Reason.INVALID_UTF8


@pytest.mark.parametrize(
    "record",
    [
        {"comment": {"id": 1, "text": "Nice."}},
        {"heartbeat": {"text": "alive"}},
        {"order": {"id": 7, "status": "canceled"}},
    ],
)
def test_an_object_that_tells_nothing_of_an_article_is_none(record: Any) -> None:
    with pytest.raises(Rejected):
        read(record)


@pytest.mark.parametrize("told", [{"title": "Ferry"}, {"url": URL}, {"date": TIME}])
def test_an_object_of_any_name_is_an_article_where_it_tells_so(told: Any) -> None:
    assert read({"flash": {"id": "n-7", "text": TEXT, **told}}).article_id == "n-7"
