"""`copydesk top`: what two looks at the workers' metrics say."""

from __future__ import annotations

import pytest
from prometheus_client import generate_latest

from service.commands.shared import CommandFailed
from service.commands.top import top
from service.commands.top_view import IndexReport, Look, Report, StageReport, StoreReport, compared, page
from service.exit_codes import ExitCode
from service.observations import (
    ArticlesDecided,
    ArticlesEnriched,
    ArticlesRead,
    ArticlesRedelivered,
    BatchDone,
    IndexMeasured,
    LagMeasured,
    Observation,
    PartitionLag,
    PartitionsAssigned,
    RecordSetAside,
    RecoveryStarted,
)
from service.records import ClaimKind, Reason, Relation
from service.stages import STAGES
from service.telemetry.health import Health, HealthServer
from service.telemetry.metrics import Metrics
from service.telemetry.store_metrics import StoreMetrics
from tests.commands.kit import json_lines
from tests.telemetry.kit import Clock, a_free_port


class Desk:
    """Three workers and their clock."""

    def __init__(self) -> None:
        self.clock = Clock(1_000.0)
        self.workers = {stage: Metrics(stage, now=self.clock) for stage in STAGES}

    def tell(self, stage: str, *observations: Observation) -> None:
        for observation in observations:
            self.workers[stage].tell(observation)

    def restart(self, stage: str) -> None:
        self.workers[stage] = Metrics(stage, now=self.clock)

    def look(self, *silent: str) -> Look:
        texts = {s: None if s in silent else _text(metrics) for s, metrics in self.workers.items()}
        return Look.of(texts, self.clock.seconds)


def _text(metrics: Metrics) -> str:
    return generate_latest(metrics.registry).decode()


SET_ASIDE = RecordSetAside("intake", Reason.SCHEMA, "", "articles.raw", 0, 1)


def test_rates_are_what_was_gained_over_the_time_between() -> None:
    desk = Desk()
    desk.tell("intake", ArticlesRead([100] * 50))
    before = desk.look()
    desk.tell("intake", ArticlesRead([100] * 9), SET_ASIDE)
    desk.tell("dedup", ArticlesDecided([(Relation.NEW, 0.0, 0)] * 6 + [(Relation.EXACT, 1.0, 1)] * 2))
    desk.tell("dedup", ArticlesRedelivered(1))
    desk.tell("enrich", ArticlesEnriched([{ClaimKind.QUOTE: 2, ClaimKind.STATEMENT: 1}] * 4, []))
    desk.clock.seconds += 2.0
    report = compared(before, desk.look())
    assert (report.in_per_second, report.out_per_second) == (5.0, 3.5)
    assert report.duplicate_share == 0.25
    assert report.claims_per_second == 6.0
    assert report.dead_letters == {"schema": 1}
    intake, dedup, enrich, _ = report.stages
    assert (intake.ok_per_second, intake.dead_letters_per_second) == (4.5, 0.5)
    assert (dedup.duplicates_per_second, dedup.redelivered_per_second) == (1.0, 0.5)
    assert enrich.ok_per_second == 2.0


def test_a_worker_that_started_anew_did_not_undo_its_work() -> None:
    desk = Desk()
    desk.tell("intake", ArticlesRead([100] * 500))
    before = desk.look()
    desk.restart("intake")
    desk.tell("intake", ArticlesRead([100] * 4))
    desk.clock.seconds += 2.0
    assert compared(before, desk.look()).in_per_second == 2.0


def test_lag_idle_time_and_index_are_as_they_stand_now() -> None:
    desk = Desk()
    desk.tell(
        "dedup",
        PartitionsAssigned("dedup", (("articles.sketched", 0),)),
        LagMeasured((PartitionLag("articles.sketched", 0, 12, 45.0, 0),)),
        BatchDone("dedup", 10, 1_000, 0.1),
        IndexMeasured("default", 900, 1_000, 4_000_000, 0),
        RecoveryStarted("default", 3),
    )
    before = desk.look()
    desk.clock.seconds += 30.0
    report = compared(before, desk.look())
    dedup = report.stages[1]
    assert (dedup.lag_records, dedup.lag_seconds, dedup.idle_seconds) == (12, 45.0, 30.0)
    assert report.stages[0].idle_seconds is None
    [index] = report.index
    assert (index.entries, index.capacity, index.recovering) == (900, 1_000, True)
    shown = "\n".join(page(report))
    assert "90%" in shown
    assert "rebuilding" in shown
    assert "45 s" in shown


def test_page_fits_a_terminal_of_80_columns() -> None:
    stages = [
        StageReport(name, 128, 123_456.7, 98_765.4, 12_345.6, 12_345.6, 123_456_789, 8e6, 8e6, 128.0, 1 << 44)
        for name in ("intake", "dedup", "enrich", "translation")
    ]
    index = [IndexReport("a-collection-with-a-very-long-name-of-its-own", 10**9, 10**9, 1 << 44, True)]
    report = Report(stages, 123_456.7, 123_456.7, 0.123, 123_456.7, {"unknown_collection": 10**9}, index)
    assert max(map(len, page(report))) <= 80


def test_a_worker_that_does_not_answer_is_named_and_the_others_are_shown() -> None:
    desk = Desk()
    before = desk.look()
    desk.tell("intake", ArticlesRead([1]))
    desk.clock.seconds += 1.0
    report = compared(before, desk.look("dedup"))
    assert report.silent == ["dedup"]
    assert report.stages[1].workers == 0
    assert report.in_per_second == 1.0
    assert page(report)[-1] == "no answer from dedup"


def test_two_workers_of_a_stage_are_added_up() -> None:
    one, two = Metrics("enrich"), Metrics("enrich")
    before = Look.of({"a": _text(one), "b": _text(two)}, 0.0)
    for metrics in (one, two):
        metrics.tell(ArticlesEnriched([{}], []))
    report = compared(before, Look.of({"a": _text(one), "b": _text(two)}, 1.0))
    assert (report.stages[2].workers, report.stages[2].ok_per_second) == (2, 2.0)


def test_the_store_shows_what_it_wrote_and_what_is_left() -> None:
    desk, store = Desk(), StoreMetrics(["articles.enriched"])
    assert compared(desk.look(), desk.look()).store is None

    def look(at: float) -> Look:
        return Look.of({"store": generate_latest(store.registry).decode()}, at)

    before = look(10.0)
    store.wrote({"articles.enriched": 40}, 0.1)
    store.behind(7)
    report = compared(before, look(20.0))
    assert report.store == StoreReport(4.0, 7)
    assert "store writes 4.0 records/s, 7 left to read" in page(report)


async def test_a_store_is_asked_behind_the_stages_and_may_be_absent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = a_free_port()
    worker = HealthServer(Health(), Metrics("intake").registry, host="127.0.0.1", port=first)
    store = HealthServer(Health(), StoreMetrics([]).registry, host="127.0.0.1", port=first + len(STAGES))
    await worker.start()
    options = [f"telemetry.port={first}", "telemetry.host=127.0.0.1"]
    try:
        await top(once=True, every_seconds=0.1, as_json=True, assignments=options)
        await store.start()
        await top(once=True, every_seconds=0.1, as_json=True, assignments=options)
    finally:
        await worker.stop()
        await store.stop()
    absent, there = json_lines(capsys.readouterr().out)
    assert absent["store"] is None
    assert there["store"] == {"written_per_second": 0.0, "lag_records": 0}
    assert f"http://127.0.0.1:{first + len(STAGES)}" not in absent["silent"]


def test_a_page_that_is_no_metrics_counts_as_no_answer() -> None:
    assert not Look.of({"a": "<html>{nothing"}, 0.0).answered


async def test_it_reads_workers_over_http_and_prints_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    metrics, port = Metrics("intake"), a_free_port()
    server = HealthServer(Health(), metrics.registry, host="127.0.0.1", port=port)
    await server.start()
    try:
        await top(urls=[f"http://127.0.0.1:{port}/"], every_seconds=0.1, once=True, as_json=True)
    finally:
        await server.stop()
    [report] = json_lines(capsys.readouterr().out)
    assert [stage["workers"] for stage in report["stages"]] == [1, 0, 0, 0]


async def test_where_no_worker_answers_it_says_where_it_asked() -> None:
    port = a_free_port()
    with pytest.raises(CommandFailed, match=str(port)):
        await top(assignments=[f"telemetry.port={port}"])


async def test_without_a_port_there_is_nothing_to_ask() -> None:
    with pytest.raises(CommandFailed, match=r"telemetry\.port is 0") as failure:
        await top(assignments=["telemetry.port=0"])
    assert failure.value.code == ExitCode.CONFIGURATION


async def test_only_web_addresses_are_asked() -> None:
    with pytest.raises(CommandFailed, match="no address") as failure:
        await top(urls=["file:///etc/hostname"])
    assert failure.value.code == ExitCode.USAGE
