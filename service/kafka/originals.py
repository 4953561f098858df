"""Read raw records again from the broker, by their place."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from aiokafka import ConsumerRecord, TopicPartition

from service.kafka.away import while_away
from service.kafka.groupless import GrouplessReader
from service.kafka.patches.bounded_unpacking import bound_unpacking, is_bounded
from service.records import Origin, RawRecord

FETCH_SECONDS_MAX: Final = 30.0
"""Maximum time to wait for one record, in seconds; then TimeoutError ends the worker."""


class KafkaOriginals:
    """Raw records from the broker, read one at a time: only bugs in later stages need them."""

    def __init__(
        self, client_options: dict[str, Any], record_bytes_max: int, away_seconds_max: float = 0.0
    ) -> None:
        """Take how to connect, the size of the largest record, and how long a broker may be away."""
        self._options = client_options
        self._bytes_max = record_bytes_max
        self._away_seconds_max = away_seconds_max

    async def fetch(self, origin: Origin) -> RawRecord | None:
        """Return the record at `origin`; None if the log no longer reaches back that far. Raises `KafkaError`."""
        if not is_bounded():  # a worker is, the desk is not: what stands beside the record may be anything
            bound_unpacking()
        record = await while_away(lambda: self._record_at(origin), self._away_seconds_max)
        if record is None:
            return None
        return RawRecord(record.key, record.value, tuple(record.headers), origin)

    async def _record_at(self, origin: Origin) -> ConsumerRecord[Any, Any] | None:
        place = TopicPartition(origin.topic, origin.partition)
        sizes = {"max_partition_fetch_bytes": self._bytes_max, "fetch_max_bytes": self._bytes_max}
        async with GrouplessReader(self._options, [place], **sizes) as reader:
            return await asyncio.wait_for(reader.record_at(place, origin.offset), FETCH_SECONDS_MAX)
