"""Processes that end when they should: on request, and with the process that started them.

As a command (`python processes.py`, a pid on standard input) it watches a broker for a parent: when the parent
is gone, however it went, the pipe between them closes, and the broker is ended.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def own_session(command: Sequence[str], **streams: Any) -> subprocess.Popen[bytes]:
    """Start a process that Ctrl-C at the terminal does not reach: its parent decides when it ends."""
    return subprocess.Popen(command, start_new_session=True, **{"stdin": subprocess.DEVNULL, **streams})


def _is_broker(pid: int, home: Path) -> bool:
    """Return whether that process is a broker of this home, not some later process with the same number."""
    cmdline = Path(f"/proc/{pid}/cmdline")
    if cmdline.parent.exists():
        command = cmdline.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    else:
        ps = ["ps", "-o", "command=", "-p", str(pid)]
        command = subprocess.run(ps, capture_output=True, text=True, check=False).stdout
    return "kafka.Kafka" in command and str(home / "server.properties") in command


def running_pid(home: Path) -> int | None:
    """Return the process id of the broker that runs in `home`, whoever started it."""
    try:
        pid = int((home / "broker.pid").read_text())
    except (OSError, ValueError):
        return None
    return pid if _is_broker(pid, home) else None


def end_process(pid: int, is_gone: Callable[[], bool], seconds_max: float) -> None:
    """SIGTERM, and after `seconds_max` SIGKILL; for a process that is not our child."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        os.kill(pid, signal.SIGCONT)  # a suspended process could not obey
        deadline = time.monotonic() + seconds_max
        while not is_gone():
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                return
            time.sleep(0.05)


def watch() -> None:
    """Read a pid, then wait until the writing end of the pipe is gone with its process; end that pid."""
    line = sys.stdin.readline()
    sys.stdin.read()
    if line.strip():
        pid = int(line)
        end_process(pid, lambda: not _lives(pid), seconds_max=5.0)


def _lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    if stat.parent.exists():
        with contextlib.suppress(OSError):
            return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    watch()
