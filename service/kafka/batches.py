"""Events of a Faust stream, gathered into batches of records, each acknowledged when the next one is asked for.

Faust's own `take_events` counts events, and wakes ten times a second where nothing comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from service.kafka.patches.record_runs import raw_records
from service.records import RawRecord

BATCH_BYTES: Final = 8 * 1024 * 1024
"""Size from which a batch takes no more records, in bytes. A batch of news has an eighth of it."""


class _Source:
    """The events of a stream, with a time to wait for the next one that does not lose it."""

    def __init__(self, events: AsyncIterator[Any]) -> None:
        self._events = aiter(events)
        self._coming: asyncio.Future[Any] | None = None
        self._back: Any = None

    async def next(self, deadline: float | None) -> Any:
        """Return the next event; None if the stream has ended, or none came until `deadline` (time of the loop)."""
        if self._back is not None:
            event, self._back = self._back, None
            return event
        loop = asyncio.get_running_loop()
        coming = self._coming = self._coming or asyncio.ensure_future(anext(self._events, None))
        await asyncio.wait({coming}, timeout=None if deadline is None else max(0.0, deadline - loop.time()))
        if not coming.done():
            return None  # it goes on coming, and is asked for again
        self._coming = None
        return coming.result()

    def put_back(self, event: Any) -> None:
        """Return this event from the next call of `next`."""
        self._back = event

    def close(self) -> None:
        """Cancel the pending read."""
        if self._coming is not None:
            self._coming.cancel()


async def batches(stream: Any, records_max: int, within_seconds: float) -> AsyncIterator[Sequence[RawRecord]]:
    """Yield batches of at most `records_max` records, fewer if they are large; an event with more is a batch by itself.

    A batch waits `within_seconds` for more after its first event. Events are acknowledged in order, and only after
    the body of the loop has ended well: an exception leaves them unacknowledged.
    """
    stream.enable_acks = False  # Faust acknowledges an event when the next one is asked for: here, too early
    source = _Source(stream.events())
    try:
        while True:
            events, records = await _gather(source, records_max, within_seconds)
            if not events:
                return
            yield records
            for event in events:
                await stream.ack(event)
    finally:
        source.close()


async def _gather(
    source: _Source, records_max: int, within_seconds: float
) -> tuple[list[Any], list[RawRecord]]:
    events: list[Any] = []
    records: list[RawRecord] = []
    size = 0
    deadline: float | None = None  # the first event may take its time
    while len(records) < records_max and size < BATCH_BYTES:
        event = await source.next(deadline)
        if event is None:
            break
        if events and len(records) + len(event.message.records) > records_max:
            source.put_back(event)
            break
        if deadline is None:
            deadline = asyncio.get_running_loop().time() + within_seconds
        events.append(event)
        found = raw_records(event)
        records += found
        size += sum(len(record.value or b"") for record in found)
    return events, records
