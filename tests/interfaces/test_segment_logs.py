"""Check that every log of segments keeps the contract of `service/line/segment_log.py`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest

from service.kafka.outbox import KafkaOutbox
from service.kafka.security import client_options
from service.kafka.segment_log import KafkaSegmentLog
from service.line.records_out import Letter
from service.line.segment_log import DIGEST_HEADER, MemorySegmentLog, SegmentLog, SegmentUnreadable
from service.settings import KafkaSettings
from service.topics import DEDUP_SEGMENTS
from tests.kit_kafka import create_topics


@dataclass(frozen=True, slots=True)
class Written:
    """A log, and a way to write to it that returns the position."""

    log: SegmentLog
    write: Callable[[Letter], Awaitable[int]]


def segment(envelope_offset: int, partition: int = 0) -> Letter:
    """Make a record as `segment_letter` does, with a value that tells it apart."""
    key, value = envelope_offset.to_bytes(8, "big"), b"value %d" % envelope_offset
    return Letter(DEDUP_SEGMENTS, key, value, [(DIGEST_HEADER, b"d" * 16)], partition=partition)


@pytest.fixture(params=["memory", pytest.param("kafka", marks=pytest.mark.broker)])
async def written(request: pytest.FixtureRequest, topic_prefix: str) -> AsyncIterator[Written]:
    if request.param == "memory":
        memory = MemorySegmentLog()

        async def append(letter: Letter) -> int:
            return memory.append(letter)

        yield Written(memory, append)
        return
    servers, name = request.getfixturevalue("kafka").bootstrap_servers, topic_prefix + DEDUP_SEGMENTS
    await create_topics(servers, {name: 2})
    options = client_options(KafkaSettings(bootstrap_servers=servers))
    outbox = KafkaOutbox(topic_prefix, options, 1_000_000, lambda observation: None)
    log = KafkaSegmentLog(name, options, 1_000_000)
    await outbox.start([DEDUP_SEGMENTS])
    await log.start()
    yield Written(log, outbox.deliver_one)
    await log.stop()
    await outbox.stop()


async def offsets(log: SegmentLog, start: int, end: int, partition: int = 0) -> list[tuple[int, int]]:
    """List position and envelope of the segments between two positions."""
    return [(one.position, one.envelope_offset) async for one in log.read(partition, start, end)]


async def test_an_empty_log_ends_at_0_and_holds_nothing(written: Written) -> None:
    assert await written.log.end(0) == 0
    assert await written.log.beginning(0) == 0
    assert await offsets(written.log, 0, 0) == []


async def test_segments_are_read_in_order_between_two_positions(written: Written) -> None:
    assert [await written.write(segment(at)) for at in (5, 7, 9, 12)] == [0, 1, 2, 3]
    assert await written.log.end(0) == 4
    assert await offsets(written.log, 0, 4) == [(0, 5), (1, 7), (2, 9), (3, 12)]
    assert await offsets(written.log, 1, 3) == [(1, 7), (2, 9)]
    assert await offsets(written.log, 2, 2) == []


async def test_reading_ends_where_it_was_asked_to_though_the_log_grew(written: Written) -> None:
    for at in range(3):
        await written.write(segment(at))
    end = await written.log.end(0)
    await written.write(segment(3))
    assert await offsets(written.log, 0, end) == [(0, 0), (1, 1), (2, 2)]
    assert await offsets(written.log, end, await written.log.end(0)) == [(3, 3)]


async def test_partitions_are_logs_of_their_own(written: Written) -> None:
    await written.write(segment(1))
    assert await written.write(segment(2, partition=1)) == 0
    assert await offsets(written.log, 0, 1) == [(0, 1)]
    assert await offsets(written.log, 0, 1, partition=1) == [(0, 2)]


async def test_one_segment_is_read_by_its_position(written: Written) -> None:
    for at in range(3):
        await written.write(segment(at * 10))
    one = await written.log.read_at(0, 1)
    assert (one.position, one.envelope_offset, one.digest, one.value) == (1, 10, b"d" * 16, b"value 10")


@pytest.mark.parametrize("position", [2, 100])
async def test_a_position_that_holds_none_is_unreadable(
    written: Written, position: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.kafka.segment_log.FETCH_SECONDS_MAX", 0.5)
    for at in range(2):
        await written.write(segment(at))
    with pytest.raises(SegmentUnreadable, match=rf"@{position} "):
        await written.log.read_at(0, position)
