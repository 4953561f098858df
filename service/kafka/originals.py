"""Raw records read again from the broker, by their place."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition

from service.records import Origin, RawRecord

FETCH_SECONDS_MAX: Final = 30.0
"""Seconds to wait for one record before giving up loudly."""


class KafkaOriginals:
    """Raw records from the broker, read one at a time: only bugs in later stages need them."""

    def __init__(self, client_options: dict[str, Any], record_bytes_max: int) -> None:
        self._options = client_options
        self._bytes_max = record_bytes_max

    async def fetch(self, origin: Origin) -> RawRecord | None:
        """Return the record at `origin`; None if the log no longer reaches back that far. Raises `KafkaError`."""
        place = TopicPartition(origin.topic, origin.partition)
        consumer = AIOKafkaConsumer(
            **self._options,
            enable_auto_commit=False,
            max_partition_fetch_bytes=self._bytes_max,
            fetch_max_bytes=self._bytes_max,
        )
        await consumer.start()
        try:
            consumer.assign([place])
            oldest = (await consumer.beginning_offsets([place]))[place]
            end = (await consumer.end_offsets([place]))[place]
            if not oldest <= origin.offset < end:
                return None
            consumer.seek(place, origin.offset)
            record = await asyncio.wait_for(consumer.getone(place), FETCH_SECONDS_MAX)
            if record.offset != origin.offset:
                return None
            return RawRecord(record.key, record.value, tuple(record.headers), origin)
        finally:
            await consumer.stop()
