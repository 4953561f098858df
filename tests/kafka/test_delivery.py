"""Sending and browsing while the broker goes away: for a while, or for good."""

from __future__ import annotations

import asyncio

import pytest
from aiokafka.errors import KafkaError

from deploy.kafka.embedded import EmbeddedKafka
from service.kafka.browsing import Browser
from service.kafka.delivery import Delivery, Stalled, Tally
from service.kafka.goodbye import take_leave
from service.kafka.patches.metadata_pause import RETRY_SECONDS
from service.kafka.security import client_options
from service.settings import KafkaSettings
from tests.kit_kafka import create_topics, produce, read_all

TOPIC = "letters"


def options(kafka: EmbeddedKafka) -> dict[str, object]:
    return client_options(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers))


def restart(kafka: EmbeddedKafka) -> None:
    kafka.stop()
    kafka.start()


async def test_records_sent_while_the_broker_restarts_arrive_once_and_in_order(
    own_kafka: EmbeddedKafka,
) -> None:
    """The restart does not wait for us: a batch that is on its way keeps later records waiting until it is over."""
    await create_topics(own_kafka.bootstrap_servers, {TOPIC: 1})
    async with Delivery(options(own_kafka), TOPIC, 1_000_000) as delivery:
        restarting = asyncio.ensure_future(asyncio.to_thread(restart, own_kafka))
        for number in range(400):
            await delivery.send(f"line {number}", b"k", b"%d" % number)
            await asyncio.sleep(0.005)
        await restarting
    assert (delivery.tally.delivered, delivery.tally.undelivered) == (400, [])
    values = [record.value for record in await read_all(own_kafka.bootstrap_servers, TOPIC)]
    assert values == [b"%d" % number for number in range(400)]


async def test_broker_that_left_in_order_is_not_asked_without_a_pause(
    own_kafka: EmbeddedKafka, caplog: pytest.LogCaptureFixture
) -> None:
    """Records are on their way while it shuts down, so that it says they have no leader before it goes."""
    await create_topics(own_kafka.bootstrap_servers, {TOPIC: 1})
    async with Delivery(options(own_kafka), TOPIC, 1_000_000) as delivery:
        stopping = asyncio.ensure_future(asyncio.to_thread(own_kafka.stop))
        while not stopping.done():
            await delivery.send("line", b"k", b"v")
            await asyncio.sleep(0.001)
        caplog.clear()
        await asyncio.sleep(2.0)
        questions = caplog.text.count("Unable to update metadata")
        await asyncio.to_thread(own_kafka.start)
    assert questions < 2.0 / RETRY_SECONDS * 2
    assert delivery.tally.undelivered == []


async def test_broker_that_stays_away_ends_the_delivery_when_buffers_are_full(
    own_kafka: EmbeddedKafka,
) -> None:
    """Far more than fits the buffers: were each record waited for, this would take more than an hour."""
    await create_topics(own_kafka.bootstrap_servers, {TOPIC: 1})
    delivery = Delivery(options(own_kafka), TOPIC, 1_000_000, stall_seconds_max=3.0)

    async def send_two_thousand() -> None:
        async with delivery:
            await asyncio.to_thread(own_kafka.stop)
            for number in range(2_000):
                await delivery.send(f"line {number}", b"k", b"x" * 10_000)

    with pytest.raises(Stalled):
        await send_two_thousand()
    assert delivery.tally.sent < 100


async def test_broker_that_stays_away_ends_the_wait_for_answers(own_kafka: EmbeddedKafka) -> None:
    await create_topics(own_kafka.bootstrap_servers, {TOPIC: 1})
    delivery = Delivery(options(own_kafka), TOPIC, 1_000_000, stall_seconds_max=3.0)

    async def send_ten() -> None:
        async with delivery:
            await asyncio.to_thread(own_kafka.stop)
            for number in range(10):
                await delivery.send(f"line {number}", b"k", b"v")

    with pytest.raises(Stalled):
        await send_ten()
    assert delivery.tally.delivered == 0


async def test_batches_that_expire_one_by_one_do_not_prolong_the_wait() -> None:
    delivery = Delivery({}, TOPIC, 1_000_000, stall_seconds_max=0.5)
    delivery.tally.sent = 1_000
    loop = asyncio.get_running_loop()

    def one_expires() -> None:
        expired: asyncio.Future[object] = loop.create_future()
        expired.set_exception(KafkaError("no leader"))
        delivery._answer("line", 1, expired)
        loop.call_later(0.1, one_expires)

    one_expires()
    with pytest.raises(Stalled):
        await delivery._all_answered()
    assert len(delivery.tally.undelivered) < 1_000


async def test_browser_goes_on_after_a_restart(own_kafka: EmbeddedKafka) -> None:
    await create_topics(own_kafka.bootstrap_servers, {TOPIC: 1})
    await produce(own_kafka.bootstrap_servers, TOPIC, [b"before"])
    async with Browser(options(own_kafka), TOPIC, 1) as browser, asyncio.timeout(120):
        await browser.go_to_beginning()
        following = browser.following()
        assert (await anext(following)).value == b"before"
        await asyncio.to_thread(own_kafka.stop)
        await asyncio.to_thread(own_kafka.start)
        await produce(own_kafka.bootstrap_servers, TOPIC, [b"after"])
        assert (await anext(following)).value == b"after"


async def test_browser_without_a_broker_raises_what_the_client_said(own_kafka: EmbeddedKafka) -> None:
    """And not the CancelledError that the consumer lets out while it is stopped."""
    await create_topics(own_kafka.bootstrap_servers, {TOPIC: 1})
    hurried = options(own_kafka) | {"request_timeout_ms": 3_000, "session_timeout_ms": 2_000}

    async def browse() -> None:
        async with Browser(hurried, TOPIC, 1) as browser:
            await asyncio.to_thread(own_kafka.stop)
            await browser.go_to_beginning()

    with pytest.raises(KafkaError):
        await browse()


async def test_leave_is_taken_from_whoever_does_not_let_go() -> None:
    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)

    async def cancelled() -> None:
        raise asyncio.CancelledError

    await take_leave(stubborn(), seconds_max=0.01)
    await take_leave(cancelled(), seconds_max=0.01)


def test_records_are_settled_in_their_order_however_the_answers_come() -> None:
    tally = Tally(sent=5)
    for number, settled in ((2, 0), (3, 0), (1, 3), (5, 3), (4, 5)):
        tally.settle(number)
        assert tally.settled == settled


async def test_a_record_that_expires_is_not_settled() -> None:
    """The broker may have it or not: whoever goes on later has to send it again."""
    delivery = Delivery({}, TOPIC, 1_000_000)
    for number, error in ((1, None), (2, KafkaError("no leader")), (3, None)):
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        answer.set_exception(error) if error else answer.set_result(None)
        delivery._answer("line", number, answer)
    assert (delivery.tally.delivered, delivery.tally.settled) == (2, 1)
