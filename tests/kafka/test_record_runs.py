"""Runs of records: what Faust is told of them, and which offset is committed."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from types import SimpleNamespace
from typing import Any
from weakref import WeakSet

import pytest
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from service.kafka.patches.record_runs import cut_into_runs, raw_records
from service.kafka.patches.transport import RunConsumer
from service.records import Origin

PLACE = TP("articles.raw", 0)


def record(offset: int, **fields: Any) -> Any:
    given: dict[str, Any] = {
        "key": b"k",
        "value": b"v",
        "headers": (),
        "timestamp": 1_700_000_000_000,
    } | fields
    return SimpleNamespace(
        topic=PLACE.topic,
        partition=PLACE.partition,
        offset=offset,
        timestamp_type=0,
        checksum=None,
        serialized_key_size=1,
        serialized_value_size=1,
        **given,
    )


def records(first: int, end: int) -> list[Any]:
    return [record(offset) for offset in range(first, end)]


def consumer(committed: int | None = None) -> Any:
    """One without an app or a broker: what it keeps of one partition, as Faust does."""
    made: Any = object.__new__(RunConsumer)
    made.app = SimpleNamespace(consumer_generation_id=1)
    made.transport = SimpleNamespace(run_records=25)
    made._firsts = {}
    made._acked = defaultdict(list)
    made._acked_index = defaultdict(set)
    made._gap = defaultdict(list)
    made._under_way = WeakSet()
    made._committed_offset = defaultdict(lambda: None, {PLACE: committed})
    made._read_offset = defaultdict(lambda: None, {PLACE: committed})
    return made


def read(made: Any, run: list[Any]) -> Any:
    """As Faust's loop hands a run over: its message is made, a gap is noted, the place is remembered."""
    message = made._to_message(PLACE, run)
    before = made._read_offset[PLACE]
    if before and message.offset - before > 1:
        asyncio.run(made._add_gap(PLACE, before + 1, message.offset))
    made._read_offset[PLACE] = message.offset
    return message


def committed(made: Any, *messages: Any) -> int | None:
    """What would be committed once these are acknowledged."""
    for message in messages:
        made._acked[PLACE].append(message.offset)
        made._acked_index[PLACE].add(message.offset)
    offset: int | None = made._new_offset(PLACE)
    if offset is not None:
        made._committed_offset[PLACE] = offset
    return offset


def test_records_are_cut_in_order_and_none_is_left_out() -> None:
    runs = cut_into_runs(records(0, 60), 25)
    assert [len(run) for run in runs] == [25, 25, 10]
    assert [one.offset for run in runs for one in run] == list(range(60))


def test_a_run_of_large_records_is_short() -> None:
    large = [record(offset, value=b"x" * 400_000) for offset in range(7)]
    assert [len(run) for run in cut_into_runs(large, 25)] == [3, 3, 1]


def test_fetched_records_arrive_in_runs() -> None:
    found = consumer()._in_runs({PLACE: records(0, 60)})
    assert [len(run) for run in found[PLACE]] == [25, 25, 10]
    assert consumer()._in_runs(None) is None


def test_a_run_stands_at_its_last_record_and_carries_all_of_them() -> None:
    message = consumer()._to_message(PLACE, records(3, 6))
    assert message.offset == 5
    assert message.value is None
    told = raw_records(SimpleNamespace(message=message))
    assert [one.origin.offset for one in told] == [3, 4, 5]
    assert told[0].origin == Origin("articles.raw", 0, 3, 1_700_000_000_000)
    assert (told[0].key, told[0].value) == (b"k", b"v")


def test_a_record_without_a_time_has_none() -> None:
    message = consumer()._to_message(PLACE, [record(0, timestamp=-1), record(1, timestamp=None)])
    assert [one.origin.timestamp_ms for one in raw_records(SimpleNamespace(message=message))] == [None, None]


def test_a_run_is_committed_whole_and_the_one_behind_it_is_not() -> None:
    made = consumer()
    first, second, third = (read(made, records(start, start + 25)) for start in (0, 25, 50))
    assert committed(made, first) == 25
    assert committed(made, second) == 50
    assert committed(made) is None
    assert committed(made, third) == 75


def test_runs_go_on_from_what_was_committed_before() -> None:
    made = consumer(committed=1_000)
    first, second = read(made, records(1_000, 1_020)), read(made, records(1_020, 1_021))
    assert committed(made, first, second) == 1_021


def test_one_record_and_then_a_run_are_committed() -> None:
    """Faust notes no gap after offset 0, and would wait for the records of the run for ever."""
    made = consumer()
    assert committed(made, read(made, records(0, 1))) == 1
    assert committed(made, read(made, records(1, 20))) == 20


def test_offsets_that_hold_no_record_do_not_hold_up_the_commit() -> None:
    """Compaction and transactions leave such; a later run stands for those before it, when it is done itself."""
    made = consumer(committed=10)
    first = read(made, [record(12), record(15)])
    second = read(made, [record(40)])
    assert committed(made) is None
    assert committed(made, first) == 16
    assert committed(made, second) == 41


def test_an_unfinished_run_holds_the_commit_where_it_begins() -> None:
    made = consumer(committed=5)
    read(made, records(5, 30))
    second = read(made, records(30, 55))
    assert committed(made, second) is None


def test_records_read_before_are_left_out_after_a_seek_back() -> None:
    made = consumer(committed=50)
    message = made._to_message(PLACE, records(45, 55))
    assert [one.offset for one in message.records] == list(range(50, 55))
    assert made._to_message(PLACE, records(40, 45)).offset == 44  # Faust drops it: it lies before


async def test_what_is_kept_of_a_partition_goes_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def as_faust(made: RunConsumer, revoked: set[Any]) -> None:
        pass

    monkeypatch.setattr(driver.Consumer, "on_partitions_revoked", as_faust)
    made = consumer()
    message = made._to_message(PLACE, records(0, 5))
    assert made._firsts
    assert made._bytes_waiting() == message.size > 0
    await made.on_partitions_revoked({PLACE})
    assert not made._firsts
    assert made._bytes_waiting() == 0


def test_a_full_stream_does_not_leave_its_partition_out() -> None:
    made = consumer()
    made._active_partitions, made._buffered_partitions = {PLACE}, set()
    made.on_buffer_full(PLACE)
    assert made._get_active_partitions() == {PLACE}
