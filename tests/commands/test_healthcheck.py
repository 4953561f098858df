"""`copydesk healthcheck` against a worker's own health server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from service.commands.healthcheck import healthcheck
from service.commands.shared import CommandFailed
from service.commands.worker_endpoints import endpoint
from service.exit_codes import ExitCode
from service.observations import PartitionsAssigned
from service.telemetry.health import LOOP_SECONDS_MAX, Health, HealthServer
from service.telemetry.metrics import Metrics
from tests.commands.kit import json_lines
from tests.telemetry.kit import Clock, a_free_port


@dataclass
class Served:
    """A worker's health, served on a port."""

    health: Health
    clock: Clock
    port: int

    async def ask(self, *, ready: bool = False, as_json: bool = False) -> None:
        settings = [f"telemetry.port={self.port}", "telemetry.host=0.0.0.0"]
        await asyncio.to_thread(healthcheck, ready=ready, as_json=as_json, assignments=settings)


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    clock = Clock()
    it = Served(Health(now=clock), clock, a_free_port())
    server = HealthServer(it.health, Metrics("dedup").registry, host="127.0.0.1", port=it.port)
    await server.start()
    yield it
    await server.stop()


async def test_a_live_worker_is_well(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    await served.ask()
    assert "event loop turns" in capsys.readouterr().out


async def test_a_worker_that_hangs_is_not_and_says_why(served: Served) -> None:
    served.clock.seconds += LOOP_SECONDS_MAX + 1
    with pytest.raises(CommandFailed, match="has not turned") as failure:
        await served.ask()
    assert failure.value.code == ExitCode.FAILED


async def test_ready_is_another_question(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandFailed, match="not assigned"):
        await served.ask(ready=True, as_json=True)
    served.health.note(PartitionsAssigned("dedup", (("articles.sketched", 0),)))
    await served.ask(ready=True, as_json=True)
    assert [answer["ok"] for answer in json_lines(capsys.readouterr().out)] == [False, True]


def test_no_answer_is_a_failure() -> None:
    with pytest.raises(CommandFailed, match="refused"):
        healthcheck(assignments=[f"telemetry.port={a_free_port()}"])


def test_a_worker_that_serves_nothing_is_a_matter_of_settings() -> None:
    with pytest.raises(CommandFailed, match=r"telemetry\.port is 0") as failure:
        healthcheck(assignments=["telemetry.port=0"])
    assert failure.value.code == ExitCode.CONFIGURATION


async def test_something_else_on_the_port_is_not_a_worker() -> None:
    async def other(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"HTTP/1.0 200 OK\r\n\r\nhello")
        await writer.drain()
        writer.close()

    port = a_free_port()
    async with await asyncio.start_server(other, "127.0.0.1", port):
        with pytest.raises(CommandFailed, match="something else"):
            await asyncio.to_thread(healthcheck, assignments=[f"telemetry.port={port}"])


def test_all_addresses_are_asked_at_this_machine() -> None:
    assert endpoint("0.0.0.0", 9400) == "http://127.0.0.1:9400"
    assert endpoint("::", 9400) == "http://[::1]:9400"
    assert endpoint("worker.local", 9400) == "http://worker.local:9400"
