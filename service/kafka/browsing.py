"""A topic read by a person's command: no group, no commit, nothing left behind on the broker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from aiokafka import ConsumerRecord, TopicPartition

from service.kafka.groupless import POLL_MS, GrouplessReader
from service.line.dead_letter_headers import header_text


@dataclass(frozen=True, slots=True)
class Found:
    """A record and where it stands."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int | None
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]

    @property
    def place(self) -> str:
        """Return ``TOPIC-PARTITION-OFFSET``, the form that `dlq show` takes."""
        return f"{self.topic}-{self.partition}-{self.offset}"

    def header(self, name: str) -> str | None:
        """Return the value of the last header with this name as text."""
        return header_text(self.headers, name)


class Browser(GrouplessReader):
    """Read all partitions of one topic. ``async with Browser(options, topic, 4) as browser: ...``"""

    def __init__(self, client_options: dict[str, Any], topic: str, partitions: int) -> None:
        places = [TopicPartition(topic, number) for number in range(partitions)]
        super().__init__(client_options, places, auto_offset_reset="earliest")

    async def go_to_beginning(self) -> None:
        """Start from the oldest record that is kept."""
        self._seek(await self._client.beginning_offsets(self._places))

    async def go_to_time(self, timestamp_ms: int) -> None:
        """Start from the first record of each partition that is not older."""
        ends = await self._client.end_offsets(self._places)
        since = await self._client.offsets_for_times(dict.fromkeys(self._places, timestamp_ms))
        self._seek({place: since[place].offset if since.get(place) else end for place, end in ends.items()})

    async def go_back(self, records: int) -> None:
        """Start this number of records before the end of each partition; 0: at the end."""
        oldest = await self._client.beginning_offsets(self._places)
        ends = await self._client.end_offsets(self._places)
        self._seek({place: max(oldest[place], end - records) for place, end in ends.items()})

    def _seek(self, offsets: dict[TopicPartition, int]) -> None:
        for place, offset in offsets.items():
            self._client.seek(place, offset)

    async def existing(self) -> AsyncIterator[Found]:
        """Yield records from the current position to the end that the topic has now."""
        ends = await self._client.end_offsets(self._places)
        while behind := [p for p, end in ends.items() if await self._client.position(p) < end]:
            for place, records in (await self._client.getmany(*behind, timeout_ms=POLL_MS)).items():
                for record in records:
                    if record.offset < ends[place]:
                        yield _found(record)
                    else:  # it came while we read: leave it to `following`
                        self._client.seek(place, ends[place])
                        break

    async def following(self) -> AsyncIterator[Found]:
        """Yield records from the current position, and wait for new ones without end."""
        while True:
            for records in (await self._client.getmany(timeout_ms=POLL_MS)).values():
                for record in records:
                    yield _found(record)

    async def at(self, partition: int, offset: int) -> Found | None:
        """Return the record at this place, or None if there is no such record."""
        if not 0 <= partition < len(self._places):
            return None
        record = await self.record_at(self._places[partition], offset)
        return None if record is None else _found(record)


def _found(record: ConsumerRecord[Any, Any]) -> Found:
    timestamp = record.timestamp if record.timestamp is not None and record.timestamp >= 0 else None
    return Found(
        record.topic,
        record.partition,
        record.offset,
        timestamp,
        record.key,
        record.value,
        tuple(record.headers),
    )
