"""Threads on a real broker: killed and started anew, it tells the same, byte for byte."""

from __future__ import annotations

import random

from service.line.envelopes import unpack_prepared
from service.stages import STAGES
from service.threads.collection import Collection
from service.topics import CLAIM_THREADS, CLAIMS_PREPARED, STORIES
from tests.broker.house import SECONDS_MAX, House, stream
from tests.broker.processes import ending
from tests.kit_kafka import eventually

KILLS = 3


async def test_threads_that_are_killed_and_rebuilt_are_those_of_an_undisturbed_run(house: House) -> None:
    dice = random.Random(7)
    others = [house.worker(stage) for stage in STAGES if stage != "threads"]
    with ending(*others) as all_workers:
        await house.feed(list(stream(300)))
        await house.all_out(300)
        for _ in range(KILLS):
            worker = house.worker("threads")
            all_workers.append(worker)
            await _told(house, await _count(house) + dice.randrange(1, 12))
            worker.kill()
        all_workers.append(house.worker("threads"))
        expected = await _undisturbed(house)
        await _told(house, len(expected))
        await house.quiet()
        found = {
            (record.key, record.value, record.headers)
            for logical in (CLAIM_THREADS, STORIES)
            for record in await house.read(logical)
        }
    assert found == expected
    assert len({value for _, value, _ in found}) > 20


async def _count(house: House) -> int:
    """Count the different records that threads has told."""
    records = [*await house.read(CLAIM_THREADS), *await house.read(STORIES)]
    return len({record.header("ce_id") for record in records})


async def _told(house: House, count: int) -> None:
    expected = len(await _undisturbed(house))

    async def so_many() -> bool:
        return await _count(house) >= min(count, expected)

    await eventually(so_many, SECONDS_MAX)


async def _undisturbed(house: House) -> set[tuple[bytes, bytes, tuple[tuple[str, bytes], ...]]]:
    """Decide on the envelopes in the order of their log, in memory."""
    collection = Collection("default", house.settings.threads)
    told = set()
    for record in await house.read(CLAIMS_PREPARED):
        segment = collection.decide(record.offset, unpack_prepared(record.value), record.timestamp_ms)
        told |= {(sent.key, sent.value, tuple(sent.headers)) for sent in segment.sent}
    return told
