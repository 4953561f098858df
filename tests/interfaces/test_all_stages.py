"""Check that every stage keeps the contract of `service/line/stage.py`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from service.line.envelopes import unpack_prepared, unpack_unique
from service.line.poison import WHOLE
from service.line.records_out import Outcome
from service.line.segment_log import MemorySegmentLog
from service.line.stage import Stage
from service.observations import Observation
from service.pipeline.in_memory import MemoryOutbox, MemoryPipeline, raw_record
from service.records import Origin, RawRecord, Reason
from service.settings import Settings
from service.stages import DEDUP, ENRICH, INTAKE, STAGES, THREADS, Services, StageSpec
from service.topics import ARTICLES_RAW

STORY = "“The quay at Merrow will close on 4 May,” harbour master Ada Lorne said. It cost $3 million."
GARBAGE = [None, b"", b"{}", b"CDE\x03", b"CDE\x03\xc1", b"\x00" * 64, b"CDE\x02" + b"\x90" * 9]


class Held:
    """A stage with a log of segments, driven as the loop drives it."""

    def __init__(self, spec: StageSpec) -> None:
        self.log = MemorySegmentLog()
        outbox = MemoryOutbox(4, self.log)
        self.observations: list[Observation] = []
        services = Services(self.log, self.observations.append, outbox.partition_of)
        self.stage: Stage[Any] = spec.make(Settings(), services)

    async def handle(self, records: Sequence[RawRecord]) -> Outcome:
        outcome = self.stage.decide(records, await self.stage.prepare(records))
        if outcome.segment is not None:
            origin = records[0].origin
            self.stage.segment_written(origin.partition, origin.offset, self.log.append(outcome.segment))
        return outcome

    async def step_by_step(
        self, record: RawRecord, poison: frozenset[int] = frozenset()
    ) -> tuple[Outcome, list[int]]:
        """Decide on one record as the search for poison does, and return its steps too."""
        deciding = self.stage.decide_step_by_step(record, await self.stage.prepare([record]), poison)
        steps: list[int] = []
        while True:
            try:
                steps.append(next(deciding))
            except StopIteration as end:
                outcome: Outcome = end.value
                break
        if outcome.segment is not None:
            origin = record.origin
            self.stage.segment_written(origin.partition, origin.offset, self.log.append(outcome.segment))
        return outcome, steps


class Listening(MemoryPipeline):
    """Remember what each stage reads."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.read: dict[str, list[list[RawRecord]]] = {}

    def _batches(self, spec: StageSpec, fed: Sequence[RawRecord]) -> Iterator[Sequence[RawRecord]]:
        for records in super()._batches(spec, fed):
            self.read.setdefault(spec.name, []).append(list(records))
            yield records


@pytest.fixture(params=list(STAGES))
def spec(request: pytest.FixtureRequest) -> StageSpec:
    return STAGES[request.param]


async def batches(spec: StageSpec, count: int = 6) -> list[list[RawRecord]]:
    """Make what a stage reads of some articles, a third of them reprints: one record in each batch, or all of them."""
    bodies = [
        f"{STORY} Ward {n // 3 * 3} keeps its ferry line, and berth {n // 3} stays." for n in range(count)
    ]
    raw = [raw_record(n, json.dumps({"id": f"a{n}", "body": body}).encode()) for n, body in enumerate(bodies)]
    if spec.source == ARTICLES_RAW:
        return [raw]
    pipeline = Listening(Settings())
    await pipeline.feed(raw)
    return pipeline.read[spec.name]


async def test_the_same_records_have_the_same_outcome(spec: StageSpec) -> None:
    read = await batches(spec)
    first, second = Held(spec), Held(spec)
    assert [await first.handle(batch) for batch in read] == [await second.handle(batch) for batch in read]


async def test_records_that_come_again_send_the_same_letters(spec: StageSpec) -> None:
    read, held = await batches(spec), Held(spec)
    once = [(await held.handle(batch)).letters for batch in read]
    assert [(await held.handle(batch)).letters for batch in read] == once


async def test_letters_go_to_the_sinks_of_the_stage_and_every_article_is_counted(spec: StageSpec) -> None:
    held = Held(spec)
    read = await batches(spec)
    outcomes = [await held.handle(batch) for batch in read]
    topics = {letter.topic for outcome in outcomes for letter in outcome.letters}
    assert topics
    assert topics <= set(spec.sinks)
    counted = sum(len(outcome.tally) for outcome in outcomes)
    unpack: Callable[[bytes | None], Sequence[object]] | None = None
    if spec is ENRICH or spec is THREADS:
        unpack = unpack_unique if spec is ENRICH else unpack_prepared
    going_on = 6 if unpack is None else sum(len(unpack(one.value)) for batch in read for one in batch)
    assert counted == going_on
    assert all(reason is None for outcome in outcomes for _, reason in outcome.tally)


@pytest.mark.parametrize("value", GARBAGE)
async def test_a_record_that_cannot_be_read_is_set_aside_and_not_raised(
    spec: StageSpec, value: bytes | None
) -> None:
    key = None if value is None else b"k"  # no value under a key withdraws the article of that key
    record = RawRecord(key, value, (("x", b"1"),), Origin(spec.source, 0, 0))
    outcome = await Held(spec).handle([record])
    [aside] = outcome.set_aside
    assert (aside.origin, aside.record) == (record.origin, record)
    assert aside.reason is not Reason.BUG
    assert outcome.tally == [(0, aside.reason)]
    assert outcome.letters == []


async def test_partitions_may_be_assigned_at_any_time(spec: StageSpec) -> None:
    read, held = await batches(spec), Held(spec)
    expected = [await Held(spec).handle(batch) for batch in read[:1]]
    held.stage.assigned(set())
    held.stage.assigned({0, 1})
    assert [await held.handle(batch) for batch in read[:1]] == expected
    held.stage.assigned({1})
    held.stage.assigned({0})
    again = await held.handle(read[0])
    assert again.letters == expected[0].letters


async def test_step_by_step_the_outcome_is_the_same_and_every_article_has_its_step(spec: StageSpec) -> None:
    read = [[record] for batch in await batches(spec) for record in batch]
    whole, stepwise = Held(spec), Held(spec)
    for [record] in read:
        expected = await whole.handle([record])
        outcome, steps = await stepwise.step_by_step(record)
        assert (outcome.letters, outcome.segment, outcome.tally) == (
            expected.letters,
            expected.segment,
            expected.tally,
        )
        assert set(steps) - {WHOLE} == (set() if spec is INTAKE else set(range(len(outcome.tally))))


async def test_of_an_envelope_only_the_poisonous_article_is_set_aside(spec: StageSpec) -> None:
    record = (await batches(spec))[0][0]
    number = WHOLE if spec is INTAKE else 0
    held = Held(spec)
    outcome, steps = await held.step_by_step(record, frozenset({number}))
    [aside] = outcome.set_aside
    assert aside.reason is Reason.POISON
    assert aside.origin.topic == ARTICLES_RAW
    assert [reason for _, reason in outcome.tally].count(Reason.POISON) == 1
    if spec is DEDUP:
        again = await held.handle([record])  # from its segment
        assert [one.reason for one in again.set_aside] == [Reason.POISON]
        assert again.letters == outcome.letters
        assert len(outcome.tally) == 6
    if spec is ENRICH:
        assert number not in steps


async def test_a_record_that_ends_workers_as_a_whole_is_set_aside_as_it_is(spec: StageSpec) -> None:
    record = (await batches(spec))[0][0]
    outcome, steps = await Held(spec).step_by_step(record, frozenset({WHOLE}))
    [aside] = outcome.set_aside
    assert (aside.reason, aside.record) == (Reason.POISON, record)
    assert (outcome.letters, steps) == ([], [])
