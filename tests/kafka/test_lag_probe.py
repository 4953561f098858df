"""What a real broker says of a group's lag."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError

from deploy.kafka.embedded import EmbeddedKafka
from service.kafka.lag_probe import LagProbe
from service.telemetry.lag import Reading
from tests.kit_kafka import Sent, create_topics, eventually, produce


class Bench:
    """A topic of two partitions, a group that acknowledges by hand, and the probe that looks at it."""

    def __init__(self, bootstrap: str, topic: str) -> None:
        self.bootstrap = bootstrap
        self.topic = topic
        self.probe = LagProbe(f"{topic}-group", {"bootstrap_servers": bootstrap})

    async def has(self, partition: int, *timestamps_ms: int) -> None:
        await produce(
            self.bootstrap,
            self.topic,
            [Sent(b"x", partition=partition, timestamp_ms=at) for at in timestamps_ms],
        )

    async def acknowledges(self, partition: int, offset: int) -> None:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self.bootstrap, group_id=f"{self.topic}-group", enable_auto_commit=False
        )
        await consumer.start()
        try:
            consumer.assign([TopicPartition(self.topic, partition)])
            await consumer.commit({TopicPartition(self.topic, partition): offset})
        finally:
            await consumer.stop()

    async def reading(self, partition: int) -> Reading:
        [reading] = await self.probe([(self.topic, partition)])
        return reading


@pytest.fixture
async def bench(kafka: EmbeddedKafka, topic_prefix: str) -> AsyncIterator[Bench]:
    it = Bench(kafka.bootstrap_servers, f"{topic_prefix}articles.raw")
    await create_topics(it.bootstrap, {it.topic: 2})
    await it.acknowledges(1, 0)  # the group exists, as it does once a worker is assigned something
    yield it
    await it.probe.stop()


async def test_before_the_first_acknowledgement_the_oldest_record_of_all_waits(bench: Bench) -> None:
    await bench.has(0, 5_000, 6_000)
    assert await bench.reading(0) == Reading(bench.topic, 0, 0, 2, None, 5_000)


async def test_the_oldest_unread_record_is_the_one_after_the_acknowledged(bench: Bench) -> None:
    await bench.has(0, 5_000, 6_000, 7_000)
    await bench.acknowledges(0, 1)
    assert await bench.reading(0) == Reading(bench.topic, 0, 0, 3, 1, 6_000)
    assert await bench.reading(0) == Reading(bench.topic, 0, 0, 3, 1, 6_000)
    await bench.acknowledges(0, 2)
    assert (await bench.reading(0)).oldest_unread_ms == 7_000


async def test_a_group_that_caught_up_has_nothing_unread(bench: Bench) -> None:
    await bench.has(0, 5_000)
    await bench.acknowledges(0, 1)
    assert await bench.reading(0) == Reading(bench.topic, 0, 0, 1, 1)


async def test_the_marker_of_a_transaction_is_told_from_a_record(bench: Bench) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=bench.bootstrap, transactional_id=bench.topic)
    await producer.start()
    try:
        async with producer.transaction():
            await producer.send_and_wait(bench.topic, b"x", partition=0, timestamp_ms=5_000)
    finally:
        await producer.stop()
    await bench.acknowledges(0, 1)
    only_the_marker = await bench.reading(0)
    assert (only_the_marker.end_offset, only_the_marker.nothing_unread) == (2, True)
    await bench.has(0, 8_000)
    a_record_behind_it = await bench.reading(0)
    assert (a_record_behind_it.nothing_unread, a_record_behind_it.oldest_unread_ms) == (False, 8_000)


async def test_partitions_that_come_and_go_are_read_as_asked(bench: Bench) -> None:
    await bench.has(0, 5_000)
    await bench.has(1, 6_000)
    assert (await bench.reading(1)).oldest_unread_ms == 6_000
    assert (await bench.reading(0)).oldest_unread_ms == 5_000
    both = await bench.probe([(bench.topic, 1), (bench.topic, 0)])
    assert [(r.partition, r.oldest_unread_ms) for r in both] == [(0, 5_000), (1, 6_000)]


async def test_asked_about_no_partition_it_still_asks_the_broker(bench: Bench) -> None:
    assert await bench.probe([]) == []
    unreachable = LagProbe("nobody", {"bootstrap_servers": "127.0.0.1:1"})
    with pytest.raises(KafkaError):
        await unreachable([])


async def test_it_does_not_join_the_group_it_looks_at(bench: Bench) -> None:
    """A probe that were a member would be given partitions, and nobody would work on those."""
    await bench.reading(0)
    worker = AIOKafkaConsumer(bench.topic, bootstrap_servers=bench.bootstrap, group_id=f"{bench.topic}-group")
    await worker.start()
    try:
        await bench.reading(0)
        assert {place.partition for place in worker.assignment()} == {0, 1}
    finally:
        await worker.stop()


async def test_after_a_broker_outage_it_answers_again(own_kafka: EmbeddedKafka) -> None:
    bench = Bench(own_kafka.bootstrap_servers, "articles.raw")
    await create_topics(bench.bootstrap, {bench.topic: 1})
    await bench.acknowledges(0, 0)
    await bench.has(0, 5_000)

    async def answered() -> bool:
        try:
            async with asyncio.timeout(5):
                return (await bench.reading(0)).oldest_unread_ms == 5_000
        except (KafkaError, OSError, TimeoutError):
            return False

    try:
        await eventually(answered)
        own_kafka.stop()
        assert not await answered()
        own_kafka.start()
        await eventually(answered)
    finally:
        await bench.probe.stop()
