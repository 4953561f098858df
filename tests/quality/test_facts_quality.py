"""A change that costs the recognition of changed facts fails: floors on made-up reports, each changed in one thing."""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict
from typing import Any, Final

import pytest

from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import load_settings
from service.topics import ARTICLES_DUPLICATES, ARTICLES_ENRICHED
from tests.quality.fact_kinds import CHANGED, SAME, Article, a_report
from tests.quality.score import Share

REPORTS: Final = 20
FIRST_SEED: Final = 7_000
"""The weights are trained on reports with smaller seeds."""
UPDATES: Final = 20

FLOORS = dict.fromkeys((*CHANGED, *SAME), 1.0) | {"a name told once": 0.95}
"""Minimum share of each kind that is decided right: what is changed goes on as an update, the rest is a duplicate."""


async def _said(articles: dict[str, Article]) -> dict[str, dict[str, Any]]:
    """Feed articles in their order; return what is said of each."""
    pipeline = MemoryPipeline(load_settings(env={}))
    records = [
        raw_record(offset, json.dumps({"id": name, "title": one.title, "text": one.body}).encode())
        for offset, (name, one) in enumerate(articles.items())
    ]
    out = await pipeline.feed(records)
    read = [
        json.loads(one.value or b"") for one in out if one.topic in (ARTICLES_DUPLICATES, ARTICLES_ENRICHED)
    ]
    return {one["article_id"]: one for one in read}


def _repeats(said: dict[str, Any]) -> str | None:
    """Return the article that another one is a duplicate of."""
    found: str | None = said.get("duplicate_of")
    return found


@pytest.fixture(scope="module")
def scores() -> dict[str, Share]:
    right, made = defaultdict[str, int](int), defaultdict[str, int](int)
    for number in range(REPORTS):
        report = a_report(FIRST_SEED + number)
        for name, mutate in {**CHANGED, **SAME}.items():
            variant = mutate(report, random.Random(number))
            if variant is None or variant == report:
                continue
            said = asyncio.run(_said({"original": report, "variant": variant}))["variant"]
            made[name] += 1
            if name in SAME:
                right[name] += _repeats(said) == "original"
            else:
                right[name] += _repeats(said) is None and said["dedup"]["status"] == "update"
    return {name: Share(right[name], made[name]) for name in FLOORS}


@pytest.mark.parametrize("name", FLOORS)
def test_quality_stays_above_its_floor(name: str, scores: dict[str, Share]) -> None:
    assert scores[name].of >= REPORTS / 2
    assert scores[name].value >= FLOORS[name], f"{name}: {scores[name]}, floor {FLOORS[name]}"


def test_late_reprints_of_many_updates_are_known() -> None:
    """Each update changes one figure of the last one; all are printed again when the last is out."""
    report = a_report(FIRST_SEED, 400)
    figure = report.body.partition("injured ")[2].partition(" on ")[0]
    updates = {
        f"update-{n}": Article(
            report.title, report.body.replace(f"injured {figure} on", f"injured {200 + n} on")
        )
        for n in range(UPDATES)
    }
    reprints = {
        f"reprint-{name}": Article(one.title, f"OSTBY, May 4 (AP) - {one.body}\n\nReporting by Ola Nord")
        for name, one in updates.items()
    }
    said = asyncio.run(_said({"first": report, **updates, **reprints}))
    assert [said[name]["dedup"]["status"] for name in updates] == ["update"] * UPDATES
    assert {said[name]["dedup"]["cluster_id"] for name in updates} == {"first"}
    wrong = [name for name in reprints if _repeats(said[name]) != name.removeprefix("reprint-")]
    assert wrong == []
