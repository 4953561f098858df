"""How long an article takes at a given load: from its raw record's time to the time the broker took its output.

Articles arrive one by one at random (exponential gaps, fixed seed), as a feed's do. Raw records carry the time the
feeder gave them, outputs the time of the broker; both are of this machine's clock.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence

import msgspec
import numpy as np
from aiokafka import AIOKafkaConsumer

from bench.lines import OUT, Line
from service.topics import ARTICLES_RAW

SETTLED_SHARE = 0.1
"""So much of a load's articles come before it is measured: queues fill first."""


class _Origin(msgspec.Struct):
    timestamp_ms: int


class _Output(msgspec.Struct):
    origin: _Origin


async def paced(line: Line, values: Sequence[bytes], per_second: float) -> None:
    """Feed one by one, about so many a second."""
    dice = random.Random(7)  # noqa: S311 - the same arrivals every time
    topic, partitions = line.name(ARTICLES_RAW), line.settings.topics.partitions
    due = time.monotonic()
    for at, value in enumerate(values):
        due += dice.expovariate(per_second)
        wait = due - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        await line.producer.send(topic, value, partition=at % partitions)
    await line.producer.flush()


async def latency_ms(line: Line, values: Sequence[bytes], per_second: float) -> dict[str, float]:
    """p50, p95, p99 and the largest, in ms, of the articles of one load."""
    starts = await line.consumer.end_offsets(line.places())
    before = sum(starts.values())
    await paced(line, values, per_second)
    await line.until(before + len(values))
    ends = await line.consumer.end_offsets(line.places())
    seen: list[tuple[int, int]] = []
    reader = AIOKafkaConsumer(bootstrap_servers=line.kafka.bootstrap_servers)
    async with reader:
        reader.assign(line.places(OUT))
        for place, start in starts.items():
            reader.seek(place, start)
        while len(seen) < sum(ends.values()) - before:
            for records in (await reader.getmany(timeout_ms=500)).values():
                for record in records:
                    fed = msgspec.json.decode(record.value, type=_Output).origin.timestamp_ms
                    seen.append((fed, record.timestamp - fed))
    seen.sort()
    waits = np.array([wait for _, wait in seen[int(len(seen) * SETTLED_SHARE) :]])
    p50, p95, p99, largest = np.percentile(waits, (50, 95, 99, 100)).tolist()
    return {"p50": p50, "p95": p95, "p99": p99, "max": largest}
