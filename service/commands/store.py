"""`copydesk store`: keep the outputs in a database, each record counted once."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.shared import CommandFailed, ConfigOption, SetOption, reach_broker, read_settings, say
from service.exit_codes import ExitCode

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from service.settings import TelemetrySettings


async def store(
    until_end: Annotated[
        bool, typer.Option("--until-end", help="Stop once all that is there now has been written.")
    ] = False,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Read the topics from their beginning; rows are written over, nothing counts twice.",
        ),
    ] = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Write articles, claims, duplicates and dead letters into the database at store.url.

    Offsets are kept in the database, in the transaction that writes the rows, so whatever crashes, each record counts
    exactly once. Ends with 70 when the database or the broker failed: restart it, it goes on where it was.
    """
    settings = read_settings(config, assignments)

    from aiokafka.errors import KafkaError
    from sqlalchemy.exc import SQLAlchemyError

    from service.kafka.following import PositionLost
    from service.pipeline.storing import follow_into_store
    from service.store.database import StoreUnavailable, open_store
    from service.store.incoming import STORED_TOPICS
    from service.store.rows import UnreadableRecord
    from service.store.writer import AnotherWriter, StoreWriter
    from service.telemetry.logs import configure_logging
    from service.telemetry.store_metrics import StoreMetrics

    configure_logging(settings.telemetry, stage="store")
    try:
        engine = open_store(settings.store.url)
    except StoreUnavailable as error:
        raise CommandFailed(str(error), ExitCode.CONFIGURATION) from None
    if again:
        StoreWriter(engine).forget_positions()
    cluster = await reach_broker(settings, *STORED_TOPICS)
    stopping = _stop_on_signals()
    metrics = StoreMetrics(STORED_TOPICS)
    try:
        async with _probes(settings.telemetry, metrics.registry):
            written = await follow_into_store(
                settings, engine, dict(cluster.partitions), stopping, until_end=until_end, metrics=metrics
            )
    except PositionLost as error:
        raise CommandFailed(
            f"{error}; `copydesk store --again` reads what is left from the beginning", ExitCode.CONFIGURATION
        ) from None
    except (AnotherWriter, UnreadableRecord, KafkaError, SQLAlchemyError) as error:
        raise CommandFailed(
            f"the store stopped: {str(error).splitlines()[0]}", ExitCode.STAGE_FAILED
        ) from None
    finally:
        engine.dispose()
    say(f"{written} records written to {engine.url.render_as_string(hide_password=True)}")


@contextlib.asynccontextmanager
async def _probes(ours: TelemetrySettings, registry: CollectorRegistry) -> AsyncIterator[None]:
    """Serve metrics and probes at telemetry.port, where there is one."""
    if not ours.port:
        yield
        return
    from service.observations import PartitionsAssigned
    from service.telemetry.health import Health, HealthServer, watch_loop

    health = Health()
    health.note(PartitionsAssigned("store"))
    server = HealthServer(health, registry, host=ours.host, port=ours.port)
    try:
        await server.start()
    except OSError as error:
        raise CommandFailed(
            f"{ours.host}:{ours.port} cannot be had: {error.strerror or error}; choose another telemetry.port",
            ExitCode.CONFIGURATION,
        ) from None
    watching = asyncio.create_task(watch_loop(health.note))
    try:
        yield
    finally:
        watching.cancel()
        await server.stop()


def _stop_on_signals() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping
