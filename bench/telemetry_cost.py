"""What counting, logging and being scraped cost, as a share of the CPU of the work they are about.

    python -m bench.telemetry_cost [--articles 2000] [--scrape-seconds 15] [--per-second 700]

The three stages work in memory, through the same loop as on Kafka; once telling nobody, and once all their
observations are kept. Then each worker's telemetry is told those of its stage, and /metrics is rendered as a scrape
does. The share is of the work in memory: with Kafka's part in it, it is smaller still. CPU is process time.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time

from prometheus_client import generate_latest

from bench.articles import articles
from service.observations import BatchDone, Observation
from service.pipeline.app import warm_up
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.records import RawRecord
from service.settings import Settings
from service.stages import STAGES
from service.telemetry.tell import Telemetry

RUNS = 5
SCRAPES = 20


def batches(count: int, size: int) -> list[list[RawRecord]]:
    """Return raw records as intake would read them."""
    records = [
        raw_record(n, value, timestamp_ms=1_790_000_000_000) for n, value in enumerate(articles(count))
    ]
    return [records[at : at + size] for at in range(0, count, size)]


async def worked(
    fed: list[list[RawRecord]], settings: Settings
) -> tuple[float, dict[str, list[Observation]]]:
    """Return CPU seconds of the work, and the observations that each stage had to tell, in order."""
    told: list[Observation] = []
    pipeline = MemoryPipeline(settings, told.append)
    started = time.process_time()
    for batch in fed:
        await pipeline.feed(batch)
    seconds = time.process_time() - started
    return seconds, by_stage(told)


def by_stage(told: list[Observation]) -> dict[str, list[Observation]]:
    """Assign observations to stages: a stage tells `BatchDone` last, so those since the one before are its own."""
    observations: dict[str, list[Observation]] = {stage: [] for stage in STAGES}
    since: list[Observation] = []
    for observation in told:
        since.append(observation)
        if isinstance(observation, BatchDone):
            observations[observation.stage] += since
            since = []
    return observations


def telling_seconds(settings: Settings, observations: dict[str, list[Observation]]) -> float:
    """Return CPU seconds to tell each worker's telemetry all its observations."""
    spent = 0.0
    for stage, told in observations.items():
        tell = Telemetry(settings, stage).tell
        started = time.process_time()
        for observation in told:
            tell(observation)
        spent += time.process_time() - started
    return spent


def scrape_seconds(settings: Settings) -> float:
    """Return CPU seconds to render /metrics of all three workers once."""
    desks = [Telemetry(settings, stage) for stage in STAGES]
    started = time.process_time()
    for _ in range(SCRAPES):
        for desk in desks:
            generate_latest(desk.metrics.registry)
    return (time.process_time() - started) / SCRAPES


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--scrape-seconds", type=float, default=15.0)
    parser.add_argument("--per-second", type=float, default=700.0, help="articles, to share a scrape among")
    chosen = parser.parse_args()
    settings = Settings()
    for stage in STAGES:
        warm_up(stage)
    fed = batches(chosen.articles, settings.intake.batch_articles)
    asyncio.run(worked(fed[:1], settings))
    runs = [asyncio.run(worked(fed, settings)) for _ in range(RUNS)]
    each = 1e6 / chosen.articles
    work = statistics.median(seconds for seconds, _ in runs) * each
    telling = statistics.median(telling_seconds(settings, observations) for _, observations in runs) * each
    scraping = scrape_seconds(settings) * 1e6
    shared = scraping / (chosen.scrape_seconds * chosen.per_second)
    print(f"work          {work:8.1f} µs CPU/article, all three stages in memory")
    print(f"observations told    {telling:8.1f} µs CPU/article")
    pages = f"{scraping:.0f} µs for three pages every {chosen.scrape_seconds:g} s"
    print(f"scraped       {shared:8.1f} µs CPU/article ({pages})")
    print(f"share         {(telling + shared) / work:8.2%} of the work")


if __name__ == "__main__":
    main()
