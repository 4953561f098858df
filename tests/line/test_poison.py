"""The search for the record that ends workers: crashes are counted by offset, and one record alone is set aside."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence

import pytest

from service.line.dead_letters import MemoryOriginals
from service.line.loop import Line
from service.line.poison import CRASHES_MAX, Place, PoisonSearch
from service.line.records_out import Letter, Outcome
from service.line.segment_log import MemorySegmentLog
from service.line.stage import Stage
from service.line.stopping import DeadLetterLimit, NoRecordAtFault
from service.pipeline.in_memory import MemoryOutbox
from service.records import Origin, RawRecord
from service.settings import DeadLetterSettings
from service.stages import INTAKE
from service.topics import ARTICLES_DEAD, ARTICLES_RAW, ARTICLES_SKETCHED


class Killed(Exception):  # noqa: N818 - it is what happened
    """Stand for a death of the process: nothing is acknowledged, and no code of the worker runs afterwards."""


class Marks:
    """Committed offsets with their texts, which outlive every worker."""

    def __init__(self) -> None:
        self.at: dict[Place, tuple[int, str]] = {}
        self.writes = 0

    async def read(self, place: Place) -> tuple[int | None, str]:
        return self.at.get(place, (None, ""))

    async def write(self, place: Place, offset: int, text: str) -> None:
        self.at[place] = offset, text
        self.writes += 1


Fault = Callable[[Sequence[RawRecord]], None]


class Copies(Stage[None]):
    """Copy records, unless `fault` ends the worker."""

    def __init__(self, fault: Fault, prepare_fault: Fault) -> None:
        self._fault = fault
        self._prepare_fault = prepare_fault

    async def prepare(self, records: Sequence[RawRecord]) -> None:
        self._prepare_fault(records)

    def decide(self, records: Sequence[RawRecord], prepared: None = None) -> Outcome:
        self._fault(records)
        return Outcome([Letter(ARTICLES_SKETCHED, b"k", record.value) for record in records])


def _no_fault(_: Sequence[RawRecord]) -> None:
    """Let all records pass."""


class World:
    """A topic of `records` in two partitions, a broker's memory, and workers that may die."""

    def __init__(self, records: int, fault: Fault = _no_fault, prepare_fault: Fault = _no_fault) -> None:
        self.marks = Marks()
        self.outbox = MemoryOutbox(4, MemorySegmentLog())
        self._stage = Copies(fault, prepare_fault)
        self._log = {
            part: [
                RawRecord(b"k", b"%d" % n, (), Origin(ARTICLES_RAW, part, n // 2))
                for n in range(part, records, 2)
            ]
            for part in (0, 1)
        }
        self.crashes = 0
        self.rebalances = False  # one before each record that is taken alone

    async def _batches(self, size: int) -> AsyncIterator[list[RawRecord]]:
        """Yield what is not committed, `size` records of each partition at a time, and commit it afterwards."""
        while True:
            batch: list[RawRecord] = []
            for part, log in self._log.items():
                start = self.marks.at.get((ARTICLES_RAW, part), (0, ""))[0]
                batch += log[start : start + size]
            if not batch:
                return
            yield batch
            for record in batch:
                self.marks.at[ARTICLES_RAW, record.origin.partition] = record.origin.offset + 1, ""

    async def run(self, size: int = 5) -> None:
        """Run one worker until there is no more. Raises what ends it."""
        line = Line(
            INTAKE.name,
            INTAKE.source,
            self._stage,
            outbox=self.outbox,
            originals=MemoryOriginals(),
            limit=DeadLetterLimit("intake", DeadLetterSettings()),
            tell=lambda observation: None,
        )
        search = PoisonSearch(self.marks, excused=(KeyError,))
        async for batch in self._batches(size):
            try:
                if await search.begin(batch):
                    for record in batch:
                        if self.rebalances:
                            search.assigned()
                        await line._handle_alone(record, search)
                else:
                    await line.handle(batch)
            except Killed:
                raise
            except Exception as error:
                await search.excuse(error)
                raise

    async def run_to_the_end(self, restarts_max: int = 20) -> None:
        """Restart whatever dies."""
        for _ in range(restarts_max):
            try:
                await self.run()
            except Exception:
                self.crashes += 1
            else:
                return
        raise AssertionError(f"still dying after {restarts_max} restarts")

    @property
    def copied(self) -> set[int]:
        return {int(letter.value or b"") for letter in self.outbox.topics.get(ARTICLES_SKETCHED, [])}

    @property
    def dead(self) -> list[tuple[int, str]]:
        letters = self.outbox.topics.get(ARTICLES_DEAD, [])
        return [(int(one.value or b""), dict(one.headers)["copydesk.dlq.reason"].decode()) for one in letters]


def dying_of(*numbers: int, error: type[BaseException] = Killed) -> Fault:
    def fault(records: Sequence[RawRecord]) -> None:
        if any(int(record.value or b"") in numbers for record in records):
            raise error

    return fault


@pytest.mark.parametrize("number", [0, 7, 12, 39])
@pytest.mark.parametrize("error", [Killed, ValueError, MemoryError])
async def test_the_record_that_ends_workers_is_set_aside_and_no_other(
    number: int, error: type[BaseException]
) -> None:
    world = World(40, dying_of(number, error=error))
    await world.run_to_the_end()
    assert world.dead == [(number, "poison")]
    assert world.copied == set(range(40)) - {number}
    at_its_offset = CRASHES_MAX + 1
    assert world.crashes in (
        at_its_offset,
        at_its_offset + 1,
    )  # the first may have begun at an earlier offset


async def test_a_rebalance_in_the_middle_of_the_search_does_not_end_it() -> None:
    world = World(40, dying_of(9))
    world.rebalances = True
    await world.run_to_the_end()
    assert world.dead == [(9, "poison")]
    assert world.copied == set(range(40)) - {9}


async def test_several_such_records_are_found_one_after_the_other() -> None:
    world = World(40, dying_of(3, 4, 30))
    await world.run_to_the_end()
    assert sorted(world.dead) == [(3, "poison"), (4, "poison"), (30, "poison")]
    assert world.copied == set(range(40)) - {3, 4, 30}


@pytest.mark.parametrize("error", [NoRecordAtFault, OSError, KeyError])
async def test_an_error_that_no_record_is_to_blame_for_sets_nothing_aside(error: type[Exception]) -> None:
    world = World(40, dying_of(7, error=error))
    for _ in range(12):
        with pytest.raises(error):
            await world.run()
    assert world.dead == []


async def test_a_worker_that_dies_before_it_decides_sets_nothing_aside() -> None:
    world = World(40, prepare_fault=dying_of(7))
    for _ in range(12):
        with pytest.raises(Killed):
            await world.run()
    assert world.dead == []


async def test_workers_killed_now_and_then_set_nothing_aside() -> None:
    calls = iter(range(1_000))

    def now_and_then(_: Sequence[RawRecord]) -> None:
        if next(calls) % 3 == 2:
            raise Killed

    world = World(200, now_and_then)
    await world.run_to_the_end(restarts_max=100)
    assert world.crashes > 5
    assert world.dead == []
    assert world.copied == set(range(200))


async def test_a_record_whose_letters_end_workers_is_set_aside_at_last() -> None:
    class Dying(MemoryOutbox):
        async def deliver(self, letters: Iterable[Letter]) -> None:
            kept = list(letters)
            if any(letter.value == b"7" and letter.topic == ARTICLES_SKETCHED for letter in kept):
                raise Killed
            await super().deliver(kept)

    world = World(40)
    world.outbox = Dying(4, MemorySegmentLog())
    await world.run_to_the_end()
    assert world.dead == [(7, "poison")]
    assert world.copied == set(range(40)) - {7}


async def test_one_mark_is_written_for_each_partition_while_all_is_well() -> None:
    world = World(2_000)
    await world.run()
    assert world.marks.writes == 2
