"""A line under test: its topics, its processes, articles fed to it, and what came out."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from bench.meters import Reading, make_clocks, peak_rss_mib, reading
from deploy.kafka.embedded import EmbeddedKafka
from service.commands.topic_admin import admin, create_topics
from service.settings import Settings, load_settings
from service.stages import STAGES
from service.topics import (
    ALL_TOPICS,
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    topic_name,
)

OUT = (ARTICLES_ENRICHED, ARTICLES_DUPLICATES, ARTICLES_DEAD)
SECONDS_MAX = 300.0

Started = dict[str, subprocess.Popen[bytes]]

Commands = dict[str, list[str]]
"""Name of a process -> what Python is to run; a file of clocks is added."""


def copydesk(enrich_workers: int = 1) -> Commands:
    """Return the stages, enrich by so many workers."""
    stages = [*STAGES, *(f"enrich {n}" for n in range(2, enrich_workers + 1))]
    return {name: ["-m", "bench.clocked_worker", name.partition(" ")[0]] for name in stages}


BARE = "three stages, no work"
BARE_SMALL = "the same, small records"
BARE_STAGES = ("intake", "dedup", "enrich")
"""What `bench/peers/bare.py` has."""

PEERS: dict[str, Commands] = {
    "plain Faust, datasketch": {"all": ["-m", "bench.peers.plain_faust"]},
    "Quix Streams, rensa": {"all": ["-m", "bench.peers.quix"]},
    BARE: {stage: ["-m", "bench.peers.bare", stage, "whole"] for stage in BARE_STAGES},
    BARE_SMALL: {stage: ["-m", "bench.peers.bare", stage, "small"] for stage in BARE_STAGES},
    "copying alone, aiokafka": {"all": ["-m", "bench.peers.floor"]},
}


@dataclass
class Line:
    """A running line."""

    kafka: EmbeddedKafka
    settings: Settings
    processes: Started
    clocks: dict[str, Path]
    consumer: AIOKafkaConsumer
    producer: AIOKafkaProducer

    def name(self, topic: str) -> str:
        """Return a topic as the broker calls it."""
        return topic_name(self.settings, topic)

    def places(self, topics: Sequence[str] = OUT) -> list[TopicPartition]:
        """Their partitions."""
        return [
            TopicPartition(self.name(t), p) for t in topics for p in range(self.settings.topics.partitions)
        ]

    def readings(self) -> dict[str, Reading]:
        """Return CPU so far, by process."""
        return {name: reading(one.pid, self.clocks[name]) for name, one in self.processes.items()}

    def rss_mib(self) -> dict[str, float]:
        """Return peak so far, by process."""
        return {name: peak_rss_mib(one.pid) for name, one in self.processes.items()}

    async def out(self) -> int:
        """Return articles that are out in one way or another."""
        return sum((await self.consumer.end_offsets(self.places())).values())

    async def until(self, count: int) -> None:
        """Wait until so many are out. Raises RuntimeError with the count when they never are."""
        end = time.monotonic() + SECONDS_MAX
        while (seen := await self.out()) < count:
            if time.monotonic() > end:
                raise RuntimeError(f"{seen} of {count} articles were out after {SECONDS_MAX} s")
            if any(process.poll() is not None for process in self.processes.values()):
                raise RuntimeError(f"a process ended when {seen} of {count} articles were out")
            await asyncio.sleep(0.05)

    async def feed(self, values: Iterable[bytes]) -> None:
        """All at once."""
        partitions = self.settings.topics.partitions
        for at, value in enumerate(values):
            await self.producer.send(self.name(ARTICLES_RAW), value, partition=at % partitions)
        await self.producer.flush()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Nobody works meanwhile; the group must not miss them, so not for longer than some seconds."""
        for process in self.processes.values():
            process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            for process in self.processes.values():
                process.send_signal(signal.SIGCONT)

    def bytes_on_disk(self) -> dict[str, int]:
        """Of each topic's log."""
        return {
            topic: sum(
                log.stat().st_size
                for folder in self.kafka.data.glob(f"{self.name(topic)}-*")
                for log in folder.glob("*.log")
            )
            for topic in ALL_TOPICS
        }


@contextmanager
def processes(
    commands: Commands, env: dict[str, str], home: Path
) -> Iterator[tuple[Started, dict[str, Path]]]:
    """Started together, ended together; each has its file of clocks."""
    started: Started = {}
    clocks = {name: home / f"{name}.clocks" for name in commands}
    try:
        for name, command in commands.items():
            make_clocks(clocks[name])
            words = [sys.executable, *command, str(clocks[name])]
            started[name] = subprocess.Popen(  # noqa: S603
                words, env={**os.environ, **env}, stdout=subprocess.DEVNULL
            )
        yield started, clocks
    finally:
        for process in started.values():
            process.terminate()
        for process in started.values():
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


async def with_topics(kafka: EmbeddedKafka, prefix: str) -> tuple[Settings, dict[str, str]]:
    """Return topics of this prefix; outputs carry the time at which the broker took them."""
    env = {
        "COPYDESK_KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers,
        "COPYDESK_KAFKA__TOPIC_PREFIX": prefix,
        "COPYDESK_KAFKA__GROUP_PREFIX": prefix,
        "COPYDESK_TELEMETRY__LOG_LEVEL": "WARNING",
    }
    settings = load_settings(env=env)
    async with admin(settings) as client:
        made = await create_topics(client, settings, dry_run=False)
        stamped = {"message.timestamp.type": "LogAppendTime"}
        outputs = {topic_name(settings, topic) for topic in OUT}
        resources = [
            ConfigResource(ConfigResourceType.TOPIC, one.name, {**one.spec.config, **stamped})
            for one in made
            if one.name in outputs
        ]
        await client.alter_configs(resources)  # replaces all that was set
    return settings, env


def open_clients(servers: str) -> tuple[AIOKafkaConsumer, AIOKafkaProducer]:
    """Return what the benchmark itself reads and writes with."""
    return AIOKafkaConsumer(bootstrap_servers=servers), AIOKafkaProducer(
        bootstrap_servers=servers, linger_ms=2, max_batch_size=1_048_576, max_request_size=2_097_152
    )
