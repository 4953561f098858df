"""Note in the store, once a minute, how many records every stage and the store itself have still to read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Final

import structlog
from aiokafka.errors import KafkaError
from sqlalchemy.exc import SQLAlchemyError

from service.kafka.lag_probe import LagProbe
from service.kafka.security import client_options
from service.settings import Settings
from service.stages import STAGES, group_id
from service.store.writer import StoreWriter
from service.topics import topic_name

NOTE_SECONDS: Final = 60.0
"""Seconds between two notes."""

log = structlog.stdlib.get_logger("copydesk")


async def note_lag(
    settings: Settings,
    writer: StoreWriter,
    partitions: Mapping[str, int],
    behind: Callable[[], Awaitable[int]],
) -> None:
    """Note lag until cancelled. `behind` tells that of the store; a stage whose topic is elsewhere is left out."""
    probes = {
        stage: LagProbe(group_id(settings, stage), client_options(settings.kafka))
        for stage, spec in STAGES.items()
        if topic_name(settings, spec.source) in partitions
    }
    try:
        while True:
            try:
                lags = {
                    stage: await _lag(settings, stage, probe, partitions) for stage, probe in probes.items()
                }
                lags["store"] = await behind()
                await asyncio.to_thread(writer.note_lag, datetime.now(UTC), lags)
            except (KafkaError, OSError, SQLAlchemyError) as error:
                log.warning("lag_unknown", error=str(error).splitlines()[0] if str(error) else repr(error))
            await asyncio.sleep(NOTE_SECONDS)
    finally:
        for probe in probes.values():
            await probe.stop()


async def _lag(settings: Settings, stage: str, probe: LagProbe, partitions: Mapping[str, int]) -> int:
    topic = topic_name(settings, STAGES[stage].source)
    readings = await probe([(topic, number) for number in range(partitions[topic])])
    return sum(max(0, one.end_offset - max(one.start_offset, one.committed_offset or 0)) for one in readings)
