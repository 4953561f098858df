"""Events that say that an article is gone withdraw it, as a record without a value does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service.intake.article import read_article
from service.pipeline.in_memory import raw_record
from service.records import Article, Reason, Rejected
from service.settings import IntakeSettings

STORY = "The sluice at Merrin was opened on Monday, the river board said. Two barges had waited since Friday."
ROW = {"id": "m-17", "title": "Sluice at Merrin opens", "body": STORY, "source": "Merrin Echo"}


def read(value: Any, key: bytes | None = None) -> Article:
    return read_article(raw_record(1, json.dumps(value).encode(), key=key), IntakeSettings())


@pytest.mark.parametrize(
    "event",
    [
        {"before": ROW, "after": None, "op": "d", "ts_ms": 1746453901000},
        {"before": {"id": "m-17", "title": None, "body": None}, "after": None, "op": "d"},
        {"schema": {"type": "struct"}, "payload": {"before": ROW, "after": None, "op": "d"}},
        {
            "specversion": "1.0",
            "id": "e-3",
            "source": "/db",
            "data": {"before": ROW, "after": None, "op": "d"},
        },
        {**ROW, "__deleted": "true"},
        {**ROW, "__op": "d"},
        {"table": "news.items", "op_type": "D", "before": ROW},
        {"operationType": "delete", "ns": {"db": "news"}, "documentKey": {"_id": "m-17"}},
        {"operationType": "delete", "documentKey": {"_id": "x"}, "fullDocumentBeforeChange": ROW},
        {"database": "news", "table": "items", "type": "delete", "data": ROW},
        {"database": "news", "table": "items", "type": "DELETE", "data": [ROW]},
        {"eventName": "REMOVE", "dynamodb": {"Keys": {"id": {"S": "m-17"}}}},
        {"data": ROW, "metadata": {"operation": "delete", "record-type": "data"}},
        {"delete": {"_index": "news", "_id": "m-17"}},
        {"_index": "news", "_id": "m-17", "result": "deleted"},
        {"event": "entry.delete", "model": "article", "entry": ROW},
        {"post": {"current": {}, "previous": ROW}},
        {"sys": {"type": "DeletedEntry", "id": "m-17"}},
        {"specversion": "1.0", "id": "e-4", "type": "example.article.deleted", "data": {"id": "m-17"}},
        {"uri": "m-17", "pubstatus": "canceled", "body_text": ""},
        {"guid": "m-17", "pubstatus": "usable", "state": "killed", "body_html": None},
        {"id": "m-17", "status": "trash", "content": {"rendered": ""}},
        {"seq": "2-g", "id": "m-17", "changes": [{"rev": "2-a"}], "deleted": True},
        {"type": "DELETE", "table": "items", "schema": "public", "record": None, "old_record": ROW},
        {
            "table": {"name": "items"},
            "event": {"session_variables": None, "op": "DELETE", "data": {"old": ROW, "new": None}},
        },
        {"record": ROW, "changes": None, "action": "delete", "metadata": {"table_name": "items"}},
        {"action": "D", "table": "items", "identity": [{"name": "id", "type": "text", "value": "m-17"}]},
        {**ROW, "_meta": {"op": "d"}},
        {**ROW, "_fivetran_deleted": True},
        {**ROW, "is_deleted": True},
        {**ROW, "_ab_cdc_deleted_at": "2025-05-05T15:00:00Z"},
        {**ROW, "deleted_at": "2025-05-05 15:00:00"},
        {**ROW, "deleted_at": 1746453900},
        {**ROW, "deleted_at": "True"},
        {**ROW, "is_deleted": 1},
        {**ROW, "deleted": "1"},
    ],
)
def test_an_event_of_a_deletion_withdraws_the_article(event: dict[str, Any]) -> None:
    article = read(event)
    assert (article.notice, article.article_id, article.text) == ("withdrawal", "m-17", "")


@pytest.mark.parametrize(
    ("event", "key", "wanted"),
    [
        (
            {"before": None, "after": None, "op": "d", "ts_ms": 1},
            b'{"id":"{\\"$oid\\":\\"65c4a1\\"}"}',
            "65c4a1",
        ),
        ({"before": None, "after": None, "op": "d", "ts_ms": 1}, b'{"_id":{"$oid":"65c4a1"}}', "65c4a1"),
        ({"schema": None, "payload": None}, b"m-17", "m-17"),
    ],
)
def test_where_an_event_has_nothing_left_of_the_article_the_key_names_it(
    event: dict[str, Any], key: bytes, wanted: str
) -> None:
    article = read(event, key)
    assert (article.notice, article.article_id) == ("withdrawal", wanted)


def test_a_deletion_of_nobody_knows_what_is_a_dead_letter() -> None:
    with pytest.raises(Rejected) as caught:
        read({"before": None, "after": None, "op": "d", "ts_ms": 1})
    assert caught.value.reason is Reason.NO_VALUE
    assert "neither it nor its key" in caught.value.detail


def test_the_withdrawal_goes_to_the_article_that_an_earlier_event_brought() -> None:
    row = {**ROW, "id": 7}
    made = read({"before": None, "after": row, "op": "c", "ts_ms": 1})
    gone = read({"before": row, "after": None, "op": "d", "ts_ms": 2})
    assert gone.article_id == made.article_id == "Merrin Echo#7"
    assert made.notice is None


@pytest.mark.parametrize(
    "record",
    [
        {**ROW, "__deleted": "false"},
        {**ROW, "__op": "u"},
        {**ROW, "op": "d"},
        {**ROW, "type": "deleted"},
        {**ROW, "result": "deleted"},
        {**ROW, "sys": {"type": "Entry"}},
        {**ROW, "event": "delete"},
        {**ROW, "current": None, "previous": {"id": "m-16"}},
        {**ROW, "delete": {"_id": "m-16"}},
        {**ROW, "schema": {"type": "struct"}, "payload": None},
        {"before": ROW, "after": ROW, "op": "u", "ts_ms": 1},
        {"post": {"current": ROW, "previous": {"title": "Sluice"}}},
        {"database": "news", "table": "items", "type": "insert", "data": ROW},
    ],
)
def test_what_only_looks_like_a_deletion_is_an_article(record: dict[str, Any]) -> None:
    article = read(record)
    assert (article.notice, article.article_id, article.text) == (None, "m-17", STORY)


def test_a_cancelled_article_with_its_text_is_a_withdrawal_with_a_text() -> None:
    article = read({**ROW, "pubstatus": "usable", "state": "killed"})
    assert (article.notice, article.status, article.text) == ("withdrawal", "canceled", STORY)


def test_parts_that_are_left_out_are_told() -> None:
    body = [f"Line {at} of the register." for at in range(20_001)]
    article = read({"id": "m-18", "body": {"paragraphs": body}})
    assert "parts_left_out" in article.repairs
    assert "Line 19999 of" in article.text
    assert "Line 20000 of" not in article.text
    assert "parts_left_out" not in read({"id": "m-18", "body": {"paragraphs": body[:20_000]}}).repairs


NEVER: tuple[object, ...] = (None, "", False, 0, "0", "false", "null", "None", {}, "0000-00-00 00:00:00")


@pytest.mark.parametrize(
    "mark",
    [
        {"deleted": False},
        {"is_deleted": 0},
        {"_meta": {"op": "c"}},
        *({"deleted_at": never} for never in NEVER),
        {"deleted_at": "0001-01-01T00:00:00Z"},
        {"deletedAt": {"time": "0001-01-01T00:00:00Z", "valid": False}},
    ],
)
def test_a_mark_that_says_no_withdraws_nothing(mark: dict[str, Any]) -> None:
    assert read({**ROW, **mark}).text == STORY
