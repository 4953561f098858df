"""Questions that a worker asks of a broker with a client of their own are asked anew while the broker is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaConnectionError, KafkaTimeoutError

from deploy.kafka.embedded import EmbeddedKafka
from service.kafka.away import AWAY_SECONDS_MAX, while_away
from service.kafka.originals import KafkaOriginals
from service.kafka.security import client_options
from service.kafka.segment_log import KafkaSegmentLog
from service.records import Origin
from service.settings import KafkaSettings
from tests.kit_kafka import Sent, create_topics, produce

Ask = Callable[[], Coroutine[Any, Any, object]]


@asynccontextmanager
async def original(kafka: EmbeddedKafka) -> AsyncIterator[Ask]:
    """Provide what asks for a raw record again."""
    options = client_options(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers))
    originals = KafkaOriginals(options, 1_000_000, AWAY_SECONDS_MAX)
    yield lambda: originals.fetch(Origin("raw", 0, 0))


@asynccontextmanager
async def consumed(kafka: EmbeddedKafka) -> AsyncIterator[Ask]:
    """Provide what asks how far a group has read."""
    options = client_options(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers))
    log = KafkaSegmentLog("segments", options, 1_000_000, "group", "raw")
    await log.start()
    yield lambda: log.consumed(0)
    await log.stop()


@pytest.mark.parametrize("asking", [original, consumed])
async def test_a_question_waits_until_the_broker_is_back(
    own_kafka: EmbeddedKafka, asking: Callable[[EmbeddedKafka], AbstractAsyncContextManager[Ask]]
) -> None:
    await create_topics(own_kafka.bootstrap_servers, {"raw": 1, "segments": 1})
    await produce(own_kafka.bootstrap_servers, "raw", [Sent(b"{}", b"a")])
    async with asking(own_kafka) as ask:
        before = await ask()
        await asyncio.to_thread(own_kafka.stop)
        asked = asyncio.ensure_future(ask())
        await asyncio.sleep(2.0)
        assert not asked.done()
        await asyncio.to_thread(own_kafka.start)
        assert await asked == before


async def test_a_coordinator_that_is_still_loading_is_asked_again(
    kafka: EmbeddedKafka, topic_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so above the topics of its answer, where aiokafka does not look: the answer is empty."""
    ask_broker, answers = AIOKafkaAdminClient.list_consumer_group_offsets, 0

    async def loading(admin: AIOKafkaAdminClient, *args: Any, **options: Any) -> Any:
        nonlocal answers
        answers += 1
        return {} if answers == 1 else await ask_broker(admin, *args, **options)

    raw, group = f"{topic_prefix}raw", f"{topic_prefix}group"
    await create_topics(kafka.bootstrap_servers, {raw: 1})
    await produce(kafka.bootstrap_servers, raw, [Sent(b"{}", b"a"), Sent(b"{}", b"b")])
    options = client_options(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers))
    reader = AIOKafkaConsumer(
        bootstrap_servers=kafka.bootstrap_servers, group_id=group, enable_auto_commit=False
    )
    await reader.start()
    reader.assign([TopicPartition(raw, 0)])
    await reader.commit({TopicPartition(raw, 0): 1})
    await reader.stop()
    monkeypatch.setattr(AIOKafkaAdminClient, "list_consumer_group_offsets", loading)
    log = KafkaSegmentLog(f"{topic_prefix}segments", options, 1_000_000, group, raw)
    await log.start()
    try:
        assert await log.consumed(0) == 1
    finally:
        await log.stop()
    assert answers == 2


@pytest.mark.parametrize("question", ["beginning", "end"])
async def test_the_ends_of_the_log_are_asked_for_again(
    kafka: EmbeddedKafka, topic_prefix: str, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """aiokafka waits for an answer by itself, and for no longer than one may take."""
    name = f"{question}_offsets"
    ask_broker, asked = getattr(AIOKafkaConsumer, name), 0

    async def late(consumer: AIOKafkaConsumer, places: list[TopicPartition]) -> Any:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise KafkaTimeoutError
        return await ask_broker(consumer, places)

    topic = f"{topic_prefix}segments"
    await create_topics(kafka.bootstrap_servers, {topic: 1})
    monkeypatch.setattr(AIOKafkaConsumer, name, late)
    options = client_options(KafkaSettings(bootstrap_servers=kafka.bootstrap_servers))
    log = KafkaSegmentLog(topic, options, 1_000_000)
    await log.start()
    try:
        assert await getattr(log, question)(0) == 0
    finally:
        await log.stop()
    assert asked == 2


@pytest.mark.parametrize("error", [TimeoutError(), KafkaTimeoutError(), KafkaConnectionError()])
async def test_a_question_that_took_too_long_is_asked_again(error: Exception) -> None:
    errors = [error]

    async def ask() -> object:
        if errors:
            raise errors.pop()
        return 7

    assert await while_away(ask, AWAY_SECONDS_MAX) == 7


async def test_a_question_fails_at_once_where_it_may_not_wait() -> None:
    async def ask() -> object:
        raise KafkaConnectionError("nobody there")

    with pytest.raises(KafkaConnectionError, match="nobody there"):
        await while_away(ask, 0.0)
