"""A change that costs the quality of dedup fails: floors on 200 pairs of made-up articles."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict

import pytest

from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import load_settings
from service.topics import ARTICLES_DUPLICATES
from tests.quality.pairs import MUTATIONS, PAIRS_EACH, pairs
from tests.quality.score import Share

FLOORS = dict.fromkeys(MUTATIONS, 1.0) | {"half new": 0.95}
"""Minimum share of the pairs of each mutation that are decided right."""


@pytest.fixture(scope="module")
def scores() -> dict[str, Share]:
    made = pairs()
    found = asyncio.run(_duplicates([pair.original for pair in made], [pair.variant for pair in made]))
    right: dict[str, int] = defaultdict(int)
    for number, pair in enumerate(made):
        wanted = f"original-{number}" if pair.repeats else None
        right[pair.name] += found.get(f"variant-{number}") == wanted
    return {name: Share(right[name], PAIRS_EACH) for name in MUTATIONS}


async def _duplicates(originals: list[str], variants: list[str]) -> dict[str, str]:
    """Feed all originals, then all variants; return which article each duplicate repeats."""
    pipeline = MemoryPipeline(load_settings(env={}))
    fed = [(f"original-{n}", text) for n, text in enumerate(originals)]
    fed += [(f"variant-{n}", text) for n, text in enumerate(variants)]
    records = [
        raw_record(offset, json.dumps({"id": name, "text": text}).encode())
        for offset, (name, text) in enumerate(fed)
    ]
    out = [*await pipeline.feed(records[: len(originals)]), *await pipeline.feed(records[len(originals) :])]
    duplicates = [json.loads(one.value or b"") for one in out if one.topic == ARTICLES_DUPLICATES]
    return {one["article_id"]: one["duplicate_of"] for one in duplicates}


def test_there_are_200_pairs_and_no_two_are_alike() -> None:
    made = pairs()
    assert len(made) == len({pair.original for pair in made}) == 200
    assert made == pairs()
    assert all(pair.variant != pair.original for pair in made)


@pytest.mark.parametrize("name", FLOORS)
def test_quality_stays_above_its_floor(name: str, scores: dict[str, Share]) -> None:
    assert scores[name].value >= FLOORS[name], f"{name}: {scores[name]}, floor {FLOORS[name]}"
