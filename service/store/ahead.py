"""Write batches one after the other, each while the next one is read and prepared."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from types import TracebackType

from service.store.incoming import Batch, Place
from service.store.rows import OutputRecord
from service.store.writer import StoreWriter


class WritingAhead:
    """Keep one batch in writing: a database with processes of its own works on it while we prepare the next.

    ``async with WritingAhead(writer, known, told) as ahead: await ahead.put(records)``. At the end the last batch is
    awaited; what its writing raised is raised by the next `put` or `finish`, or at the end.
    """

    def __init__(
        self, writer: StoreWriter, known: dict[Place, int], told: Callable[[Batch, float], None]
    ) -> None:
        """Begin behind the positions `known`; `told` hears of each batch and of the seconds its writing took."""
        self._writer = writer
        self._known = known
        self._told = told
        self._writing: asyncio.Task[None] | None = None

    async def put(self, records: Sequence[OutputRecord]) -> None:
        """Prepare records, wait until those before them are written, and begin to write these."""
        batch = await asyncio.to_thread(self._writer.prepare, records)
        await self.finish()
        self._writing = asyncio.create_task(self._write(batch))
        if not self._writer.works_elsewhere:
            await self.finish()

    async def finish(self) -> None:
        """Wait until all that was put is written."""
        if self._writing is not None:
            await asyncio.shield(
                self._writing
            )  # who stops waiting does not stop the thread: `__aexit__` waits for it
            self._writing = None

    async def _write(self, batch: Batch) -> None:
        started = time.monotonic()
        self._known = await asyncio.to_thread(self._writer.write_batch, batch, self._known)
        self._told(batch, time.monotonic() - started)

    async def __aenter__(self) -> WritingAhead:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            await self.finish()
        elif self._writing is not None:
            await asyncio.gather(self._writing, return_exceptions=True)  # a thread cannot be stopped half way
