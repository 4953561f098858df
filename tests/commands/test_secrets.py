"""A password given with `--set` is in no process's arguments while a command runs."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.commands.secrets import without_secrets
from tests.commands.kit import own_environment

PASSWORD = "correct-horse-battery"


@pytest.mark.parametrize(
    "given",
    [
        ["--set", f"kafka.sasl_password={PASSWORD}"],
        [f"--set=kafka.ssl_key_password={PASSWORD}"],
        [
            "--set",
            "kafka.topic_prefix=a.",
            "--set",
            f" kafka.sasl_password ={PASSWORD}",
            "--set",
            "topics.partitions=2",
        ],
    ],
)
def test_only_what_sets_a_password_is_left_out(given: list[str]) -> None:
    kept = without_secrets(["python", "-m", "service", "run", *given])
    assert PASSWORD not in " ".join(kept)
    assert kept.count("--set") == sum("=" in one and "password" not in one for one in kept)
    assert kept[:4] == ["python", "-m", "service", "run"]


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="only Linux shows arguments there")
def test_a_worker_shows_no_password_and_still_has_it() -> None:
    settings = ["sasl_mechanism=SCRAM-SHA-512", "sasl_username=desk", "security_protocol=SASL_PLAINTEXT"]
    options = [part for one in settings for part in ("--set", f"kafka.{one}")]
    worker = subprocess.Popen(
        [
            *(sys.executable, "-m", "service", "worker", "intake", *options),
            *("--set", "kafka.bootstrap_servers=127.0.0.1:1", "--set", f"kafka.sasl_password={PASSWORD}"),
        ],
        env=own_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while "COPYDESK_KAFKA" not in _of(worker.pid, "environ") and time.monotonic() < deadline:
            time.sleep(0.05)
        assert worker.poll() is None
        assert PASSWORD not in _of(worker.pid, "cmdline")
        assert f"COPYDESK_KAFKA__SASL_PASSWORD={PASSWORD}" in _of(worker.pid, "environ")
    finally:
        worker.kill()
        worker.wait()


def _of(pid: int, what: str) -> str:
    return Path(f"/proc/{pid}/{what}").read_bytes().decode().replace("\0", " ")
