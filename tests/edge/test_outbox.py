"""The outbox of a stage while the broker goes away for a while."""

from __future__ import annotations

import asyncio

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.edge.letters import Letter
from service.edge.outbox import KafkaOutbox
from service.edge.patience import RETRY_SECONDS
from service.edge.security import client_options
from service.settings import KafkaSettings
from tests.kit_kafka import create_topics, read_all

TOPIC = "claims"


async def test_a_broker_that_left_in_order_is_asked_with_pauses_and_gets_every_letter_once(
    own_kafka: EmbeddedKafka, caplog: pytest.LogCaptureFixture
) -> None:
    await create_topics(own_kafka.bootstrap_servers, {TOPIC: 1})
    options = client_options(KafkaSettings(bootstrap_servers=own_kafka.bootstrap_servers))
    outbox = KafkaOutbox("", options, 1_000_000, lambda fact: None)
    await outbox.start([TOPIC])
    stopping = asyncio.ensure_future(asyncio.to_thread(own_kafka.stop))
    sent, delivering = 0, asyncio.ensure_future(asyncio.sleep(0))
    while not stopping.done():
        await asyncio.sleep(0.001)
        if delivering.done():
            delivering = asyncio.ensure_future(outbox.deliver([Letter(TOPIC, b"k", b"%d" % sent)]))
            sent += 1
    caplog.clear()
    await asyncio.sleep(2.0)
    questions = caplog.text.count("Unable to update metadata")
    await asyncio.to_thread(own_kafka.start)
    await delivering
    await outbox.stop()
    assert questions < 2.0 / RETRY_SECONDS * 2
    values = [record.value for record in await read_all(own_kafka.bootstrap_servers, TOPIC)]
    assert values == [b"%d" % number for number in range(sent)]
