"""The outbox of a stage: how letters become record batches, and a broker that goes away for a while."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from aiokafka.record.default_records import DefaultRecordBatch

from deploy.kafka.embedded import EmbeddedKafka
from service.facts import Fact, RecordsProduced
from service.kafka.one_join import join_once
from service.kafka.outbox import KafkaOutbox
from service.kafka.patches.metadata_pause import RETRY_SECONDS
from service.kafka.record_batch import HEAD_BYTES, RecordBatch
from service.kafka.security import client_options
from service.line.records_out import Bundle, Letter, Post
from service.settings import KafkaSettings
from tests.kit_kafka import create_topics, read_all

TOPIC = "claims"
THREE_RECORDS = HEAD_BYTES + 3 * 130


class Producer:
    """Keeps what it is given, by place."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, int, list[bytes | None]]] = []

    async def send_batch(self, batch: RecordBatch, topic: str, *, partition: int) -> asyncio.Future[None]:
        records = DefaultRecordBatch(batch._build())
        self.sent.append((topic, partition, [record.value for record in records]))
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done


async def test_letters_keep_their_order_at_every_place_and_are_counted_by_topic() -> None:
    told: list[Fact] = []
    outbox, producer = KafkaOutbox("x.", {}, THREE_RECORDS, told.append), Producer()
    outbox._producer, outbox._partitions = cast(Any, producer), {TOPIC: 7}
    keys = [b"a", b"a", b"b", b"a", b"b", b"b", b"b", b"a", b"a"]
    letters: list[Post] = [Letter(TOPIC, key, b"%d" % number * 100) for number, key in enumerate(keys)]
    letters[3:5] = [
        Bundle(TOPIC, b"a", [b"3" * 100], [], [""]),
        Bundle(TOPIC, b"b", [b"4" * 100, b"5" * 100], [], ["", ""]),
    ]
    del letters[5]
    letters.insert(4, Letter("articles.unique", None, b"e", partition=2))
    await outbox.deliver(iter(letters))
    a, b = outbox.partition_of(TOPIC, "a"), outbox.partition_of(TOPIC, "b")
    assert a != b
    sent = [
        (topic, partition, [(value or b"")[:1] for value in values])
        for topic, partition, values in producer.sent
    ]
    assert sent == [
        ("x.claims", a, [b"0", b"1", b"3"]),
        ("x.claims", a, [b"7", b"8"]),
        ("x.claims", b, [b"2", b"4", b"5"]),
        ("x.claims", b, [b"6"]),
        ("x.articles.unique", 2, [b"e"]),
    ]
    produced = [(f.topic, f.records) for f in told if isinstance(f, RecordsProduced)]
    assert sorted(produced) == [("articles.unique", 1), (TOPIC, 9)]


async def test_a_broker_that_left_in_order_is_asked_with_pauses_and_gets_every_letter_once(
    own_kafka: EmbeddedKafka, caplog: pytest.LogCaptureFixture
) -> None:
    await create_topics(own_kafka.bootstrap_servers, {TOPIC: 1})
    options = client_options(KafkaSettings(bootstrap_servers=own_kafka.bootstrap_servers))
    outbox = KafkaOutbox("", options, 1_000_000, lambda fact: None)
    await outbox.start([TOPIC])
    assert cast(Any, outbox._producer).client.send.__module__ == join_once.__module__
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
