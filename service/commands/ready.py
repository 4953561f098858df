"""Learn from the stages that they are ready: each sends READY=1 to its socket (service/telemetry/notify.py)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from service.telemetry.notify import ADDRESS

MESSAGE_BYTES_MAX = 4_096
"""Maximum size of one message, in bytes; the rest of a longer one is dropped."""


class ReadyListener:
    """Call `all_ready` once, in the event loop, when every stage has said that it is ready."""

    def __init__(self, folder: Path, stages: Sequence[str], all_ready: Callable[[], None]) -> None:
        self._paths = {stage: folder / f"{stage}.sock" for stage in stages}
        self._waiting = set(stages)
        self._all_ready = all_ready
        self._sockets: list[socket.socket] = []

    def environment(self, stage: str) -> dict[str, str]:
        """Return the variables that a stage's process needs to reach its socket."""
        return {ADDRESS: str(self._paths[stage])}

    def __enter__(self) -> Self:
        loop = asyncio.get_running_loop()
        for stage, path in self._paths.items():
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            listener.setblocking(False)
            listener.bind(str(path))
            loop.add_reader(listener, self._read, stage, listener)
            self._sockets.append(listener)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        loop = asyncio.get_running_loop()
        for listener in self._sockets:
            loop.remove_reader(listener)
            listener.close()

    def _read(self, stage: str, listener: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            message = listener.recv(MESSAGE_BYTES_MAX).decode("utf-8", "replace")
            if "READY=1" in message.splitlines() and stage in self._waiting:
                self._waiting.remove(stage)
                if not self._waiting:
                    self._all_ready()
