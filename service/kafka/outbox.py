"""Sends, and returns once the broker has it all.

One idempotent producer per process. Letters are packed into record batches by us (service/kafka/record_batch.py):
`send()` costs 8 µs of CPU a record with headers, and an article may carry twenty claims.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from typing import Any, Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, UnknownTopicOrPartitionError

from service.facts import ProduceFailed, RecordsProduced, Tell
from service.kafka.one_join import join_once
from service.kafka.patches.metadata_pause import be_patient
from service.kafka.record_batch import RecordBatch, record_batches
from service.line.partition import partition_of
from service.line.records_out import Letter, Post
from service.line.stopping import WrongLayout

BATCH_BYTES: Final = 1_048_576
"""Of a record batch, before it is compressed. There is one request under way for each partition, and a thousand claims
are sent at once: batches of a quarter took a third more of the broker and a tenth more of the worker."""

TOPIC_SECONDS_MAX: Final = 10.0
"""How long a broker that answers may take to know a topic; one made a moment ago is known in less than one."""

Place = tuple[str, int]
"""A logical topic and a partition of it."""


class KafkaOutbox:
    """Letters to the broker, through one idempotent producer (acks=all)."""

    def __init__(
        self,
        topic_prefix: str,
        client_options: dict[str, Any],
        batch_bytes_max: int,
        tell: Tell,
        compression: str = "none",
    ) -> None:
        """`batch_bytes_max` is what every topic takes, `compression` is `kafka.compression` of the settings."""
        self._prefix = topic_prefix
        self._options = client_options
        self._batch_bytes = min(BATCH_BYTES, batch_bytes_max)
        self._tell = tell
        self._compression = compression
        self._producer: AIOKafkaProducer | None = None
        self._partitions: dict[str, int] = {}

    async def start(self, topics: Iterable[str]) -> None:
        """Connect, and learn the partitions of the logical topics. Raises `WrongLayout`, `KafkaError`."""
        self._producer = AIOKafkaProducer(**self._options, enable_idempotence=True, acks="all", linger_ms=0)
        be_patient(self._producer.client)
        join_once(self._producer.client)
        await self._producer.start()
        for topic in topics:
            self._partitions[topic] = await self._count(topic)

    async def stop(self) -> None:
        """Disconnect; what was delivered stays delivered."""
        if self._producer is not None:
            await self._producer.stop()
            self._producer = None

    def partitions(self, topic: str) -> int:
        """How many partitions a logical topic has."""
        return self._partitions[topic]

    def partition_of(self, topic: str, key: str) -> int:
        """The partition a key belongs to on a logical topic."""
        return partition_of(key.encode(), self._partitions[topic])

    async def deliver(self, letters: Iterable[Post]) -> None:
        """All letters, in order per topic and partition; returns when the broker has them (acks=all)."""
        producer, started = self._connected(), time.monotonic()
        letters = list(letters)
        counts: dict[str, int] = {}
        waiting: list[asyncio.Future[Any]] = []
        try:
            for place, batch in self._batches(letters):
                topic, _ = place
                counts[topic] = counts.get(topic, 0) + batch.record_count()
                waiting.append(await self._send(producer, batch, place))
            await asyncio.gather(*waiting)
        except KafkaError as error:
            for topic in dict.fromkeys(letter.topic for letter in letters):
                self._tell(ProduceFailed(topic, repr(error)))
            raise
        for topic, count in counts.items():
            self._tell(RecordsProduced(topic, count, time.monotonic() - started))

    def _batches(self, letters: Iterable[Post]) -> Iterator[tuple[Place, RecordBatch]]:
        """The letters in record batches, in order at every place."""
        at: dict[Place, list[Post]] = {}
        for piece in letters:
            at.setdefault((piece.topic, self._partition(piece)), []).append(piece)
        for place, there in at.items():
            for batch in record_batches(there, self._batch_bytes, self._compression):
                yield place, batch

    async def deliver_one(self, letter: Letter) -> int:
        """One letter; returns its offset."""
        producer, started = self._connected(), time.monotonic()
        place = (letter.topic, self._partition(letter))
        (batch,) = record_batches([letter], self._batch_bytes, self._compression)
        try:
            metadata = await (await self._send(producer, batch, place))
        except KafkaError as error:
            self._tell(ProduceFailed(letter.topic, repr(error)))
            raise
        self._tell(RecordsProduced(letter.topic, 1, time.monotonic() - started))
        return int(metadata.offset)

    def _partition(self, piece: Post) -> int:
        if piece.partition is not None:
            return piece.partition
        return partition_of(piece.key or b"", self._partitions[piece.topic])

    async def _send(
        self, producer: AIOKafkaProducer, batch: RecordBatch, place: Place
    ) -> asyncio.Future[Any]:
        topic, partition = place
        future: asyncio.Future[Any] = await producer.send_batch(
            batch, self._prefix + topic, partition=partition
        )
        return future

    async def _count(self, topic: str) -> int:
        name = self._prefix + topic
        try:
            known = self._connected().partitions_for(name)
            partitions = await asyncio.wait_for(known, TOPIC_SECONDS_MAX)
        except (UnknownTopicOrPartitionError, TimeoutError):
            partitions = None
        if not partitions:
            raise WrongLayout(f"topic {name} does not exist; `copydesk topics create` makes all of them")
        return len(partitions)

    def _connected(self) -> AIOKafkaProducer:
        assert self._producer is not None, "start() the outbox first"
        return self._producer


def warm_up() -> None:
    """Compile and load what delivering needs."""
    partition_of(b"key", 1)
    tuple(record_batches([Letter("topic", b"key", b"value")], BATCH_BYTES, "none"))
