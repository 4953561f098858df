"""Keep a text beside the committed offset of a partition, through the consumer of the stage's own group."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

MARK_SECONDS_MAX: Final = 10.0
"""Maximum seconds to wait for a broker to take a mark; without it the work goes on all the same."""

log = logging.getLogger(__name__)


class OffsetMarks:
    """Read and write the metadata of committed offsets. Only members of a group may commit, hence its own consumer."""

    def __init__(self, app: Any) -> None:
        """Take the Faust app of the stage; its consumer exists once it runs."""
        self._app = app

    async def read(self, place: tuple[str, int]) -> tuple[int | None, str]:
        """Return the committed offset and its text, once all that is acknowledged is committed; None for none."""
        try:
            async with asyncio.timeout(MARK_SECONDS_MAX):
                found: tuple[int | None, str] = await self._app.consumer.marked(*place)
                return found
        except Exception as error:  # Faust's own too, where its consumer has stopped
            log.warning("mark_unread", extra={"error": repr(error)})
            return None, ""

    async def write(self, place: tuple[str, int], offset: int, text: str) -> None:
        """Commit an offset with a text; where the group has moved on, nothing is committed."""
        try:
            async with asyncio.timeout(MARK_SECONDS_MAX):
                await self._app.consumer.mark(*place, offset, text)
        except Exception as error:
            log.warning("mark_unwritten", extra={"error": repr(error)})
