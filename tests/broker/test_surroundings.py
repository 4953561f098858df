"""What surrounds a worker fails: a port that is taken, a right that is withdrawn, disks that are full or read-only."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiokafka.admin import NewPartitions
from aiokafka.protocol.admin import CreateAclsRequest, DeleteAclsRequest

from deploy.kafka.embedded import EmbeddedKafka
from service.exit_codes import ExitCode
from service.stages import STAGES
from service.topics import ARTICLES_DEAD, ARTICLES_ENRICHED, ARTICLES_RAW, ARTICLES_SKETCHED
from tests.broker.house import House, stream
from tests.broker.processes import WorkerProcess, ending
from tests.faults.crew import Crew
from tests.kit_kafka import ask_admin, end_offsets, eventually

TOPIC, LITERAL, WRITE, DENY = 2, 3, 4, 2
"""Kafka's numbers of a kind of resource, a kind of name, an operation, a permission."""

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounting asks for root")


@asynccontextmanager
async def kept(house: House) -> AsyncIterator[Crew]:
    """One worker of each stage, started again whenever it ends."""
    crew = Crew(house, workers=1)
    crew.start_all()
    keeping = asyncio.ensure_future(crew.keep())
    try:
        yield crew
        assert crew.unexplained == []
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping
        crew.clean_up()


async def test_a_port_that_is_taken_is_a_wrong_setting_and_no_case_for_a_restart(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with ending(house.worker("intake", COPYDESK_TELEMETRY__PORT=str(port))) as (worker,):
            assert worker.wait() == ExitCode.CONFIGURATION
            [line] = [line for line in worker.output.splitlines() if "stage_stopped" in line]
            assert f"127.0.0.1:{port} cannot be had" in line
            assert "telemetry.port" in line


async def test_partitions_that_are_added_under_a_running_line_are_read(house: House) -> None:
    async with kept(house):
        await house.feed(list(stream(40)))
        await house.all_out(40)
        topic = house.topic(ARTICLES_RAW)
        wanted = {topic: NewPartitions(total_count=4)}
        await ask_admin(house.bootstrap, lambda admin: admin.create_partitions(wanted), lambda _: [])

        async def are_there() -> bool:
            return len(await end_offsets(house.bootstrap, topic)) == 4

        await eventually(are_there)
        more = list(stream(80))[40:]
        await house.feed([replace(record, partition=number % 4) for number, record in enumerate(more)])
        await house.all_out(80)
        assert len(await house.counted()) == 80


@pytest.fixture
def guarded_kafka(tmp_path: Path) -> Iterator[EmbeddedKafka]:
    """Provide a broker that heeds rights; whoever comes over its plain port may do anything."""
    rights = {
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS",
        "allow.everyone.if.no.acl.found": "true",
    }
    users = {"desk": "a-good-password"}
    with EmbeddedKafka(tmp_path / "kafka", secure=True, users=users, properties=rights) as broker:
        yield broker


async def test_a_right_withdrawn_in_the_middle_of_a_run_loses_and_sets_aside_nothing(
    guarded_kafka: EmbeddedKafka, topic_prefix: str, compiled: None
) -> None:
    house = House(guarded_kafka, topic_prefix)
    await house.open()
    house.env |= {
        "COPYDESK_KAFKA__BOOTSTRAP_SERVERS": guarded_kafka.sasl_bootstrap_servers,
        "COPYDESK_KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
        "COPYDESK_KAFKA__SASL_MECHANISM": "PLAIN",
        "COPYDESK_KAFKA__SASL_USERNAME": "desk",
        "COPYDESK_KAFKA__SASL_PASSWORD": "a-good-password",
        "COPYDESK_KAFKA__SSL_CA_FILE": str(guarded_kafka.ca_file),
    }
    records = [record for record in stream(200) if not (record.key or b"").startswith(b"bad")]
    async with kept(house) as crew:
        await house.feed(records[:60])
        await house.all_out(60)
        binding = (TOPIC, house.topic(ARTICLES_ENRICHED), LITERAL, "User:desk", "*", WRITE, DENY)
        await _ask(house, CreateAclsRequest(*binding))
        await house.feed(records[60:])

        async def refused_often() -> bool:
            return (
                crew.ended[ExitCode.STAGE_FAILED] >= 5
            )  # more often than a poisonous record may end a worker

        await eventually(refused_often, 120)
        await _ask(house, DeleteAclsRequest(*binding))
        await house.all_out(len(records))
        assert len(await house.counted()) == len(records)
        assert await house.read(ARTICLES_DEAD) == []


async def _ask(house: House, request: Any) -> None:
    await ask_admin(house.bootstrap, lambda admin: admin._send_request(request), lambda answer: [])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Provide a file system of 64 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(disk)], check=True)
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=False)


@needs_root
async def test_a_full_disk_of_the_broker_loses_nothing(
    small_disk: Path, topic_prefix: str, compiled: None
) -> None:
    records = list(stream(600))
    with EmbeddedKafka(small_disk / "kafka") as kafka:
        house = House(kafka, topic_prefix)
        await house.open()
        async with kept(house):
            await house.feed(records[:300])
            await house.all_out(100)
            ballast = small_disk / "ballast"
            fill(ballast)
            await eventually(lambda: _gone(kafka), 120)
            ballast.unlink()
            await asyncio.to_thread(kafka.start)
            await house.feed(records[300:])
            await house.all_out(len(records))
            await house.quiet()
            assert len(await house.counted()) == len(records)


def fill(ballast: Path) -> None:
    """Leave no room on the file system of a file."""
    with suppress(OSError), ballast.open("wb") as filling:
        while True:
            filling.write(bytes(65_536))
            filling.flush()


async def _gone(kafka: EmbeddedKafka) -> bool:
    return not kafka.is_running


FULL = """
import os, runpy, sys
full = os.open("/dev/full", os.O_WRONLY)
os.dup2(full, 1), os.dup2(full, 2)
sys.argv = ["service", "worker", "intake"]
runpy.run_module("service", run_name="__main__", alter_sys=True)
"""


async def test_a_worker_whose_log_finds_no_room_works_on(house: House) -> None:
    await house.feed(list(stream(120)))
    with ending(WorkerProcess(["-c", FULL], house.env, "intake")) as (worker,):

        async def read() -> bool:
            assert worker.alive
            return len(await house.read(ARTICLES_DEAD)) == 2 and bool(await house.read(ARTICLES_SKETCHED))

        await eventually(read, 120)
        worker.send(signal.SIGTERM)
        assert worker.wait() == 0


READ_ONLY = """
mount --make-rprivate / && mkdir -p "$0" && mount -t tmpfs none "$0" && mkdir "$0/upper" "$0/work" &&
mount -t overlay -o lowerdir=service,upperdir="$0/upper",workdir="$0/work" overlay service &&
mount -o remount,ro,bind / && ! touch README.md 2>/dev/null && exec env HOME=/nowhere "$@"
"""
"""Nothing can be written but machine code, which is lost with the process: as in the container's image."""

BECOME = "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])"


@needs_root
async def test_workers_run_on_a_read_only_file_system_without_a_home(house: House, tmp_path: Path) -> None:
    await house.feed(list(stream(60)))
    shell = ["-c", BECOME, "unshare", "-m", "sh", "-c", READ_ONLY]
    crew = [
        WorkerProcess(
            [*shell, str(tmp_path / stage), sys.executable, "-m", "service", "worker", stage],
            house.env,
            stage,
        )
        for stage in STAGES
    ]
    with ending(*crew):
        await house.all_out(60)
        assert len(await house.counted()) == 60
