"""The one loop: what is sent when, and what is told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest
from structlog.contextvars import get_contextvars

from service.line.dead_letters import MemoryOriginals
from service.line.loop import Line
from service.line.records_out import Letter, Outcome, SetAside
from service.line.segment_log import DIGEST_HEADER, MemorySegmentLog
from service.line.stage import Stage
from service.line.stopping import DeadLetterLimit, TooManyDeadLetters
from service.observations import ArticlesRedelivered, BatchDone, Observation, RecordSetAside
from service.pipeline.in_memory import MemoryOutbox, raw_record
from service.records import RawRecord, Reason
from service.settings import DeadLetterSettings
from service.stages import DEDUP
from service.topics import ARTICLES_DEAD, ARTICLES_DUPLICATES, DEDUP_SEGMENTS


class FakeStage(Stage[Sequence[RawRecord]]):
    """Gives the outcome it was made with."""

    def __init__(self, outcome: Outcome, written: list[tuple[int, int, int]]) -> None:
        self.outcome = outcome
        self.written = written

    async def prepare(self, records: Sequence[RawRecord]) -> Sequence[RawRecord]:
        return records

    def decide(self, records: Sequence[RawRecord], prepared: Sequence[RawRecord]) -> Outcome:
        assert prepared is records
        return self.outcome

    def segment_written(self, partition: int, envelope_offset: int, position: int) -> None:
        self.written.append((partition, envelope_offset, position))


class Line1:
    """A line around one outcome."""

    def __init__(self, outcome: Outcome, in_a_row_max: int = 1_000) -> None:
        self.observations: list[Observation] = []
        self.outbox = MemoryOutbox(4, MemorySegmentLog())
        self.originals = MemoryOriginals()
        self.written: list[tuple[int, int, int]] = []
        self.line = Line(
            DEDUP.name,
            DEDUP.source,
            FakeStage(outcome, self.written),
            outbox=self.outbox,
            originals=self.originals,
            limit=DeadLetterLimit("dedup", DeadLetterSettings(in_a_row_max=in_a_row_max)),
            tell=self.observations.append,
        )


RECORD = raw_record(7, b"raw", key=b"k", headers=(("x", b"1"),))


def an_aside(record: RawRecord | None) -> SetAside:
    return SetAside(RECORD.origin, Reason.BUG, "IndexError: oops", "IndexError", record=record)


async def test_the_segment_is_written_before_any_letter() -> None:
    order: list[str] = []

    class Watching(MemoryOutbox):
        async def deliver(self, letters: object) -> None:
            order.append("letters")

        async def deliver_one(self, letter: Letter) -> int:
            order.append("segment")
            return 5

    segment = Letter(DEDUP_SEGMENTS, b"\0" * 8, b"s", [(DIGEST_HEADER, b"d")], partition=0)
    desk = Line1(Outcome([Letter(ARTICLES_DUPLICATES, b"k", b"{}")], segment=segment))
    desk.line._outbox = Watching(4, MemorySegmentLog())
    await desk.line.handle([RECORD])
    assert order == ["segment", "letters"]
    assert desk.written == [(0, 7, 5)]


async def test_what_was_set_aside_becomes_a_dead_letter_with_the_original_bytes() -> None:
    desk = Line1(Outcome([], [an_aside(RECORD)], tally=[(0, Reason.BUG)]))
    await desk.line.handle([RECORD])
    (letter,) = desk.outbox.topics[ARTICLES_DEAD]
    assert (letter.key, letter.value) == (b"k", b"raw")
    assert letter.headers[0] == ("x", b"1")
    assert dict(letter.headers)["copydesk.dlq.reason"] == b"bug"
    assert RecordSetAside("dedup", Reason.BUG, "IndexError: oops", "articles.raw", 0, 7) in desk.observations


async def test_a_late_dead_letter_fetches_the_original() -> None:
    desk = Line1(Outcome([], [an_aside(None)]))
    desk.originals.keep(RECORD)
    await desk.line.handle([RECORD])
    (letter,) = desk.outbox.topics[ARTICLES_DEAD]
    assert (letter.key, letter.value) == (b"k", b"raw")


async def test_the_same_record_set_aside_twice_makes_the_same_dead_letter() -> None:
    letters = []
    for _ in range(2):
        desk = Line1(Outcome([], [an_aside(RECORD)]))
        await desk.line.handle([RECORD])
        letters += desk.outbox.topics[ARTICLES_DEAD]
    assert letters[0] == letters[1]


async def test_facts_are_told_after_delivery_and_counted_once_a_batch() -> None:
    desk = Line1(Outcome([], observations=[ArticlesRedelivered(1)], tally=[(0, None), (0, None)]))
    await desk.line.handle([RECORD])
    assert isinstance(desk.observations[0], ArticlesRedelivered)
    done = desk.observations[-1]
    assert isinstance(done, BatchDone)
    assert (done.stage, done.articles, done.record_bytes) == ("dedup", 2, 3)


async def test_nothing_is_told_of_a_batch_that_was_not_delivered() -> None:
    class Broken(MemoryOutbox):
        async def deliver(self, letters: object) -> None:
            raise ConnectionError("no broker")

    desk = Line1(Outcome([], observations=[ArticlesRedelivered(1)], tally=[(0, None)]))
    desk.line._outbox = Broken(4, MemorySegmentLog())
    with pytest.raises(ConnectionError):
        await desk.line.handle([RECORD])
    assert desk.observations == []


async def test_too_many_dead_letters_are_on_the_topic_before_the_stage_stops() -> None:
    desk = Line1(Outcome([], [an_aside(RECORD)] * 3, tally=[(0, Reason.BUG)] * 3), in_a_row_max=3)
    with pytest.raises(TooManyDeadLetters):
        await desk.line.handle([RECORD])
    assert len(desk.outbox.topics[ARTICLES_DEAD]) == 3


async def test_lines_logged_during_a_batch_say_which_record_it_is_about() -> None:
    desk, said = Line1(Outcome([], [an_aside(RECORD)])), []
    desk.line._tell = lambda observation: said.append(get_contextvars())

    async def batches() -> AsyncIterator[list[RawRecord]]:
        yield [RECORD]

    await desk.line.run(batches())
    assert said
    assert all(context == {"record": "articles.raw/0@7"} for context in said)
    assert get_contextvars() == {}
