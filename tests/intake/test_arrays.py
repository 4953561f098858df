"""A record that holds a list of articles: each is read by itself."""

from __future__ import annotations

import json
from typing import Any

from service.intake.arrays import ARTICLES_MAX
from service.intake.stage import IntakeStage
from service.line.envelopes import unpack_sketched
from service.line.records_out import Outcome
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.records import Article, Reason
from service.settings import load_settings

MILL = "The mill at Harrow Ford burned down on Monday, police said."
SWAN = "A swan delayed the train to Corran by eleven minutes."
SETTINGS = load_settings(env={})


def outcome_of(value: Any, key: bytes | None = None) -> Outcome:
    return IntakeStage(SETTINGS).decide([raw_record(7, json.dumps(value).encode(), key=key)])


def articles_of(outcome: Outcome) -> list[Article]:
    arrived = [unpack_sketched(letter.value or b"") for letter in outcome.letters]
    return [one.whole(number) for one in arrived for number in range(len(one.sketched))]


def test_each_article_of_a_list_is_an_article_at_the_same_offset() -> None:
    articles = articles_of(outcome_of([{"id": "a", "body": MILL}, {"id": "b", "body": SWAN}], key=b"batch-1"))
    assert [(one.article_id, one.text, one.origin.offset) for one in articles] == [
        ("a", MILL, 7),
        ("b", SWAN, 7),
    ]


def test_the_key_of_a_list_is_the_id_of_none_of_its_articles() -> None:
    articles = articles_of(outcome_of([{"body": MILL}, {"body": SWAN}], key=b"batch-1"))
    assert len({one.article_id for one in articles} - {"batch-1"}) == 2


def test_what_is_no_article_in_a_list_is_set_aside_by_itself() -> None:
    outcome = outcome_of([{"body": MILL}, {"title": "Nothing more"}])
    assert [one.text for one in articles_of(outcome)] == [MILL]
    (aside,) = outcome.set_aside
    assert aside.reason is Reason.NO_TEXT
    assert aside.record is not None
    assert json.loads(aside.record.value or b"") == {"title": "Nothing more"}
    assert outcome.tally == [(0, None), (0, Reason.NO_TEXT)]


def test_a_list_with_other_things_in_it_or_of_too_many_articles_is_one_dead_letter() -> None:
    for value, reason in (
        ([], Reason.SCHEMA),
        ([{"body": MILL}, 5], Reason.SCHEMA),
        ([{"body": MILL}] * (ARTICLES_MAX + 1), Reason.TOO_LARGE),
    ):
        outcome = outcome_of(value)
        assert [aside.reason for aside in outcome.set_aside] == [reason]
        assert not articles_of(outcome)


def test_a_byte_order_mark_and_blanks_may_stand_before_a_list() -> None:
    value = b"\xef\xbb\xbf\n [" + json.dumps({"body": MILL}).encode() + b" ]"
    outcome = IntakeStage(SETTINGS).decide([raw_record(7, value)])
    assert [one.text for one in articles_of(outcome)] == [MILL]


async def test_a_list_that_is_delivered_twice_makes_nothing_the_second_time() -> None:
    pipeline = MemoryPipeline(SETTINGS)
    record = raw_record(7, json.dumps([{"id": "a", "body": MILL}, {"id": "b", "body": SWAN}]).encode())
    first = await pipeline.feed([record])
    assert [letter.topic for letter in first if letter.topic != "claims"] == ["articles.enriched"] * 2
    assert await pipeline.feed([record]) == []
