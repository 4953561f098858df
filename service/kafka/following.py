"""Read several topics from positions that somebody else keeps, without a consumer group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiokafka import ConsumerRecord, TopicPartition

from service.kafka.groupless import POLL_MS, GrouplessReader

Place = tuple[str, int]


class PositionLost(Exception):  # noqa: N818 - it is what happened
    """The log does not reach back to a position, or ends before it."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    oldest: dict[TopicPartition, int]
    end: dict[TopicPartition, int]


class Follower(GrouplessReader):
    """Follow all partitions of some topics. ``async with Follower(options, topics, size) as follower: ...``"""

    def __init__(
        self, client_options: Mapping[str, Any], partitions: Mapping[str, int], fetch_bytes_max: int
    ) -> None:
        """Follow all partitions of topics (`partitions`: topic -> number); a fetch takes up to `fetch_bytes_max`."""
        super().__init__(
            client_options,
            (TopicPartition(topic, n) for topic, count in partitions.items() for n in range(count)),
            auto_offset_reset="none",  # a lost position is an error, never a jump
            isolation_level="read_committed",
            max_partition_fetch_bytes=fetch_bytes_max,
            fetch_max_bytes=fetch_bytes_max,
        )

    async def go_to(self, positions: Mapping[Place, int]) -> None:
        """Start at `positions`, and at the oldest record where none is given. Raises PositionLost."""
        bounds = await self._bounds()
        for place in self._places:
            oldest, end = bounds.oldest[place], bounds.end[place]
            position = positions.get((place.topic, place.partition))
            if position is not None and position < oldest:
                lost = f"records {position} to {oldest - 1} were deleted before they were read"
                raise PositionLost(f"{place.topic}[{place.partition}]: {lost}")
            if position is not None and position > end:
                raise PositionLost(
                    f"{place.topic}[{place.partition}] ends at {end}, and records up to {position} were read from it: "
                    "it was made anew"
                )
            self._client.seek(place, oldest if position is None else position)

    async def batch(self, records_max: int) -> list[ConsumerRecord[Any, Any]]:
        """Return the next records, in order within each partition; an empty list if none came in time."""
        found = await self._client.getmany(timeout_ms=POLL_MS, max_records=records_max)
        return [record for records in found.values() for record in records]

    async def behind(self) -> int:
        """Count the offsets between where we are and where the topics end now."""
        ends = (await self._bounds()).end
        return sum([max(0, end - await self._client.position(place)) for place, end in ends.items()])

    async def _bounds(self) -> _Bounds:
        return _Bounds(
            await self._client.beginning_offsets(self._places), await self._client.end_offsets(self._places)
        )
