"""The checker sees every kind of broken promise: evidence of a clean run, with one thing put wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from service.intake.stage import IntakeStage
from service.line.records_out import Letter
from service.pipeline.in_memory import MemoryPipeline
from service.records import RawRecord
from service.settings import Settings, load_settings
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIM_THREADS,
    CLAIMS,
    CLAIMS_PREPARED,
    STORIES,
    THREADS_SEGMENTS,
)
from tests.faults.checker import repeated, violations
from tests.faults.evidence import Evidence, Form, raw_records, undisturbed
from tests.faults.feed import disturbed_stream
from tests.faults.watch import Sample
from tests.kit_kafka import Received

COUNT = 60


def received(logical: str, letters: list[Letter]) -> list[Received]:
    return [
        Received(logical, letter.partition or 0, n, letter.key, letter.value, tuple(letter.headers), 0)
        for n, letter in enumerate(letters)
    ]


class Listening(MemoryPipeline):
    """Keep what threads reads."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.prepared: list[Letter] = []

    def _records(self, topic: str) -> list[RawRecord]:
        if topic == CLAIMS_PREPARED:
            self.prepared += self.outbox.topics.get(topic, [])
        return super()._records(topic)


async def clean_run(settings: Settings) -> tuple[Evidence, set[Form]]:
    """A run in memory, all on partition 0, as the topics would show it."""
    raw = [
        Received(ARTICLES_RAW, 0, n, sent.key, sent.value, sent.headers, 1_700_000_000_000 + n)
        for n, sent in enumerate(disturbed_stream(COUNT, seed=7))
    ]
    intake = IntakeStage(settings).decide(list(raw_records(raw)))
    out: dict[str, list[Letter]] = {}
    pipeline = Listening(settings)
    for letter in await pipeline.feed(list(raw_records(raw))):
        out.setdefault(letter.topic, []).append(letter)
    topics = {logical: received(logical, out.get(logical, [])) for logical in OUTPUTS}
    topics |= {
        ARTICLES_RAW: raw,
        ARTICLES_SKETCHED: received(ARTICLES_SKETCHED, list(intake.letters)),
        ARTICLES_UNIQUE: [],
        CLAIMS_PREPARED: received(CLAIMS_PREPARED, pipeline.prepared),
        THREADS_SEGMENTS: [
            Received(THREADS_SEGMENTS, 0, stored.position, None, stored.value, (), 0)
            for stored in pipeline.outbox.log(THREADS_SEGMENTS).partitions[0]
        ],
    }
    evidence = Evidence(topics)
    return evidence, await undisturbed(evidence, settings)


OUTPUTS = (ARTICLES_ENRICHED, ARTICLES_DUPLICATES, ARTICLES_DEAD, CLAIMS, CLAIM_THREADS, STORIES)


@pytest.fixture
async def run() -> tuple[Evidence, set[Form]]:
    return await clean_run(load_settings(env={"COPYDESK_TOPICS__PARTITIONS": "1"}))


def doctored(evidence: Evidence, logical: str, records: list[Received]) -> Evidence:
    return Evidence({**evidence.topics, logical: records})


async def test_a_clean_run_breaks_no_promise_and_has_all_ends(run: tuple[Evidence, set[Form]]) -> None:
    evidence, expected = run
    assert violations(evidence, [], expected, COUNT) == []
    assert all(evidence.topics[logical] for logical in OUTPUTS)


@pytest.mark.parametrize("logical", [ARTICLES_ENRICHED, ARTICLES_DUPLICATES, ARTICLES_DEAD])
async def test_a_record_that_is_missing_is_seen(run: tuple[Evidence, set[Form]], logical: str) -> None:
    evidence, expected = run
    less = doctored(evidence, logical, evidence.topics[logical][1:])
    found = " ".join(violations(less, [], expected, COUNT))
    assert "1 missing" in found
    assert "an undisturbed run has" in found


async def test_a_repeated_record_is_counted_and_breaks_nothing(run: tuple[Evidence, set[Form]]) -> None:
    evidence, expected = run
    claims = evidence.topics[CLAIMS]
    again = doctored(evidence, CLAIMS, [*claims, replace(claims[0], offset=len(claims))])
    assert violations(again, [], expected, COUNT) == []
    assert repeated(again) == 1


async def test_a_record_repeated_in_another_form_is_seen(run: tuple[Evidence, set[Form]]) -> None:
    evidence, expected = run
    claims = evidence.topics[CLAIMS]
    changed = replace(claims[0], offset=len(claims), value=(claims[0].value or b"") + b" ")
    found = violations(doctored(evidence, CLAIMS, [*claims, changed]), [], expected, COUNT)
    assert any("repeated in another form" in sentence for sentence in found)


async def test_two_ends_of_one_record_are_seen(run: tuple[Evidence, set[Form]]) -> None:
    evidence, expected = run
    doubled = [
        *evidence.topics[ARTICLES_DUPLICATES],
        replace(evidence.topics[ARTICLES_ENRICHED][0], offset=999),
    ]
    found = violations(doctored(evidence, ARTICLES_DUPLICATES, doubled), [], expected, COUNT)
    assert any("1 with more than one end" in sentence for sentence in found)


async def test_a_record_nobody_fed_is_seen(run: tuple[Evidence, set[Form]]) -> None:
    evidence, expected = run
    fewer = doctored(evidence, ARTICLES_RAW, evidence.topics[ARTICLES_RAW][:-1])
    found = " ".join(violations(fewer, [], expected, COUNT))
    assert "1 that nobody fed" in found
    assert "60 records were fed" in found


async def test_revisions_in_another_order_are_seen(run: tuple[Evidence, set[Form]]) -> None:
    evidence, expected = run
    turned = list(reversed(evidence.topics[ARTICLES_ENRICHED]))
    found = violations(doctored(evidence, ARTICLES_ENRICHED, turned), [], expected, COUNT)
    assert any("comes after" in sentence for sentence in found)


@pytest.mark.parametrize("logical", [CLAIM_THREADS, STORIES])
async def test_a_record_of_threads_that_is_missing_is_seen(
    run: tuple[Evidence, set[Form]], logical: str
) -> None:
    evidence, expected = run
    counted = Counter(record.key for record in evidence.topics[logical])
    key = next(key for key, count in counted.items() if count > 2)
    second = [record for record in evidence.topics[logical] if record.key == key][1]
    less = [record for record in evidence.topics[logical] if record is not second]
    found = " ".join(violations(doctored(evidence, logical, less), [], expected, COUNT))
    assert "comes after" in found
    assert "an undisturbed run has 1 records that are not here" in found


async def test_an_article_that_did_not_come_to_threads_is_seen(run: tuple[Evidence, set[Form]]) -> None:
    evidence, expected = run
    less = doctored(evidence, CLAIMS_PREPARED, evidence.topics[CLAIMS_PREPARED][1:])
    assert any("did not come to threads" in sentence for sentence in violations(less, [], expected, COUNT))


async def test_an_offset_of_threads_committed_before_its_records_is_seen(
    run: tuple[Evidence, set[Form]],
) -> None:
    evidence, expected = run
    everything = {0: len(evidence.topics[CLAIMS_PREPARED])}
    early = Sample("threads", everything, {CLAIM_THREADS: {0: 999}, STORIES: {0: 0}})
    found = violations(evidence, [early], expected, COUNT)
    assert any("threads had committed" in sentence for sentence in found)
    honest = Sample("threads", everything, {CLAIM_THREADS: {0: 999}, STORIES: {0: 999}})
    assert violations(evidence, [honest], expected, COUNT) == []


async def test_an_offset_committed_before_its_answer_is_seen(run: tuple[Evidence, set[Form]]) -> None:
    evidence, expected = run
    ends = {ARTICLES_SKETCHED: {0: 0}, ARTICLES_DEAD: {0: 0}}
    early = Sample("intake", {0: 1}, ends)
    found = violations(evidence, [early], expected, COUNT)
    assert any("intake had committed" in sentence for sentence in found)
    honest = Sample("intake", {0: COUNT}, {ARTICLES_SKETCHED: {0: 99}, ARTICLES_DEAD: {0: 99}})
    assert violations(evidence, [honest], expected, COUNT) == []
