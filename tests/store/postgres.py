"""Run a PostgreSQL server of our own on 127.0.0.1 and a free port, in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS_MAX = 60.0


def program(name: str) -> str:
    """Find a program of PostgreSQL; Debian keeps those of the server out of PATH."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(beside[-1]) if beside else None)
    assert found, f"{name} is missing; scripts/setup installs PostgreSQL"
    return found


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """Hold a server that can be killed and started again on the same data."""

    def __init__(self, folder: Path) -> None:
        """Make the data below `folder`."""
        self._user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        self._folder = folder
        self._port = free_port()
        self.url = f"postgresql://copydesk@127.0.0.1:{self._port}/postgres"
        folder.mkdir(parents=True, exist_ok=True)
        for above in (folder, *folder.parents):
            if above.stat().st_uid == os.geteuid() and self._user:
                above.chmod(above.stat().st_mode | 0o011)
        if self._user:
            shutil.chown(folder, self._user)
        initdb: list[str | Path] = [
            program("initdb"),
            "-D",
            folder / "data",
            "-U",
            "copydesk",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        subprocess.run(initdb, check=True, capture_output=True, user=self._user, cwd=folder)

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = ["fsync=off", f"unix_socket_directories={self._folder}", "listen_addresses=127.0.0.1"]
        command: list[str | Path] = [program("postgres"), "-D", self._folder / "data", "-p", str(self._port)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *(word for option in options for word in ("-c", option))],
                stdout=log,
                stderr=log,
                user=self._user,
                cwd=self._folder,
                start_new_session=True,
            )
        _wait(self._port, self._process, self._folder / "log")

    def stop(self) -> None:
        """Stop in order, whoever is still connected."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)

    def kill(self) -> None:
        """Kill all its processes at once: what they had in memory alone is lost."""
        found = subprocess.run(
            ["ps", "--ppid", str(self._process.pid), "-o", "pid="], check=True, capture_output=True, text=True
        )
        for process in (self._process.pid, *map(int, found.stdout.split())):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait(30)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start a server below `folder`; yield the URL of its database, and stop it at the end."""
    server = Server(folder)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    ready = [program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    deadline = time.monotonic() + START_SECONDS_MAX
    while subprocess.run(ready, check=False).returncode:
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < deadline, "PostgreSQL did not start"
        time.sleep(0.1)
