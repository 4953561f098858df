"""Values in the forms that sources give them, and wrappings around an article."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from service.intake.arrays import records_in
from service.intake.article import read_record
from service.intake.identity import ID_FROM_TEXT
from service.intake.raw_fields import NOT_CARRIED
from service.intake.shapes.deletions import ENVELOPE
from service.intake.shapes.paths import Field
from service.intake.shapes.table import own_path
from service.pipeline.in_memory import raw_record
from service.records import Article, Reason, Rejected
from service.settings import IntakeSettings, SettingsError, load_settings

LEAD = "The ferry to Corran stays in harbour on Thursday, the port office said."
QUOTE = '"The shaft is cracked," harbour master Oda Tamm said.'
BOTH = f"{LEAD}\n\n{QUOTE}"
URL = "https://skerrypost.example/ferry"


def read(value: Any, key: bytes | None = None, **settings: Any) -> Article:
    return read_record(raw_record(1, json.dumps(value).encode(), key=key), IntakeSettings(**settings)).article


def refusal(value: Any, **settings: Any) -> Rejected:
    with pytest.raises(Rejected) as caught:
        read(value, **settings)
    return caught.value


@pytest.mark.parametrize(
    "body",
    [
        [LEAD, QUOTE],
        {"value": BOTH, "format": "plain"},
        [{"value": f"<p>{LEAD}</p><p>{QUOTE}</p>", "format": "html", "summary": "Short."}],
        {"rendered": f"<p>{LEAD}</p><p>{QUOTE}</p>"},
        {"$t": BOTH},
        [{"contenttype": "text/plain", "value": "x"}, {"contenttype": "text/html", "value": f"<p>{LEAD}</p>{QUOTE}"}],
        [{"role": "caption", "value": "A ferry."}, {"role": "main", "value": BOTH}],
        [{"type": "text", "content": LEAD}, {"type": "image", "text": "A."}, {"type": "header", "content": QUOTE}],
        {"summary": [LEAD], "sections": [{"headline": [], "paragraphs": [QUOTE]}]},
        {"blocks": [{"type": "paragraph", "data": {"text": LEAD}}, {"type": "paragraph", "data": {"text": QUOTE}}]},
        [
            {"_type": "block", "children": [{"_type": "span", "text": LEAD[:9]}, {"_type": "span", "text": LEAD[9:]}]},
            {"_type": "block", "children": [{"_type": "span", "text": QUOTE}]},
        ],
        {
            "nodeType": "document",
            "content": [
                {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": LEAD}]},
                {"nodeType": "embedded-asset-block", "data": {}},
                {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": QUOTE}]},
            ],
        },
    ],
)  # fmt: skip
def test_a_text_is_read_in_every_form(body: Any) -> None:
    assert read({"body": body}).text == BOTH


@pytest.mark.parametrize(
    "spelling", ["articleBody", "ArticleBody", "article_body", "ARTICLE-BODY", "Article Body"]
)
def test_keys_are_compared_without_case_and_marks(spelling: str) -> None:
    assert read({spelling: BOTH}).text == BOTH


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"source": {"id": None, "name": "Skerry Post"}}, "Skerry Post"),
        ({"source": {"uri": "skerrypost.example", "title": "Skerry Post"}}, "Skerry Post"),
        ({"provider": [{"_type": "Organization", "name": "Skerry Post"}]}, "Skerry Post"),
        ({"publisher": {"@type": "Organization", "name": "Skerry Post"}}, "Skerry Post"),
        ({"source": "https://skerrypost.example/a", "hostname": "skerrypost.example"}, "skerrypost.example"),
        ({"source": "https://skerrypost.example/a"}, None),
        ({"source": {"Id": "S1", "Name": "Skerry Post"}}, "Skerry Post"),
        ({"source": 7, "feed": {"id": 7, "title": "Skerry Post"}}, "Skerry Post"),
        ({"publisher": {"type": "Organization", "properties": {"name": "Skerry Post"}}}, "Skerry Post"),
        ({"source.id": None, "source.name": "Skerry Post"}, "Skerry Post"),
    ],
)
def test_a_source_is_a_name_and_no_address(fields: dict[str, Any], wanted: str | None) -> None:
    assert read({"body": BOTH, **fields}).source == wanted


@pytest.mark.parametrize(
    "fields",
    [
        {"link": URL},
        {
            "links": [
                {"rel": "enclosure", "href": "https://skerrypost.example/a.mp3"},
                {"rel": "alternate", "href": URL},
            ]
        },
        {"links": {"permalink": URL}},
        {"link": [{"@rel": "self", "@href": f"{URL}.xml"}, {"@rel": "alternate", "@href": URL}]},
        {"link": [{"$": {"rel": "replies", "href": f"{URL}/r"}}, {"$": {"rel": "alternate", "href": URL}}]},
        {"url": {"stringValue": URL}},
        {"link": "https://feeds.example/x", "feedburner:origLink": URL},
        {"mainEntityOfPage": {"@type": "WebPage", "@id": URL}},
        {"source": URL},
        {"guid": URL},
        {"url": "", "web_url": URL},
        {"url": "ferry.html", "canonical_link": URL},
    ],
)
def test_an_address_is_found_where_sources_put_it(fields: dict[str, Any]) -> None:
    assert read({"body": BOTH, **fields}).url == URL


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("eng", "en"),
        ("English", "en"),
        ("de-AT", "de-AT"),
        ("pt_BR", "pt-BR"),
        (["fr"], "fr"),
        ([{"value": "tr"}], "tr"),
        ("eng_Latn", "en-Latn"),
        ({"title": "English", "token": "en"}, "en"),
        ({"@type": "Language", "name": "French"}, "fr"),
    ],
)
def test_a_language_becomes_a_tag(written: Any, tag: str) -> None:
    assert read({"body": BOTH, "lang": written}).language == tag


def test_a_status_is_read_and_stays_in_extra_as_it_was_fed() -> None:
    for written, status in (
        ("usable", "usable"),
        ("stat:canceled", "canceled"),
        ("draft", "withheld"),
        ("ok", None),
    ):
        article = read({"body": BOTH, "pubstatus": written})
        assert (article.status, article.extra) == (status, {"pubstatus": written})


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"guid": "sp-1", "uri": "urn:x:2"}, "sp-1"),
        ({"guid": {"#text": "sp-1", "isPermaLink": "false"}}, "sp-1"),
        ({"_id": {"$oid": "65c4a1"}}, "65c4a1"),
        ({"id": {"$numberLong": "123456"}}, "123456"),
        ({"id": 5521.0}, "5521"),
        ({"uuid": "8c1e", "nid": [{"value": 55}]}, "8c1e"),
        ({"id": URL}, URL),
    ],
)
def test_an_id_is_found_under_many_names(fields: dict[str, Any], wanted: str) -> None:
    assert read({"body": BOTH, **fields}).article_id == wanted


def test_an_address_under_another_name_than_id_stands_for_the_page() -> None:
    assert (
        read({"body": BOTH, "guid": URL + "?utm_source=rss"}).article_id
        == read({"body": BOTH, "url": URL}).article_id
    )


def test_small_numbers_are_ids_of_their_source_only() -> None:
    one = {"id": 17, "body": BOTH}
    assert read({**one, "source": "Skerry Post"}).article_id == "Skerry Post#17"
    assert read({**one, "url": URL}).article_id == "skerrypost.example#17"
    assert read(one).article_id == "17"
    assert read({**one, "id": 55_210, "source": "Skerry Post"}).article_id == "55210"
    assert (
        read({**one, "id": 55_210, "source": "Skerry Post"}, local_ids_below=100_000).article_id
        == "Skerry Post#55210"
    )


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (b"sp-1", "sp-1"),
        (b'{"id": "sp-1"}', "sp-1"),
        (b'{"schema": {"type": "struct"}, "payload": {"id": 77123}}', "77123"),
        (b'"sp-1"', "sp-1"),
        (b"\x00\x00\x00\x00\x01", None),
        (b"\xff", None),
        (b"Skerry Post", None),
        (b"", None),
    ],
)
def test_the_key_of_a_record_without_an_id_is_its_id(key: bytes, wanted: str | None) -> None:
    article = read({"body": BOTH, "source": "Skerry Post", "url": URL}, key=key)
    assert article.article_id == (wanted or read({"body": BOTH, "url": URL}).article_id)
    assert read({"body": BOTH, "id": "own"}, key=key).article_id == "own"
    assert read({"body": BOTH, "url": URL}, key=key, key_is_id=False).article_id.startswith("url-")


INSIDE: dict[str, Any] = {"id": "sp-1", "title": "Ferry stays", "body": BOTH}


@pytest.mark.parametrize(
    ("record", "around"),
    [
        ({"_index": "news", "_id": "es-9", "_source": INSIDE}, {"_index": "news"}),
        ({"schema": {"type": "struct"}, "payload": INSIDE}, None),
        ({"before": None, "after": INSIDE, "op": "c", "ts_ms": 5}, {"before": None, "op": "c", "ts_ms": 5}),
        ({"schema": {}, "payload": {"after": INSIDE, "op": "u"}}, {"op": "u"}),
        ({"operationType": "insert", "fullDocument": INSIDE}, {"operationType": "insert"}),
        ({"specversion": "1.0", "id": "e1", "data": INSIDE}, {"specversion": "1.0", "id": "e1"}),
        ({"database": "cms", "table": "a", "data": INSIDE}, {"database": "cms", "table": "a"}),
        ({"article": INSIDE, "feed": 3}, {"feed": 3}),
        ({"data": {"item": INSIDE}}, None),
        ({"@context": "c", "@graph": [{"@type": "WebPage"}, INSIDE]}, None),
        ({"objects": [INSIDE], "request": {}}, None),
        ({"Type": "Notification", "MessageId": "m", "Message": json.dumps(INSIDE), "Signature": "s"}, None),
        ({"specversion": "1.0", "id": "e1", "data": json.dumps(INSIDE)}, None),
        ({"model": "news.article", "pk": 5, "fields": INSIDE}, {"model": "news.article"}),
        ({"receiptHandle": "r", "body": json.dumps(INSIDE)}, {"receiptHandle": "r"}),
        ({"detail-type": "Published", "id": "e1", "detail": INSIDE}, {"detail-type": "Published", "id": "e1"}),
        ({"eventType": "Published", "id": "e1", "data": INSIDE}, {"eventType": "Published", "id": "e1"}),
        ({"trigger": {}, "event": {"session_variables": {}, "data": {"old": None, "new": INSIDE}}}, None),
        ({"action": "I", "columns": [{"name": k, "type": "", "value": v} for k, v in INSIDE.items()]}, {"action": "I"}),
        ({"_airbyte_raw_id": "a", "_airbyte_data": INSIDE}, {"_airbyte_raw_id": "a"}),
        ({"records": [{"key": "k", "value": INSIDE}]}, None),
        ({"json-ld": [INSIDE], "microdata": []}, None),
        ({"newsMessage": {"itemSet": {"newsItem": INSIDE}}}, None),
        ({"message": {"data": base64.b64encode(json.dumps(INSIDE).encode()).decode(), "messageId": "1"}}, None),
    ],
)  # fmt: skip
def test_an_article_is_found_inside_its_wrapping(record: Any, around: Any) -> None:
    article = read(record)
    assert (article.article_id, article.title, article.text) == ("sp-1", "Ferry stays", BOTH)
    assert (article.extra or {}).get(ENVELOPE) == around or around is None


def test_an_event_may_carry_its_article_in_base64() -> None:
    data = base64.b64encode(json.dumps(INSIDE).encode()).decode()
    assert read({"specversion": "1.0", "id": "e1", "data_base64": data}).article_id == "sp-1"
    assert refusal({"specversion": "1.0", "data_base64": "%"}).reason is Reason.SCHEMA


def test_the_id_of_a_search_hit_is_that_of_its_article() -> None:
    assert read({"_id": "es-9", "_source": {"body": BOTH}}).article_id == "es-9"


def test_what_is_not_used_of_a_nested_field_stays_in_extra() -> None:
    article = read({"fields": {"body": BOTH, "headline": "Ferry stays", "wordcount": 20}, "kind": 1})
    assert (article.title, article.extra) == ("Ferry stays", {"fields": {"wordcount": 20}, "kind": 1})
    assert read({"fields": {"body": BOTH, "byline": None}}).extra is None
    assert NOT_CARRIED not in (article.extra or {})


def test_a_summary_alone_is_no_article() -> None:
    record = {"title": "Ferry stays", "description": LEAD}
    assert refusal(record).reason is Reason.NO_TEXT
    assert "only a summary (description)" in refusal(record).detail
    assert read(record, summaries="take").text == LEAD
    assert read({"description": " ".join([BOTH] * 30)}).text


@pytest.mark.parametrize(
    ("record", "reason", "said"),
    [
        ({"body": 5, "title": "x"}, Reason.SCHEMA, "body is 5; wanted a text"),
        ({"body": [1, 2]}, Reason.SCHEMA, "body is a list of 2 items; wanted a text"),
        ({"fields": {"body": {"size": 3}}}, Reason.SCHEMA, "body is an object with size; wanted a text"),
        ({"status": "ok", "articles": [INSIDE]}, Reason.NO_TEXT, "articles is a list of 1 items"),
        (
            {"status": "error", "message": "Too many requests, said the server."},
            Reason.NO_TEXT,
            "status, message",
        ),
        ({"headline": "x", "note": 1}, Reason.NO_TEXT, "the fields are: headline, note"),
        ({"title": "x", "url": "https://a.example/1"}, Reason.NO_TEXT, "there is only a link"),
    ],
)
def test_a_dead_letter_names_the_field_and_what_stood_there(record: Any, reason: Reason, said: str) -> None:
    assert refusal(record).reason is reason
    assert said in refusal(record).detail


def test_a_site_names_paths_of_its_own() -> None:
    record = {"kop": "Ferry stays", "artikel": {"inhoud": BOTH}, "body": "Another."}
    fields = ("title = kop", "text=artikel.inhoud")
    found = read_record(raw_record(1, json.dumps(record).encode()), IntakeSettings(fields=fields))
    assert (found.article.title, found.article.text) == ("Ferry stays", BOTH)
    assert found.article.extra == {"body": "Another."}
    assert found.read_from == {Field.TEXT: "artikel.inhoud", Field.TITLE: "kop", Field.ID: ID_FROM_TEXT}


@pytest.mark.parametrize("wrong", ["title", "kop=title", "title=", "text=a..b"])
def test_a_path_that_cannot_be_one_is_refused_with_the_settings(wrong: str) -> None:
    assert own_path(wrong) is None
    with pytest.raises(SettingsError, match=r"intake\.fields"):
        load_settings(env={}, overrides={"intake.fields": wrong})


@pytest.mark.parametrize(
    "nothing", ["null", "None", "N/A", "undefined", "-1", "00000000-0000-0000-0000-000000000000"]
)
def test_what_stands_for_no_id_is_none(nothing: Any) -> None:
    page = read({"id": nothing, "url": "https://a.example/1", "body": BOTH})
    assert page.article_id == read({"url": "https://a.example/1", "body": BOTH}).article_id


def test_the_address_of_a_source_is_no_id_of_its_articles() -> None:
    site = {"name": "Corran Post", "url": "https://corranpost.example/"}
    first, second = read({"body": BOTH, "source": site}), read({"body": LEAD, "source": site})
    assert first.article_id != second.article_id


def test_the_id_of_a_capture_is_not_that_of_the_page() -> None:
    """A page that is crawled again is the same article, though each WARC record has an id of its own."""
    first, again = (
        read(
            {
                "content": BOTH,
                "warc_headers": {"warc-target-uri": "https://a.example/1", "warc-record-id": number},
            }
        )
        for number in ("<urn:uuid:1>", "<urn:uuid:2>")
    )
    assert first.article_id == again.article_id


@pytest.mark.parametrize("written", ["null", "unknown", "multi"])
def test_words_that_are_no_tags_are_no_languages(written: str) -> None:
    assert read({"body": BOTH, "language": written}).language is None


@pytest.mark.parametrize(
    "written", ["stat:canceled", "http://cv.iptc.example/newscodes/pubstatusg2/canceled"]
)
def test_a_status_may_be_a_code_of_newsml(written: str) -> None:
    assert read({"body": BOTH, "pubstatus": written}).status == "canceled"


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        (
            {
                "eventName": "MODIFY",
                "dynamodb": {"Keys": {}, "NewImage": {"id": {"S": "f-1"}, "body": {"S": LEAD}}},
            },
            "f-1",
        ),
        (
            {
                "name": "projects/p/f-1",
                "createTime": "x",
                "fields": {"id": {"stringValue": "f-1"}, "body": {"stringValue": LEAD}},
            },
            "f-1",
        ),
        (
            {"id": "f-1", "createdTime": "2025-06-04T09:12:33Z", "fields": {"Title": "Ferry", "Body": LEAD}},
            "f-1",
        ),
        ({"@id": "f-1", "@type": "LiveBlogPosting", "liveBlogUpdate": [{"articleBody": LEAD}]}, "f-1"),
        ({"id": "f-1", "body": {"nitf": {"body.content": {"block": [{"p": LEAD}]}}}}, "f-1"),
        (
            {
                "story": {
                    "uuid": "f-1",
                    "content": {
                        "component": "news",
                        "text": {
                            "type": "doc",
                            "content": [{"type": "paragraph", "content": [{"type": "text", "text": LEAD}]}],
                        },
                    },
                }
            },
            "f-1",
        ),
        ({"guid": {"$t": "f-1"}, "content$encoded": {"$t": f"<p>{LEAD}</p>"}}, "f-1"),
        ({"uri": "https://api.wire.example/f?et=7", "altids": {"itemid": "f-1"}, "body": LEAD}, "f-1"),
    ],
)
def test_the_text_and_the_id_are_found_in_shapes_of_databases_and_systems(record: Any, wanted: str) -> None:
    article = read(record)
    assert (article.text, article.article_id) == (LEAD, wanted)


@pytest.mark.parametrize(
    ("field", "value"),
    [("first_publication_date", "2025-06-04T09:12:33+0000"), ("@timestamp", "2025-06-04T09:12:33.000Z")],
)
def test_more_names_of_times_are_read(field: str, value: str) -> None:
    assert read({"body": LEAD, field: value}).published_at == "2025-06-04T09:12:33Z"


def test_an_article_that_its_source_removed_is_none() -> None:
    assert refusal({"title": "[Removed]", "content": "[Removed]"}).reason is Reason.NO_TEXT


def test_the_frame_of_a_schema_registry_is_taken_off() -> None:
    frame = b"\x00\x00\x00\x00\x07"
    assert (
        read_record(raw_record(1, frame + json.dumps(INSIDE).encode()), IntakeSettings()).article.text == BOTH
    )
    assert len(records_in(raw_record(1, frame + json.dumps([INSIDE, INSIDE]).encode()), 10_000)) == 2


def test_an_empty_text_behind_a_password_is_told_as_none() -> None:
    assert refusal({"title": "x", "content": {"rendered": "", "protected": True}}).reason is Reason.NO_TEXT


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"pubDate": "2025-05-05 19:35:00", "pubDateTZ": "Asia/Kolkata"}, "2025-05-05T14:05:00Z"),
        ({"pubDate": "2025-05-05T14:05:00Z", "pubDateTZ": "Asia/Kolkata"}, "2025-05-05T14:05:00Z"),
        ({"pubDate": "2025-05-05 14:05:00", "pubDateTZ": "IST"}, None),
        ({"pubDate": "2025-05-05T14:05:00Z", "pubDateTZ": "IST"}, "2025-05-05T14:05:00Z"),
        ({"data": "05/05/2025 14:05"}, "2025-05-05T14:05:00Z"),
    ],
)
def test_a_zone_may_stand_beside_its_time(fields: dict[str, Any], wanted: str | None) -> None:
    assert read({"body": BOTH, **fields}).published_at == wanted


def test_what_is_too_long_for_a_time_is_not_told_as_one() -> None:
    assert read({"body": BOTH, "data": "x" * 200}).repairs == ()
    assert read({"body": BOTH, "data": {"rows": 3}}).repairs == ()
    assert read({"body": BOTH, "data": "soon"}).repairs == ("time_unread",)


def test_a_message_is_a_text_where_a_setting_says_so() -> None:
    row = {"status": "final", "message": BOTH}
    assert read(row, fields=("text = message",)).text == BOTH
    assert refusal(row).reason is Reason.NO_TEXT
