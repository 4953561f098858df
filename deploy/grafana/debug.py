"""Where exactly: per stage, partition and topic, as histograms. For the second look."""

from __future__ import annotations

from deploy.grafana.overview import quantile
from deploy.grafana.panels import Heat, Line, Panel, Query, Rows, Stack
from service.stages import STAGES

TITLE = "Copydesk debug"
UID = "copydesk-debug"


def heat(histogram: str, only: str = "") -> tuple[Query, ...]:
    """Return buckets of a histogram over time, of those series that `only` picks."""
    picked = f"$where,{only}" if only else "$where"
    return (Query(f"sum by (le) (increase({histogram}_bucket{{{picked}}}[$__rate_interval]))", "{{le}}"),)


STAGE: list[Panel] = [
    *(
        Heat(
            f"Batch time, {stage}",
            "s",
            f"How long a batch of {stage} took, the broker's answer included.",
            heat("copydesk_stage_duration_seconds", f'stage="{stage}"'),
            ("ConsumerLagHigh",),
        )
        for stage in STAGES
    ),
    *(
        Heat(
            f"Articles per batch, {stage}",
            "short",
            f"How full the batches of {stage} are. Fuller under load; one each when little comes in.",
            heat("copydesk_envelope_articles", f'stage="{stage}"'),
        )
        for stage in STAGES
    ),
]

PARTITIONS: list[Panel] = [
    Rows(
        "Partitions",
        "short",
        "Lag and progress of each partition, now, and who reads it.",
        (
            Query(
                "sum by (topic, partition, instance) (copydesk_consumer_lag_records{$where})", "lag, records"
            ),
            Query(
                "max by (topic, partition, instance) (copydesk_consumer_lag_seconds{$where})", "lag, seconds"
            ),
            Query(
                "sum by (topic, partition, instance) "
                "(rate(copydesk_consumer_committed_records_total{$where}[$__rate_interval]))",
                "acknowledged per second",
            ),
        ),
        ("ConsumerLagHigh", "ConsumerStalled"),
        width=24,
        height=10,
    ),
    Line(
        "Lag per partition, seconds",
        "s",
        "One line above the others is one slow worker or one hot key.",
        (
            Query(
                "max by (topic, partition) (copydesk_consumer_lag_seconds{$where})", "{{topic}}/{{partition}}"
            ),
        ),
        ("ConsumerLagHigh",),
        width=12,
    ),
    Line(
        "Lag per partition, records",
        "short",
        "Records not yet acknowledged.",
        (
            Query(
                "sum by (topic, partition) (copydesk_consumer_lag_records{$where})", "{{topic}}/{{partition}}"
            ),
        ),
        ("ConsumerLagHigh", "ConsumerStalled"),
        width=12,
    ),
    Heat(
        "Rebalances, from revocation to assignment",
        "s",
        "How long a worker was without partitions.",
        heat("copydesk_rebalance_duration_seconds"),
        ("RebalanceStorm",),
        width=12,
    ),
    Line(
        "Partitions per worker",
        "short",
        "Even, give or take one.",
        (
            Query(
                "sum by (instance, topic) (copydesk_consumer_assigned_partitions{$where})",
                "{{instance}} {{topic}}",
            ),
        ),
        ("StageAbsent",),
        width=12,
    ),
]

PRODUCERS: list[Panel] = [
    Line(
        "Delivery time by topic, p99",
        "s",
        "Until all in-sync replicas have the records.",
        (Query(quantile(0.99, "copydesk_produce_duration_seconds", "topic"), "{{topic}}"),),
        ("ConsumerStalled",),
    ),
    Line(
        "Delivery time by topic, median",
        "s",
        "Until all in-sync replicas have the records.",
        (Query(quantile(0.5, "copydesk_produce_duration_seconds", "topic"), "{{topic}}"),),
    ),
    Stack(
        "Records produced",
        "cps",
        "Records the broker has taken, by topic; an envelope is one record.",
        (
            Query(
                "sum by (topic) (rate(copydesk_produced_records_total{$where}[$__rate_interval]))",
                "{{topic}}",
            ),
        ),
    ),
]

CONTENT: list[Panel] = [
    Heat(
        "Likeness of what was found",
        "percentunit",
        "Similarity of articles to the earlier story they resemble. Few stand between 0.4 and 0.7: that gap is "
        "where the thresholds lie.",
        heat("copydesk_dedup_similarity_ratio"),
    ),
    Heat(
        "Earlier stories compared",
        "short",
        "Candidates per article. Many candidates for all articles: some boilerplate got past the cleaning.",
        heat("copydesk_dedup_candidates"),
    ),
    Heat(
        "Size of raw records",
        "bytes",
        "As intake read them.",
        heat("copydesk_record_size_bytes", 'stage="intake"'),
    ),
    Heat(
        "Quotations per article",
        "short",
        "How many quotations an article has.",
        heat("copydesk_claims_per_article", 'kind="quote"'),
    ),
    Stack(
        "Claims found",
        "cps",
        "Claims published, by kind.",
        (
            Query(
                "sum by (kind) (rate(copydesk_claims_extracted_total{$where}[$__rate_interval]))", "{{kind}}"
            ),
        ),
    ),
    Heat(
        "Time to rebuild an index",
        "s",
        "Each rebuild after an assignment.",
        heat("copydesk_recovery_duration_seconds"),
        ("RecoverySlow",),
    ),
    Line(
        "Dead letters that came back",
        "cps",
        "Replayed records that intake read: well this time, or set aside again.",
        (
            Query(
                "sum by (result) (rate(copydesk_dead_letters_replayed_total{$where}[$__rate_interval]))",
                "{{result}}",
            ),
        ),
        ("DeadLetterRatioHigh",),
    ),
]

LOOP: list[Panel] = [
    Heat(
        "Event loop lag",
        "s",
        "How late the loops came round, all workers.",
        heat("copydesk_event_loop_lag_seconds"),
        ("RebalanceStorm",),
        width=12,
    ),
    Line(
        "Open files",
        "short",
        "Sockets to brokers mostly. A slope is a leak.",
        (Query("process_open_fds{$where}", "{{instance}}"),),
        width=12,
    ),
]

ROWS: list[tuple[str, list[Panel]]] = [
    ("Stages", STAGE),
    ("Partitions", PARTITIONS),
    ("Producers", PRODUCERS),
    ("Content", CONTENT),
    ("Loop", LOOP),
]
