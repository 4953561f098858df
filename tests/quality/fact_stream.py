"""A stream of made-up news with its truth: stories that are updated and printed again, and reports by template.

Each item has new facts, or repeats those of one earlier item. What the evaluation kits of others lack is here: reprints
of updates, updates of updates, swapped order, leads that name nothing new.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

from service.dedup.collection import Collection
from service.dedup.outputs import incoming
from service.dedup.verdict import Verdict
from service.intake.article import intake
from service.records import Origin, RawRecord, Relation
from service.settings import DedupSettings, IntakeSettings
from tests.quality.fact_kinds import CHANGED, SAME, Article, a_report
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


def decide(items: list[Item]) -> dict[str, Verdict]:
    """Return what dedup says of each item."""
    collection = Collection("facts", DedupSettings(capacity_articles=len(items) + 1))
    verdicts = {}
    for offset, item in enumerate(items):
        fed = {"id": item.name, "title": item.article.title, "body": item.article.body}
        origin = Origin("articles.raw", 0, offset, 1_700_000_000_000 + 20_000 * offset)
        sketched = intake(RawRecord(None, json.dumps(fed).encode(), (), origin), IntakeSettings())
        (verdicts[item.name],) = collection.decide(offset, [incoming(sketched)]).verdicts
    return verdicts


def is_right(item: Item, said: Verdict) -> bool:
    """Return whether an item went on if it is news, linked to its story, and else repeats what it is said to repeat."""
    if item.repeats is not None and item.kind.endswith(CUT):  # what was changed may be gone
        return not said.goes_on and said.cluster_id == item.story
    if item.repeats is not None:
        return not said.goes_on and said.match_id == item.repeats
    if item.story is None:
        return said.goes_on
    return said.relation is Relation.UPDATE and said.cluster_id == item.story
