"""Build and run one Faust app per stage.

Faust sees to group membership and assignment; what could lose a record is ours. Each setting that differs from Faust's
default does so because the default loses, repeats or leaks something.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final, Protocol

import faust
from aiokafka.errors import KafkaError

from service.exit_codes import ExitCode
from service.kafka.arrival import await_broker, why_unreachable
from service.kafka.batches import batches
from service.kafka.crash_marks import OffsetMarks
from service.kafka.patches import apply
from service.kafka.patches.faust_worker import QuietMonitor, StageApp, StageWorker
from service.kafka.patches.transport import GuardedTransport, credentials
from service.kafka.unpacking import UNPACKED_BYTES_MAX
from service.line.loop import Line
from service.line.poison import PoisonSearch
from service.line.stopping import crash_without_ack
from service.observations import PartitionsAssigned, PartitionsRevoked, Tell
from service.settings import Settings
from service.stages import StageSpec, group_id
from service.topics import topic_name

COMMIT_EVERY: Final = 1_000
EVENTS_AHEAD: Final = 16
"""Maximum number of events that wait in a stream: enough to fill a batch."""

RUNS_A_BATCH: Final = 4
"""Number of runs of records that fill a batch; a batch is at most one run short if the next does not fit."""

FETCH_BYTES: Final = 2_097_152
"""Maximum bytes of a fetch, per partition. A larger record still arrives, alone (KIP-74)."""

METADATA_AGE_MS: Final = 5_000
"""Maximum age of metadata, in milliseconds. A broker that just came back may not name our topic yet; then the group's
leader assigns its partitions to no worker, and looks again only when its metadata is this old (default: 5 minutes)."""


class Connected(Protocol):
    """Open and close what a stage needs (service/pipeline/on_kafka.py)."""

    options: dict[str, Any]  # of every Kafka client

    async def open(self) -> Line:
        """Connect, once, before the first batch. Raising ends the worker."""

    async def close(self) -> None:
        """Disconnect, once, after the last batch."""

    def assigned(self, partitions: set[int]) -> None:
        """Take note of the partitions of the source that this worker reads now."""


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
    search = PoisonSearch(OffsetMarks(app), excused=(KafkaError,))
    transport = GuardedTransport(app.conf.broker_consumer, app)
    transport.run_records = max(1, batching.records_max // RUNS_A_BATCH)
    transport.isolation_level = kafka.isolation_level
    app.transport = app.producer_transport = transport
    source = topic_name(settings, spec.source)
    _watch_assignment(app, source, spec, connected, tell, search)
    topic = app.topic(source, key_type=bytes, value_type=bytes)

    @app.agent(topic, concurrency=1, name=spec.name)
    async def stage(stream: faust.Stream) -> None:
        with crash_without_ack(spec.name):
            line = await connected.open()
        try:
            await line.run(batches(stream, batching.records_max, batching.wait_seconds), search)
        finally:
            app.closing = asyncio.ensure_future(connected.close())
            await asyncio.shield(app.closing)  # Faust cancels an agent twice

    return app


def _watch_assignment(
    app: faust.App, source: str, spec: StageSpec, connected: Connected, tell: Tell, search: PoisonSearch
) -> None:
    async def on_assigned(_: faust.App, assigned: set[Any], **__: Any) -> None:
        search.assigned()
        ours = {place.partition for place in assigned if place.topic == source}
        connected.assigned(ours)
        tell(PartitionsAssigned(spec.name, tuple(sorted((p.topic, p.partition) for p in assigned))))

    async def on_revoked(_: faust.App, revoked: set[Any], **__: Any) -> None:
        tell(PartitionsRevoked(spec.name, tuple(sorted((p.topic, p.partition) for p in revoked))))

    app.on_partitions_assigned.connect(on_assigned, weak=False)
    app.on_partitions_revoked.connect(on_revoked, weak=False)


def run_worker(app: faust.App, settings: Settings, record_bytes_max: int = UNPACKED_BYTES_MAX) -> None:
    """Run until SIGTERM or SIGINT, then return; a failure ends the process (service/line/stopping.py).

    Of a record with more than `record_bytes_max` only the beginning is read.

    Raises: SystemExit with 69 if no broker accepts us, with 70 if it left before we were ready; `LibrariesDiffer`.
    """
    apply(record_bytes_max)
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
    worker.why_unreachable = partial(why_unreachable, settings.kafka)
    try:
        worker.execute_from_commandline()
    except SystemExit as done:
        if done.code not in (None, 0):
            raise SystemExit(ExitCode.STAGE_FAILED) from done  # Faust's 1 says nothing to a supervisor
