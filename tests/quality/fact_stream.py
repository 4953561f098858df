"""A stream of made-up news with its truth: stories that are updated and printed again, and reports by template.

Each item has new facts, or repeats those of one earlier item. What the evaluation kits of others lack is here: reprints
of updates, updates of updates, swapped order, leads that name nothing new.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.records import RawRecord
from service.settings import Settings, load_settings
from service.topics import ARTICLES_DUPLICATES, ARTICLES_ENRICHED
from tests.quality.fact_kinds import CHANGED, SAME
from tests.quality.fact_reports import Article, a_report
from tests.quality.fact_templates import templated

CUT = ("paragraphs dropped", "rewritten by a wire")
"""Kinds that leave out a part of a text."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article of the stream, and what is true of it."""

    name: str
    kind: str
    article: Article
    repeats: str | None = None  # the item whose facts it has; None if it has new ones
    story: str | None = None  # the item that its cluster begins with; None if it begins one


class Said(NamedTuple):
    """Hold what is published of an item: an update, a copy and of what kind, or whatever else."""

    status: str
    match_id: str | None
    cluster_id: str
    goes_on: bool


def stream(seed: int, stories: int, templated_each: int) -> list[Item]:
    """Return items in order of arrival; the same numbers give the same."""
    rng = random.Random(seed)
    lines = [list(_story(seed * 10_000 + number, rng)) for number in range(stories)]
    lines += [
        [
            Item(f"{report.family}-{number}", "report by template", report.report),
            Item(
                f"{report.family}-{number}-again", "its reprint", report.reprint, f"{report.family}-{number}"
            ),
        ]
        for number, report in enumerate(templated(seed, templated_each))
    ]
    order = [number for number, line in enumerate(lines) for _ in line]
    rng.shuffle(order)
    waiting = [iter(line) for line in lines]
    return [next(waiting[number]) for number in order]


def _story(seed: int, rng: random.Random) -> Iterator[Item]:
    """Yield a report, an update, an update of that, reprints of all three, then one change and one other dress."""
    first = a_report(seed, rng.choice((120, 220, 400, 700)))
    name = f"story-{seed}"
    yield Item(name, "report", first)
    told = {name: first}
    last = first
    for number, kind in enumerate(rng.sample(list(CHANGED), 2)):
        made = CHANGED[kind](last, rng)
        if made is None or made in told.values():
            continue
        last = told[f"{name}-{number}"] = made
        yield Item(f"{name}-{number}", ("update: ", "update of an update: ")[number] + kind, made, None, name)
    for of, article in rng.sample(list(told.items()), len(told)):
        kind = rng.choice(list(SAME))
        made = SAME[kind](article, rng)
        if made is not None:
            label = "reprint of a report: " if of == name else "reprint of an update: "
            yield Item(f"{of}-again", label + kind, made, of, name)


def decide(items: list[Item]) -> dict[str, Said]:
    """Return what is published of each item, once all of them went the way of a record; nothing is read for claims."""
    settings = load_settings(
        env={},
        overrides={
            "dedup.capacity_articles": len(items) + 1,
            "enrich.read_chars_max": 1,
            "threads.enabled": False,
        },
    )
    records = [
        raw_record(
            offset,
            json.dumps({"id": item.name, "title": item.article.title, "body": item.article.body}).encode(),
            timestamp_ms=1_700_000_000_000 + 20_000 * offset,
        )
        for offset, item in enumerate(items)
    ]
    return asyncio.run(_published(records, settings))


async def _published(records: list[RawRecord], settings: Settings) -> dict[str, Said]:
    pipeline, step = MemoryPipeline(settings), settings.intake.batch_articles
    said: dict[str, Said] = {}
    for start in range(0, len(records), step):
        for letter in await pipeline.feed(records[start : start + step]):
            if letter.topic == ARTICLES_DUPLICATES:
                copy = json.loads(letter.value or b"")
                said[copy["article_id"]] = Said(
                    copy["relation"], copy["duplicate_of"], copy["cluster_id"], False
                )
            elif letter.topic == ARTICLES_ENRICHED:
                news = json.loads(letter.value or b"")
                note = news["dedup"]
                match = next((one["article_id"] for one in note["related"]), None)
                said[news["article_id"]] = Said(note["status"], match, note["cluster_id"], True)
    return said


def is_right(item: Item, said: Said) -> bool:
    """Return whether an item went on if it is news, linked to its story, and else repeats what it is said to repeat."""
    if item.repeats is not None and item.kind.endswith(CUT):  # what was changed may be gone
        return not said.goes_on and said.cluster_id == item.story
    if item.repeats is not None:
        return not said.goes_on and said.match_id == item.repeats
    if item.story is None:
        return said.goes_on
    return said.status == "update" and said.cluster_id == item.story
