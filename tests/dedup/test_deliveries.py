"""The same raw record twice, however late, and a topic made anew."""

from __future__ import annotations

import json

import numpy as np

from service.dedup.collection import Collection
from service.dedup.decided import COLUMNS, CONTENT, OUTCOME, PARTITION, RAW_OFFSET, REDELIVERED
from service.dedup.finding import Incoming
from service.dedup.index.deliveries import Deliveries
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.records import Origin, Relation
from service.settings import DedupSettings, load_settings
from service.sketch.sketch import sketch
from tests.dedup.articles import a_story

LONG_AGO = 4_500
"""Number of records that a group reads again after its offsets are gone."""


def remembered(deliveries: Deliveries, first: int, end: int, outcome: int = 0) -> Deliveries:
    """Remember offsets of one partition, each with a content of its own."""
    articles = np.zeros((end - first, COLUMNS), np.int64)
    articles[:, RAW_OFFSET] = np.arange(first, end)
    articles[:, CONTENT] = articles[:, RAW_OFFSET] * 3 - 50
    articles[:, OUTCOME] = outcome
    deliveries.remember(("raw",), articles)
    return deliveries


def test_a_record_is_known_by_topic_partition_offset_and_content() -> None:
    deliveries = remembered(Deliveries(100), 0, 11)
    assert deliveries.seen("raw", 0, 4, -38)
    assert not deliveries.seen("raw", 0, 4, 99)
    assert not deliveries.seen("raw", 1, 4, -38)
    assert not deliveries.seen("other", 0, 4, -38)
    assert not deliveries.seen("raw", 0, 11, -17)


def test_an_offset_that_was_skipped_may_still_come() -> None:
    deliveries = remembered(remembered(Deliveries(100), 5, 6), 9, 10)
    assert not deliveries.seen("raw", 0, 7, -29)
    remembered(deliveries, 7, 8)
    assert all(deliveries.seen("raw", 0, offset, offset * 3 - 50) for offset in (5, 7, 9))


def test_as_many_are_known_as_there_is_room_for_and_the_oldest_go_first() -> None:
    deliveries = remembered(Deliveries(1_000), 0, 1_500)
    seen = [offset for offset in range(1_500) if deliveries.seen("raw", 0, offset, offset * 3 - 50)]
    assert seen == list(range(500, 1_500))
    assert deliveries.bytes == remembered(Deliveries(1_000), 0, 9_000).bytes


def test_a_record_that_came_again_takes_no_room() -> None:
    deliveries = remembered(Deliveries(10), 0, 10)
    remembered(deliveries, 20, 29, outcome=REDELIVERED)
    assert deliveries.seen("raw", 0, 0, -50)


def test_partitions_are_kept_apart() -> None:
    articles = np.zeros((40, COLUMNS), np.int64)
    articles[:, PARTITION] = np.arange(40)
    deliveries = Deliveries(100)
    deliveries.remember(("raw",), articles)
    assert all(deliveries.seen("raw", partition, 0, 0) for partition in range(40))
    assert not deliveries.seen("raw", 40, 0, 0)


def test_a_group_whose_offsets_are_gone_ends_nothing_twice_and_brings_no_old_text_back() -> None:
    """The first text of an article that has a revision comes last, as a group does that reads from the start again."""
    collection = Collection("default", DedupSettings(capacity_articles=10_000))
    packed = sketch("The ferry sails to Northport again.").pack()

    def one(offset: int) -> Incoming:
        name = f"a{offset % LONG_AGO}"  # the last one is a revision of the first
        return Incoming(name, f"{offset:016x}" * 2, Origin("raw", 0, offset, 1_760_000_000_000), packed)

    articles = [one(offset) for offset in range(LONG_AGO + 1)]
    first, again = (collection.decide(number, articles).verdicts for number in (0, 1))
    assert not any(verdict.redelivered for verdict in first)
    assert first[-1].relation is Relation.REVISION
    assert all(verdict.redelivered for verdict in again)


async def test_a_topic_that_was_made_anew_is_decided_like_any_other() -> None:
    pipeline = MemoryPipeline(load_settings(env={}))

    async def fed(number: int) -> int:
        value = json.dumps({"id": f"a{number}", "body": a_story(60, number)}).encode()
        return len([letter for letter in await pipeline.feed([raw_record(0, value)]) if letter.key])

    assert await fed(1) > 0
    assert await fed(2) > 0
    assert await fed(1) == 0  # the very record that was there first
