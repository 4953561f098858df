"""Events are gathered into batches of records, and acknowledged when the batch is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from service.kafka.batches import BATCH_BYTES, batches

SOON = 0.02


def event(*offsets: int, value: bytes = b"v") -> Any:
    records = [
        SimpleNamespace(
            topic="t", partition=0, offset=offset, timestamp=-1, key=None, value=value, headers=()
        )
        for offset in offsets
    ]
    return SimpleNamespace(message=SimpleNamespace(records=records))


class FakeStream:
    """Gives its events, each after a pause; remembers what was acknowledged."""

    def __init__(self, *events: Any, pauses: Sequence[float] = ()) -> None:
        self.enable_acks = True
        self.acked: list[int] = []
        self._events = events
        self._pauses = [*pauses, *[0.0] * (len(events) - len(pauses))]

    async def events(self) -> AsyncIterator[Any]:
        for found, pause in zip(self._events, self._pauses, strict=True):
            await asyncio.sleep(pause)
            yield found

    async def ack(self, found: Any) -> None:
        self.acked.append(found.message.records[-1].offset)


async def gathered(stream: FakeStream, records_max: int, within: float = SOON) -> list[list[int]]:
    return [
        [record.origin.offset for record in batch] async for batch in batches(stream, records_max, within)
    ]


async def test_a_batch_is_filled_from_several_events_and_none_is_torn() -> None:
    stream = FakeStream(event(0, 1), event(2, 3), event(4, 5), event(6))
    assert await gathered(stream, 5) == [[0, 1, 2, 3], [4, 5, 6]]
    assert stream.acked == [1, 3, 5, 6]


async def test_a_full_batch_does_not_wait() -> None:
    stream = FakeStream(event(0, 1), event(2), pauses=(0, 3600))
    async for batch in batches(stream, 2, within_seconds=3600):
        assert len(batch) == 2
        return


async def test_an_event_larger_than_a_batch_is_one() -> None:
    assert await gathered(FakeStream(event(0), event(1, 2, 3)), 2) == [[0], [1, 2, 3]]


async def test_a_batch_of_large_records_is_not_filled() -> None:
    large = bytes(BATCH_BYTES // 2)
    stream = FakeStream(event(0, value=large), event(1, value=large), event(2, value=large), event(3))
    assert await gathered(stream, 10) == [[0, 1], [2, 3]]


async def test_what_comes_late_is_in_the_next_batch_and_not_lost() -> None:
    stream = FakeStream(event(0), event(1), event(2), pauses=(0, 5 * SOON, 0))
    assert await gathered(stream, 10) == [[0], [1, 2]]


async def test_the_time_to_wait_begins_with_the_first_event() -> None:
    stream = FakeStream(event(0), event(1), pauses=(5 * SOON, 0))
    assert await gathered(stream, 10) == [[0, 1]]


async def test_a_batch_is_acknowledged_when_the_next_one_is_asked_for() -> None:
    stream = FakeStream(event(0), event(1), event(2))
    source = batches(stream, 1, SOON)
    assert not stream.acked
    await anext(source)
    await asyncio.sleep(SOON)
    assert not stream.acked
    await anext(source)
    assert stream.acked == [0]
    assert stream.enable_acks is False
    await source.aclose()  # type: ignore[attr-defined]
    assert stream.acked == [0]


async def test_a_fault_in_the_body_acknowledges_nothing() -> None:
    stream = FakeStream(event(0), event(1))

    async def fail() -> None:
        async for _ in batches(stream, 10, SOON):
            raise RuntimeError("as a body may")

    with pytest.raises(RuntimeError):
        await fail()
    await asyncio.sleep(SOON)
    assert not stream.acked
