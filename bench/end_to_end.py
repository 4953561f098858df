"""Articles per second and CPU per article through a real broker, three workers, one machine.

    python -m bench.end_to_end [--articles 10000] [--words 800] [--runs 3] [--json FILE]

`articles.raw` is filled first; then the workers start. Measured from the moment a tenth of the articles is out to
the moment all are: so neither start-up nor compilation counts, and no feeder competes for the two cores. CPU is
that of the worker processes (user + system, from /proc); the broker's is shown apart.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from bench.articles import articles
from deploy.kafka.embedded import EmbeddedKafka
from service.app import STAGES
from service.commands.topics import admin, create_topics
from service.settings import Settings, load_settings
from service.topics import (
    ALL_TOPICS,
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    topic_name,
)

COUNTED = (ARTICLES_ENRICHED, ARTICLES_DUPLICATES, ARTICLES_DEAD)
TICKS = os.sysconf("SC_CLK_TCK")
SECONDS_MAX = 1_800.0


@dataclass(frozen=True)
class Run:
    """What one run gave."""

    articles: int
    words: int
    articles_per_second: float
    cpu_us_per_article: dict[str, float]  # stage -> µs
    broker_cpu_us_per_article: float
    rss_mib: dict[str, float]  # stage -> peak
    bytes_per_article: dict[str, float]  # topic -> bytes on the broker's disk


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_rss_mib(pid: int) -> float:
    """High-water mark of resident memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


async def fill(settings: Settings, count: int, words: int) -> None:
    """Put the articles into articles.raw."""
    producer = AIOKafkaProducer(
        bootstrap_servers=settings.kafka.bootstrap_servers, linger_ms=20, max_batch_size=1_048_576
    )
    await producer.start()
    try:
        for number, value in enumerate(articles(count, words)):
            await producer.send(
                topic_name(settings, ARTICLES_RAW), value, partition=number % settings.topics.partitions
            )
        await producer.flush()
    finally:
        await producer.stop()


async def run_once(kafka: EmbeddedKafka, count: int, words: int, number: int) -> Run:
    """One run on topics of its own."""
    env = {
        "COPYDESK_KAFKA__BOOTSTRAP_SERVERS": kafka.bootstrap_servers,
        "COPYDESK_KAFKA__TOPIC_PREFIX": f"bench{os.getpid()}-{number}.",
    }
    settings = load_settings(env=env)
    async with admin(settings) as client:
        await create_topics(client, settings, dry_run=False)
    await fill(settings, count, words)
    workers = {
        stage: subprocess.Popen(  # noqa: ASYNC220, S603 - started once, before anything is measured
            [sys.executable, "-m", "service", "worker", stage],
            env={**os.environ, **env, "COPYDESK_TELEMETRY__LOG_LEVEL": "WARNING"},
        )
        for stage in STAGES
    }
    try:
        return await measure(kafka, settings, {stage: w.pid for stage, w in workers.items()}, count, words)
    finally:
        for worker in workers.values():
            worker.terminate()
        for worker in workers.values():
            worker.wait(60)


async def measure(
    kafka: EmbeddedKafka, settings: Settings, pids: dict[str, int], count: int, words: int
) -> Run:
    """From a tenth to all of the articles."""
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka.bootstrap_servers)
    await consumer.start()
    try:
        first = await until(consumer, settings, count // 10)
        before = {stage: cpu_seconds(pid) for stage, pid in pids.items()}
        broker_before, started = cpu_seconds(kafka.pid), time.monotonic()
        done = await until(consumer, settings, count) - first
        seconds = time.monotonic() - started
        cpu = {stage: (cpu_seconds(pid) - before[stage]) / done * 1e6 for stage, pid in pids.items()}
        broker = (cpu_seconds(kafka.pid) - broker_before) / done * 1e6
    finally:
        await consumer.stop()
    rss = {stage: peak_rss_mib(pid) for stage, pid in pids.items()}
    return Run(count, words, done / seconds, cpu, broker, rss, sizes(kafka, settings, count))


async def until(consumer: Any, settings: Settings, count: int) -> int:
    """Wait until so many articles are out; returns how many were."""
    places = [
        TopicPartition(topic_name(settings, topic), partition)
        for topic in COUNTED
        for partition in range(settings.topics.partitions)
    ]
    end = time.monotonic() + SECONDS_MAX
    while time.monotonic() < end:
        out = sum((await consumer.end_offsets(places)).values())
        if out >= count:
            return int(out)
        await asyncio.sleep(0.1)
    raise TimeoutError(f"{count} articles were not out after {SECONDS_MAX} s")


def sizes(kafka: EmbeddedKafka, settings: Settings, count: int) -> dict[str, float]:
    """Bytes of log per article and topic."""
    return {
        topic: sum(
            log.stat().st_size
            for folder in kafka.data.glob(f"{topic_name(settings, topic)}-*")
            for log in folder.glob("*.log")
        )
        / count
        for topic in ALL_TOPICS
    }


def table(runs: list[Run]) -> str:
    """Medians over the runs."""

    def median(pick: Any) -> float:
        return float(statistics.median(pick(run) for run in runs))

    rows = [f"{len(runs)} runs of {runs[0].articles} articles of {runs[0].words} words; medians"]
    rows.append(f"  end to end        {median(lambda r: r.articles_per_second):8.0f} articles/s")
    for stage in STAGES:
        cpu, rss = median(lambda r, s=stage: r.cpu_us_per_article[s]), median(lambda r, s=stage: r.rss_mib[s])
        rows.append(f"  {stage:17s} {cpu:8.0f} µs CPU/article   peak RSS {rss:6.0f} MiB")
    rows.append(
        f"  all stages        {median(lambda r: sum(r.cpu_us_per_article.values())):8.0f} µs CPU/article"
    )
    rows.append(f"  broker            {median(lambda r: r.broker_cpu_us_per_article):8.0f} µs CPU/article")
    rows += [
        f"  {topic:19s} {median(lambda r, t=topic: r.bytes_per_article[t]):8.0f} bytes/article on disk"
        for topic in ALL_TOPICS
    ]
    return "\n".join(rows)


def main() -> None:
    """Run, print the table, and write the runs as JSON if wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="copydesk-bench-") as home,
        EmbeddedKafka(Path(home), fast_start=False, heap="1g") as kafka,
    ):
        runs = [asyncio.run(run_once(kafka, chosen.articles, chosen.words, n)) for n in range(chosen.runs)]
    print(table(runs))
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(run) for run in runs], indent=1))


if __name__ == "__main__":
    main()
