"""The segment log on a broker: how it is left."""

from __future__ import annotations

import asyncio

from service.kafka.goodbye import GOODBYE_SECONDS_MAX
from service.kafka.segment_log import KafkaSegmentLog


class Deaf:
    """A consumer that never stops."""

    async def stop(self) -> None:
        await asyncio.Event().wait()


async def test_a_consumer_that_does_not_stop_is_left() -> None:
    log = KafkaSegmentLog("dedup.segments", {}, 1_000_000)
    log._consumer = Deaf()
    async with asyncio.timeout(4 * GOODBYE_SECONDS_MAX):
        await log.stop()
    assert log._consumer is None
