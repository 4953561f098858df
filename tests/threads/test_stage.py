"""Verdicts on claims are written before they are told, and never reached twice."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest
from msgspec import structs

from service.line.envelopes import pack_prepared
from service.line.records_out import Letter, Outcome
from service.line.recovery import SegmentLost
from service.line.segment_log import MemorySegmentLog, SegmentUnreadable
from service.observations import ArticlesRedelivered, IndexMeasured, Observation, SegmentsCut, ThreadsDecided
from service.records import Origin, Prepared, RawRecord, Reason
from service.settings import Settings
from service.threads.stage import ThreadsStage
from service.topics import CLAIM_THREADS, CLAIMS_PREPARED, STORIES, THREADS_SEGMENTS
from tests.threads.articles import OTHER, QUAY, SECOND, THIRD, prepared

STREAM = [[QUAY, OTHER], [SECOND], [THIRD]]


def envelope(offset: int, articles: Sequence[Prepared]) -> RawRecord:
    return RawRecord(b"default", pack_prepared(articles), (), Origin(CLAIMS_PREPARED, 0, offset))


def envelopes() -> list[RawRecord]:
    """Return the articles of STREAM in envelopes."""
    numbers = iter(range(99))
    return [envelope(n, [prepared(text, next(numbers)) for text in texts]) for n, texts in enumerate(STREAM)]


class Worker:
    """A stage with its log: what a process is, without the process."""

    def __init__(self, log: MemorySegmentLog) -> None:
        self.log = log
        self.observations: list[Observation] = []
        self.stage = ThreadsStage(Settings(), log, self.observations.append)

    async def decide(self, record: RawRecord, *, write: bool = True) -> Outcome:
        outcome = self.stage.decide([record], await self.stage.prepare([record]))
        if outcome.segment is not None and write:
            position = self.log.append(outcome.segment)
            self.stage.segment_written(record.origin.partition, record.origin.offset, position)
        return outcome


def new_log() -> MemorySegmentLog:
    return MemorySegmentLog(THREADS_SEGMENTS)


async def all_letters() -> list[Sequence[Letter]]:
    """Return what one worker sends for the stream."""
    alone = Worker(new_log())
    return [(await alone.decide(record)).letters for record in envelopes()]


async def test_threads_and_stories_are_sent_and_facts_told() -> None:
    worker = Worker(new_log())
    first, second, third = [await worker.decide(record) for record in envelopes()]
    assert first.letters == []
    assert {letter.topic for letter in second.letters} == {CLAIM_THREADS, STORIES}
    assert first.segment is not None
    assert first.segment.topic == THREADS_SEGMENTS
    decided = [observation for observation in third.observations if isinstance(observation, ThreadsDecided)]
    assert (decided[0].articles, decided[0].relations["disputes"]) == (1, 1)
    assert isinstance(third.observations[-1], IndexMeasured)
    assert third.tally == [(0, None)]


@pytest.mark.parametrize("cut", range(4))
async def test_a_worker_that_takes_over_at_any_point_answers_as_the_first_would_have(cut: int) -> None:
    expected = await all_letters()
    log = new_log()
    first = Worker(log)
    for record in envelopes()[:cut]:
        await first.decide(record)
    second = Worker(log)
    outcomes = [await second.decide(record) for record in envelopes()]
    assert [outcome.letters for outcome in outcomes] == expected
    assert [outcome.segment is None for outcome in outcomes] == [n < cut for n in range(3)]
    assert [outcome.observations for outcome in outcomes[:cut]] == [
        [ArticlesRedelivered(len(texts))] for texts in STREAM[:cut]
    ]


async def test_a_worker_killed_before_its_segment_was_written_leaves_no_trace() -> None:
    expected = await all_letters()
    log = new_log()
    first = Worker(log)
    await first.decide(envelopes()[0])
    await first.decide(envelopes()[1], write=False)
    second = Worker(log)
    assert [(await second.decide(record)).letters for record in envelopes()] == expected


async def test_a_segment_for_another_envelope_stops_the_worker() -> None:
    log = new_log()
    await Worker(log).decide(envelopes()[0])
    with pytest.raises(SegmentUnreadable, match=r"claims\.prepared was made anew without threads\.segments"):
        await Worker(log).decide(envelope(0, [prepared(THIRD, 7)]))


async def test_segments_that_are_gone_are_noticed() -> None:
    log = new_log()
    for record in envelopes()[:2]:
        await Worker(log).decide(record)
    log.committed = {0: 2}
    del log.partitions[0][1:]
    with pytest.raises(SegmentLost, match="up to envelope 1"):
        await Worker(log).decide(envelopes()[2])


def dated(count: int, days_apart: int) -> list[RawRecord]:
    """Return envelopes of one article each, published so many days apart."""
    first = datetime.date(2026, 3, 1)
    texts = (QUAY, SECOND, THIRD)
    made = []
    for n in range(count):
        day = (first + datetime.timedelta(days=n * days_apart)).isoformat()
        article = structs.replace(prepared(texts[n % 3], n), published_at=day)
        made.append(envelope(n, [article]))
    return made


@pytest.mark.parametrize(("days_apart", "is_told"), [(1, True), (8, False)])
async def test_a_log_cut_at_its_beginning_is_told_once_if_the_window_reaches_behind_it(
    days_apart: int, is_told: bool
) -> None:
    """Fourteen days are remembered: of eight articles a day apart the cut takes some that count, of others none."""
    log = new_log()
    stream = dated(8, days_apart)
    for record in stream[:6]:
        await Worker(log).decide(record)
    log.delete_before(0, 3)
    follower = Worker(log)
    observations = [one for record in stream[6:] for one in (await follower.decide(record)).observations]
    told = [one for one in observations if isinstance(one, SegmentsCut)]
    assert told == [SegmentsCut("default", "threads.segments")] * is_told


async def test_a_whole_log_is_not_told_to_be_cut() -> None:
    log = new_log()
    observations = [told for one in dated(8, 1) for told in (await Worker(log).decide(one)).observations]
    assert not any(isinstance(one, SegmentsCut) for one in observations)


async def test_a_log_that_is_made_anew_under_a_worker_stops_it() -> None:
    log = new_log()
    worker = Worker(log)
    for record in envelopes()[:2]:
        await worker.decide(record)
    log.partitions.clear()
    with pytest.raises(SegmentLost, match="made anew, or cut at its end, under this worker"):
        await worker.decide(envelopes()[2])


def broken(article: Prepared, field: str, value: bytes) -> Prepared:
    """Return an article with one of its packed fields spoilt."""
    fields = {name: getattr(article, name) for name in article.__struct_fields__}
    return Prepared(**{**fields, field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [("words", b""), ("heads", b"123"), ("heads", b"\xff" * 40), ("figures", b"1"), ("stems", b"12345")],
)
async def test_facets_that_do_not_fit_are_set_aside(field: str, value: bytes) -> None:
    worker = Worker(new_log())
    outcome = await worker.decide(envelope(0, [broken(prepared(QUAY, 0), field, value)]))
    assert [aside.reason for aside in outcome.set_aside] == [Reason.SCHEMA]
    assert outcome.segment is not None
    assert (await worker.decide(envelopes()[1])).set_aside == []
