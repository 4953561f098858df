"""One seeded run: feed, break, heal, and look at what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from deploy.kafka.cluster import EmbeddedCluster
from deploy.kafka.embedded import EmbeddedKafka
from service.topics import ARTICLES_RAW
from tests.broker.house import House
from tests.faults.checker import articles_again, repeated, violations
from tests.faults.crew import Crew
from tests.faults.evidence import gather_evidence, undisturbed
from tests.faults.feed import disturbed_stream, feed_slowly
from tests.faults.nemesis import Nemesis
from tests.faults.watch import Sample, watch

HEAL_SECONDS_MAX = 240.0


@dataclass(slots=True)
class Report:
    """What one run did and found; `found` empty: every promise was kept."""

    seed: int
    articles: int
    deeds: list[str]
    found: list[str]
    repeated: int
    again: int  # articles that were answered more than once
    outputs: int
    ended: dict[int, int]
    samples: int
    seconds: float
    words: str = field(default="", repr=False)

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.articles} articles, {len(self.deeds)} faults, workers ended "
            f"{dict(sorted(self.ended.items()))}, {self.samples} looks at offsets, {self.repeated} of "
            f"{self.outputs} output records repeated ({self.again} articles), {self.seconds:.0f} s: "
            + ("; ".join(self.found) if self.found else "nothing missing, nothing changed")
        )


async def one_run(
    kafka: EmbeddedKafka | EmbeddedCluster,
    seed: int,
    articles: int,
    deeds: int | Sequence[str],
    *,
    only: Collection[str] = (),
    workers: int = 2,
    pause: float = 0.2,
) -> Report:
    """Feed `articles` while `deeds` faults happen, so many or these; then let everything heal, and check."""
    plan = [""] * deeds if isinstance(deeds, int) else deeds
    started = time.monotonic()
    house = House(kafka, f"faults-{seed}.")
    await house.open()
    crew = Crew(house, workers)
    nemesis = Nemesis(house, crew, seed, only, pause)
    samples: list[Sample] = []
    found: list[str] = []
    crew.start_all()
    background = [asyncio.ensure_future(crew.keep()), asyncio.ensure_future(watch(house, samples))]
    try:
        records = list(disturbed_stream(articles, seed))
        feeding = asyncio.ensure_future(
            feed_slowly(
                house.bootstrap, house.topic(ARTICLES_RAW), records, seconds=(3.0 + pause) * len(plan)
            )
        )
        for deed in plan:
            await nemesis.act(deed)
        await feeding
        found += await _healed(house, articles)
        evidence = await gather_evidence(house)
        found += violations(evidence, samples, await undisturbed(evidence, house.settings), articles)
        found += crew.unexplained
        return Report(
            seed,
            articles,
            nemesis.log,
            found,
            repeated(evidence),
            articles_again(evidence),
            len(evidence.forms()),
            dict(crew.ended),
            len(samples),
            time.monotonic() - started,
            crew.last_words() if found else "",
        )
    finally:
        for task in background:
            await end(task)
        crew.clean_up()


async def end(task: asyncio.Task[None]) -> None:
    """Cancel a task until it ends: aiokafka swallows a cancellation that meets it closing a connection."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=1.0)
    if not task.cancelled():
        task.result()


async def _healed(house: House, articles: int) -> list[str]:
    try:
        async with asyncio.timeout(HEAL_SECONDS_MAX):
            await house.all_out(articles)
            await house.quiet()
    except TimeoutError:
        return [f"not done {HEAL_SECONDS_MAX:.0f} s after the last fault"]
    return []
