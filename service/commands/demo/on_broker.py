"""The samples through a real broker: topics, workers, a feeder, and a reader of all that comes out."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from service.commands.demo.flow import Flow
from service.commands.demo.tally import ANSWERS, Published
from service.commands.demo.workers import Workers
from service.commands.shared import CommandFailed
from service.commands.topic_admin import admin, create_topics
from service.samples import Sample
from service.settings import Settings
from service.topics import (
    ARTICLES_RAW,
    CLAIM_THREADS,
    CLAIMS,
    CLAIMS_PREPARED,
    STORIES,
    THREADS_SEGMENTS,
    topic_name,
)

if TYPE_CHECKING:
    from aiokafka import AIOKafkaConsumer

READY_SECONDS_MAX: Final = 240.0
"""Maximum time until all workers are ready, in seconds: a first start compiles."""

STILL_SECONDS_MAX: Final = 60.0
"""Maximum time without any record before the demo gives up, in seconds."""

QUIET_SECONDS: Final = 1.0
"""Time to watch after everything has come, in seconds: a record that comes then is one too many."""


async def make_topics(settings: Settings) -> None:
    """Create all topics of the settings. Raises `CommandFailed`."""
    async with admin(settings) as client:
        await create_topics(client, settings)


async def until_ready(workers: Workers) -> None:
    """Return once every stage has its partitions. Raises `CommandFailed` when one ends or stays away."""
    deadline = time.monotonic() + READY_SECONDS_MAX
    while waiting := workers.waiting():
        _raise_if_dead(workers)
        if time.monotonic() > deadline:
            raise CommandFailed(f"not ready after {READY_SECONDS_MAX:.0f} s: {', '.join(waiting)}")
        await asyncio.sleep(0.2)


async def run_samples(
    settings: Settings, samples: Sequence[Sample], flow: Flow, workers: Workers, *, pace_seconds: float
) -> None:
    """Feed and watch until every record is answered. Raises `CommandFailed` when that does not happen."""
    feeding = asyncio.create_task(_feed(settings, samples, flow, pace_seconds))
    try:
        await _watch(settings, flow, workers, feeding)
    finally:
        feeding.cancel()
        await asyncio.gather(feeding, return_exceptions=True)


async def _feed(settings: Settings, samples: Sequence[Sample], flow: Flow, pace_seconds: float) -> None:
    from aiokafka import AIOKafkaProducer

    from service.kafka.security import client_options
    from service.line.partition import partition_of

    producer = AIOKafkaProducer(
        **client_options(settings.kafka),
        enable_idempotence=True,
        max_request_size=settings.topics.raw_bytes_max,
    )
    await producer.start()
    try:
        for sample in samples:
            topic = topic_name(settings, ARTICLES_RAW)
            partition = partition_of(
                sample.slug.encode(), settings.topics.partitions
            )  # a story stays in order
            report = await producer.send_and_wait(topic, value=sample.value, partition=partition)
            flow.samples[report.partition, report.offset] = sample
            await asyncio.sleep(pace_seconds)
    finally:
        await producer.stop()


async def _watch(settings: Settings, flow: Flow, workers: Workers, feeding: asyncio.Task[None]) -> None:
    shown = (ARTICLES_RAW, *ANSWERS, CLAIMS, CLAIM_THREADS, STORIES)
    counted = Counter[str]()  # an envelope of claims.prepared has a segment once threads has decided on it
    logical = {topic_name(settings, name): name for name in (*shown, CLAIMS_PREPARED, THREADS_SEGMENTS)}
    consumer = await _reader(settings, list(logical))
    last_news = time.monotonic()
    try:
        while True:
            batches = await consumer.getmany(timeout_ms=100)
            for place, records in batches.items():
                for record in records:
                    name = logical[place.topic]
                    counted[name] += 1
                    if name in shown:
                        _note(flow, name, record)
            now = time.monotonic()
            if batches or not feeding.done():
                last_news = now
            elif (
                flow.tally.is_complete
                and counted[THREADS_SEGMENTS] >= counted[CLAIMS_PREPARED]
                and now - last_news > QUIET_SECONDS
            ):
                return
            if feeding.done():
                feeding.result()  # raises what the feeder raised
            _raise_if_dead(workers)
            if now - last_news > STILL_SECONDS_MAX:
                return
    finally:
        await consumer.stop()


async def _reader(settings: Settings, topics: Sequence[str]) -> AIOKafkaConsumer:
    """Create a consumer of all partitions from their beginning, without a group."""
    from aiokafka import AIOKafkaConsumer

    from service.kafka.security import client_options

    consumer = AIOKafkaConsumer(
        *topics,
        **client_options(settings.kafka),
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=settings.topics.output_bytes_max,
    )
    await consumer.start()
    return consumer


def _note(flow: Flow, topic: str, record: Any) -> None:
    if topic == ARTICLES_RAW:
        flow.fed((record.partition, record.offset))
    else:
        flow.came_out(Published(topic, record.key, tuple(record.headers), record.value))


def _raise_if_dead(workers: Workers) -> None:
    if (obituary := workers.obituary()) is not None:
        raise CommandFailed(obituary)
