"""Ask again where a broker is away for a moment: only clients that live as long as their worker wait by themselves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from aiokafka.errors import KafkaError, KafkaTimeoutError

T = TypeVar("T")

AWAY_SECONDS_MAX: Final = 60.0
"""Maximum seconds that a broker may be away before a question fails: time to restart one, or to renew a certificate."""

PAUSE_SECONDS: Final = 0.5


async def while_away(question: Callable[[], Awaitable[T]], seconds_max: float) -> T:
    """Return the answer to a question, which is asked anew for `seconds_max` while no broker takes it.

    Raises: the `KafkaError` or `TimeoutError` of the last try.
    """
    deadline = time.monotonic() + seconds_max
    while True:
        try:
            return await question()
        except (KafkaError, TimeoutError) as error:
            if not _may_pass(error) or time.monotonic() > deadline:
                raise
        await asyncio.sleep(PAUSE_SECONDS)


def _may_pass(error: Exception) -> bool:
    return isinstance(error, TimeoutError | KafkaTimeoutError) or bool(getattr(error, "retriable", False))
