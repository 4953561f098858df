"""The account of a raw record: what is read from where, what stays, what is dropped, and why it has its id."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service.intake.account import Account, Dropped, accounts_of, id_why
from service.intake.raw_fields import EXTRA_BYTES_MAX
from service.pipeline.in_memory import raw_record
from service.settings import IntakeSettings

TEXT = "The weir at Ollsby held through the night, the river office said on Monday."


def account(value: Any, key: bytes | None = None, **settings: Any) -> Account:
    record = raw_record(1, json.dumps(value).encode(), key=key)
    (one,) = accounts_of(record, IntakeSettings(**settings))
    return one


def test_every_field_names_its_path_and_what_was_made_of_it() -> None:
    told = account({"guid": "w-1", "headline": " The weir &amp; the river ", "content": {"rendered": TEXT}})
    assert [(one.field, one.path, one.value) for one in told.read] == [
        ("text", "content", TEXT),
        ("title", "headline", "The weir & the river"),
        ("id", "guid", "w-1"),
    ]
    assert told.missing == ("url", "source", "published_at", "language", "status")
    assert told.reason is None


def test_a_site_of_its_own_is_read_by_its_own_paths() -> None:
    told = account({"artikel": {"inhoud": TEXT}}, fields=("text = artikel.inhoud",))
    assert next(one.path for one in told.read) == "artikel.inhoud"


def test_what_is_left_stands_in_extra_and_what_is_lost_says_why() -> None:
    big = "x" * EXTRA_BYTES_MAX
    told = account({"body": TEXT, "url": "", "author": "F. Quill", "guid": None, "page": big})
    assert told.extra == {"author": "F. Quill"}
    assert told.dropped == (
        Dropped("url", "empty"),
        Dropped("guid", "empty"),
        Dropped("page", "too large for `extra`, or more fields than it takes"),
    )


def test_lines_that_cleaning_took_are_shown_and_those_it_only_repaired_are_not() -> None:
    told = account(
        {"body": f"<p>{TEXT.replace('weir', 'we&#105;r')}</p><p>ADVERTISEMENT</p><p>Nobody was hurt.</p>"}
    )
    assert told.lines_dropped == ("ADVERTISEMENT",)
    assert "boilerplate" in told.repairs


def test_the_article_inside_a_wrapping_is_named() -> None:
    wrapped = {
        "schema": {"type": "struct"},
        "payload": {"after": {"id": "a", "body": TEXT}, "op": "c", "ts_ms": 1},
    }
    told = account(wrapped)
    assert told.inside == "payload.after"
    assert account({"id": "a", "body": TEXT}).inside is None


def test_a_dead_letter_has_reason_and_detail() -> None:
    told = account({"title": "Only a title", "description": "Only a summary."})
    assert told.reason == "no_text"
    assert "there is only a summary (description)" in (told.detail or "")


def test_each_article_of_an_array_has_an_account_of_its_own() -> None:
    record = raw_record(1, json.dumps([{"id": "a", "body": TEXT}, {"id": "b"}]).encode())
    first, second = accounts_of(record, IntakeSettings())
    assert (first.article_id, second.reason) == ("a", "no_text")


@pytest.mark.parametrize(
    ("value", "key", "why"),
    [
        ({"id": "a"}, None, "id, as it stands there"),
        ({"id": 7, "source": "Corran Post"}, None, "id: a small number is an id of its source only"),
        ({"id": "x" * 300}, None, "id: a hash, because it is too long"),
        (
            {"guid": "https://corran.example/7?utm_source=a"},
            None,
            "guid: a hash of the address that stands there",
        ),
        ({}, b"k-1", "the record names none: its key, as it stands there"),
        ({"url": "https://corran.example/7"}, b"", "the record names none: a hash of the address"),
        ({}, None, "the record names none and has no address: a hash of the clean text"),
    ],
)
def test_why_an_article_has_its_id_is_said(value: dict[str, Any], key: bytes | None, why: str) -> None:
    assert (account({"body": TEXT, **value}, key).id_why or "").startswith(why)


def test_an_id_with_a_number_sign_is_not_taken_for_a_number_of_its_source() -> None:
    assert id_why("a#b", "id") == "id, as it stands there"


def test_a_record_without_a_value_withdraws_the_article_of_its_key() -> None:
    (told,) = accounts_of(raw_record(1, None, key=b"a-1"), IntakeSettings())
    assert (told.article_id, told.id_why) == ("a-1", "the record names none: its key, as it stands there")


def test_an_event_of_a_deletion_tells_which_article_it_withdraws_and_no_more() -> None:
    event = {"before": {"id": "a-1", "body": TEXT}, "after": None, "op": "d"}
    (told,) = accounts_of(raw_record(1, json.dumps(event).encode()), IntakeSettings())
    assert (told.article_id, told.notice) == ("a-1", "withdrawal")
    assert [(one.field, one.path) for one in told.read] == [("id", "id")]
    assert told.dropped == ()
