"""A record that ends every worker which decides on it: found, set aside alone, on a real broker, for each stage."""

from __future__ import annotations

import asyncio
import json

import pytest

from service.line.poison import CRASHES_MAX
from service.stages import STAGES
from service.topics import ARTICLES_DEAD
from tests.broker.house import House, a_story
from tests.broker.poison_worker import POISON
from tests.broker.processes import WorkerProcess, ending
from tests.kit_kafka import Sent

COUNT = 60
AT = 37
CRASHES = CRASHES_MAX + 2
"""One of them may begin at an earlier offset than the others."""


def records() -> list[Sent]:
    """Return articles in one partition, so that the poisonous one shares batches and envelopes with others."""
    made = []
    for n in range(COUNT):
        name = f"{POISON} {n}" if n == AT else f"Story {n}"
        value = {"id": name, "title": name, "body": a_story(n)}
        made.append(Sent(json.dumps(value).encode(), key=b"a%d" % n, partition=0))
    return made


def poisoned_worker(house: House, stage: str, how: str) -> WorkerProcess:
    env = {
        **house.env,
        "HOW": how,
        "COPYDESK_INTAKE__BATCH_ARTICLES": "20",
        "COPYDESK_KAFKA__GROUP_INSTANCE_ID": "one",  # its successor need not wait until the group misses it
    }
    return WorkerProcess(["-m", "tests.broker.poison_worker", stage], env, stage)


async def restarted(house: House, stage: str, how: str, crew: list[WorkerProcess], ends: int) -> int:
    """Start a worker again whenever it ends, until cancelled or everything is out; return how often it ended."""
    ended = 0
    while True:
        worker = poisoned_worker(house, stage, how)
        crew.append(worker)
        while worker.alive:
            if await house.out() >= ends:
                return ended
            await asyncio.sleep(0.3)
        ended += 1
        assert ended <= CRASHES, f"{stage} ended {ended} times:\n{worker.output[-2000:]}"


@pytest.mark.parametrize(
    ("stage", "how"), [("intake", "raise"), ("dedup", "kill"), ("enrich", "kill"), ("threads", "kill")]
)
async def test_the_record_that_ends_its_worker_is_found_and_set_aside_alone(
    house: House, stage: str, how: str
) -> None:
    await house.feed(records())
    ends = COUNT + (stage == "threads")  # which sets aside what was published already
    others = [house.worker(other) for other in STAGES if other != stage]
    with ending(*others) as crew:
        ended = await asyncio.wait_for(restarted(house, stage, how, crew, ends), 180)
        await house.all_out(ends)
        await house.quiet()
        [dead] = await house.read(ARTICLES_DEAD)
    assert ended > CRASHES_MAX
    assert POISON in (dead.value or b"").decode()
    assert dead.header("copydesk.dlq.reason") == "poison"
    assert dead.header("copydesk.dlq.stage") == stage
    assert dead.header("__streams.errors.offset") == str(AT)
    assert len(await house.counted()) == ends
