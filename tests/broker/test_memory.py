"""A worker with 320 MiB of memory, and not a page more, reads the dearest articles there are."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from service.stages import STAGES
from tests.broker.house import House, stream
from tests.broker.processes import ending
from tests.kit_kafka import Sent

MIB = 1_048_576
LIMIT = 320 * MIB
CGROUPS = Path("/sys/fs/cgroup")
SMALL = {"COPYDESK_DEDUP__CAPACITY_ARTICLES": "50000", "COPYDESK_THREADS__CAPACITY_CLAIMS": "100000"}
"""What dedup and threads remember comes on top: some 750 bytes an article, 450 a claim."""


class Cell:
    """A control group with a limit of memory."""

    def __init__(self, name: str) -> None:
        """Make the group. Raises OSError where that is not allowed."""
        old = CGROUPS / "memory"
        self._home = (old if old.is_dir() else CGROUPS) / f"copydesk-test-{name}"
        self._home.mkdir(exist_ok=True)
        file = "memory.limit_in_bytes" if old.is_dir() else "memory.max"
        (self._home / file).write_text(str(LIMIT))

    def hold(self, pid: int) -> None:
        """Put a process into it, before it has taken much."""
        (self._home / "cgroup.procs").write_text(str(pid))

    def remove(self) -> None:
        """Remove the group, once nobody is in it."""
        with suppress(OSError):
            self._home.rmdir()


@pytest.fixture
def cells() -> Iterator[dict[str, Cell]]:
    made: dict[str, Cell] = {}
    try:
        for stage in STAGES:
            made[stage] = Cell(stage)
        yield made
    except OSError:
        pytest.skip("limits of memory cannot be set here")
    finally:
        for cell in made.values():
            cell.remove()


def long_articles(count: int) -> Iterator[Sent]:
    """Yield articles as long as intake takes them, of words, and of quotations."""
    dice = random.Random(5)  # the same articles every time
    words = [f"{dice.randrange(36**5):x}" for _ in range(9_000)]
    for n in range(count):
        said = f'"The lock {n} will cost $%d million," Ada Lorne said.'
        body = (
            " ".join(said % k for k in range(9_000))
            if n % 6 == 0
            else " ".join(dice.choices(words, k=140_000))
        )
        yield Sent(json.dumps({"id": f"long-{n}", "body": body}).encode(), partition=n % 2)


async def test_each_stage_works_with_320_mib_of_memory(house: House, cells: dict[str, Cell]) -> None:
    records = [*stream(600), *long_articles(60)]
    await house.feed(records)
    crew = {stage: house.worker(stage, **SMALL) for stage in STAGES}
    for stage, cell in cells.items():
        cell.hold(crew[stage].pid)
    with ending(*crew.values()):
        await house.all_out(len(records))
        await house.quiet()
        assert all(worker.alive for worker in crew.values())
