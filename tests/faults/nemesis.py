"""Breaks one thing after the other, in an order that its seed fixes."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.kafka.cluster import EmbeddedCluster
from deploy.kafka.embedded import EmbeddedKafka
from service.contracts.topic_specs import topic_specs
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIM_THREADS,
    CLAIMS,
    CLAIMS_PREPARED,
    DEDUP_SEGMENTS,
    STORIES,
    THREADS_SEGMENTS,
)
from tests.broker.house import House
from tests.broker.quotas import slow_writes
from tests.faults.crew import Crew
from tests.kit_kafka import ask_admin, eventually

WRITTEN = (
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    DEDUP_SEGMENTS,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    CLAIMS,
    ARTICLES_DEAD,
    CLAIMS_PREPARED,
    THREADS_SEGMENTS,
    CLAIM_THREADS,
    STORIES,
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


CLUSTER_WEIGHTS = {
    **WEIGHTS,
    "broker_restart": 1,  # of all nodes
    "broker_kill": 1,
    "leader": 4,
    "roll": 2,
    "cut_off": 3,
    "too_few": 3,
}
"""With three brokers."""


class Nemesis:
    """`act()` does the next bad thing and undoes it where it must be undone; `log` says what it did."""

    def __init__(
        self, house: House, crew: Crew, seed: int, only: Collection[str] = (), pause: float = 0.2
    ) -> None:
        """`only`: these deeds and no others; none given: all. `pause`: seconds of peace after each, at least."""
        self._pause_seconds = pause
        weights = CLUSTER_WEIGHTS if isinstance(house.kafka, EmbeddedCluster) else WEIGHTS
        self._weights = {deed: weight for deed, weight in weights.items() if not only or deed in only}
        self._house = house
        self._crew = crew
        self._dice = random.Random(f"nemesis {seed}")  # the same deeds every time
        self.log: list[str] = []

    async def act(self, deed: str = "") -> None:
        """One deed, drawn unless it is named, then a moment of peace."""
        if not deed:
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

    @property
    def _cluster(self) -> EmbeddedCluster:
        assert isinstance(self._house.kafka, EmbeddedCluster)
        return self._house.kafka

    async def _leader(self) -> str:
        """Kill the node that leads a partition; another takes over while it is away."""
        logical, seconds = self._dice.choice((ARTICLES_RAW, *WRITTEN)), self._dice.uniform(1.0, 8.0)
        number = await leader_of(self._house, logical)
        await asyncio.to_thread(self._cluster.node(number).kill)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(self._cluster.start)
        return f"{number}, of {logical} {seconds:.1f} s"

    async def _roll(self) -> str:
        """Restart one node after the other, as an upgrade does."""
        for node in self._cluster.nodes:
            await asyncio.to_thread(node.restart)
            await in_sync(self._house)
        return "all"

    async def _cut_off(self) -> str:
        """Half of them until the others have missed the node: it wakes as the leader that it no longer is."""
        number, seconds = self._dice.randint(1, 3), self._dice.uniform(1.0, 14.0)
        self._cluster.suspend(number)
        await asyncio.sleep(seconds)
        self._cluster.resume(number)
        return f"{number} {seconds:.1f} s"

    async def _too_few(self) -> str:
        """Leave fewer replicas than a write needs: one node of three, or two where a topic asks for three."""
        seconds, first = self._dice.uniform(1.0, 8.0), self._dice.randint(1, 3)
        if self._dice.random() < 0.5:
            others = [node for node in self._cluster.nodes if node is not self._cluster.node(first)]
            self._cluster.each(EmbeddedKafka.kill, others)
            await asyncio.sleep(seconds)
            await asyncio.to_thread(self._cluster.start)
            return f"{first} alone {seconds:.1f} s"
        logical = self._dice.choice((ARTICLES_RAW, *WRITTEN))
        async with configured(self._house, logical, {"min.insync.replicas": "3"}):
            await asyncio.to_thread(self._cluster.node(first).kill)
            await asyncio.sleep(seconds)
        await asyncio.to_thread(self._cluster.start)
        return f"without {first} for {logical} {seconds:.1f} s"


async def described(house: House, topics: Sequence[str]) -> list[Any]:
    """Return leaders and replicas of the partitions of topics, from whichever node answers."""
    return list(
        await ask_admin(
            house.bootstrap,
            lambda admin: admin.describe_topics([house.topic(logical) for logical in topics]),
            lambda found: [topic["error_code"] for topic in found],
            seconds_max=60.0,
        )
    )


async def leader_of(house: House, logical: str) -> int:
    """Return the number of the node that leads the first partition of a topic, once one does."""
    found = 0

    async def led() -> bool:
        nonlocal found
        [topic] = await described(house, [logical])
        found = next(p["leader"] for p in topic["partitions"] if p["partition"] == 0)
        return bool(found > 0)

    await eventually(led, 60.0)
    return found


async def in_sync(house: House, seconds_max: float = 60.0) -> None:
    """Return once every replica of every partition is in sync, so that the next node may go."""

    async def done() -> bool:
        found = await described(house, (ARTICLES_RAW, *WRITTEN))
        return all(len(p["isr"]) == len(p["replicas"]) for topic in found for p in topic["partitions"])

    await eventually(done, seconds_max)


@asynccontextmanager
async def refusing(house: House, logical: str) -> AsyncIterator[None]:
    """Meanwhile the broker takes nothing of any size for this topic."""
    async with configured(house, logical, REFUSAL):
        yield


@asynccontextmanager
async def configured(house: House, logical: str, changes: dict[str, str]) -> AsyncIterator[None]:
    """Meanwhile a topic is configured otherwise."""
    config = next(spec.config for spec in topic_specs(house.settings) if spec.name == logical)
    await _alter(house, logical, {**config, **changes})
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
