"""Helpers for tests on a real broker: create topics, send, read everything, wait for something to become true."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import GroupCoordinatorNotAvailableError, KafkaError, for_code

BYTES_MAX = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """A record to send; without a partition the key decides, as with any other client."""

    value: bytes | None
    key: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = ()
    partition: int | None = None
    timestamp_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A record as it was read."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    timestamp_ms: int

    def header(self, name: str) -> str | None:
        """Return the last header of that name, as text."""
        return next((value.decode() for key, value in reversed(self.headers) if key == name), None)


@asynccontextmanager
async def admin_client(bootstrap: str, **client: Any) -> AsyncIterator[Any]:
    """Provide an aiokafka admin client that is started, and closed at the end."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, **client)
    try:
        await admin.start()
        yield admin
    finally:
        async with (
            admin._client._get_conn_lock
        ):  # a client that is closed while it connects leaves that socket open
            await admin.close()


async def ask_admin(
    bootstrap: str,
    ask: Callable[[Any], Awaitable[Any]],
    codes: Callable[[Any], Iterable[int]],
    seconds_max: float = 20.0,
    **client: Any,
) -> Any:
    """Ask a broker until it answers: one that came back a moment ago may not.

    aiokafka leaves error codes in the answer; `codes` takes them out. Raises the error that is no passing one, or that
    did not pass in `seconds_max`.
    """
    deadline = time.monotonic() + seconds_max
    while True:
        try:
            async with admin_client(bootstrap, **client) as admin:
                answer = await ask(admin)
            for code in filter(None, codes(answer)):
                raise for_code(code)(str(answer))
            return answer
        except (KafkaError, OSError) as error:
            passing = isinstance(error, OSError) or error.retriable
            if not passing or time.monotonic() > deadline:
                raise
        await asyncio.sleep(0.2)


@asynccontextmanager
async def _reader(bootstrap: str, topic: str, **client: Any) -> AsyncIterator[Any]:
    """Provide a consumer without a group, so it is assigned all partitions at once and leaves nothing behind."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=bootstrap,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=BYTES_MAX,
        fetch_max_wait_ms=50,
        **client,
    )
    try:
        await consumer.start()
        yield consumer
    finally:
        await consumer.stop()


async def create_topics(
    bootstrap: str,
    topics: Mapping[str, int],
    config: Mapping[str, str] | None = None,
    **client: Any,
) -> None:
    """Create each topic with its number of partitions, and return once every partition has a leader."""
    async with admin_client(bootstrap, **client) as admin:
        new = [NewTopic(name, count, 1, topic_configs=dict(config or {})) for name, count in topics.items()]
        answer = await admin.create_topics(new)
        refused = [tuple(error) for error in answer.topic_errors if error[1] != 0]
        if refused:
            raise RuntimeError(f"the broker refused to create topics: {refused}")

        async def all_led() -> bool:
            found = {topic["topic"]: topic for topic in await admin.describe_topics(list(topics))}
            return all(
                name in found
                and len(found[name]["partitions"]) == count
                and all(partition["leader"] >= 0 for partition in found[name]["partitions"])
                for name, count in topics.items()
            )

        await eventually(all_led)


async def produce(bootstrap: str, topic: str, records: Iterable[Sent | bytes], **client: Any) -> list[int]:
    """Send the records in order and return their offsets once the broker has all of them."""
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap, enable_idempotence=True, max_request_size=BYTES_MAX, **client
    )
    try:
        await producer.start()
        promises = []
        for record in records:
            sent = Sent(record) if isinstance(record, bytes) else record
            promises.append(
                await producer.send(
                    topic,
                    value=sent.value,
                    key=sent.key,
                    headers=list(sent.headers),
                    partition=sent.partition,
                    timestamp_ms=sent.timestamp_ms,
                )
            )
        return [(await promise).offset for promise in promises]
    finally:
        await producer.stop()


async def end_offsets(bootstrap: str, topic: str, **client: Any) -> dict[int, int]:
    """Map partition to the offset that the next record will get."""
    async with _reader(bootstrap, topic, **client) as consumer:
        ends = await consumer.end_offsets(consumer.assignment())
        return {found.partition: end for found, end in ends.items()}


async def committed(bootstrap: str, group: str, topic: str, **client: Any) -> dict[int, int]:
    """Map partition to the offset the group would go on from; partitions it never committed are left out."""
    async with admin_client(bootstrap, **client) as admin:
        try:
            offsets = await admin.list_consumer_group_offsets(group)
        except GroupCoordinatorNotAvailableError:  # a new broker, on which no group has met yet
            return {}
    return {
        at.partition: told.offset for at, told in offsets.items() if at.topic == topic and told.offset >= 0
    }


async def read_all(bootstrap: str, topic: str, **client: Any) -> list[Received]:
    """Return everything that is in the topic now, by partition and offset."""
    async with _reader(bootstrap, topic, **client) as consumer:
        ends = await consumer.end_offsets(consumer.assignment())
        records: list[Received] = []
        while [at for at, end in ends.items() if await consumer.position(at) < end]:
            for at, batch in (await consumer.getmany(timeout_ms=200)).items():
                records.extend(_received(record) for record in batch if record.offset < ends[at])
    return sorted(records, key=lambda record: (record.partition, record.offset))


async def read_at_least(
    bootstrap: str, topic: str, count: int, seconds_max: float = 180.0, **client: Any
) -> list[Received]:
    """Return everything in the topic, once it holds `count` records; raise TimeoutError if it never does."""

    async def enough() -> bool:
        return sum((await end_offsets(bootstrap, topic, **client)).values()) >= count

    try:
        await eventually(enough, seconds_max)
    except TimeoutError as error:
        found = len(await read_all(bootstrap, topic, **client))
        raise TimeoutError(f"{topic} holds {found} records after {seconds_max:g} s, not {count}") from error
    return await read_all(bootstrap, topic, **client)


async def eventually(question: Callable[[], Awaitable[bool]], seconds_max: float = 180.0) -> None:
    """Ask again and again until the answer is yes; `TimeoutError` after `seconds_max`."""
    deadline = time.monotonic() + seconds_max
    while not await question():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{question.__qualname__} is still not so after {seconds_max:g} s")
        await asyncio.sleep(0.05)


def _received(record: Any) -> Received:
    return Received(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        key=record.key,
        value=record.value,
        headers=tuple((name, value) for name, value in record.headers),
        timestamp_ms=record.timestamp,
    )
