"""An iterator that blocks (a file, a pipe), read in a thread, so that sending and Ctrl-C need not wait for it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")

READ_AHEAD_ITEMS_MAX: Final = 2_000


async def in_background(
    items: Iterator[Item], ahead_max: int = READ_AHEAD_ITEMS_MAX
) -> AsyncGenerator[list[Item], None]:
    """Yield what has been read since the last time, in order; never an empty list.

    An exception of `items` is raised here, after all that was read before it. The thread is a daemon: one
    that waits for a pipe that says nothing does not keep the process alive.
    """
    reader = _Reader(items, ahead_max)
    threading.Thread(target=reader.run, name="reader", daemon=True).start()
    try:
        while chunk := await reader.chunk():
            yield chunk
    finally:
        reader.stop()


class _Reader(Generic[Item]):
    """Hold what the thread and the event loop share."""

    def __init__(self, items: Iterator[Item], ahead_max: int) -> None:
        self._items = items
        self._room = threading.Semaphore(ahead_max)
        self._read: deque[Item] = deque()
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._ended = False
        self._stopped = False
        self._error: Exception | None = None

    def run(self) -> None:
        """Read in the thread while there is room, and wake the event loop."""
        try:
            for item in self._items:
                self._room.acquire()
                if self._stopped:
                    return
                self._read.append(item)
                if len(self._read) == 1:  # the loop may have taken all before: wake it
                    self._tell()
        except Exception as error:  # it belongs to whoever asked for the items
            self._error = error
        self._ended = True
        self._tell()

    def _tell(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._news.set)

    async def chunk(self) -> list[Item]:
        """Return all that was read, as soon as there is something; an empty list at the end."""
        while not self._read and not self._ended:
            self._news.clear()
            if not self._read and not self._ended:
                await self._news.wait()
        chunk = [self._read.popleft() for _ in range(len(self._read))]
        if chunk:
            self._room.release(len(chunk))
        elif self._error is not None:
            raise self._error
        return chunk

    def stop(self) -> None:
        """Let the thread end at its next item."""
        self._stopped = True
        self._room.release()
