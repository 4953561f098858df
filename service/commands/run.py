"""`copydesk run`: all stages on this machine, each in its own process, restarted when one crashes."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from service.commands.ready import ReadyListener
from service.commands.secrets import hide_secrets
from service.commands.shared import CommandFailed, ConfigOption, SetOption, out, read_settings, say
from service.exit_codes import ExitCode
from service.settings import Settings
from service.stages import STAGES
from service.telemetry.notify import notify
from service.topics import ARTICLES_RAW, topic_name

BACKOFF_SECONDS: Final = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Pauses before the first, second, ... restart in a row, in seconds; the last one repeats."""

CALM_SECONDS: Final = 60.0
"""Minimum run after which a crash counts as the first again, in seconds."""

FINAL_CODES: Final = frozenset({ExitCode.TOO_MANY_SET_ASIDE, ExitCode.CONFIGURATION, ExitCode.USAGE})
"""Exit codes after which a stage is not restarted, because it would end in the same way."""

KEEP_FREED_MEMORY: Final = {"MALLOC_MMAP_THRESHOLD_": "8388608", "MALLOC_TRIM_THRESHOLD_": "16777216"}
"""Environment of a stage, unless set otherwise: glibc keeps up to 16 MiB of freed memory for the next batch."""

PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None


COMPANIONS: Final = ("store", "desk")
"""Verbs that run beside the stages on request; without them the line goes on."""


@dataclass(slots=True)
class Child:
    """Hold the process of one stage or companion, and how often it crashed in a row."""

    stage: str
    process: asyncio.subprocess.Process | None = None
    crashes: int = 0


async def run(
    store: Annotated[bool, typer.Option("--store", help="Run `copydesk store` beside the stages.")] = False,
    desk: Annotated[bool, typer.Option("--desk", help="Run `copydesk desk` beside the stages.")] = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Run all stages on this machine; restart a stage that crashes, with growing pauses.

    Prints one line, "ready: feed articles.raw on ...", once all stages have their partitions. Stops on SIGTERM or
    Ctrl-C, or when a stage ends in a way that a restart would only repeat.
    """
    settings = read_settings(config, assignments)
    hide_secrets(assignments)
    arguments = ["--config", str(config)] if config else []
    for assignment in assignments or ():
        arguments += ["--set", assignment]
    beside = [name for name, wanted in zip(COMPANIONS, (store, desk), strict=True) if wanted]
    await Supervisor(settings, arguments, beside).run()


class Supervisor:
    """Start the stages, watch them, stop them together."""

    def __init__(self, settings: Settings, arguments: list[str], beside: Sequence[str] = ()) -> None:
        self._settings = settings
        self._arguments = arguments
        self._children = [Child(name) for name in (*STAGES, *beside)]
        self._stopping = asyncio.Event()
        self._verdict: CommandFailed | None = None
        self._ready: ReadyListener

    async def run(self) -> None:
        """Run the stages until a signal comes.

        Raises:
            CommandFailed: when a stage ended for good.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
            self._ready = ReadyListener(Path(folder), list(STAGES), self._say_ready)
            with self._ready:
                await asyncio.gather(*(self._keep(at, child) for at, child in enumerate(self._children)))
        if self._verdict is not None:
            raise self._verdict

    def _say_ready(self) -> None:
        kafka = self._settings.kafka
        notify("READY=1")
        out(f"ready: feed {topic_name(self._settings, ARTICLES_RAW)} on {kafka.bootstrap_servers}")

    async def _keep(self, at: int, child: Child) -> None:
        while not self._stopping.is_set():
            started = time.monotonic()
            child.process = await self._start(at, child.stage)
            code = await self._ended(child.process)
            if self._stopping.is_set():
                return
            if code in FINAL_CODES:
                if child.stage in COMPANIONS:
                    say(
                        f"{child.stage} ended with {code}, which a restart would only repeat; the stages go on"
                    )
                else:
                    self._give_up(child.stage, code)
                return
            if time.monotonic() - started > CALM_SECONDS:
                child.crashes = 0
            pause = BACKOFF_SECONDS[min(child.crashes, len(BACKOFF_SECONDS) - 1)]
            child.crashes += 1
            say(f"{child.stage} ended with {code}; it starts again in {pause:.0f} s")
            await self._pause(pause)

    def _give_up(self, stage: str, code: int) -> None:
        sentence = f"{stage} ended with {code}, which a restart would only repeat; stopping all stages"
        known = code in ExitCode._value2member_map_
        self._verdict = CommandFailed(sentence, ExitCode(code) if known else ExitCode.FAILED)
        self._stopping.set()

    async def _start(self, at: int, stage: str) -> asyncio.subprocess.Process:
        if stage in COMPANIONS:
            verb: tuple[str, ...] = (stage,)
            ready: dict[str, str] = {}
        else:
            verb, ready = ("worker", stage), self._ready.environment(stage)
        port = self._settings.telemetry.port
        ports = ["--set", f"telemetry.port={port + at}"] if port else []
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "service",
            *verb,
            *self._arguments,
            *ports,
            env={**KEEP_FREED_MEMORY, **os.environ, **ready},
            preexec_fn=die_with_parent,
            start_new_session=True,  # Ctrl-C is for the supervisor, which tells its stages
        )

    async def _ended(self, process: asyncio.subprocess.Process) -> int:
        """Return the exit code; stop the process when the supervisor stops, and kill it if that takes too long."""
        ending = asyncio.ensure_future(process.wait())
        stopping = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait({ending, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not ending.done():
            process.terminate()
            patience = self._settings.kafka.shutdown_seconds_max + 5
            done, _ = await asyncio.wait({ending}, timeout=patience)
            if not done:
                process.kill()
        return await ending

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return


def die_with_parent() -> None:
    """Ask Linux to stop this process with its parent: a supervisor killed with -9 leaves no stage behind."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
