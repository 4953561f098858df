"""The three stages as processes of their own, for as long as the demo lasts."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from service.app import STAGES
from service.commands.run import _die_with_parent

STOP_SECONDS_MAX: Final = 25.0
"""More than kafka.shutdown_seconds_max: a worker ends itself when it cannot stop in time."""

LOG_LINES: Final = 15

PROJECT: Final = Path(__file__).resolve().parents[2]


class Workers:
    """Starts one worker per stage, and stops them all in the end, come what may. Logs go to `home`."""

    def __init__(self, home: Path, assignments: Sequence[str]) -> None:
        self._home = home
        self._arguments = [word for assignment in assignments for word in ("--set", assignment)]
        self._processes: dict[str, asyncio.subprocess.Process] = {}

    async def __aenter__(self) -> Workers:
        try:
            for stage in STAGES:
                self._processes[stage] = await self._start(stage)
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    def obituary(self) -> str | None:
        """Which worker has ended, with the end of its log; None while all of them live."""
        for stage, process in self._processes.items():
            if process.returncode is not None:
                lines = self._log(stage).read_text("utf-8", "replace").splitlines()[-LOG_LINES:]
                return "\n".join([f"{stage} ended with {process.returncode}; its log ends:", *lines])
        return None

    async def _start(self, stage: str) -> asyncio.subprocess.Process:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
        command = [sys.executable, "-m", "service", "worker", stage, *self._arguments]
        with self._log(stage).open("wb") as log:
            return await asyncio.create_subprocess_exec(
                *command,
                cwd=PROJECT,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,
                start_new_session=True,  # Ctrl-C is for the demo, which stops its workers in order
            )

    async def _stop(self) -> None:
        alive = [process for process in self._processes.values() if process.returncode is None]
        for process in alive:
            process.terminate()
        await asyncio.gather(*map(_ended, alive))

    def _log(self, stage: str) -> Path:
        return self._home / f"{stage}.log"


async def _ended(process: asyncio.subprocess.Process) -> None:
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS_MAX)
    except BaseException:  # not in time, or Ctrl-C once more: it must not outlive us
        process.kill()
        await process.wait()
        raise
