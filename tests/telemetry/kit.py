"""What the telemetry tests share: a clock that moves when told, and a look at what would be scraped."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from service.observations import Observation
from service.telemetry.metrics import Metrics


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self, seconds: float = 1_000_000.0) -> None:
        self.seconds = seconds

    def __call__(self) -> float:
        return self.seconds


class Told:
    """Observations as they are told, to be waited for; never longer than ten seconds."""

    def __init__(self) -> None:
        self._observations: asyncio.Queue[Observation] = asyncio.Queue()
        self.tell = self._observations.put_nowait

    async def next(self, count: int = 1) -> list[Observation]:
        async with asyncio.timeout(10):
            return [await self._observations.get() for _ in range(count)]

    @property
    def nothing_yet(self) -> bool:
        return self._observations.empty()


@asynccontextmanager
async def running(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """`work` as a task within the block."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def a_free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Scrape:
    """One reading of a registry, as Prometheus would parse it."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._samples = [
            sample
            for family in text_string_to_metric_families(generate_latest(registry).decode())
            for sample in family.samples
        ]

    def value(self, name: str, **labels: str) -> float:
        """Return the one series with this name and these labels."""
        found = self.values(name, **labels)
        assert len(found) == 1, f"{name}{labels}: {len(found)} series"
        return found[0]

    def values(self, name: str, **labels: str) -> list[float]:
        """Return all series with this name and at least these labels."""
        name = name if name.startswith("copydesk_") else f"copydesk_{name}"
        return [s.value for s in self._samples if s.name == name and labels.items() <= s.labels.items()]

    def names(self) -> set[str]:
        """Return names of all samples."""
        return {s.name for s in self._samples}


def scrape(metrics: Metrics) -> Scrape:
    return Scrape(metrics.registry)


def after(metrics: Metrics, observations: Iterable[Observation]) -> Scrape:
    """Return what is scraped after these observations were told."""
    for observation in observations:
        metrics.tell(observation)
    return Scrape(metrics.registry)
