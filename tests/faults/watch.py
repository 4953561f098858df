"""Looks on while things break: what each group had committed, and where the topics ended right afterwards."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiokafka.errors import KafkaError

from service.stages import STAGES, group_id
from service.topics import SEGMENT_LOGS
from tests.broker.house import House
from tests.kit_kafka import committed, end_offsets

PAUSE_SECONDS = 0.5

Ends = dict[str, dict[int, int]]


@dataclass(frozen=True, slots=True)
class Sample:
    """`committed`: partition -> offset of a stage's source; `ends`: logical sink -> partition -> end, read later."""

    stage: str
    committed: dict[int, int]
    ends: Ends


async def watch(house: House, samples: list[Sample]) -> None:
    """Until cancelled; a broker that is away is asked again later."""
    while True:
        for stage in STAGES:
            try:
                async with asyncio.timeout(5.0):
                    samples.append(await _look(house, stage))
            except (KafkaError, OSError, TimeoutError):
                pass
            await asyncio.sleep(PAUSE_SECONDS)


async def _look(house: House, stage: str) -> Sample:
    route = STAGES[stage]
    source = house.topic(route.source)
    done = await committed(house.bootstrap, group_id(house.settings, stage), source)
    sinks = [sink for sink in route.sinks if sink not in SEGMENT_LOGS]
    return Sample(
        stage, done, {sink: await end_offsets(house.bootstrap, house.topic(sink)) for sink in sinks}
    )
