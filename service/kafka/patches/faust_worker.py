"""Change how Faust's app, monitor and worker start, stop and log."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

import faust
from faust.worker import Worker

from service.exit_codes import ExitCode

log = logging.getLogger("service.kafka.worker")

LEFTOVERS_SECONDS_MAX: Final = 1.0
"""Maximum seconds that tasks may take to end after they are cancelled at the stop."""


class QuietMonitor(faust.Monitor):
    """Take no samples: the metrics of a worker are in telemetry/."""

    logger = logging.getLogger("faust.monitor")

    @faust.Service.task
    async def _sampler(self) -> None:
        pass


class StageApp(faust.App):
    """Create no folders: a stage has no tables, and its file system may be read-only."""

    logger = logging.getLogger("faust.app")
    closing: asyncio.Future[None] | None = None  # done when what the stage opened is closed

    def _create_directories(self) -> None:
        pass


class StageWorker(Worker):
    """Stop within a limit, close what was opened, and open no debugger on a signal."""

    logger = logging.getLogger("faust.worker")
    shutdown_seconds_max: float = 20.0
    _is_told_to_stop = False
    why_unreachable: Callable[[], str] = staticmethod(
        lambda: ""
    )  # says why no broker answers, "" if one does

    def _schedule_shutdown(self, signal: signal.Signals) -> None:
        if self._is_told_to_stop:
            return
        self._is_told_to_stop = True
        timer = threading.Timer(self.shutdown_seconds_max, _overdue, (self.shutdown_seconds_max,))
        timer.daemon = True  # it must not keep a process alive that stopped in time
        timer.start()
        stop = partial(super()._schedule_shutdown, signal)
        threading.Thread(target=self._stop_if_reachable, args=(stop,), daemon=True).start()

    def _stop_if_reachable(self, stop: Callable[[], None]) -> None:
        """Stop in good order, or end the process if no broker answers: then nothing can be delivered or committed."""
        library = logging.getLogger("aiokafka")
        level = library.level
        library.setLevel(logging.CRITICAL)  # forty lines a second about a broker that is away
        why = self.why_unreachable()
        if why:
            log.critical("stage_stopped", extra={"exit_code": int(ExitCode.UNAVAILABLE), "error": why})
            os._exit(ExitCode.UNAVAILABLE)
        library.setLevel(level)
        with suppress(RuntimeError):  # it has stopped for another reason meanwhile
            self.loop.call_soon_threadsafe(stop)

    def _gather_all(self) -> None:
        """Wait until what the stage opened is closed, then cancel all other tasks. Mode waits a second before that."""
        if self.app.closing is not None:
            self.loop.run_until_complete(asyncio.wait({self.app.closing}))
        left = asyncio.all_tasks(self.loop)
        for task in left:
            task.cancel()
        if left:
            self.loop.run_until_complete(asyncio.wait(left, timeout=LEFTOVERS_SECONDS_MAX))

    async def _sentinel_task(self) -> None:
        """Return at once, where mode sleeps for a second before it closes the loop."""

    def _enter_debugger(self) -> None:
        log.warning("debugger_refused")


def _overdue(seconds: float) -> None:
    """End the process: a stop during a rebalance can wait for ever. What is not acknowledged is read again."""
    log.critical("shutdown_overdue", extra={"seconds": seconds})
    os._exit(ExitCode.STAGE_FAILED)
