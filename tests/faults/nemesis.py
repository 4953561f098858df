"""Breaks one thing after the other, in an order that its seed fixes."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from service.contracts.topics import topic_specs
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIMS,
    DEDUP_SEGMENTS,
)
from tests.broker.house import House
from tests.broker.quotas import slow_writes
from tests.faults.crew import Crew
from tests.kit_kafka import ask_admin

WRITTEN = (
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    DEDUP_SEGMENTS,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    CLAIMS,
    ARTICLES_DEAD,
)
REFUSAL = {"max.message.bytes": "120"}
"""Every record of ours is larger; a worker ends when it is told so."""
SLOW_BYTES_PER_SECOND = 20_000.0
"""Of each client: the next batch waits some seconds."""

WEIGHTS = {
    "kill": 6,
    "term": 4,
    "pause": 4,
    "broker_restart": 2,
    "broker_kill": 2,
    "add": 2,
    "remove": 2,
    "refuse": 2,
    "slow": 2,
}


class Nemesis:
    """`act()` does the next bad thing and undoes it where it must be undone; `log` says what it did."""

    def __init__(
        self, house: House, crew: Crew, seed: int, only: Collection[str] = (), pause: float = 0.2
    ) -> None:
        """`only`: these deeds and no others; none given: all. `pause`: seconds of peace after each, at least."""
        self._pause_seconds = pause
        self._weights = {deed: weight for deed, weight in WEIGHTS.items() if not only or deed in only}
        self._house = house
        self._crew = crew
        self._dice = random.Random(f"nemesis {seed}")  # the same deeds every time
        self.log: list[str] = []

    async def act(self) -> None:
        """One deed, then a moment of peace."""
        (deed,) = self._dice.choices(list(self._weights), list(self._weights.values()))
        self.log.append(f"{deed} {await getattr(self, f'_{deed}')()}")
        await asyncio.sleep(self._pause_seconds + self._dice.uniform(0.0, 1.8))

    async def _kill(self) -> str:
        place = self._crew.pick(self._dice)
        self._crew.signal(place, signal.SIGKILL)
        return place

    async def _term(self) -> str:
        place = self._crew.pick(self._dice)
        self._crew.signal(place, signal.SIGTERM)
        return place

    async def _pause(self) -> str:
        """Half of them past the session timeout of 4 s: such a worker is fenced when it wakes."""
        place, seconds = self._crew.pick(self._dice), self._dice.uniform(0.5, 8.0)
        self._crew.signal(place, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        self._crew.signal(place, signal.SIGCONT)
        return f"{place} {seconds:.1f} s"

    async def _broker_restart(self) -> str:
        await asyncio.to_thread(self._house.kafka.stop)
        return await self._broker_back()

    async def _broker_kill(self) -> str:
        await asyncio.to_thread(self._house.kafka.kill)
        return await self._broker_back()

    async def _broker_back(self) -> str:
        seconds = self._dice.uniform(0.0, 4.0)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(self._house.kafka.start)
        return f"{seconds:.1f} s"

    async def _add(self) -> str:
        return self._crew.add(self._dice)

    async def _remove(self) -> str:
        return str(self._crew.remove(self._dice))

    async def _refuse(self) -> str:
        logical, seconds = self._dice.choice(WRITTEN), self._dice.uniform(1.0, 5.0)
        async with refusing(self._house, logical):
            await asyncio.sleep(seconds)
        return f"{logical} {seconds:.1f} s"

    async def _slow(self) -> str:
        seconds = self._dice.uniform(2.0, 6.0)
        async with slow_writes(self._house.bootstrap, SLOW_BYTES_PER_SECOND):
            await asyncio.sleep(seconds)
        return f"{seconds:.1f} s"


@asynccontextmanager
async def refusing(house: House, logical: str) -> AsyncIterator[None]:
    """Meanwhile the broker takes nothing of any size for this topic."""
    config = next(spec.config for spec in topic_specs(house.settings) if spec.name == logical)
    await _alter(house, logical, {**config, **REFUSAL})
    try:
        yield
    finally:
        await _alter(house, logical, config)


async def _alter(house: House, logical: str, config: dict[str, str]) -> None:
    resource = ConfigResource(ConfigResourceType.TOPIC, house.topic(logical), configs=dict(config))
    await ask_admin(
        house.bootstrap,
        lambda admin: admin.alter_configs([resource]),
        lambda answers: [found[0] for answer in answers for found in answer.resources],
    )
