"""Where a stage cannot get rid of what it makes, it waits: it does not read on, and does not grow."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path

from service.stages import group_id
from service.topics import ARTICLES_RAW
from tests.broker.house import House
from tests.broker.processes import ending
from tests.broker.quotas import slow_writes
from tests.kit_kafka import Sent, committed, eventually

RECORDS, RECORD_CHARS = 1_000, 80_000
BYTES_PER_SECOND = 400_000.0
"""Half of what a batch of 20 such articles has, packed. The backlog would take two minutes."""
SECONDS = 8.0
GROWTH_MIB_MAX = 40.0
"""Half of the backlog. What is fetched ahead and the batch in hand are some 15 MiB of it."""


def resident_mib(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4_096 / 1_048_576


def long_articles() -> list[Sent]:
    dice = random.Random(3)  # the same articles every time
    words = [f"{dice.randrange(36**5):x}" for _ in range(RECORD_CHARS)]
    bodies = (" ".join(dice.choices(words, k=RECORD_CHARS // 7)) for _ in range(RECORDS))
    return [
        Sent(json.dumps({"id": f"a{n}", "body": body}).encode(), partition=n % 2)
        for n, body in enumerate(bodies)
    ]


async def test_while_writing_is_slow_a_stage_waits_and_does_not_grow(house: House) -> None:
    await house.feed(long_articles())
    group, source = group_id(house.settings, "intake"), house.topic(ARTICLES_RAW)

    async def acknowledged() -> int:
        return sum((await committed(house.bootstrap, group, source)).values())

    async def started() -> bool:
        return await acknowledged() > 0

    async def done() -> bool:
        return await acknowledged() == RECORDS

    with ending(house.worker("intake", COPYDESK_INTAKE__BATCH_ARTICLES="20")) as (worker,):
        async with slow_writes(house.bootstrap, BYTES_PER_SECOND):
            await eventually(started)
            before, most = resident_mib(worker.pid), 0.0
            for _ in range(int(SECONDS / 0.2)):
                await asyncio.sleep(0.2)
                most = max(most, resident_mib(worker.pid))
            assert await acknowledged() < RECORDS / 2
        assert most - before < GROWTH_MIB_MAX
        await eventually(done)
        assert worker.alive
