"""Is this worker alive, is it ready: told by observations, asked by probes, served over HTTP with the metrics.

*Live* means that a restart would not help: the event loop turns, and when the broker says that records
wait, batches get done. When the broker does not answer, nothing waits that we know of: an outage of
Kafka never fails liveness, since restarting every worker would only make it longer.
*Ready* means that the group gave us our partitions (a standby has none, and that is an answer too) and
that the index of each collection is rebuilt.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest

from service.observations import (
    BatchDone,
    LagMeasured,
    LagUnknown,
    LoopTurned,
    Observation,
    PartitionsAssigned,
    PartitionsRevoked,
    RecoveryDone,
    RecoveryStarted,
    Tell,
)

STALLED_SECONDS = 300.0
"""Maximum time that records may wait without one batch done, in seconds. A batch is 1-2 s of work; a broker's leader
election or a rebalance takes a minute at worst."""

LOOP_SECONDS_MAX = 30.0
TURN_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold the answer to a probe, and its reason for a person."""

    ok: bool
    reason: str


class Health:
    """Keep what is known of this worker's health. Call `note` from one event loop only."""

    def __init__(
        self, *, stalled_seconds: float = STALLED_SECONDS, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._stalled_seconds = stalled_seconds
        self._now = now
        self._turned_at = now()
        self._worked_at = now()
        self._behind_since: float | None = None
        self._assigned: frozenset[tuple[str, int]] | None = None
        self._recovering: set[str] = set()

    def note(self, observation: Observation) -> None:
        """Take in what happened; most observations say nothing about health."""
        match observation:
            case LoopTurned():
                self._turned_at = self._now()
            case BatchDone():
                self._worked_at = self._now()
            case LagMeasured(partitions=partitions):
                self._backlog(sum(lag.records for lag in partitions))
            case LagUnknown():
                self._behind_since = None
            case PartitionsAssigned(partitions=partitions):
                self._assigned = frozenset(partitions)
                self._behind_since = None
            case PartitionsRevoked(partitions=partitions):
                left = (self._assigned or frozenset()) - frozenset(partitions)
                self._assigned = left or None
                self._behind_since = None
            case RecoveryStarted(collection=collection):
                self._recovering.add(collection)
            case RecoveryDone(collection=collection):
                self._recovering.discard(collection)
                self._worked_at = self._now()

    def _backlog(self, records: int) -> None:
        if not records:
            self._behind_since = None
        elif self._behind_since is None:
            self._behind_since = self._now()

    def live(self) -> Finding:
        """Return whether the worker is live: a restart would not help."""
        now = self._now()
        if now - self._turned_at > LOOP_SECONDS_MAX:
            return Finding(False, f"the event loop has not turned for {now - self._turned_at:.0f} s")
        if self._behind_since is not None and not self._recovering:
            idle = now - max(self._behind_since, self._worked_at)
            if idle > self._stalled_seconds:
                return Finding(False, f"records wait and no batch was done for {idle:.0f} s")
        return Finding(True, "the event loop turns and no work is stuck")

    def ready(self) -> Finding:
        """Return whether the worker has its partitions and its index."""
        if self._assigned is None:
            return Finding(False, "the consumer group has not assigned partitions yet")
        if self._recovering:
            return Finding(False, f"rebuilding the index of {', '.join(sorted(self._recovering))}")
        return Finding(True, f"{len(self._assigned)} partitions assigned")


class HealthServer:
    """Serve `/metrics`, `/healthz` and `/readyz`, and nothing else, on one address."""

    def __init__(self, health: Health, registry: CollectorRegistry, *, host: str, port: int) -> None:
        self._health = health
        self._registry = registry
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen. Raises OSError if the address is taken."""
        app = web.Application()
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/healthz", self._live)
        app.router.add_get("/readyz", self._ready)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _metrics(self, _: web.Request) -> web.Response:
        body = generate_latest(self._registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _live(self, _: web.Request) -> web.Response:
        return _answer(self._health.live())

    async def _ready(self, _: web.Request) -> web.Response:
        return _answer(self._health.ready())


def _answer(finding: Finding) -> web.Response:
    return web.json_response({"ok": finding.ok, "reason": finding.reason}, status=200 if finding.ok else 503)


async def watch_loop(tell: Tell, *, every_seconds: float = TURN_EVERY_SECONDS) -> None:
    """Tell how late the event loop comes round, until cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every_seconds
        await asyncio.sleep(every_seconds)
        tell(LoopTurned(max(loop.time() - due, 0.0)))
