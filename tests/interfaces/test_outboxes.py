"""Check that every outbox keeps the contract of `service/line/outbox.py`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest

from service.kafka.outbox import KafkaOutbox
from service.kafka.security import client_options
from service.line.outbox import Outbox
from service.line.records_out import Letter
from service.line.segment_log import MemorySegmentLog
from service.pipeline.in_memory import MemoryOutbox
from service.settings import KafkaSettings
from service.topics import ARTICLES_DEAD, CLAIMS
from tests.kit_kafka import create_topics, read_all

PARTITIONS = 3
Record = tuple[bytes | None, bytes | None, list[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class Stored:
    """An outbox, and a way to read what it stored in a topic, in order."""

    outbox: Outbox
    read: Callable[[str], Awaitable[list[Record]]]


def in_memory() -> Stored:
    outbox = MemoryOutbox(PARTITIONS, MemorySegmentLog())

    async def read(topic: str) -> list[Record]:
        return [(one.key, one.value, one.headers) for one in outbox.topics.get(topic, [])]

    return Stored(outbox, read)


@pytest.fixture(params=["memory", pytest.param("kafka", marks=pytest.mark.broker)])
async def stored(request: pytest.FixtureRequest, topic_prefix: str) -> AsyncIterator[Stored]:
    if request.param == "memory":
        yield in_memory()
        return
    servers = request.getfixturevalue("kafka").bootstrap_servers
    names = [topic_prefix + topic for topic in (CLAIMS, ARTICLES_DEAD)]
    await create_topics(servers, dict.fromkeys(names, PARTITIONS))
    options = client_options(KafkaSettings(bootstrap_servers=servers))
    outbox = KafkaOutbox(topic_prefix, options, 1_000_000, lambda observation: None)
    await outbox.start([CLAIMS, ARTICLES_DEAD])

    async def read(topic: str) -> list[Record]:
        found = await read_all(servers, topic_prefix + topic)
        return [(one.key, one.value, list(one.headers)) for one in found]

    yield Stored(outbox, read)
    await outbox.stop()


async def test_all_letters_are_stored_in_order_when_deliver_returns(stored: Stored) -> None:
    letters = [Letter(CLAIMS, b"quay", b"%d" % n, [("ce_id", b"%032d" % n)]) for n in range(40)]
    await stored.outbox.deliver(iter(letters))
    assert await stored.read(CLAIMS) == [(one.key, one.value, one.headers) for one in letters]


async def test_keys_and_values_may_be_missing_or_empty(stored: Stored) -> None:
    letters = [
        Letter(ARTICLES_DEAD, None, None, [("copydesk.dlq.reason", b"schema")], partition=1),
        Letter(ARTICLES_DEAD, b"", b"", [("note", b"")], partition=1),
        Letter(ARTICLES_DEAD, b"k", None, [], partition=1),
    ]
    await stored.outbox.deliver(letters)
    assert await stored.read(ARTICLES_DEAD) == [(one.key, one.value, one.headers) for one in letters]


async def test_nothing_may_be_delivered(stored: Stored) -> None:
    await stored.outbox.deliver([])
    assert await stored.read(CLAIMS) == []


async def test_letters_delivered_again_are_stored_again(stored: Stored) -> None:
    for _ in range(2):
        await stored.outbox.deliver([Letter(CLAIMS, b"quay", b"once")])
    assert len(await stored.read(CLAIMS)) == 2


async def test_deliver_one_returns_the_offset_in_its_partition(stored: Stored) -> None:
    offsets = [
        await stored.outbox.deliver_one(Letter(CLAIMS, None, b"x", partition=at)) for at in (0, 2, 0, 2, 1)
    ]
    assert offsets == [0, 0, 1, 1, 0]
    await stored.outbox.deliver([Letter(CLAIMS, None, b"y", partition=2)] * 3)
    assert await stored.outbox.deliver_one(Letter(CLAIMS, None, b"z", partition=2)) == 5
