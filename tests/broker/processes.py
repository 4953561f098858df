"""Workers as processes: started with settings in their environment, watched, killed, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from service.commands.run import die_with_parent

STOP_SECONDS_MAX = 120.0


class WorkerProcess:
    """One process under test; its output is kept in a file and shown when it fails us."""

    def __init__(self, arguments: Sequence[str], env: dict[str, str], name: str) -> None:
        self.name = name
        self._log = Path(tempfile.mkstemp(prefix=f"copydesk-{name}-", suffix=".log")[1])
        with self._log.open("wb") as out:
            self._process = subprocess.Popen(
                [sys.executable, *arguments],
                env={**os.environ, **env},
                stdout=out,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,  # a test run that is killed leaves nothing behind
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def output(self) -> str:
        return self._log.read_text(errors="replace")

    def send(self, number: signal.Signals) -> None:
        """Any signal: SIGKILL, SIGSTOP, SIGCONT, SIGTERM."""
        if self.alive:
            self._process.send_signal(number)

    def wait(self, seconds: float = STOP_SECONDS_MAX) -> int:
        """Return the exit code; kill the process and fail if it does not end in time."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"{self.name} did not end in {seconds} s:\n{self.output[-4000:]}") from None

    def stop(self) -> int:
        """SIGTERM, then its exit code."""
        self.send(signal.SIGTERM)
        return self.wait()

    def kill(self) -> None:
        """SIGKILL, and gone."""
        self.send(signal.SIGKILL)
        self._process.wait()

    def clean_up(self) -> None:
        """Whatever state it is in, end it."""
        if self.alive:
            self.send(signal.SIGCONT)
            self.kill()
        self._log.unlink(missing_ok=True)


def copy_worker(env: dict[str, str], name: str = "copy") -> WorkerProcess:
    """tests/broker/copy_worker.py as a process."""
    return WorkerProcess(["-m", "tests.broker.copy_worker"], {**env, "NAME": name}, name)


def stage_worker(stage: str, env: dict[str, str], name: str | None = None) -> WorkerProcess:
    """`copydesk worker STAGE` as a process."""
    return WorkerProcess(["-m", "service", "worker", stage], env, name or stage)


@contextmanager
def ending(*workers: WorkerProcess) -> Iterator[list[WorkerProcess]]:
    """Provide the workers, all gone afterwards; more may be appended. What they said is shown when the test fails."""
    crew = list(workers)
    try:
        yield crew
    except BaseException:
        for worker in crew:
            print(f"--- {worker.name} (alive: {worker.alive})\n{worker.output[-3000:]}")
        raise
    finally:
        for worker in crew:
            worker.clean_up()
