"""articles.raw -> articles.enriched, nothing but copied: what reading and writing cost at the least.

    python -m bench.peers.floor CLOCKS

A bare aiokafka loop, at least once: read what is there, send it, wait for the broker, commit.
"""

from __future__ import annotations

import asyncio

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from bench.peers.work import peer
from service.topics import ARTICLES_ENRICHED, ARTICLES_RAW, topic_name


async def copy() -> None:
    """Until SIGTERM."""
    settings = peer().settings
    servers, target = settings.kafka.bootstrap_servers, topic_name(settings, ARTICLES_ENRICHED)
    producer = AIOKafkaProducer(
        bootstrap_servers=servers, enable_idempotence=True, linger_ms=5, max_batch_size=262_144
    )
    consumer = AIOKafkaConsumer(
        topic_name(settings, ARTICLES_RAW),
        bootstrap_servers=servers,
        group_id="floor",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    async with producer, consumer:
        while True:
            fetched = await consumer.getmany(timeout_ms=200, max_records=500)
            sent = [
                await producer.send(target, record.value, key=record.key)
                for records in fetched.values()
                for record in records
            ]
            if sent:
                await asyncio.gather(*sent)
                await consumer.commit()


if __name__ == "__main__":
    asyncio.run(copy())
