"""Does it stay as it is under load: throughput, memory of each worker, queues. Through a real broker.

    python -m bench.soak [--articles 200000] [--minutes 30] [--words 400] [--json FILE]

First all articles are fed before the workers start, so that the line works at its full speed; then articles are fed
for so many minutes at half of the speed that was just seen. Every few seconds it looks at what went out, at the memory
of each worker and at the lag of each stage. Reported are the halves of each part (the second should be as fast as the
first), slopes of memory after warm-up, and slopes of the lag: growing queues show there. Nothing else
should run on the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.articles import articles
from bench.lines import OUT
from deploy.kafka.embedded import EmbeddedKafka
from service.pipeline.app import warm_up
from service.stages import STAGES, group_id
from tests.broker.house import House
from tests.broker.processes import WorkerProcess, ending
from tests.kit_kafka import committed, end_offsets, produce

LOOK_SECONDS = 5.0
CHUNK = 500
STARTING = 500
"""Articles while the workers start; they do not count."""
PAGE_MIB = 4_096 / 1_048_576
WARM_SHARE = 0.2
"""Of the looks, before memory and lag count: buffers fill, the index takes its first articles."""


@dataclass(frozen=True)
class Look:
    """The line at one moment: seconds since the start, records out, MiB and lag by stage."""

    at: float
    out: int
    rss_mib: dict[str, float]
    lag: dict[str, int]


@dataclass(frozen=True)
class Part:
    """What one part of the soak gave."""

    name: str
    articles: int
    seconds: float
    per_second: float
    first_half: float
    second_half: float
    rss_mib: dict[str, tuple[float, float]]  # stage -> at the first look after warm-up, at the last
    rss_mib_per_hour: dict[str, float]
    lag_max: dict[str, int]
    lag_per_minute: dict[str, float]
    looks: list[Look]


class Soak:
    """Three workers, and somebody who feeds and looks."""

    def __init__(self, house: House, crew: dict[str, WorkerProcess], words: int) -> None:
        self._house = house
        self._crew = crew
        self._stories: Iterator[bytes] = articles(10_000_000, words)

    async def feed(self, count: int, rate: float) -> None:
        """So many articles; `rate` a second, 0 for as fast as it goes."""
        started = time.monotonic()
        raw = self._house.topic("articles.raw")
        for sent in range(0, count, CHUNK):
            chunk = [next(self._stories) for _ in range(min(CHUNK, count - sent))]
            if rate:
                await asyncio.sleep(max(0.0, started + sent / rate - time.monotonic()))
            await produce(self._house.bootstrap, raw, chunk)

    async def look(self, started: float) -> Look:
        """Return all figures, read once."""
        ends = [sum((await end_offsets(self._house.bootstrap, self._house.topic(t))).values()) for t in OUT]
        memory = {stage: _rss_mib(worker.pid) for stage, worker in self._crew.items()}
        lag = {stage: await self._lag(stage) for stage in STAGES}
        return Look(time.monotonic() - started, sum(ends), memory, lag)

    async def _lag(self, stage: str) -> int:
        source = self._house.topic(STAGES[stage].source)
        ends = await end_offsets(self._house.bootstrap, source)
        done = await committed(self._house.bootstrap, group_id(self._house.settings, stage), source)
        return sum(ends.values()) - sum(done.values())

    async def part(self, name: str, count: int, before: int, feeding: asyncio.Future[None]) -> Part:
        """Look until all is out, `before` records that were out already left aside."""
        started = time.monotonic()
        looks: list[Look] = []
        while not looks or looks[-1].out - before < count:
            if feeding.done():
                await feeding
            assert all(worker.alive for worker in self._crew.values()), "a worker ended"
            looks.append(await self.look(started))
            await asyncio.sleep(LOOK_SECONDS)
        return part_of(name, count, before, looks)


def part_of(name: str, count: int, before: int, looks: list[Look]) -> Part:
    """Return the figures of a part from its looks."""
    warm = looks[int(len(looks) * WARM_SHARE) :]
    half = min(range(len(looks)), key=lambda n: abs(looks[n].out - before - count / 2))
    middle, last = looks[half], looks[-1]
    return Part(
        name,
        count,
        last.at,
        (last.out - before) / last.at if last.at else 0.0,
        (middle.out - before) / middle.at if middle.at else 0.0,
        (last.out - middle.out) / (last.at - middle.at) if last.at > middle.at else 0.0,
        {stage: (warm[0].rss_mib[stage], last.rss_mib[stage]) for stage in STAGES},
        {stage: _slope([(look.at, look.rss_mib[stage]) for look in warm]) * 3_600 for stage in STAGES},
        {stage: max(look.lag[stage] for look in looks) for stage in STAGES},
        {stage: _slope([(look.at, float(look.lag[stage])) for look in warm]) * 60 for stage in STAGES},
        looks,
    )


def _slope(points: list[tuple[float, float]]) -> float:
    if len(points) < 2:
        return 0.0
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def _rss_mib(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_MIB


def show(part: Part) -> None:
    """A few lines for a person."""
    print(
        f"{part.name}: {part.articles} articles in {part.seconds:.0f} s, {part.per_second:.0f} a second "
        f"(first half {part.first_half:.0f}, second half {part.second_half:.0f})"
    )
    for stage in STAGES:
        first, last = part.rss_mib[stage]
        print(
            f"  {stage:7s} memory {first:.0f} -> {last:.0f} MiB ({part.rss_mib_per_hour[stage]:+.1f} an hour), "
            f"lag at most {part.lag_max[stage]} ({part.lag_per_minute[stage]:+.0f} records a minute)",
            flush=True,
        )


async def soak(kafka: EmbeddedKafka, count: int, minutes: float, words: int) -> list[Part]:
    """Both parts."""
    house = House(kafka, "soak.")
    await house.open()
    crew: dict[str, WorkerProcess] = {}
    run = Soak(house, crew, words)
    await run.feed(count + STARTING, 0)
    crew |= {stage: house.worker(stage, COPYDESK_TELEMETRY__LOG_LEVEL="WARNING") for stage in STAGES}
    with ending(*crew.values()):
        while await house.out() < STARTING:  # noqa: ASYNC110 - the broker is what we wait for
            await asyncio.sleep(0.1)
        nothing = asyncio.ensure_future(asyncio.sleep(0))
        full = await run.part("full speed", count, STARTING, nothing)
        show(full)
        rate = full.per_second / 2
        more = int(rate * minutes * 60)
        feeding = asyncio.ensure_future(run.feed(more, rate))
        half = await run.part(f"half speed ({rate:.0f} a second)", more, count + STARTING, feeding)
        show(half)
    return [full, half]


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    for stage in STAGES:
        warm_up(stage)
    with (
        tempfile.TemporaryDirectory(prefix="copydesk-soak-") as home,
        EmbeddedKafka(Path(home), fast_start=False, heap="1g") as kafka,
    ):
        parts = asyncio.run(soak(kafka, chosen.articles, chosen.minutes, chosen.words))
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(part) for part in parts]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
