"""Disconnecting from a broker that may be gone."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final

GOODBYE_SECONDS_MAX: Final = 5.0


async def take_leave(stopping: Coroutine[Any, Any, None], seconds_max: float = GOODBYE_SECONDS_MAX) -> None:
    """Stop a client, but not for ever and not at the price of the error that made us leave.

    A producer waits for answers that may not come. A consumer cancels its own tasks and lets their
    CancelledError out of `stop()`, where it would take the place of the error on its way to the user.
    """
    task = asyncio.ensure_future(stopping)
    _, late = await asyncio.wait({task}, timeout=seconds_max)
    for unfinished in late:
        unfinished.cancel()
    await asyncio.wait({task}, timeout=1.0)
    if task.done() and not task.cancelled():
        task.exception()  # seen: nothing is left to be said about a connection we gave up
