"""Feeders that write in transactions: what they abort is not read."""

from __future__ import annotations

import json

import pytest
from aiokafka import AIOKafkaProducer

from service.line.envelopes import unpack_sketched
from service.topics import ARTICLES_RAW, ARTICLES_SKETCHED
from tests.broker.house import House, a_story
from tests.broker.processes import ending
from tests.kit_kafka import Sent, eventually

pytestmark = pytest.mark.broker

ROUNDS = 4


async def feed_in_transactions(house: House) -> None:
    """Abort and commit in turn, on both partitions; the last transaction is an aborted one."""
    topic = house.topic(ARTICLES_RAW)
    producer = AIOKafkaProducer(bootstrap_servers=house.bootstrap, transactional_id=f"{topic}-feeder")
    await producer.start()
    try:
        for number in range(ROUNDS):
            for end in ("committed", "aborted"):
                await producer.begin_transaction()
                for partition in (0, 1):
                    name = f"{end}-{number}-{partition}"
                    value = json.dumps({"id": name, "body": a_story(hash_of(name))}).encode()
                    await (await producer.send(topic, value, partition=partition))
                await (producer.commit_transaction if end == "committed" else producer.abort_transaction)()
    finally:
        await producer.stop()


def hash_of(name: str) -> int:
    """Make a number of a name, the same in every process."""
    return int.from_bytes(name.encode()[-8:], "big") % 100_000


async def sketched(house: House) -> set[str]:
    """Read the ids of all articles that intake handed on."""
    return {
        one.article.article_id
        for sent in await house.read(ARTICLES_SKETCHED)
        for one in unpack_sketched(sent.value).sketched
    }


async def test_a_transaction_that_is_left_open_is_told_of_and_holds_up_nothing_once_it_ends(
    house: House,
) -> None:
    topic = house.topic(ARTICLES_RAW)
    feeder = AIOKafkaProducer(
        bootstrap_servers=house.bootstrap,
        transactional_id=f"{topic}-open",
        transaction_timeout_ms=600_000,
    )
    await feeder.start()
    await feeder.begin_transaction()
    await feeder.send_and_wait(topic, json.dumps({"id": "open", "body": a_story(1)}).encode(), partition=0)
    await house.feed([Sent(json.dumps({"id": "behind", "body": a_story(2)}).encode(), partition=0)])
    with ending(house.worker("intake")) as (worker,):

        async def said() -> bool:
            assert worker.alive
            return "transaction_open" in worker.output

        await eventually(said)
        assert f"{topic}/0@0" in worker.output
        assert await sketched(house) == set()
        await feeder.commit_transaction()
        await feeder.stop()

        async def read() -> bool:
            return await sketched(house) == {"open", "behind"}

        await eventually(read)


@pytest.mark.parametrize(
    ("level", "ends"), [("read_committed", ("committed",)), ("read_uncommitted", ("committed", "aborted"))]
)
async def test_aborted_records_are_read_only_where_that_is_asked_for(
    house: House, level: str, ends: tuple[str, ...]
) -> None:
    await feed_in_transactions(house)
    wanted = {
        f"{end}-{number}-{partition}" for end in ends for number in range(ROUNDS) for partition in (0, 1)
    }
    with ending(house.worker("intake", COPYDESK_KAFKA__ISOLATION_LEVEL=level)) as (worker,):

        async def done() -> bool:
            assert worker.alive
            return await sketched(house) >= wanted

        await eventually(done)
        # a record behind the last transaction: when it is through, all before it were
        marker = f"behind-{level}"
        producer = AIOKafkaProducer(bootstrap_servers=house.bootstrap)
        await producer.start()
        for partition in (0, 1):
            value = json.dumps({"id": f"{marker}-{partition}", "body": a_story(partition)}).encode()
            await producer.send_and_wait(house.topic(ARTICLES_RAW), value, partition=partition)
        await producer.stop()

        async def behind() -> bool:
            return await sketched(house) >= {f"{marker}-0", f"{marker}-1"}

        await eventually(behind)
        assert await sketched(house) == wanted | {f"{marker}-0", f"{marker}-1"}
