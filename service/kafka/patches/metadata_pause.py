"""A pause between questions that nobody answers."""

from __future__ import annotations

import asyncio
from typing import Any, Final

RETRY_SECONDS: Final = 0.1


def be_patient(client: Any, seconds: float = RETRY_SECONDS) -> None:
    """Let an aiokafka client wait after each failed question for metadata.

    A broker that shuts down in order says first that its partitions have no leader. A producer with records for
    one of them then asks for metadata again as soon as an answer fails, and once the broker is gone it fails at
    once: 56,424 questions and as many error lines in a minute, with aiokafka 0.14.0. Its retry_backoff_ms is not
    heeded there.
    """
    ask = client._metadata_update

    async def ask_then_wait(*question: Any) -> Any:
        answered = await ask(*question)
        if not answered:
            await asyncio.sleep(seconds)
        return answered

    client._metadata_update = ask_then_wait
