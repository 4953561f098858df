"""The stages as processes of their own, for as long as the demo lasts."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from service.commands.run import die_with_parent
from service.stages import STAGES

STOP_SECONDS_MAX: Final = 25.0
"""Maximum time of a stop, in seconds: longer than kafka.shutdown_seconds_max, after which a worker ends itself."""

LOG_LINES: Final = 15

READABLE: Final = ("telemetry.log_format=json", "telemetry.log_level=INFO")
"""Settings of the workers' logs that `Workers.waiting` can read."""

PROJECT: Final = Path(__file__).resolve().parents[3]


class Workers:
    """Start one worker per stage, and stop all of them at the end in any case. Logs go to `home`."""

    def __init__(self, home: Path, assignments: Sequence[str]) -> None:
        self._home = home
        all_assignments = [*assignments, *READABLE]
        self._arguments = [word for assignment in all_assignments for word in ("--set", assignment)]
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
        """Return which worker has ended, with the end of its log; None while all of them run."""
        for stage, process in self._processes.items():
            if process.returncode is not None:
                lines = self._log(stage).read_text("utf-8", "replace").splitlines()[-LOG_LINES:]
                return "\n".join([f"{stage} ended with {process.returncode}; its log ends:", *lines])
        return None

    def waiting(self) -> list[str]:
        """List the stages whose worker has no partition yet, according to their logs."""
        return [stage for stage in self._processes if not _was_assigned(self._log(stage))]

    async def _start(self, stage: str) -> asyncio.subprocess.Process:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
        environment["PYTHONPATH"] = os.pathsep.join(
            filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")])
        )
        command = [sys.executable, "-m", "service", "worker", stage, *self._arguments]
        with self._log(stage).open("wb") as log:
            return await asyncio.create_subprocess_exec(
                *command,
                cwd=self._home,  # Faust makes an empty data folder where it is started
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
                start_new_session=True,  # Ctrl-C is for the demo, which stops its workers in order
            )

    async def _stop(self) -> None:
        alive = [process for process in self._processes.values() if process.returncode is None]
        for process in alive:
            process.terminate()
        await asyncio.gather(*map(_ended, alive))

    def _log(self, stage: str) -> Path:
        return self._home / f"{stage}.log"


def _was_assigned(log: Path) -> bool:
    """Return whether the worker that writes this log was given partitions.

    Asking the broker would be better, but aiokafka 0.14.0 cannot read its answer: it pairs DescribeGroups v3
    with the response of v2 (aiokafka/protocol/admin.py).
    """
    lines = log.read_text("utf-8", "replace").splitlines()
    return any(_says_assigned(line) for line in lines if "partitions_assigned" in line)


def _says_assigned(line: str) -> bool:
    try:
        entry = json.loads(line)
    except ValueError:  # not written to its end yet
        return False
    return entry.get("event") == "partitions_assigned" and bool(entry.get("partitions"))


async def _ended(process: asyncio.subprocess.Process) -> None:
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS_MAX)
    except BaseException:  # not in time, or Ctrl-C once more: it must not outlive us
        process.kill()
        await process.wait()
        raise
