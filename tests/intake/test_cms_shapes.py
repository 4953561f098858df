"""Records of content systems, wikis and XML standards: the fields of each stand where its documentation puts them."""

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
HTML = f"<p>{TEXT}</p><p>{MORE}</p>"
WHOLE = f"{TEXT}\n\n{MORE}"
URL = "https://skerrypost.example/ferry"
TIME = "2025-05-05T14:05:00Z"


def read(value: Any) -> Article:
    return read_article(raw_record(1, json.dumps(value).encode()), IntakeSettings())


def paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "text": text, "spans": []}


@pytest.mark.parametrize("ending", ["_s", "_ss", "_t", "_txt", "_txt_en"])
def test_the_endings_of_types_of_solr_are_no_part_of_a_name(ending: str) -> None:
    found = read({"id": "so-1", f"title{ending}": "Ferry", f"content{ending}": WHOLE, "published_dt": TIME})
    assert (found.title, found.text, found.published_at) == ("Ferry", WHOLE, TIME)


def test_a_name_of_its_own_goes_before_one_with_an_ending() -> None:
    found = read({"id": "so-1", "title_s": "Sort key", "title": "Ferry", "text": TEXT, "date_s": "none"})
    assert (found.title, found.published_at) == ("Ferry", None)


@pytest.mark.parametrize(
    ("record", "article_id", "language"),
    [
        ({"entry": {"uid": "blt1", "title": "Ferry", "body": HTML, "publish_details": {"time": TIME}}}, "blt1", None),
        (
            {
                "system": {"id": "ko-1", "codename": "ferry", "language": "en"},
                "elements": {"title": {"value": "Ferry"}, "body": {"value": HTML}, "date": {"value": TIME}},
            },
            "ko-1",
            "en",
        ),
        (
            {
                "system": {"codename": "ferry", "language": "en"},
                "elements": {"title": {"value": "Ferry"}, "body_copy": {"value": HTML}, "date": {"value": TIME}},
            },
            "ferry",
            "en",
        ),
        (
            {
                "sys": {"id": "cf-1", "locale": "de", "createdAt": TIME},
                "fields": {"title": "Ferry", "body": HTML},
            },
            "cf-1",
            "de",
        ),
        (
            {
                "id": "pr-1",
                "uid": "ferry",
                "type": "article",
                "lang": "fr",
                "first_publication_date": "2025-05-05T14:05:00+0000",
                "data": {"title": [paragraph("Ferry")], "content": [paragraph(TEXT), paragraph(MORE)]},
            },
            "pr-1",
            "fr",
        ),
        (
            {
                "id": "pr-2",
                "type": "article",
                "first_publication_date": TIME,
                "lang": "en",
                "data": {
                    "title": "Ferry",
                    "slices": [{"primary": {"text": [paragraph(TEXT)]}}, {"primary": {"text": [paragraph(MORE)]}}],
                },
            },
            "pr-2",
            "en",
        ),
        (
            {
                "id": 4001,
                "attributes": {
                    "title": "Ferry",
                    "publishedAt": TIME,
                    "blocks": [{"__component": "text", "body": TEXT}, {"file": {}}, {"body": MORE}],
                },
            },
            "4001",
            None,
        ),
        (
            {
                "_id": "sa-1",
                "publishedAt": TIME,
                "title": {"_type": "locale", "en": "Ferry"},
                "body": {"_type": "locale", "en": HTML},
            },
            "sa-1",
            None,
        ),
        (
            {
                "nitf": {
                    "head": {
                        "title": "Ferry",
                        "docdata": {"doc-id": {"@id-string": "ni-1"}},
                        "pubdata": {"@date.publication": "20250505T140500Z"},
                    },
                    "body": {"body.content": {"p": [TEXT, MORE]}},
                }
            },
            "ni-1",
            None,
        ),
        (
            {
                "newsItem": {
                    "@guid": "urn:g2",
                    "itemMeta": {"versionCreated": TIME},
                    "contentMeta": {"headline": "Ferry", "language": {"@tag": "de"}},
                    "contentSet": {"inlineData": {"@contenttype": "text/plain", "#text": WHOLE}},
                }
            },
            "urn:g2",
            "de",
        ),
    ],
)  # fmt: skip
def test_fields_of_content_systems_are_read(record: Any, article_id: str, language: str | None) -> None:
    found = read(record)
    assert (found.article_id, found.title, found.text) == (article_id, "Ferry", WHOLE)
    assert (found.published_at, found.language) == (TIME, language)


@pytest.mark.parametrize("pages", [{"9123": {}}, [{}]])
@pytest.mark.parametrize(
    "revision",
    [
        {"slots": {"main": {"contentmodel": "wikitext", "content": WHOLE}}},
        {"slots": {"main": {"contentmodel": "wikitext", "*": WHOLE}}},
        {"contentmodel": "wikitext", "*": WHOLE},
    ],
)
def test_a_page_of_mediawiki_is_read_from_its_newest_revision(pages: Any, revision: Any) -> None:
    page = {"pageid": 9123, "title": "Ferry", "fullurl": URL, "revisions": [{"timestamp": TIME, **revision}]}
    pages = {"9123": page} if isinstance(pages, dict) else [page]
    found = read({"batchcomplete": "", "query": {"pages": pages}})
    assert (found.title, found.text, found.url, found.published_at) == ("Ferry", WHOLE, URL, TIME)


def test_the_management_of_newsml_1_gives_id_time_source_and_status() -> None:
    component = {
        "NewsLines": {"HeadLine": "Ferry"},
        "AdministrativeMetadata": {"Provider": {"Party": {"@FormalName": "Skerry Post"}}},
        "DescriptiveMetadata": {"Language": {"@FormalName": "en"}},
        "NewsComponent": {"ContentItem": {"DataContent": {"p": [TEXT, MORE]}}},
    }
    item = {
        "Identification": {"NewsIdentifier": {"PublicIdentifier": "urn:newsml:skerry:1"}},
        "NewsManagement": {"FirstCreated": "20250505T160500+0200", "Status": {"@FormalName": "Canceled"}},
        "NewsComponent": component,
    }
    found = read({"NewsML": {"NewsEnvelope": {"DateAndTime": "20250505T150000Z"}, "NewsItem": item}})
    assert (found.article_id, found.title, found.text) == ("urn:newsml:skerry:1", "Ferry", WHOLE)
    assert (found.published_at, found.source, found.language) == (TIME, "Skerry Post", "en")
    assert (found.status, found.notice) == ("canceled", "withdrawal")


def test_the_first_publication_of_a_story_goes_before_its_last() -> None:
    later = "2025-05-06T08:00:00Z"
    story = {
        "_id": "ARC1",
        "headlines": {"basic": "Ferry"},
        "content_elements": [{"type": "text", "content": TEXT}],
    }
    assert read({**story, "publish_date": TIME, "display_date": later}).published_at == TIME
    assert read({**story, "last_updated_date": later, "display_date": TIME}).published_at == TIME
    assert read({**story, "publish_date": later, "first_publish_date": TIME}).published_at == TIME


@pytest.mark.parametrize(
    "parts",
    [
        [{"type": "sanitized_html", "mime": "text/html", "content": one} for one in (TEXT, MORE)],
        [{"type": "x-im/paragraph", "text": one} for one in (TEXT, MORE)],
        [{"contenttype": "text/html", "value": f"<p>{one}</p>"} for one in (TEXT, MORE)],
        [
            {"content": "Oda Tamm", "mime": "text/plain", "type": "byline"},
            {"content": TEXT, "mime": "text/html", "type": "sanitized_html"},
            {"content": MORE, "mime": "text/html", "type": "sanitized_html"},
            {"type": "author_info", "role": "", "bio": "A reporter."},
        ],
    ],
)
def test_paragraphs_with_types_are_parts_and_no_versions(parts: Any) -> None:
    assert read({"id": "p-1", "title": "Ferry", "content": parts}).text == WHOLE


def test_texts_of_different_types_or_languages_are_versions() -> None:
    types = [{"contenttype": "text/plain", "value": MORE}, {"contenttype": "text/html", "value": HTML}]
    assert read({"title": "Ferry", "body": types}).text == WHOLE
    languages = [{"role": "main", "lang": one, "value": text} for one, text in (("en", TEXT), ("de", MORE))]
    assert read({"title": "Ferry", "body": languages}).text == TEXT


@pytest.mark.parametrize(
    "around",
    [
        [{"role": "main", "value": HTML}, *({"role": "caption", "value": one} for one in ("Quay", "Shaft"))],
        [{"role": "main", "value": HTML}, *({"role": "summary", "value": one} for one in ("No ferry", "No bus"))],
        [{"contenttype": "text/html", "value": HTML}, {"contenttype": "video/mp4", "value": f"{URL}.mp4"}],
        [*({"contenttype": "text/html", "value": one} for one in (TEXT, MORE)), {"mime": "image/png", "value": URL}],
        [
            {"contenttype": "text/plain", "value": WHOLE},
            {"contenttype": "text/html", "value": HTML},
            {"contenttype": "text/html", "value": "Read more on the ferry"},
        ],
        [{"role": one, "value": text} for one, text in (("lead", TEXT), ("paragraph", MORE), ("paragraph", ""))],
    ],
)  # fmt: skip
def test_what_stands_beside_a_text_in_a_list_is_no_part_of_it(around: Any) -> None:
    assert read({"title": "Ferry", "bodies": around}).text == WHOLE


def test_fields_as_a_list_of_names_and_values_are_an_article() -> None:
    fields = [{"name": "title", "value": "Ferry"}, {"name": "body", "value": HTML}]
    found = read({"id": "cu-1", "fields": fields, "published": TIME})
    assert (found.article_id, found.title, found.text, found.published_at) == ("cu-1", "Ferry", WHOLE, TIME)


@pytest.mark.parametrize(
    "around", [{"recordId": "1"}, {"partitionKey": "k", "sequenceNumber": "1"}, {"messageId": "5"}]
)
def test_articles_inside_messages_of_queues_are_read(around: Any) -> None:
    packed = base64.b64encode(json.dumps({"id": "k-1", "title": "Ferry", "body": TEXT}).encode()).decode()
    assert read({**around, "data": packed}).article_id == "k-1"
    assert read({"eventSource": "aws:kinesis", "kinesis": {**around, "data": packed}}).article_id == "k-1"


@pytest.mark.parametrize("before", ["article_", "article.", "news_", "story_", "post-", "field_", "doc_"])
def test_what_says_of_what_a_field_is_one_is_no_part_of_its_name(before: str) -> None:
    names = {
        "headline": "Ferry",
        "text": TEXT,
        "link": URL,
        "date": TIME,
        "source": "Skerry Post",
        "lang": "en",
    }
    found = read({f"{before}{name}": value for name, value in names.items()})
    assert (found.title, found.text, found.url, found.published_at) == ("Ferry", TEXT, URL, TIME)
    assert (found.source, found.language) == ("Skerry Post", "en")


def test_a_name_with_such_a_beginning_goes_behind_all_others() -> None:
    row = {
        "ID": 4711,
        "post_title": "Ferry",
        "post_name": "ferry-2",
        "post_content": TEXT,
        "post_date_gmt": TIME,
    }
    assert read(row).title == "Ferry"
    assert read({"news_date": "2020-01-01", "updated": TIME, "text": TEXT}).published_at == TIME


def test_pages_of_text_splitters_are_articles() -> None:
    metadata = {"source": URL, "title": "Ferry", "published": TIME}
    found = read({"page_content": TEXT, "metadata": metadata})
    assert (found.title, found.text, found.url, found.published_at) == ("Ferry", TEXT, URL, TIME)


@pytest.mark.parametrize("around", [{}, {"type": "article", "lang": "en"}])
@pytest.mark.parametrize("data", [{"k": 1}, {"title": "Chart", "text": "Figures by month"}])
def test_data_beside_a_text_is_no_article(around: Any, data: Any) -> None:
    story = {"id": "n-1", "title": "Ferry", "body": TEXT, "first_publication_date": TIME}
    found = read({**story, **around, "data": data})
    assert (found.article_id, found.title, found.text) == ("n-1", "Ferry", TEXT)


@pytest.mark.parametrize(
    "beside",
    [
        {"field_id": 12},
        {"source_text": "Die Fähre bleibt im Hafen."},
        {"source_s": "The port office said on Monday that it would not pay for the shaft"},
        {"article_source": "Foto: dpa"},
        {"date_text": "2 hours ago"},
        {"time_s": 12.5},
        {"body_ts": "x"},
        {"body_s": "x", "content": TEXT},
    ],
)
def test_keys_that_only_resemble_those_of_an_article_are_none(beside: Any) -> None:
    plain = {"title": "Ferry", "url": URL, "text_t": TEXT}
    found, wanted = read({**plain, **beside}), read(plain)
    assert (found.article_id, found.text, found.source) == (wanted.article_id, TEXT, None)
    assert (found.published_at, found.repairs) == (None, wanted.repairs)


def test_html_goes_before_a_plain_text_that_may_be_cut() -> None:
    assert read({"title": "Ferry", "plain_text": f"{TEXT[:40]}...", "html": HTML}).text == WHOLE


def test_uid_is_an_id_only_in_an_entry_of_contentstack() -> None:
    post = {"url": URL, "title": "Ferry", "text": TEXT}
    for key in ("uid", "UID", "uid_s"):
        assert read({**post, key: "tamm"}).article_id == read(post).article_id
    assert read({**post, "uid": "blt1", "_version": 3}).article_id == "blt1"


def test_what_stands_above_the_only_page_of_an_article_is_kept() -> None:
    page = {"id": 1, "title": "Page 1", "text": TEXT}
    found = read({"id": "pg-1", "title": "Ferry", "date": TIME, "lang": None, "pages": [page]})
    assert (found.article_id, found.title, found.text, found.published_at) == ("pg-1", "Ferry", TEXT, TIME)
