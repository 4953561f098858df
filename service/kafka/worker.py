"""One Faust app per stage: group membership and assignment are Faust's, everything that could lose a record is ours.

Each setting below that differs from Faust's default does so because the default loses, repeats or leaks something.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from typing import Any, Final, Protocol

import faust
from faust.worker import Worker

from service.exit_codes import ExitCode
from service.facts import PartitionsAssigned, PartitionsRevoked, Tell
from service.kafka.arrival import await_broker
from service.kafka.batches import batches
from service.kafka.patches.bounded_unpacking import bound_unpacking
from service.kafka.patches.light_sleep import sleep_lightly
from service.kafka.patches.transport import GuardedTransport, credentials
from service.line.loop import Line
from service.line.stopping import crash_without_ack
from service.settings import Settings
from service.stages import StageSpec, group_id
from service.topics import topic_name

log = logging.getLogger(__name__)

COMMIT_EVERY: Final = 1_000
EVENTS_AHEAD: Final = 16
"""Events waiting in a stream: enough to fill batches, few enough to leave memory alone."""

RUNS_A_BATCH: Final = 4
"""A batch is filled with so many runs of records: it stays a quarter short at most where the next does not fit."""

FETCH_BYTES: Final = 2_097_152
"""Per partition and fetch. A larger record still arrives, alone (KIP-74)."""

METADATA_AGE_MS: Final = 5_000
"""A broker that just came back may not name our topic yet. The group's leader then gives its partitions to nobody, and
looks again only when its metadata is this old: five minutes of silence by default."""


LEFTOVERS_SECONDS_MAX: Final = 1.0
"""When all services have stopped, tasks that nobody gathered are cancelled, and may take so long to end."""


class Connected(Protocol):
    """Open and close what a stage needs (service/pipeline/on_kafka.py)."""

    options: dict[str, Any]  # of every Kafka client

    async def open(self) -> Line:
        """Connect, once, before the first batch. Raising ends the worker."""

    async def close(self) -> None:
        """Disconnect, once, after the last batch."""

    def assigned(self, partitions: set[int]) -> None:
        """Take note of the partitions of the source that this worker reads now."""


class QuietMonitor(faust.Monitor):
    """Counts nothing a second: what we tell of a worker is in telemetry/."""

    logger = logging.getLogger("faust.monitor")

    @faust.Service.task
    async def _sampler(self) -> None:
        pass


class StageApp(faust.App):
    """A Faust app that leaves no folders behind: it has no tables, and its file system may be read-only."""

    logger = logging.getLogger("faust.app")  # its chatter is Faust's, not ours
    closing: asyncio.Future[None] | None = None

    def _create_directories(self) -> None:
        pass


def build_app(settings: Settings, spec: StageSpec, connected: Connected, tell: Tell) -> faust.App:
    """Build the Faust app of one stage; its id is the consumer group."""
    kafka, batching = settings.kafka, spec.batching(settings)
    app = StageApp(
        group_id(settings, spec.name),
        broker=[f"kafka://{server.strip()}" for server in kafka.bootstrap_servers.split(",")],
        broker_credentials=credentials(kafka, connected.options),
        broker_session_timeout=kafka.session_timeout_seconds,
        broker_heartbeat_interval=kafka.heartbeat_interval_seconds,
        broker_commit_interval=kafka.commit_interval_seconds,
        broker_commit_every=COMMIT_EVERY,
        consumer_auto_offset_reset="earliest",  # the default forgets what came before the group was made
        consumer_group_instance_id=kafka.group_instance_id or None,
        consumer_max_fetch_size=FETCH_BYTES,
        consumer_metadata_max_age_ms=METADATA_AGE_MS,
        stream_wait_empty=True,  # without it a batch in flight at SIGTERM is committed unsent
        stream_buffer_maxsize=EVENTS_AHEAD,
        key_serializer="raw",  # decode errors are acknowledged before the agent sees them: decode in the body
        value_serializer="raw",
        topic_disable_leader=True,
        topic_allow_declare=False,
        web_enabled=False,  # Faust's server shows tables to anyone who asks
        web_tables_enabled=False,
        web_router_enabled=False,
        autodiscover=False,
        Monitor=QuietMonitor,
    )
    transport = GuardedTransport(app.conf.broker_consumer, app)
    transport.run_records = max(1, batching.records_max // RUNS_A_BATCH)
    app.transport = app.producer_transport = transport
    _watch_assignment(app, settings, spec, connected, tell)
    topic = app.topic(topic_name(settings, spec.source), key_type=bytes, value_type=bytes)

    @app.agent(topic, concurrency=1, name=spec.name)
    async def stage(stream: faust.Stream) -> None:
        with crash_without_ack(spec.name):
            line = await connected.open()
        try:
            await line.run(batches(stream, batching.records_max, batching.wait_seconds))
        finally:
            app.closing = asyncio.ensure_future(connected.close())
            await asyncio.shield(app.closing)  # Faust cancels an agent twice

    return app


def _watch_assignment(
    app: faust.App, settings: Settings, spec: StageSpec, connected: Connected, tell: Tell
) -> None:
    source = topic_name(settings, spec.source)

    async def on_assigned(_: faust.App, assigned: set[Any], **__: Any) -> None:
        connected.assigned({place.partition for place in assigned if place.topic == source})
        tell(PartitionsAssigned(spec.name, tuple(sorted((p.topic, p.partition) for p in assigned))))

    async def on_revoked(_: faust.App, revoked: set[Any], **__: Any) -> None:
        tell(PartitionsRevoked(spec.name, tuple(sorted((p.topic, p.partition) for p in revoked))))

    app.on_partitions_assigned.connect(on_assigned, weak=False)
    app.on_partitions_revoked.connect(on_revoked, weak=False)


class StageWorker(Worker):
    """Faust's worker, with a stop that ends in time and without a debugger on a signal."""

    logger = logging.getLogger("faust.worker")
    shutdown_seconds_max: float = 20.0

    def _schedule_shutdown(self, number: signal.Signals) -> None:
        if not self._signal_stop_time:
            timer = threading.Timer(self.shutdown_seconds_max, _overdue, (self.shutdown_seconds_max,))
            timer.daemon = True  # it must not keep alive a process that did stop in time
            timer.start()
        super()._schedule_shutdown(number)

    def _gather_all(self) -> None:
        """Wait until what we opened is closed, and cancel what else is left. Mode waits a second for that first."""
        if self.app.closing is not None:
            self.loop.run_until_complete(asyncio.wait({self.app.closing}))
        left = asyncio.all_tasks(self.loop)
        for task in left:
            task.cancel()
        if left:
            self.loop.run_until_complete(asyncio.wait(left, timeout=LEFTOVERS_SECONDS_MAX))

    async def _sentinel_task(self) -> None:
        """Where mode sleeps before it closes the loop."""

    def _enter_debugger(self) -> None:
        log.warning("debugger_refused")


def _overdue(seconds: float) -> None:
    """A stop during a rebalance can wait for ever; what is not acknowledged by now will be read again."""
    log.critical("shutdown_overdue", extra={"seconds": seconds})
    os._exit(ExitCode.STAGE_FAILED)


def run_worker(app: faust.App, settings: Settings) -> None:
    """Run until SIGTERM or SIGINT, then return; a broken world ends the process (service/line/stopping.py).

    Raises SystemExit: 69 where no broker takes us in, 70 when it left before we were ready.
    """
    bound_unpacking()
    sleep_lightly()
    await_broker(settings.kafka)
    worker = StageWorker(
        app,
        loglevel=settings.telemetry.log_level,
        override_logging=False,  # Faust would replace our handlers
        redirect_stdouts=False,
        quiet=True,
    )
    worker.spinner = None  # it sets the root logger to DEBUG: half as much CPU again for every event
    worker.shutdown_seconds_max = settings.kafka.shutdown_seconds_max
    try:
        worker.execute_from_commandline()
    except SystemExit as done:
        if done.code not in (None, 0):
            raise SystemExit(ExitCode.STAGE_FAILED) from done  # Faust's 1 says nothing to a supervisor
