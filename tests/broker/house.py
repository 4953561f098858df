"""A house of its own for a test: topics, the stages, and what comes out; and articles to feed it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from deploy.kafka.cluster import EmbeddedCluster
from deploy.kafka.embedded import EmbeddedKafka
from service.commands.topic_admin import admin, create_topics
from service.settings import Settings, load_settings
from service.stages import STAGES, group_id
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    CLAIM_THREADS,
    CLAIMS,
    STORIES,
    topic_name,
)
from tests.broker.processes import WorkerProcess, stage_worker
from tests.kit_kafka import Received, Sent, committed, end_offsets, eventually, produce, read_all

OUTPUTS = (ARTICLES_ENRICHED, ARTICLES_DUPLICATES, ARTICLES_DEAD, CLAIMS, CLAIM_THREADS, STORIES)
COUNTED = OUTPUTS[:3]
SECONDS_MAX = 180.0


class House:
    """Topics of its own, the stages, and what comes out."""

    def __init__(self, kafka: EmbeddedKafka | EmbeddedCluster, prefix: str) -> None:
        self.kafka = kafka
        replicas = len(kafka.nodes) if isinstance(kafka, EmbeddedCluster) else 1
        self.bootstrap = kafka.bootstrap_servers
        self.env = {
            "COPYDESK_KAFKA__BOOTSTRAP_SERVERS": self.bootstrap,
            "COPYDESK_KAFKA__TOPIC_PREFIX": prefix,
            "COPYDESK_KAFKA__SESSION_TIMEOUT_SECONDS": "4",
            "COPYDESK_KAFKA__COMMIT_INTERVAL_SECONDS": "0.2",
            "COPYDESK_TOPICS__PARTITIONS": "2",
            "COPYDESK_TOPICS__REPLICATION_FACTOR": str(replicas),
        }
        self.settings: Settings = load_settings(env=self.env)

    def topic(self, logical: str) -> str:
        return topic_name(self.settings, logical)

    async def open(self) -> None:
        async with admin(self.settings) as client:
            await create_topics(client, self.settings, dry_run=False)

    def worker(self, stage: str, **env: str) -> WorkerProcess:
        return stage_worker(stage, {**self.env, **env})

    async def feed(self, bodies: list[Sent]) -> None:
        await produce(self.bootstrap, self.topic(ARTICLES_RAW), bodies)

    async def read(self, logical: str) -> list[Received]:
        return await read_all(self.bootstrap, self.topic(logical))

    def logs(self, logical: str) -> list[Path]:
        """Return the broker's files with the records of a topic."""
        return sorted(self.kafka.data.glob(f"{self.topic(logical)}-*/*.log"))

    async def counted(self) -> set[str]:
        ids = set()
        for logical in COUNTED:
            for record in await self.read(logical):
                event = record.header("ce_id")
                assert event, f"a record of {logical} has no ce_id"
                ids.add(event)
        return ids

    async def out(self) -> int:
        """Return records on the three counted topics, repeated ones included."""
        return sum(
            [sum((await end_offsets(self.bootstrap, self.topic(logical))).values()) for logical in COUNTED]
        )

    async def all_out(self, records: int) -> None:
        async def done() -> bool:
            return await self.out() >= records and len(await self.counted()) >= records

        await eventually(done, SECONDS_MAX)

    async def quiet(self) -> None:
        """Every group has committed all there is."""

        behind: dict[str, str] = {}

        async def done() -> bool:
            behind.clear()
            for stage in STAGES:
                topic = self.topic(STAGES[stage].source)
                ends = await end_offsets(self.bootstrap, topic)
                done = await committed(self.bootstrap, group_id(self.settings, stage), topic)
                if sum(done.values()) < sum(ends.values()):
                    behind[stage] = f"committed {done} of {ends}"
            return not behind

        try:
            await eventually(done, SECONDS_MAX)
        except TimeoutError:
            raise TimeoutError(f"groups stay behind: {behind}") from None


PEOPLE = ("Ada Lorne", "Brice Tamm", "Cora Velt", "Dov Marrish", "Edda Quill")
VERBS = ("said", "told reporters", "added", "warned", "noted")


def a_story(n: int) -> str:
    """Return about 120 words that no other number has, with a quotation and figures."""
    dice = random.Random(n)  # the same story every time
    nouns = [f"{word}{dice.randrange(10**6)}" for word in ("mill", "quay", "guild", "fen", "lock") * 4]
    who, verb = dice.choice(PEOPLE), dice.choice(VERBS)
    filler = " ".join(
        f"The {a} by the {b} was closed for {dice.randrange(3, 90)} days." for a, b in pairwise(nouns)
    )
    return f'"The {nouns[0]} will cost ${n % 900 + 1} million," {who} {verb} on Tuesday. {filler}'


def stream(count: int) -> Iterator[Sent]:
    """Yield stories, every fifth a reprint of an earlier one, every fiftieth no article at all."""
    for n in range(count):
        if n % 50 == 49:
            yield Sent(b"no article %d" % n, key=b"bad%d" % n, headers=(("feed", b"x"),))
            continue
        body = a_story(n // 2 if n % 5 == 4 else n)
        value = json.dumps({"id": f"a{n}", "title": f"Story {n}", "body": body, "published_at": "2026-03-04"})
        yield Sent(value.encode(), key=b"a%d" % n, partition=n % 2)
