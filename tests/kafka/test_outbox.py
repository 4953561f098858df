"""The outbox of a stage: how letters become record batches, and a broker that goes away for a while."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.record.default_records import DefaultRecordBatch

from deploy.kafka.embedded import EmbeddedKafka
from service.kafka.outbox import KafkaOutbox
from service.kafka.patches.metadata_pause import RETRY_SECONDS
from service.kafka.security import client_options
from service.line.records_out import Letter
from service.observations import Observation, RecordsProduced
from service.settings import KafkaSettings
from tests.kit_kafka import create_topics, read_all

TOPIC = "claims"
SMALL_BATCH_BYTES = 500
"""Room for three records of 100 bytes, and not for four."""


class Producer(AIOKafkaProducer):
    """Make batches as aiokafka does, and keep them instead of sending them."""

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(**options)
        self.sent: list[tuple[str, int, DefaultRecordBatch]] = []

    def __del__(self) -> None:
        """Nothing was opened."""

    async def send_batch(self, batch: Any, topic: str, *, partition: int) -> asyncio.Future[None]:
        assert batch.closed()
        self.sent.append((topic, partition, DefaultRecordBatch(bytes(batch._build()))))
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done


def outbox_of(
    told: list[Observation], batch_bytes_max: int, compression: str = "none"
) -> tuple[KafkaOutbox, Producer]:
    outbox = KafkaOutbox("x.", {}, batch_bytes_max, told.append, compression)
    producer = Producer(outbox.producer_options())
    outbox._producer, outbox._partitions = producer, {TOPIC: 7}
    return outbox, producer


async def test_letters_keep_their_order_at_every_place_and_are_counted_by_topic() -> None:
    told: list[Observation] = []
    outbox, producer = outbox_of(told, SMALL_BATCH_BYTES)
    keys = [b"a", b"a", b"b", b"a", b"b", b"b", b"b", b"a", b"a"]
    letters = [Letter(TOPIC, key, b"%d" % number * 100) for number, key in enumerate(keys)]
    letters.insert(4, Letter("articles.unique", None, b"e", partition=2))
    await outbox.deliver(iter(letters))
    a, b = outbox.partition_of(TOPIC, "a"), outbox.partition_of(TOPIC, "b")
    assert a != b
    sent = [
        (topic, partition, [(record.value or b"")[:1] for record in batch])
        for topic, partition, batch in producer.sent
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


@pytest.mark.parametrize("compression", ["none", "gzip", "snappy", "lz4", "zstd"])
async def test_what_is_sent_is_what_is_read(compression: str) -> None:
    headers = [("ce_id", b"1" * 32), ("note", b""), ("ce_type", "é".encode())]
    letters = [
        Letter(TOPIC, b"k", b"v" * 300, headers),
        Letter(TOPIC, b"k", b"", []),
        Letter(TOPIC, b"k", b"x" * 5_000, headers),
        Letter(TOPIC, b"k", None, headers),
    ]
    outbox, producer = outbox_of([], 1_000, compression)
    await outbox.deliver(letters)
    batches = [batch for _, _, batch in producer.sent]
    assert all(batch.validate_crc() for batch in batches)
    records = [record for batch in batches for record in batch]
    assert [(one.key, one.value, list(one.headers)) for one in records] == [
        (letter.key, letter.value, letter.headers) for letter in letters
    ]
    assert len(batches) == 3  # the large record has a batch of its own


async def test_a_record_without_key_and_value_is_sent() -> None:
    outbox, producer = outbox_of([], 1_000)
    await outbox.deliver([Letter(TOPIC, None, None, [("copydesk.dlq.reason", b"schema")], partition=3)])
    [(topic, partition, batch)] = producer.sent
    assert (topic, partition, [(one.key, one.value) for one in batch]) == ("x.claims", 3, [(None, None)])


async def test_a_broker_that_left_in_order_is_asked_with_pauses_and_gets_every_letter_once(
    own_kafka: EmbeddedKafka, caplog: pytest.LogCaptureFixture
) -> None:
    await create_topics(own_kafka.bootstrap_servers, {TOPIC: 1})
    options = client_options(KafkaSettings(bootstrap_servers=own_kafka.bootstrap_servers))
    outbox = KafkaOutbox("", options, 1_000_000, lambda observation: None)
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
