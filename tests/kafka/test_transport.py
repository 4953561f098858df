"""What we change about the consumer that Faust makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.client import AIOKafkaClient
from aiokafka.consumer import AIOKafkaConsumer
from aiokafka.consumer.fetcher import Fetcher
from faust.transport.drivers import aiokafka as driver

from service.kafka.patches.transport import (
    BYTES_WAITING_MAX,
    FETCH_WAIT_MS,
    LOOK_ROUND_SECONDS,
    QUIET_WAIT_MS,
    PatientThread,
    RunConsumer,
    be_brief_where_one_waits,
)

BUSY, QUIET = (TopicPartition("articles.unique", partition) for partition in range(2))


async def test_a_worker_waits_for_its_broker_and_looks_round_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    consumer = AIOKafkaConsumer()

    def as_faust_makes_it(_: Any, __: Any) -> AIOKafkaConsumer:
        return consumer

    monkeypatch.setattr(driver.AIOKafkaConsumerThread, "_create_worker_consumer", as_faust_makes_it)
    made = PatientThread._create_worker_consumer(
        object.__new__(PatientThread), SimpleNamespace(isolation_level="read_committed")
    )
    assert made is consumer
    assert isinstance(made._client, AIOKafkaClient)
    assert made._consumer_timeout == LOOK_ROUND_SECONDS
    await consumer.stop()


class Assignment:
    """Two partitions, both to be read on."""

    tps = (BUSY, QUIET)

    def state_value(self, _: TopicPartition) -> Any:
        return SimpleNamespace(has_valid_position=True, paused=False, position=7)


@pytest.fixture
def fetcher() -> Any:
    """aiokafka's, which nobody started, of a cluster of one node."""
    real = object.__new__(Fetcher)
    real._records, real._in_flight, real._preferred_read_replica = {}, set(), {}
    real._client = SimpleNamespace(cluster=SimpleNamespace(leader_for_partition=lambda _: 1))
    real._fetch_max_wait_ms, real._fetch_min_bytes, real._fetch_max_bytes = 1_500, 1, 1
    real._max_partition_fetch_bytes, real._isolation_level, real._client_rack = 1, 0, None
    real._fetcher_timeout = 0.2
    return real


def the_wait(fetcher: Any) -> tuple[int, Iterable[int]]:
    """How long the fetch that is planned may stay, and its partitions."""
    (_, request), *others = fetcher._get_actions_per_node(Assignment())[0]
    assert not others
    ((_, partitions),) = request._topics
    return request._max_wait_ms, sorted(partition for partition, *_ in partitions)


async def test_a_fetch_for_all_partitions_may_stay(fetcher: Any) -> None:
    """The broker answers as soon as there is anything."""
    be_brief_where_one_waits(fetcher)
    assert the_wait(fetcher) == (QUIET_WAIT_MS, [0, 1])


async def test_a_fetch_that_leaves_a_partition_out_is_soon_back(fetcher: Any) -> None:
    """What comes into that partition waits for it, and Faust's 1.5 s would be its latency."""
    be_brief_where_one_waits(fetcher)
    fetcher._records[BUSY] = SimpleNamespace(calculate_backoff=lambda: 0)
    assert the_wait(fetcher) == (FETCH_WAIT_MS, [1])
    fetcher._records.clear()
    assert the_wait(fetcher) == (QUIET_WAIT_MS, [0, 1])


@dataclass(eq=False)
class Waiting:
    """A message as `RunConsumer` makes it, of `eighths` of what may wait."""

    eighths: int
    acked: bool = False
    tp: TopicPartition = BUSY

    @property
    def size(self) -> int:
        return self.eighths * BYTES_WAITING_MAX // 8


@pytest.fixture
def consumer(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Ours, with nothing of Faust behind it; a fetch brings nothing."""

    async def as_faust_waits(_: Any, timeout: float) -> Any:  # noqa: ASYNC109 - Faust's signature
        return {}, {BUSY}

    async def as_faust_revokes(_: Any, __: set[Any]) -> None:
        return None

    monkeypatch.setattr(driver.Consumer, "_wait_next_records", as_faust_waits)
    monkeypatch.setattr(driver.Consumer, "on_partitions_revoked", as_faust_revokes)
    bare = object.__new__(RunConsumer)
    bare._firsts = {}
    return bare


async def fetches(consumer: Any) -> bool:
    found = await consumer._wait_next_records(1.0)
    assert found in (({}, {BUSY}), (None, None))
    return bool(found != (None, None))


@pytest.mark.parametrize(
    ("waiting", "expected"),
    [
        ([Waiting(5), Waiting(4)], False),
        ([Waiting(5, acked=True), Waiting(4)], True),
        ([Waiting(8)], True),
    ],
)
async def test_nothing_is_fetched_while_records_of_many_bytes_wait(
    consumer: Any, waiting: list[Waiting], expected: bool
) -> None:
    consumer._under_way = set(waiting)
    assert await fetches(consumer) is expected


async def test_records_of_a_partition_that_was_taken_away_hold_up_no_fetch(consumer: Any) -> None:
    consumer._under_way = {Waiting(9, tp=BUSY), Waiting(1, tp=QUIET)}
    assert not await fetches(consumer)
    await consumer.on_partitions_revoked({BUSY})
    assert await fetches(consumer)
    assert [message.tp for message in consumer._under_way] == [QUIET]
