"""Send letters through one idempotent producer per process, and return once the broker has them.

Letters are packed into record batches with aiokafka's `create_batch` and `send_batch`, because `send` schedules each
record apart, and an article may have twenty claims.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from typing import Any, Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, UnknownTopicOrPartitionError

from service.kafka.patches.metadata_pause import be_patient
from service.line.partition import partition_of
from service.line.records_out import Letter
from service.line.stopping import WrongLayout
from service.observations import ProduceFailed, RecordsProduced, Tell

BATCH_BYTES: Final = 1_048_576
"""Maximum size of a record batch before compression, in bytes. Smaller batches cost more requests (DECISIONS.md)."""

TOPIC_SECONDS_MAX: Final = 10.0
"""Maximum seconds until a broker knows a topic; one that was just made is known in less than one."""

Place = tuple[str, int]
"""A logical topic and a partition of it."""


class KafkaOutbox:
    """Send letters to the broker, through one idempotent producer (acks=all)."""

    def __init__(
        self,
        topic_prefix: str,
        client_options: dict[str, Any],
        batch_bytes_max: int,
        tell: Tell,
        compression: str = "none",
    ) -> None:
        """Take the size that every topic accepts, and `kafka.compression` of the settings."""
        self._prefix = topic_prefix
        self._options = client_options
        self._batch_bytes = min(BATCH_BYTES, batch_bytes_max)
        self._tell = tell
        self._compression = compression
        self._producer: AIOKafkaProducer | None = None
        self._partitions: dict[str, int] = {}

    async def start(self, topics: Iterable[str]) -> None:
        """Connect, and learn the partitions of the logical topics. Raises `WrongLayout`, `KafkaError`."""
        self._producer = AIOKafkaProducer(**self.producer_options())
        be_patient(self._producer.client)
        await self._producer.start()
        for topic in topics:
            self._partitions[topic] = await self._count(topic)

    def producer_options(self) -> dict[str, Any]:
        """Return the options of the producer."""
        return {
            **self._options,
            "enable_idempotence": True,
            "acks": "all",
            "linger_ms": 0,
            "max_batch_size": self._batch_bytes,
            "compression_type": None if self._compression == "none" else self._compression,
        }

    async def stop(self) -> None:
        """Disconnect; what was delivered stays delivered."""
        if self._producer is not None:
            await self._producer.stop()
            self._producer = None

    def partitions(self, topic: str) -> int:
        """Return how many partitions a logical topic has."""
        return self._partitions[topic]

    def partition_of(self, topic: str, key: str) -> int:
        """Return the partition a key belongs to on a logical topic."""
        return partition_of(key.encode(), self._partitions[topic])

    async def deliver(self, letters: Iterable[Letter]) -> None:
        """Send letters, in order per topic and partition, and wait until the broker has them (acks=all)."""
        producer, started = self._connected(), time.monotonic()
        letters = list(letters)
        counts: dict[str, int] = {}
        waiting: list[asyncio.Future[Any]] = []
        try:
            for place, batch in self._batches(producer, letters):
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

    def _batches(self, producer: AIOKafkaProducer, letters: Iterable[Letter]) -> Iterator[tuple[Place, Any]]:
        """Pack the letters into record batches, in order at every place."""
        by_place: dict[Place, list[Letter]] = {}
        for letter in letters:
            by_place.setdefault((letter.topic, self._partition(letter)), []).append(letter)
        for place, there in by_place.items():
            for batch in record_batches(producer, there):
                yield place, batch

    async def deliver_one(self, letter: Letter) -> int:
        """Send one letter, wait until the broker has it, and return its offset."""
        producer, started = self._connected(), time.monotonic()
        place = (letter.topic, self._partition(letter))
        (batch,) = record_batches(producer, [letter])
        try:
            metadata = await (await self._send(producer, batch, place))
        except KafkaError as error:
            self._tell(ProduceFailed(letter.topic, repr(error)))
            raise
        self._tell(RecordsProduced(letter.topic, 1, time.monotonic() - started))
        return int(metadata.offset)

    def _partition(self, letter: Letter) -> int:
        if letter.partition is not None:
            return letter.partition
        return partition_of(letter.key or b"", self._partitions[letter.topic])

    async def _send(self, producer: AIOKafkaProducer, batch: Any, place: Place) -> asyncio.Future[Any]:
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


def record_batches(producer: AIOKafkaProducer, letters: Iterable[Letter]) -> Iterator[Any]:
    """Pack letters of one place into batches of at most BATCH_BYTES, or of one larger record, each closed."""
    batch = producer.create_batch()
    for letter in letters:
        if not _append(batch, letter):
            yield batch
            batch = producer.create_batch()
            _append(batch, letter)
    batch.close()
    yield batch


def _append(batch: Any, letter: Letter) -> bool:
    """Add a letter to a batch; return False, and leave the batch closed, if there is no room for it."""
    added = batch.append(timestamp=None, key=letter.key, value=letter.value, headers=letter.headers)
    return added is not None


def warm_up() -> None:
    """Compile and load what delivering needs."""
    partition_of(b"key", 1)
