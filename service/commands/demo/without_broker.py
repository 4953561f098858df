"""The samples through the same stages in memory, without Kafka."""

from __future__ import annotations

import time
from collections.abc import Sequence

from service.commands.demo.flow import Flow
from service.commands.demo.tally import Published
from service.samples import Sample
from service.settings import Settings


async def run_samples(
    settings: Settings, samples: Sequence[Sample], flow: Flow, *, pace_seconds: float
) -> None:
    """Feed one record at a time, as if articles.raw had one partition."""
    from service.pipeline.in_memory import MemoryPipeline, raw_record

    pipeline = MemoryPipeline(settings)
    for offset, sample in enumerate(samples):
        flow.samples[0, offset] = sample
        flow.fed((0, offset))
        for letter in await pipeline.feed(
            [raw_record(offset, sample.value, timestamp_ms=int(time.time() * 1_000))]
        ):
            flow.came_out(Published(letter.topic, letter.key, tuple(letter.headers), letter.value))
        time.sleep(pace_seconds)  # noqa: ASYNC251 - nothing else runs
