"""Articles per second, CPU, memory, bytes and latency through a real broker, Copydesk beside its peers.

    python -m bench.end_to_end [--articles 6000] [--words 800] [--runs 3] [--peers] [--loads 25,50,80] [--json FILE]

A run has a broker's topics of its own. Its processes first work through some articles, so that start-up and
compilation do not count; then they are suspended while the topic is filled, and measured is from when they go on until
all is out. CPU is user + system time of the processes, their idle work included; the broker's is shown apart. 30 % of
the articles are reprints. Some functions are timed inside the workers (bench/clocked_worker.py); streaming is the rest.
The line without claim threads (`threads.enabled` false) runs beside the whole one. A first run that does not count
warms the broker, which compiles itself meanwhile, and every second round goes through the systems backwards.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bench.articles import article
from bench.latency import latency_ms
from bench.lines import (
    BARE,
    BARE_SMALL,
    PEERS,
    Commands,
    Line,
    copydesk,
    open_clients,
    processes,
    with_topics,
)
from bench.meters import CLOCKS, cpu_seconds
from deploy.kafka.embedded import EmbeddedKafka
from service import threads
from service.settings import Settings

OURS = "Copydesk"
WARM = 600
LOAD_SECONDS = 15.0

article_of = cache(article)


@dataclass
class Run:
    """What one run gave; CPU in µs per article fed."""

    system: str
    enrich_workers: int
    articles: int
    words: int
    articles_per_second: float
    cpu_us: dict[str, float]  # process -> all of its CPU
    parts_us: dict[str, float]  # CLOCKS: of all processes
    broker_us: float
    rss_mib: dict[str, float]  # process -> peak
    bytes_per_article: dict[str, float]  # topic -> on the broker's disk, raw records included
    latency_ms: dict[str, dict[str, float]] = field(default_factory=dict)  # load in % -> p50 ...

    @property
    def total_us(self) -> float:
        """Return the CPU of all processes."""
        return sum(self.cpu_us.values())

    @property
    def streaming_us(self) -> float:
        """Return the CPU that no clock counted."""
        return self.total_us - sum(self.parts_us.values())

    @property
    def without_claims_us(self) -> float:
        """Return the CPU that is not claims."""
        return self.total_us - self.parts_us["claims"]


async def burst(line: Line, values: Sequence[bytes]) -> Run:
    """Measure a backlog that was fed while the workers stood still, until all is out."""
    out, count, size = await line.out(), len(values), line.bytes_on_disk()
    with line.standing_still():
        await line.feed(values)
        before, broker = line.readings(), cpu_seconds(line.kafka.pid)
    started = time.monotonic()
    await line.until(out + count)
    seconds = time.monotonic() - started
    spent = {name: after - before[name] for name, after in line.readings().items()}
    each = 1e6 / count
    return Run(
        OURS,
        1,
        count,
        0,
        count / seconds,
        {name: used.process * each for name, used in spent.items()},
        {clock: sum(used.clocks[clock] for used in spent.values()) * each for clock in CLOCKS},
        (cpu_seconds(line.kafka.pid) - broker) * each,
        line.rss_mib(),
        {topic: (now - size[topic]) / count for topic, now in line.bytes_on_disk().items()},
    )


async def run_once(
    kafka: EmbeddedKafka,
    name: str,
    commands: Commands,
    count: int,
    words: int,
    loads: Sequence[int],
    *,
    options: Mapping[str, str] = MappingProxyType({}),
    prepare: Callable[[Settings], Awaitable[None]] | None = None,
) -> Run:
    """Run once on new topics: warm up, a burst, then each load in turn.

    `options` are settings of the workers, as environment variables; `prepare` may fill topics before they start.
    """
    settings, env = await with_topics(kafka, name)
    if prepare is not None:
        await prepare(settings)
    values = [article_of(n, words) for n in range(WARM + count)]
    consumer, producer = open_clients(kafka.bootstrap_servers)
    with (
        tempfile.TemporaryDirectory() as home,
        processes(commands, {**env, **options}, Path(home)) as (started, clocks),
    ):
        async with consumer, producer:
            line = Line(kafka, settings, started, clocks, consumer, producer)
            await line.feed(values[:WARM])
            await line.until(WARM)
            run = await burst(line, values[WARM:])
            first = WARM + count
            for load in loads:
                rate = run.articles_per_second * load / 100
                arriving = [article_of(n, words) for n in range(first, first + int(rate * LOAD_SECONDS))]
                first += len(arriving)
                run.latency_ms[str(load)] = await latency_ms(line, arriving, rate)
    run.words = words
    return run


def median(runs: Sequence[Run], pick: Callable[[Run], float]) -> float:
    """Over the runs."""
    return statistics.median(map(pick, runs))


def table(runs: list[Run]) -> str:
    """Return medians of Copydesk's runs."""
    rows = [f"{len(runs)} runs of {runs[0].articles} articles of {runs[0].words} words; medians"]
    rows.append(f"  {'end to end':20s}{median(runs, lambda r: r.articles_per_second):8.0f} articles/s")
    for name in runs[0].cpu_us:
        cpu, rss = median(runs, lambda r, n=name: r.cpu_us[n]), median(runs, lambda r, n=name: r.rss_mib[n])
        rows.append(f"  {name:20s}{cpu:8.0f} µs CPU/article   peak RSS {rss:5.0f} MiB")
    rows.append(f"  {'all workers':20s}{median(runs, lambda r: r.total_us):8.0f} µs CPU/article, of which")
    rows += [f"    {part:18s}{median(runs, lambda r, p=part: r.parts_us[p]):8.0f}" for part in CLOCKS]
    rows.append(f"    {'streaming':18s}{median(runs, lambda r: r.streaming_us):8.0f}")
    rows.append(f"  {'broker':20s}{median(runs, lambda r: r.broker_us):8.0f} µs CPU/article")
    for topic in runs[0].bytes_per_article:
        size = median(runs, lambda r, t=topic: r.bytes_per_article[t])
        rows.append(f"  {topic:20s}{size:8.0f} bytes/article on disk")
    for load in runs[0].latency_ms:
        of = runs[0].latency_ms[load]
        figures = (f"{p} {median(runs, lambda r, k=load, q=p: r.latency_ms[k][q]):.0f}" for p in of)
        rows.append(f"  latency at {load:>2s} % load  {', '.join(figures)} ms")
    return "\n".join(rows)


def comparison(systems: dict[str, list[Run]]) -> str:
    """Return medians of all systems, and how many times Copydesk's they are."""
    ours = systems[OURS]
    whole, rest = median(ours, lambda r: r.total_us), median(ours, lambda r: r.without_claims_us)
    rows = [
        f"{'':26s}{'µs CPU/article':>16s}{'ratio':>7s}{'but claims':>12s}{'ratio':>7s}{'articles/s':>12s}"
    ]
    for name, runs in systems.items():
        total, without = median(runs, lambda r: r.total_us), median(runs, lambda r: r.without_claims_us)
        speed = median(runs, lambda r: r.articles_per_second)
        rows.append(
            f"{name:26s}{total:16.0f}{total / whole:7.2f}{without:12.0f}{without / rest:7.2f}{speed:12.0f}"
        )
    streaming = median(ours, lambda r: r.streaming_us)
    rows += [
        f"streaming takes {streaming / median(runs, lambda r: r.total_us):.2f} of {name!r}"
        for name, runs in systems.items()
        if name in (BARE, BARE_SMALL)
    ]
    return "\n".join(rows)


@dataclass(frozen=True)
class System:
    """What is measured beside the others: its processes, their settings as environment variables."""

    name: str
    enrich_workers: int  # 0 for a peer
    commands: Commands
    loads: Sequence[int] = ()
    options: Mapping[str, str] = field(default_factory=dict)


def systems_of(workers: Sequence[int], loads: Sequence[int], *, peers: bool) -> list[System]:
    """Return Copydesk with so many workers of enrich, the line without threads, and the peers if wanted."""
    ours = [System(OURS if n == 1 else f"{OURS}, enrich x {n}", n, copydesk(n), loads) for n in workers]
    three = {name: command for name, command in copydesk().items() if name != threads.NAME}
    without = System(f"{OURS}, no threads", 1, three, (), {"COPYDESK_THREADS__ENABLED": "false"})
    others = [System(name, 0, commands) for name, commands in PEERS.items()] if peers else []
    return [*ours, without, *others]


def main() -> None:
    """Run, print the tables, and write the runs as JSON if wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=6_000)
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--loads", default="25,50,80", help="percent of the measured capacity; empty: none")
    parser.add_argument("--workers", default="1", help="numbers of enrich workers")
    parser.add_argument("--peers", action="store_true", help="the peers too (make bench-tools first)")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    loads = [int(load) for load in chosen.loads.split(",") if load]
    systems = systems_of([int(workers) for workers in chosen.workers.split(",")], loads, peers=chosen.peers)
    done: dict[str, list[Run]] = {system.name: [] for system in systems}
    with (
        tempfile.TemporaryDirectory(prefix="copydesk-bench-") as home,
        EmbeddedKafka(Path(home), fast_start=False, heap="1g") as kafka,
    ):
        asyncio.run(run_once(kafka, f"bench{os.getpid()}-warm.", systems[0].commands, WARM, chosen.words, ()))
        for number in range(chosen.runs):
            numbered = list(enumerate(systems))
            for at, system in numbered if number % 2 == 0 else numbered[::-1]:
                prefix = f"bench{os.getpid()}-{number}-{at}."
                size = chosen.articles, chosen.words
                run = asyncio.run(
                    run_once(kafka, prefix, system.commands, *size, system.loads, options=system.options)
                )
                run.system, run.enrich_workers = system.name, system.enrich_workers
                done[system.name].append(run)
    for name, runs in done.items():
        if runs[0].enrich_workers:
            print(f"{name}: {table(runs)}")
    if len(done) > 1:
        print(comparison(done))
    if chosen.json:
        runs = [asdict(run) for of_system in done.values() for run in of_system]
        chosen.json.write_text(json.dumps(runs, indent=1) + "\n")


if __name__ == "__main__":
    main()
