"""Everything a worker has for its operator, behind one function: `tell`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from typing import TextIO

import structlog

from service import __version__
from service.observations import (
    ArticlesDecided,
    ArticlesEnriched,
    ArticlesRead,
    ArticlesRedelivered,
    Observation,
    PartitionsAssigned,
    RecordsProduced,
    RecoveryDone,
)
from service.settings import Settings
from service.telemetry.health import Health, HealthServer, watch_loop
from service.telemetry.lag import LagWatch, Probe
from service.telemetry.logs import configure_logging
from service.telemetry.metrics import Metrics
from service.telemetry.notify import notify
from service.telemetry.observation_log import ObservationLog
from service.telemetry.spans import spans

log = structlog.stdlib.get_logger("copydesk")

LAST_WORDS_SECONDS = 20.0
"""Time until the last values are scraped, in seconds: longer than the 15 s between two scrapes
(deploy/prometheus/prometheus.yaml)."""

MAKES_READY = frozenset({PartitionsAssigned, RecoveryDone})
"""Observations after which a worker may be ready."""

ONLY_COUNTED = frozenset(
    {ArticlesRead, ArticlesDecided, ArticlesEnriched, ArticlesRedelivered, RecordsProduced}
)
"""Observations that change neither log nor health."""


class Telemetry:
    """Keep metrics, logs and health of one worker process. Call `tell` from its event loop only."""

    def __init__(self, settings: Settings, stage: str) -> None:
        """Create metrics, health and logs. Raises SettingsError if spans are wanted and OpenTelemetry is missing."""
        self.metrics = Metrics(
            stage,
            collections=settings.intake.collections,
            topic_prefix=settings.kafka.topic_prefix,
            version=__version__,
            commit=os.environ.get("SOURCE_COMMIT", ""),
        )
        self.health = Health()
        self._lag = LagWatch(self.tell)
        self._log = ObservationLog(follow=settings.telemetry.follow)
        self._spans = spans(settings, stage)
        self._is_ready = False
        self._tasks: list[asyncio.Task[None]] = []
        self._server: HealthServer | None = None
        self._port = settings.telemetry.port
        if self._port:
            self._server = HealthServer(
                self.health,
                self.metrics.registry,
                host=settings.telemetry.host,
                port=self._port,
            )

    def tell(self, observation: Observation) -> None:
        """Take in one observation."""
        self.metrics.tell(observation)
        if type(observation) not in ONLY_COUNTED:
            self.health.note(observation)
            self._lag.note(observation)
            self._log.note(observation)
            self._spans.note(observation)
            if not self._is_ready and type(observation) in MAKES_READY:
                self._say_ready()

    def _say_ready(self) -> None:
        """Log once, and tell the supervisor, that this worker has its partitions and its index."""
        finding = self.health.ready()
        if finding.ok:
            self._is_ready = True
            log.info("stage_ready", detail=finding.reason)
            notify("READY=1")

    async def start(self, probe: Probe | None = None) -> None:
        """Serve probes and metrics (unless the port is 0), watch the loop and, with a `probe`, the lag.

        Raises OSError if the address is taken.
        """
        if self._server is not None:
            await self._server.start()
        log.info("worker_started", version=__version__, metrics_port=self._port or None)
        self._watch(watch_loop(self.tell), "watch_loop")
        if probe is not None:
            self._watch(self._lag.run(probe), "watch_lag")

    async def last_words(self) -> None:
        """Wait until what was told last has been scraped: call it before a process ends that failed to deliver.

        A counter that moves in a dying process is seen by nobody, and no alert can rest on it. Does not wait
        where no metrics are served.
        """
        if self._server is not None:
            await asyncio.sleep(LAST_WORDS_SECONDS)

    def _watch(self, watching: Coroutine[None, None, None], name: str) -> None:
        task = asyncio.create_task(watching, name=name)
        task.add_done_callback(_log_failure)
        self._tasks.append(task)

    async def stop(self) -> None:
        """Stop serving and watching."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        await self._spans.stop()
        if self._server is not None:
            await self._server.stop()
        log.info("worker_stopped")


def telemetry(settings: Settings, stage: str, *, log_to: TextIO | None = None) -> Telemetry:
    """Configure the logging of this process and make its telemetry; `start` it in the event loop."""
    it = Telemetry(settings, stage)
    count = {level: counter.inc for level, counter in it.metrics.log_counters.items()}
    configure_logging(settings.telemetry, stage=stage, stream=log_to, count=count)
    return it


def _log_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("watch_failed", task=task.get_name(), exc_info=error)
