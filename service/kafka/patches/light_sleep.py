"""Faust's services sleep without a task.

mode's `Service.sleep` starts a task that waits for the stop, and cancels it when the time is over: three turns of the
event loop, and a worker with nothing to do sleeps some ten times a second.
"""

from __future__ import annotations

import asyncio
from typing import Any

from mode import Service
from mode.utils.times import want_seconds


def sleep_lightly() -> None:
    """Let all services of this process do so."""
    Service.sleep = _sleep


async def _sleep(self: Any, n: Any) -> None:
    """Sleep for `n` seconds, or until the service is told to stop."""
    stopped = self._stopped
    if stopped.is_set():
        return
    seconds = want_seconds(n)
    if seconds <= 0:
        await asyncio.sleep(0)
        return
    loop = asyncio.get_running_loop()
    over = loop.create_future()
    timer = loop.call_later(seconds, _end, over)
    stopped._waiters.append(over)  # as `stopped.wait()` does
    try:
        await over
    finally:
        timer.cancel()
        stopped._waiters.remove(over)


def _end(over: asyncio.Future[bool]) -> None:
    if not over.done():
        over.set_result(False)
