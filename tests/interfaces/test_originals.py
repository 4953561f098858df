"""Check that every source of originals keeps the contract of `service/line/dead_letters.py`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from aiokafka.consumer import fetcher

from deploy.kafka.embedded import EmbeddedKafka
from service.kafka.originals import KafkaOriginals
from service.kafka.patches.bounded_unpacking import bound_unpacking
from service.kafka.security import client_options
from service.line.dead_letters import MemoryOriginals, Originals
from service.records import Origin, RawRecord
from service.settings import KafkaSettings
from service.topics import ARTICLES_RAW
from tests.kit_kafka import Sent, create_topics, produce


@dataclass(frozen=True, slots=True)
class Fed:
    """Originals, the topic they are read from, and a way to feed a record to a partition."""

    originals: Originals
    topic: str
    feed: Callable[[Sent], Awaitable[int]]


@pytest.fixture(params=["memory", pytest.param("kafka", marks=pytest.mark.broker)])
async def fed(request: pytest.FixtureRequest, topic_prefix: str) -> Fed:
    topic = topic_prefix + ARTICLES_RAW
    if request.param == "memory":
        memory = MemoryOriginals()

        async def keep(sent: Sent) -> int:
            partition = sent.partition or 0
            offset = sum(place[1] == partition for place in memory.records)
            memory.keep(RawRecord(sent.key, sent.value, sent.headers, Origin(topic, partition, offset)))
            return offset

        return Fed(memory, topic, keep)
    servers = request.getfixturevalue("kafka").bootstrap_servers
    await create_topics(servers, {topic: 2})

    async def send(sent: Sent) -> int:
        return (await produce(servers, topic, [sent]))[0]

    options = client_options(KafkaSettings(bootstrap_servers=servers))
    return Fed(KafkaOriginals(options, 1_000_000), topic, send)


@pytest.mark.parametrize(
    "sent",
    [
        Sent(b'{"text": "Rain."}', b"a-1", (("traceparent", b"00-ab"), ("note", b""))),
        Sent(b"\xff no JSON", None),
        Sent(None, b"tombstone"),
    ],
)
async def test_a_record_comes_back_as_it_was_fed(fed: Fed, sent: Sent) -> None:
    offset = await fed.feed(Sent(sent.value, sent.key, sent.headers, partition=1))
    found = await fed.originals.fetch(Origin(fed.topic, 1, offset))
    assert found is not None
    assert (found.key, found.value, found.headers) == (sent.key, sent.value, sent.headers)
    assert (found.origin.partition, found.origin.offset) == (1, offset)


async def test_a_place_is_a_partition_and_an_offset(fed: Fed) -> None:
    for partition in (0, 1):
        for number in range(3):
            await fed.feed(Sent(b"%d of %d" % (number, partition), b"k", partition=partition))
    found = await fed.originals.fetch(Origin(fed.topic, 1, 2))
    assert found is not None
    assert found.value == b"2 of 1"


async def test_a_record_that_is_not_there_is_none(fed: Fed) -> None:
    await fed.feed(Sent(b"one", b"k", partition=0))
    assert await fed.originals.fetch(Origin(fed.topic, 0, 1)) is None
    assert await fed.originals.fetch(Origin(fed.topic, 1, 0)) is None


@pytest.mark.broker
async def test_a_worker_that_reads_an_original_keeps_its_bound_on_records(
    kafka: EmbeddedKafka, topic_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MemoryRecords", "PartitionRecords"):
        monkeypatch.setattr(fetcher, name, getattr(fetcher, name))  # put back at the end
    bound_unpacking(10)
    bounded = vars(fetcher)["MemoryRecords"]
    topic = topic_prefix + ARTICLES_RAW
    await create_topics(kafka.bootstrap_servers, {topic: 1})
    await produce(kafka.bootstrap_servers, topic, [Sent(b"{}", b"a-1")])
    options = client_options(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers))
    assert await KafkaOriginals(options, 1_000_000).fetch(Origin(topic, 0, 0)) is not None
    assert vars(fetcher)["MemoryRecords"] is bounded
