"""What is fed while things break: stories, reprints, revisions and records that are no articles, each with an id."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator, Sequence

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError

from service.kafka.patches.metadata_pause import be_patient
from tests.broker.house import a_story
from tests.kit_kafka import Sent

CHUNK = 25


def disturbed_stream(count: int, seed: int) -> Iterator[Sent]:
    """Yield `count` records.

    Of a hundred about ten are reprints, ten revisions, twenty repeat what was said elsewhere, four are no articles, and
    one is too large to be read.
    """
    dice = random.Random(seed)  # the same stream every time
    versions: dict[int, int] = {}
    for n in range(count):
        draw = dice.random()
        earlier = dice.randrange(max(0, n - 300), n) if n else 0
        if draw < 0.04:
            yield Sent(b"no article %d" % n, key=b"bad%d" % n, headers=(("feed", b"x"),))
        elif draw < 0.045:
            yield _article(n, "é" * 600_000)
        elif draw < 0.14:
            yield _article(n, a_story(earlier))
        elif draw < 0.24 and n:
            versions[earlier] = versions.get(earlier, 1) + 1
            yield _article(earlier, f"{a_story(earlier)} {a_story(1_000_000 * versions[earlier] + earlier)}")
        elif draw < 0.44 and n:
            yield _article(n, f"{_said(earlier, dice)} {a_story(n)}")
        else:
            yield _article(n, a_story(n))


def _said(earlier: int, dice: random.Random) -> str:
    """Return the quotation of every twentieth story, and now and then with another figure: threads grow of it."""
    said = a_story(earlier - earlier % 20).split(" The ")[0]
    return said.replace(" million", "0 million") if dice.random() < 0.2 else said


def _article(n: int, body: str) -> Sent:
    value = {"id": f"a{n}", "title": f"Story {n}", "body": body, "published_at": "2026-03-04"}
    return Sent(json.dumps(value, ensure_ascii=False).encode(), key=b"a%d" % n)


async def feed_slowly(bootstrap: str, topic: str, records: Sequence[Sent], seconds: float) -> None:
    """All records, in order, spread over about `seconds`; through broker restarts, each exactly once."""
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        enable_idempotence=True,
        acks="all",
        linger_ms=5,
        max_request_size=4_194_304,
        request_timeout_ms=300_000,  # several faults in a row may keep the topic from taking anything
    )
    be_patient(producer.client)
    await _started(producer)
    try:
        answers = []
        for start in range(0, len(records), CHUNK):
            answers += [
                await producer.send(topic, record.value, record.key, headers=list(record.headers))
                for record in records[start : start + CHUNK]
            ]
            await asyncio.sleep(seconds * CHUNK / len(records))
        await asyncio.gather(*answers)
    finally:
        await producer.stop()


async def _started(producer: AIOKafkaProducer) -> None:
    """A broker may be away just now."""
    while True:
        try:
            await producer.start()
            return
        except KafkaConnectionError:
            await asyncio.sleep(0.5)
