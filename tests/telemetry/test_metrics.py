"""Which observation moves which instrument, and that names, types and labels stay what dashboards rest on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from service import observations as all_observations
from service.observations import (
    ArticlesDecided,
    ArticlesEnriched,
    ArticlesRead,
    ArticlesRedelivered,
    ArticleStep,
    BatchDone,
    DeadLetterReplayed,
    IndexMeasured,
    LagMeasured,
    LagUnknown,
    LoopTurned,
    PartitionLag,
    PartitionsAssigned,
    PartitionsRevoked,
    ProduceFailed,
    RecordSetAside,
    RecordsProduced,
    RecoveryDone,
    RecoveryProgressed,
    RecoveryStarted,
    SegmentsCut,
    ThreadsDecided,
)
from service.records import ClaimKind, Origin, Reason, Relation
from service.stages import STAGES
from service.store.incoming import STORED_TOPICS
from service.telemetry.metrics import Metrics
from service.telemetry.store_metrics import StoreMetrics
from tests.telemetry.kit import Clock, after, scrape

GOLDEN = Path(__file__).parent / "golden_metrics.txt"


PROCESSES = (*STAGES, "store")


def described(stage: str) -> list[str]:
    """One line per name, type and label set that a worker of `stage` shows before anything has happened."""
    if stage == "store":
        return lines_of(stage, StoreMetrics(STORED_TOPICS).registry)
    metrics = Metrics(stage, version="0", commit="0")
    metrics.tell(PartitionsAssigned(stage, ((STAGES[stage].source, 0),)))
    metrics.tell(LagMeasured((PartitionLag(STAGES[stage].source, 0, 0, 0.0, 0),)))
    return lines_of(stage, metrics.registry)


def lines_of(process: str, registry: CollectorRegistry) -> list[str]:
    """Describe what a process shows: a line for each name, type and set of labels."""
    lines = []
    for family in text_string_to_metric_families(generate_latest(registry).decode()):
        if not family.name.startswith("copydesk_"):
            continue  # process_*: the operating system's
        name = family.name + ("_total" if family.type == "counter" else "")
        sets = {tuple(sorted((k, v) for k, v in s.labels.items() if k != "le")) for s in family.samples}
        shown = ["{" + ",".join(f'{k}="{v}"' for k, v in labels) + "}" for labels in sorted(sets)]
        lines += [f"{process} {family.type} {name}{labels}" for labels in shown]
    return lines


def test_names_types_and_labels_are_those_of_the_golden_file() -> None:
    """If this fails on purpose, write the file anew (the command is in its first line) and a changelog entry."""
    lines = [line for stage in PROCESSES for line in described(stage)]
    golden = GOLDEN.read_text(encoding="utf-8").splitlines()
    assert lines == [line for line in golden if not line.startswith("#")]


@pytest.mark.parametrize("stage", PROCESSES)
def test_every_name_is_prefixed_and_has_a_base_unit(stage: str) -> None:
    for line in described(stage):
        kind, name = line.split(" ")[1], line.split(" ")[2].partition("{")[0]
        assert name.endswith("_total") == (kind == "counter"), name
        assert not name.endswith(("_ms", "_milliseconds", "_kb", "_percent")), name


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_has_happened_at_the_start_and_that_reads_zero(stage: str) -> None:
    scraped = scrape(Metrics(stage))
    for name in ("records_processed_total", "dead_letters_total", "produce_errors_total"):
        assert set(scraped.values(name, **({} if "produce" in name else {"stage": stage}))) == {0.0}


def test_every_fact_is_understood() -> None:
    told = {type(observation) for observation in ONE_OF_EACH}
    assert told == set(all_observations.Observation.__args__)
    for stage in STAGES:
        metrics = Metrics(stage)
        for observation in ONE_OF_EACH:
            if (
                not isinstance(observation, ArticlesDecided | ArticlesEnriched | ThreadsDecided)
                or observation in ITS_OWN[stage]
            ):
                metrics.tell(observation)


DECIDED = ArticlesDecided([(Relation.NEW, 0.0, 0)])


def claims(*counts: int) -> Counter[ClaimKind]:
    """Count so many quotations, statements and figures."""
    return Counter(dict(zip(ClaimKind, counts, strict=True)))


ENRICHED = ArticlesEnriched([claims(1, 2, 3)], [1])
COMPARED = ThreadsDecided(2, {"opens": 3, "disputes": 1})
ONE_OF_EACH = (
    ArticlesRead([5_000]),
    RecordSetAside("intake", Reason.NO_TEXT, "", "articles.raw", 0, 1),
    SegmentsCut("default", "dedup.segments"),
    ArticleStep("intake", "a-1", "read", Origin("articles.raw", 0, 1), {}),
    DeadLetterReplayed("ok"),
    DECIDED,
    ArticlesRedelivered(1),
    ENRICHED,
    COMPARED,
    BatchDone("intake", 100, 500_000, 0.2),
    RecordsProduced("claims", 10, 0.01),
    ProduceFailed("claims", "gone"),
    PartitionsAssigned("intake", (("articles.raw", 0),)),
    PartitionsRevoked("intake", (("articles.raw", 0),)),
    RecoveryStarted("default", 9),
    RecoveryProgressed("default", 4),
    RecoveryDone("default", 9, 900, 0.5),
    IndexMeasured("default", 10, 100, 4_096, 2),
    LagMeasured((PartitionLag("articles.raw", 0, 1, 1.0, 1),)),
    LagUnknown("no answer"),
    LoopTurned(0.01),
)
ITS_OWN: dict[str, tuple[object, ...]] = {
    "intake": (),
    "dedup": (DECIDED,),
    "enrich": (ENRICHED,),
    "threads": (COMPARED,),
}


def test_articles_in_are_articles_out_whatever_became_of_them() -> None:
    """in = enriched + duplicates + dead, redeliveries apart: the sum the overview shows."""
    intake, dedup, enrich = (Metrics(stage) for stage in ("intake", "dedup", "enrich"))
    raw = after(
        intake,
        [
            ArticlesRead([100] * 2),
            ArticlesRead([100] * 3),
            RecordSetAside("intake", Reason.SCHEMA, "", "articles.raw", 0, 7),
        ],
    )
    decided = after(
        dedup,
        [
            ArticlesDecided([(Relation.NEW, 0.0, 0), (Relation.CONTAINS, 0.4, 1), (Relation.EXACT, 1.0, 1)]),
            ArticlesDecided([(Relation.PART_OF, 0.3, 1)]),
            RecordSetAside("dedup", Reason.BUG, "", "articles.sketched", 0, 1),
            ArticlesRedelivered(2),
        ],
    )
    enriched = after(enrich, [ArticlesEnriched([claims(1, 0, 0), claims(0, 0, 0)], [])])
    name = "records_processed_total"
    all_in = raw.value(name, outcome="ok") + raw.value(name, outcome="dead_letter")
    dead = raw.value(name, outcome="dead_letter") + decided.value(name, outcome="dead_letter")
    assert all_in == 6
    assert enriched.value(name, outcome="ok") + decided.value(name, outcome="duplicate") + dead == all_in
    assert decided.value(name, outcome="redelivered") == 2


def test_a_record_set_aside_is_counted_by_reason() -> None:
    observation = RecordSetAside("intake", Reason.TOO_LARGE, "2 MB", "articles.raw", 3, 912)
    scraped = after(Metrics("intake"), [observation, observation])
    assert scraped.value("dead_letters_total", stage="intake", reason="too_large") == 2
    assert scraped.value("dead_letters_total", stage="intake", reason="no_text") == 0


def test_freshness_runs_from_the_raw_record_to_the_enriched_one() -> None:
    clock = Clock(1_000.0)
    metrics = Metrics("enrich", now=clock)
    scraped = after(metrics, [ArticlesEnriched([claims(0, 0, 0)] * 2, [997_000, 900_000])])
    assert scraped.value("end_to_end_seconds_sum") == pytest.approx(103.0)
    assert scraped.value("end_to_end_seconds_bucket", le="60.0") == 1
    assert scraped.value("end_to_end_seconds_bucket", le="+Inf") == 2


def test_a_feeder_whose_clock_runs_ahead_is_not_negative_freshness() -> None:
    scraped = after(Metrics("enrich", now=Clock(10.0)), [ArticlesEnriched([claims(0, 0, 0)], [60_000])])
    assert scraped.value("end_to_end_seconds_sum") == 0.0


def test_a_record_without_a_timestamp_says_nothing_about_freshness() -> None:
    scraped = after(Metrics("enrich"), [ArticlesEnriched([claims(0, 0, 0)], [])])
    assert scraped.value("end_to_end_seconds_count") == 0
    assert scraped.value("records_processed_total", outcome="ok") == 1


def test_claims_are_counted_by_kind() -> None:
    scraped = after(
        Metrics("enrich"),
        [ArticlesEnriched([claims(3, 0, 2), claims(1, 0, 0)], []), ArticlesEnriched([], [])],
    )
    assert scraped.value("claims_extracted_total", kind="quote") == 4
    assert scraped.value("claims_extracted_total", kind="figure") == 2
    assert scraped.value("claims_per_article_bucket", kind="quote", le="1.0") == 1
    assert scraped.value("claims_per_article_count", kind="statement") == 2


def test_a_verdict_moves_relation_likeness_and_candidates() -> None:
    scraped = after(
        Metrics("dedup"),
        [ArticlesDecided([(Relation.NEAR_DUPLICATE, 0.93, 4), (Relation.NEW, 0.0, 0)])],
    )
    assert scraped.value("dedup_decisions_total", relation="near_duplicate") == 1
    assert scraped.value("dedup_decisions_total", relation="new") == 1
    assert scraped.value("dedup_similarity_ratio_count") == 1  # nothing resembled the new one
    assert scraped.value("dedup_candidates_sum") == 4


def test_a_batch_moves_duration_size_and_the_stall_detector() -> None:
    clock = Clock(5_000.0)
    scraped = after(Metrics("dedup", now=clock), [BatchDone("dedup", 80, 64_000, 0.02, waited_seconds=0.015)])
    assert scraped.value("stage_duration_seconds_sum", stage="dedup") == pytest.approx(0.02)
    assert scraped.value("envelope_articles_sum", stage="dedup") == 80
    assert scraped.value("record_size_bytes_sum", stage="dedup") == 64_000
    assert scraped.value("last_processed_timestamp_seconds", stage="dedup") == 5_000
    assert scraped.value("backpressure_seconds_total") == pytest.approx(0.015)


def test_intake_measures_each_raw_record_and_not_the_batch() -> None:
    scraped = after(Metrics("intake"), [ArticlesRead([4_200, 900]), BatchDone("intake", 100, 420_000, 0.1)])
    assert scraped.value("record_size_bytes_count", stage="intake") == 2
    assert scraped.value("record_size_bytes_sum", stage="intake") == 5_100


def test_topics_are_labelled_without_their_prefix() -> None:
    metrics = Metrics("dedup", topic_prefix="test.")
    scraped = after(
        metrics, [RecordsProduced("test.articles.dead", 3, 0.1), ProduceFailed("test.claims", "x")]
    )
    assert scraped.value("produced_records_total", topic="articles.dead") == 3
    assert scraped.value("produce_errors_total", topic="claims") == 1


def test_a_rebalance_is_counted_and_timed_from_revocation_to_assignment() -> None:
    clock = Clock()
    metrics = Metrics("intake", monotonic=clock)
    metrics.tell(PartitionsAssigned("intake", (("articles.raw", 0),)))
    metrics.tell(PartitionsRevoked("intake", (("articles.raw", 0),)))
    clock.seconds += 4.0
    scraped = after(metrics, [PartitionsAssigned("intake", (("articles.raw", 0), ("articles.raw", 1)))])
    assert scraped.value("rebalances_total") == 2
    assert scraped.value("rebalance_duration_seconds_count") == 1
    assert scraped.value("rebalance_duration_seconds_sum") == pytest.approx(4.0)
    assert scraped.value("consumer_assigned_partitions", topic="articles.raw") == 2


def lag_of(partition: int, records: int = 10) -> LagMeasured:
    return LagMeasured((PartitionLag("articles.raw", partition, records, 2.5, 7),))


def test_lag_is_shown_for_assigned_partitions() -> None:
    assigned = PartitionsAssigned("intake", (("articles.raw", 0), ("articles.raw", 1)))
    scraped = after(Metrics("intake"), [assigned, lag_of(0), lag_of(0, 4)])
    assert scraped.value("consumer_lag_records", topic="articles.raw", partition="0") == 4
    assert scraped.value("consumer_lag_seconds", topic="articles.raw", partition="0") == 2.5
    assert scraped.value("consumer_committed_records_total", topic="articles.raw", partition="0") == 14
    assert scraped.values("consumer_lag_records", partition="1") == []  # not measured yet: not 0, not -1


def test_lag_of_a_revoked_partition_is_gone() -> None:
    scraped = after(
        Metrics("intake"),
        [
            PartitionsAssigned("intake", (("articles.raw", 0), ("articles.raw", 1))),
            lag_of(0),
            lag_of(1),
            PartitionsRevoked("intake", (("articles.raw", 0),)),
        ],
    )
    for name in ("consumer_lag_records", "consumer_lag_seconds", "consumer_committed_records_total"):
        assert len(scraped.values(name)) == 1, name
        assert len(scraped.values(name, partition="1")) == 1, name
    assert scraped.value("consumer_assigned_partitions", topic="articles.raw") == 1


def test_lag_of_a_partition_that_a_new_assignment_lacks_is_gone() -> None:
    scraped = after(
        Metrics("intake"),
        [
            PartitionsAssigned("intake", (("articles.raw", 0),)),
            lag_of(0),
            PartitionsAssigned("intake", (("articles.raw", 1),)),
        ],
    )
    assert scraped.values("consumer_lag_records") == []


def test_an_answer_that_comes_after_the_revocation_does_not_bring_the_lag_back() -> None:
    scraped = after(
        Metrics("intake"),
        [
            PartitionsAssigned("intake", (("articles.raw", 0),)),
            PartitionsRevoked("intake", (("articles.raw", 0),)),
            lag_of(0),
        ],
    )
    assert scraped.values("consumer_lag_records") == []


def test_no_answer_about_lag_leaves_the_last_one_and_its_time() -> None:
    clock = Clock(100.0)
    metrics = Metrics("intake", now=clock)
    metrics.tell(PartitionsAssigned("intake", (("articles.raw", 0),)))
    metrics.tell(lag_of(0))
    clock.seconds = 200.0
    scraped = after(metrics, [LagUnknown("timeout")])
    assert scraped.value("consumer_lag_records", partition="0") == 10
    assert scraped.value("consumer_lag_measured_timestamp_seconds") == 100.0


def test_recovery_is_in_progress_until_it_is_done() -> None:
    metrics = Metrics("dedup", collections=("en", "de"))
    during = after(metrics, [RecoveryStarted("de", 900), RecoveryProgressed("de", 300)])
    assert during.value("recovery_in_progress", collection="de") == 1
    assert during.value("recovery_remaining_records", collection="de") == 300
    assert during.value("recovery_in_progress", collection="en") == 0
    done = after(metrics, [RecoveryDone("de", 900, 90_000, 3.5)])
    assert done.value("recovery_in_progress", collection="de") == 0
    assert done.value("recovery_remaining_records", collection="de") == 0
    assert done.value("recovery_duration_seconds_sum", collection="de") == pytest.approx(3.5)


def test_the_index_is_another_workers_to_report_once_its_partition_is_revoked() -> None:
    metrics = Metrics("dedup", collections=("en", "de"))
    both = (("articles.sketched", 0), ("articles.sketched", 1))
    scraped = after(
        metrics,
        [
            PartitionsAssigned("dedup", both),
            IndexMeasured("en", 10, 100, 4_096, 2),
            IndexMeasured("de", 20, 100, 8_192, 3),
            RecoveryStarted("de", 5),
            PartitionsRevoked("dedup", (("articles.sketched", 1),)),
        ],
    )
    assert scraped.value("dedup_index_entries", collection="en") == 10
    assert scraped.value("dedup_index_entries", collection="de") == 0
    assert scraped.value("dedup_index_bytes", collection="de") == 0
    assert scraped.value("recovery_in_progress", collection="de") == 0
    assert scraped.value("dedup_evictions_total", collection="de") == 3


def test_the_loop_and_replays_are_counted() -> None:
    scraped = after(Metrics("intake"), [LoopTurned(0.2), DeadLetterReplayed("dead_letter")])
    assert scraped.value("event_loop_lag_seconds_sum") == pytest.approx(0.2)
    assert scraped.value("dead_letters_replayed_total", result="dead_letter") == 1
    assert scraped.value("dead_letters_replayed_total", result="ok") == 0


def test_two_workers_in_one_process_do_not_share_numbers() -> None:
    after(Metrics("intake"), [ArticlesRead([1])])
    assert scrape(Metrics("intake")).value("records_processed_total", outcome="ok") == 0


def test_it_says_what_is_running() -> None:
    scraped = scrape(Metrics("intake", version="1.2.3", commit="abc"))
    assert scraped.value("build_info", version="1.2.3", commit="abc") == 1
