"""Read partitions without a consumer group: nothing is committed, and nothing is left behind on the broker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Final, Self

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from service.kafka.goodbye import take_leave

POLL_MS: Final = 500
"""Maximum time that a poll waits for records, in milliseconds."""


class GrouplessReader:
    """Hold a consumer of fixed partitions while a block runs: ``async with GrouplessReader(...) as reader: ...``"""

    def __init__(
        self, client_options: Mapping[str, Any], places: Iterable[TopicPartition], **consumer_options: Any
    ) -> None:
        self._options = {**client_options, "enable_auto_commit": False, **consumer_options}
        self._places = list(places)
        self._consumer: AIOKafkaConsumer | None = None

    async def __aenter__(self) -> Self:
        self._consumer = AIOKafkaConsumer(**self._options)
        try:
            await self._consumer.start()
        except BaseException:
            await take_leave(self._consumer.stop())
            raise
        self._consumer.assign(self._places)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await take_leave(self._client.stop())

    @property
    def _client(self) -> AIOKafkaConsumer:
        if self._consumer is None:
            raise RuntimeError("use it in `async with`")
        return self._consumer

    async def record_at(self, place: TopicPartition, offset: int) -> ConsumerRecord[Any, Any] | None:
        """Return the record at an offset, or None if there is no such record. Raises: `KafkaError`."""
        end = (await self._client.end_offsets([place]))[place]
        oldest = (await self._client.beginning_offsets([place]))[place]
        if not oldest <= offset < end:
            return None
        self._client.seek(place, offset)
        while await self._client.position(place) < end:
            for record in (await self._client.getmany(place, timeout_ms=POLL_MS)).get(place, []):
                return record if record.offset == offset else None
        return None
