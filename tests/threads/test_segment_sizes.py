"""A segment of threads is larger than its envelope, and must fit its topic all the same: else nothing goes on."""

from __future__ import annotations

import json
import random

from service.line.records_out import FRAME_BYTES
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import load_settings
from service.topics import THREADS_SEGMENTS

SMALL = {
    "COPYDESK_TOPICS__PARTITIONS": "1",
    "COPYDESK_INTAKE__TEXT_BYTES_MAX": "120000",
    "COPYDESK_TOPICS__RAW_BYTES_MAX": "400000",
    "COPYDESK_TOPICS__OUTPUT_BYTES_MAX": "480000",
}
PLACES = (
    "harbour",
    "bridge",
    "school",
    "hospital",
    "ferry",
    "library",
    "stadium",
    "tunnel",
    "museum",
    "airport",
)
DONE = ("flooded", "repaired", "closed", "reopened", "sold", "inspected", "painted", "demolished", "insured")


def a_name(dice: random.Random) -> str:
    return "".join(dice.choice("bcdfglmnprst") + dice.choice("aeiou") for _ in range(3)).title()


def articles(count: int, claims: int) -> list[bytes]:
    """Return articles that repeat the same quotations in other orders, each between sentences of its own."""
    dice = random.Random(1)  # the same articles every time
    said = [
        f"“The {dice.choice(PLACES)} of {a_name(dice)} was {dice.choice(DONE)} and {dice.choice(DONE)} after "
        f"{dice.randrange(3, 99)} {dice.choice(PLACES)} engineers warned about its walls,” Ada Lorne said."
        for _ in range(claims)
    ]
    made = []
    for n in range(count):
        dice.shuffle(said)
        own = (" ".join([a_name(dice), *(a_name(dice).lower() for _ in range(10))]) + "." for _ in said)
        body = " ".join(f"{one} {other}" for one, other in zip(said, own, strict=True))
        made.append(json.dumps({"id": f"a{n}", "body": body, "published_at": "2026-03-04"}).encode())
    return made


async def test_the_segments_of_articles_that_all_say_the_same_fit_their_topic() -> None:
    settings = load_settings(env=SMALL)
    pipeline = MemoryPipeline(settings)
    await pipeline.feed([raw_record(n, value) for n, value in enumerate(articles(16, 400))])
    segments = pipeline.outbox.log(THREADS_SEGMENTS).partitions[0]
    sizes = [len(segment.value) for segment in segments]
    assert sum(sizes) > settings.topics.output_bytes_max
    assert max(sizes) + FRAME_BYTES < settings.topics.output_bytes_max
