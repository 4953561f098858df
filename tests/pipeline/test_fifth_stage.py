"""Add a fifth stage by adding one entry to the table of stages, and nothing else."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from service.commands.top import _places
from service.commands.top_view import Look, as_dict, compared, page
from service.line.records_out import Letter
from service.observations import BatchDone, Observation
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.records import RawRecord
from service.settings import Settings
from service.stages import STAGES, StageSpec, group_id
from service.telemetry.metrics import Metrics
from service.topics import ARTICLES_ENRICHED, CLAIMS
from tests.telemetry.kit import scrape

STORY = "“The quay at Merrow will close on 4 May,” harbour master Ada Lorne said. It cost $3 million."
COUNT = """
from service.observations import ArticlesRead
from service.line.records_out import Letter, Outcome
from service.line.stage import Stage
from service.stages import STAGES, Batching, StageSpec
from service.topics import ARTICLES_ENRICHED, CLAIMS


class CountStage(Stage):
    async def prepare(self, records):
        return None

    def decide(self, records, prepared):
        letters = [Letter(CLAIMS, record.key, b"seen") for record in records]
        observations = [ArticlesRead([len(record.value) for record in records])]
        tally = [(record.origin.partition, None) for record in records]
        return Outcome(letters, observations=observations, tally=tally)


SPEC = StageSpec(
    "count",
    ARTICLES_ENRICHED,
    (CLAIMS,),
    make=lambda settings, services: CountStage(),
    warm_up=lambda: None,
    batching=lambda settings: Batching(50, 0.1),
    observations=frozenset({ArticlesRead}),
)
"""


@pytest.fixture
def fifth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StageSpec:
    """Register a stage of a temporary module: it reads enriched articles and sends one record for each."""
    (tmp_path / "count_stage.py").write_text(COUNT)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "count_stage", raising=False)
    spec: StageSpec = importlib.import_module("count_stage").SPEC
    monkeypatch.setitem(STAGES, spec.name, spec)
    return spec


def fed(count: int) -> Sequence[RawRecord]:
    bodies = [f"{STORY} Berth {n} stays open, and ward {n * 7} keeps its ferry line." for n in range(count)]
    return [
        raw_record(n, json.dumps({"id": f"a{n}", "body": body}).encode()) for n, body in enumerate(bodies)
    ]


async def test_it_runs_in_memory_behind_the_others(fifth: StageSpec) -> None:
    observations: list[Observation] = []
    out = await MemoryPipeline(Settings(), observations.append).feed(fed(1))
    assert [letter.topic for letter in out].count(ARTICLES_ENRICHED) == 1
    assert out[-1] == Letter(CLAIMS, b"a0", b"seen")
    assert [one.stage for one in observations if isinstance(one, BatchDone)] == list(STAGES)


async def test_metrics_and_top_show_it(fifth: StageSpec) -> None:
    metrics = {stage: Metrics(stage, now=lambda: 1_000.0) for stage in STAGES}
    before = Look.of({stage: generate_latest(one.registry).decode() for stage, one in metrics.items()}, 998.0)
    observations: list[Observation] = []
    await MemoryPipeline(Settings(), observations.append).feed(fed(1))
    for observation in observations[-2:]:  # what the last stage told
        metrics["count"].tell(observation)
    shown = scrape(metrics["count"])
    assert shown.value("records_processed_total", stage="count", outcome="ok") == 1
    assert shown.value("produced_records_total", topic=CLAIMS) == 0
    assert shown.value("consumer_assigned_partitions", topic=ARTICLES_ENRICHED) == 0

    now = Look.of({stage: generate_latest(one.registry).decode() for stage, one in metrics.items()}, 1_000.0)
    report = compared(before, now)
    assert [stage["stage"] for stage in as_dict(report)["stages"]] == [*list(STAGES)[:4], "count"]
    assert report.stages[-1].ok_per_second == 0.5
    assert report.out_per_second == 0  # an article is out when enrich or dedup has published it
    assert any(line.startswith("count ") for line in page(report))
    assert len(_places(None, "127.0.0.1", 9_400)) == 5


def test_it_has_a_group_of_its_own(fifth: StageSpec) -> None:
    assert group_id(Settings(), fifth.name).endswith("count")
    assert (fifth.one_partition_each, fifth.segment_log) == ((), None)
