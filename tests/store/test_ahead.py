"""One batch is written while the next is prepared, in their order, and no failure is passed over."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import cast

import pytest

from service.store.ahead import WritingAhead
from service.store.incoming import Batch, Place, batch_of
from service.store.rows import OutputRecord
from service.store.writer import AnotherWriter, StoreWriter
from service.topics import ARTICLES_DEAD

Steps = list[tuple[str, int]]


class Slow:
    """Stand in for a writer: a batch is written once it is let go."""

    works_elsewhere = True

    def __init__(self) -> None:
        self.steps: Steps = []
        self.prepared = threading.Semaphore(0)
        self.let_go = threading.Semaphore(0)
        self.fails = False

    def prepare(self, records: Sequence[OutputRecord]) -> Batch:
        self.steps.append(("prepared", records[0].offset))
        self.prepared.release()
        return batch_of([])

    def write_batch(self, batch: Batch, known: dict[Place, int]) -> dict[Place, int]:
        assert self.let_go.acquire(timeout=30)
        number = known.get((ARTICLES_DEAD, 0), 0)
        if self.fails:
            raise AnotherWriter("moved")
        self.steps.append(("written", number))
        return {(ARTICLES_DEAD, 0): number + 1}


def ahead_of(writer: Slow) -> WritingAhead:
    return WritingAhead(cast(StoreWriter, writer), {}, lambda batch, seconds: None)


def records(offset: int) -> list[OutputRecord]:
    return [OutputRecord(ARTICLES_DEAD, 0, offset, None, None, ())]


async def test_a_batch_is_prepared_while_the_one_before_is_written() -> None:
    writer = Slow()
    async with ahead_of(writer) as ahead:
        await ahead.put(records(0))
        await asyncio.to_thread(writer.prepared.acquire)
        second = asyncio.create_task(ahead.put(records(1)))
        await asyncio.to_thread(writer.prepared.acquire)
        assert ("written", 0) not in writer.steps
        assert not second.done()  # no third is read before the first is written
        writer.let_go.release(2)
        await second
    assert writer.steps == [("prepared", 0), ("prepared", 1), ("written", 0), ("written", 1)]


async def test_a_database_in_our_own_process_is_not_worked_beside() -> None:
    writer = Slow()
    writer.works_elsewhere = False
    writer.let_go.release(2)
    async with ahead_of(writer) as ahead:
        await ahead.put(records(0))
        assert writer.steps == [("prepared", 0), ("written", 0)]


async def put(writer: Slow, *offsets: int, then: Exception | None = None) -> None:
    """Put a batch for each offset, and fail with `then` where it is given."""
    async with ahead_of(writer) as ahead:
        for offset in offsets:
            await ahead.put(records(offset))
        if then is not None:
            raise then


async def test_a_batch_that_cannot_be_written_stops_the_next_one() -> None:
    writer = Slow()
    writer.fails = True
    writer.let_go.release(3)
    with pytest.raises(AnotherWriter):
        await put(writer, 0, 1, 2)
    assert writer.steps == [("prepared", 0), ("prepared", 1)]


async def test_the_last_batch_is_waited_for_and_its_failure_is_told() -> None:
    writer = Slow()
    writer.fails = True
    writer.let_go.release()
    with pytest.raises(AnotherWriter):
        await put(writer, 0)


async def test_whoever_fails_meanwhile_waits_for_the_batch_in_writing() -> None:
    writer = Slow()
    writer.let_go.release()
    with pytest.raises(ValueError, match="broker"):
        await put(writer, 0, then=ValueError("the broker is gone"))
    assert writer.steps[-1] == ("written", 0)
