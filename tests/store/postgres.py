"""Run a PostgreSQL server of our own on 127.0.0.1 and a free port, in a temporary folder."""

from __future__ import annotations

import os
import shutil
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


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start a server below `folder`; yield the URL of its database, and stop it at the end."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    data = folder / "data"
    folder.mkdir(parents=True, exist_ok=True)
    for above in (folder, *folder.parents):
        if above.stat().st_uid == os.geteuid() and user:
            above.chmod(above.stat().st_mode | 0o011)
    if user:
        shutil.chown(folder, user)
    port = free_port()
    subprocess.run(
        [program("initdb"), "-D", data, "-U", "copydesk", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        capture_output=True,
        user=user,
        cwd=folder,
    )
    options = [
        "-c",
        "fsync=off",
        "-c",
        f"unix_socket_directories={folder}",
        "-c",
        "listen_addresses=127.0.0.1",
    ]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [program("postgres"), "-D", data, "-p", str(port), *options],
            stdout=log,
            stderr=log,
            user=user,
            cwd=folder,
        )
    try:
        _wait(port, server, folder / "log")
        yield f"postgresql://copydesk@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    ready = [program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    deadline = time.monotonic() + START_SECONDS_MAX
    while subprocess.run(ready, check=False).returncode:
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < deadline, "PostgreSQL did not start"
        time.sleep(0.1)
