"""Read the output topics into the store, until told to stop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import Engine

from service.kafka.following import Follower
from service.kafka.lag_notes import note_lag
from service.kafka.security import client_options
from service.settings import Settings
from service.store.ahead import WritingAhead
from service.store.incoming import STORED_TOPICS, Batch
from service.store.rows import OutputRecord
from service.store.writer import StoreWriter
from service.telemetry.store_metrics import StoreMetrics
from service.topics import topic_name

TIDY_SECONDS: Final = 3_600.0
"""Seconds between two deletions of what is older than store.keep_days."""

LAG_SECONDS: Final = 5.0
"""Seconds between two questions how many records are left."""

FETCH_BYTES: Final = 65_536
"""Bytes of a fetch beside its largest record: headers and frames."""

log = structlog.stdlib.get_logger("copydesk")


async def follow_into_store(
    settings: Settings,
    engine: Engine,
    partitions: dict[str, int],
    stopping: asyncio.Event,
    *,
    until_end: bool = False,
    metrics: StoreMetrics | None = None,
) -> int:
    """Write the records of the output topics, in batches, until `stopping` is set; return how many were written.

    `partitions` gives the number of partitions of each topic, by its full name. With `until_end`, return as soon as no
    record is left.
    Raises: PositionLost, AnotherWriter, UnreadableRecord, KafkaError, SQLAlchemyError; a restart goes on where the last
    batch ended.
    """
    written = 0
    metrics = metrics or StoreMetrics(STORED_TOPICS)
    asked = 0.0
    names = {topic_name(settings, topic): topic for topic in STORED_TOPICS}
    full_names = {topic: name for name, topic in names.items()}
    writer = StoreWriter(engine)
    known = await asyncio.to_thread(writer.positions)

    def wrote(batch: Batch, seconds: float) -> None:
        nonlocal written
        metrics.wrote(batch.records, seconds)
        written += sum(batch.records.values())
        log.debug("store_written", records=sum(batch.records.values()))

    tidied = time.monotonic() - TIDY_SECONDS
    fetch_bytes = settings.topics.output_bytes_max + FETCH_BYTES
    async with (
        Follower(client_options(settings.kafka), {n: partitions[n] for n in names}, fetch_bytes) as follower,
        _beside(note_lag(settings, writer, partitions, follower.behind)),
        WritingAhead(writer, known, wrote) as ahead,
    ):
        await follower.go_to({(full_names[topic], number): at for (topic, number), at in known.items()})
        log.info("store_opened", records_behind=await follower.behind())
        while not stopping.is_set():
            fetched = await follower.batch(settings.store.batch_records)
            if fetched:
                records = [_output_record(record, names) for record in fetched]
                await ahead.put(records)
            else:
                await ahead.finish()
                if until_end and await follower.behind() == 0:
                    break
            if time.monotonic() - asked >= LAG_SECONDS:
                asked = time.monotonic()
                metrics.behind(await follower.behind())
            if settings.store.keep_days and time.monotonic() - tidied >= TIDY_SECONDS:
                tidied = time.monotonic()
                await ahead.finish()
                await asyncio.to_thread(_tidy, writer, settings.store.keep_days)
    return written


@asynccontextmanager
async def _beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run something for as long as the block lasts."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _tidy(writer: StoreWriter, days: float) -> None:
    before = datetime.now(UTC) - timedelta(days=days)
    deleted = writer.delete_before(before.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
    if deleted:
        log.info("store_tidied", articles_deleted=deleted)


def _output_record(record: Any, names: dict[str, str]) -> OutputRecord:
    return OutputRecord(
        names[record.topic],
        record.partition,
        record.offset,
        record.key,
        record.value,
        tuple((name, value or b"") for name, value in record.headers),
    )
