"""Is it well, and if not, where to look: what an operator opens first."""

from __future__ import annotations

from deploy.grafana.panels import GREEN, RED, YELLOW, Figure, Line, Panel, Query, Stack

TITLE = "Copydesk overview"
UID = "copydesk-overview"

IN = 'copydesk_records_processed_total{$where,stage="intake",outcome=~"ok|dead_letter"}'
ENRICHED = 'copydesk_records_processed_total{$where,stage="enrich",outcome="ok"}'
DUPLICATES = 'copydesk_records_processed_total{$where,stage="dedup",outcome="duplicate"}'
DEAD = 'copydesk_records_processed_total{$where,outcome="dead_letter"}'
BURN = ("FreshnessBudgetBurnFast", "FreshnessBudgetBurnSlow")
FRESH_BUCKET = 'copydesk_end_to_end_seconds_bucket{$where,le="60.0"}'
FRESH_COUNT = "copydesk_end_to_end_seconds_count{$where}"


def rate(selector: str) -> str:
    """Per second, over all series."""
    return f"sum(rate({selector}[$__rate_interval]))"


def late(window: str) -> str:
    """Share of articles later than 60 s within a window."""
    return f"1 - sum(rate({FRESH_BUCKET}[{window}])) / sum(rate({FRESH_COUNT}[{window}]))"


def quantile(share: float, histogram: str, by: str = "") -> str:
    """Return a quantile of a histogram, per label `by` if given."""
    labels = f"le, {by}" if by else "le"
    rates = f"rate({histogram}_bucket{{$where}}[$__rate_interval])"
    return f"histogram_quantile({share}, sum by ({labels}) ({rates}))"


FRESHNESS: list[Panel] = [
    Figure(
        "Fresh within 60 s, 30 days",
        "percentunit",
        "Share of articles enriched within 60 s of their raw record's time. The promise is 99 %.",
        (Query(f"sum(increase({FRESH_BUCKET}[30d])) / sum(increase({FRESH_COUNT}[30d]))", "fresh"),),
        BURN,
        width=4,
        limits=((0.0, RED), (0.99, GREEN)),
        decimals=2,
    ),
    Figure(
        "Budget left, 30 days",
        "percentunit",
        "What is left of the 1 % of articles that may be late. Below 0 the promise is broken.",
        (
            Query(
                f"1 - (1 - sum(increase({FRESH_BUCKET}[30d])) / sum(increase({FRESH_COUNT}[30d]))) / 0.01",
                "left",
            ),
        ),
        BURN,
        width=4,
        limits=((-1000.0, RED), (0.0, YELLOW), (0.25, GREEN)),
        decimals=0,
    ),
    Line(
        "Late articles",
        "percentunit",
        "Share of articles later than 60 s. Dashed: where the fast (14.4 %) and the slow (6 %) alert begin.",
        (Query(late("5m"), "5 minutes"), Query(late("1h"), "1 hour"), Query(late("6h"), "6 hours")),
        BURN,
        limits=((0.06, YELLOW), (0.144, RED)),
    ),
    Line(
        "Time from raw record to enriched",
        "s",
        "Quantiles, from the raw record's own time until the broker has the enriched record.",
        tuple(Query(quantile(q, "copydesk_end_to_end_seconds"), f"p{q * 100:g}") for q in (0.5, 0.95, 0.99)),
        BURN,
        limits=((60.0, RED),),
    ),
]

ARTICLES: list[Panel] = [
    Line(
        "Articles in and out",
        "cps",
        "In is what intake read. Each article leaves in one of three ways: enriched, duplicate, dead letter.",
        (
            Query(rate(IN), "in"),
            Query(f"{rate(ENRICHED)} + {rate(DUPLICATES)} + {rate(DEAD)}", "out"),
        ),
        ("ConsumerStalled",),
    ),
    Stack(
        "Articles out, by outcome",
        "cps",
        "What became of the articles. A duplicate is an answer, not an error.",
        (
            Query(rate(ENRICHED), "enriched"),
            Query(rate(DUPLICATES), "duplicate"),
            Query(rate(DEAD), "dead letter"),
        ),
        ("DeadLetterRatioHigh",),
    ),
    Line(
        "In minus out, over the shown time",
        "short",
        "In - (enriched + duplicates + dead): the articles under way. Returns to about 0 when all is read: "
        "Prometheus estimates at the edges of the time shown, and counters of a restarted worker begin anew. "
        "What stays, and grows, is lost.",
        (
            Query(
                f"sum(increase({IN}[$__range])) - sum(increase({ENRICHED}[$__range])) "
                f"- sum(increase({DUPLICATES}[$__range])) - sum(increase({DEAD}[$__range]))",
                "under way",
            ),
        ),
        ("ConsumerStalled",),
    ),
    Line(
        "Share of duplicates",
        "percentunit",
        "Of the articles dedup decided. News repeats itself: 20 to 60 % is usual; a jump is a feed that was "
        "fed twice, a fall may be an index that forgets too early.",
        (
            Query(
                f"{rate(DUPLICATES)} / sum(rate(copydesk_dedup_decisions_total{{$where}}[$__rate_interval]))",
                "duplicates",
            ),
        ),
        ("DedupIndexNearCapacity",),
        width=6,
    ),
    Stack(
        "Verdicts",
        "cps",
        "Dedup's verdicts by relation to what is known.",
        (
            Query(
                "sum by (relation) (rate(copydesk_dedup_decisions_total{$where}[$__rate_interval]))",
                "{{relation}}",
            ),
        ),
        width=6,
    ),
    Stack(
        "Claims per article",
        "short",
        "Mean number of claims found in an enriched article, by kind. A fall to 0 after a release is a fault.",
        (
            Query(
                "sum by (kind) (rate(copydesk_claims_per_article_sum{$where}[$__rate_interval])) / "
                "sum by (kind) (rate(copydesk_claims_per_article_count{$where}[$__rate_interval]))",
                "{{kind}}",
            ),
        ),
        width=6,
        decimals=1,
    ),
    Line(
        "Redelivered articles",
        "cps",
        "Articles that Kafka delivered again and dedup dropped: a few after each restart or rebalance.",
        (
            Query(
                "sum by (stage) "
                '(rate(copydesk_records_processed_total{$where,outcome="redelivered"}[$__rate_interval]))',
                "{{stage}}",
            ),
        ),
        ("RebalanceStorm", "WorkerRestarting"),
        width=6,
    ),
]

ERRORS: list[Panel] = [
    Stack(
        "Dead letters by reason",
        "cps",
        "Records set aside to articles.dead. `bug` and `timeout` are ours, the others the feeder's.",
        (
            Query(
                "sum by (reason) (rate(copydesk_dead_letters_total{$where}[$__rate_interval]))", "{{reason}}"
            ),
        ),
        ("DeadLetterRatioHigh",),
        width=6,
    ),
    Line(
        "Share of dead letters",
        "percentunit",
        "Dead letters of all stages over what intake read, 30 minutes. Dashed: where the alert begins.",
        (
            Query(
                "sum(rate(copydesk_dead_letters_total{$where}[30m])) / sum(rate(" + IN + "[30m]))",
                "dead letters",
            ),
        ),
        ("DeadLetterRatioHigh",),
        width=6,
        limits=((0.01, RED),),
    ),
    Line(
        "Produce errors",
        "short",
        "Deliveries that failed for good; the worker stops after one. In ten minutes, by topic.",
        (Query("sum by (topic) (increase(copydesk_produce_errors_total{$where}[10m]))", "{{topic}}"),),
        ("DeadLetterPublishFailing", "WorkerRestarting"),
        width=6,
        limits=((1.0, RED),),
    ),
    Stack(
        "Log lines",
        "cps",
        "Warnings are records set aside; an error is for a person to read.",
        (
            Query(
                'sum by (level) (rate(copydesk_log_messages_total{$where,level!~"debug|info"}[$__rate_interval]))',
                "{{level}}",
            ),
        ),
        ("DeadLetterRatioHigh",),
        width=6,
    ),
]

CONSUMERS: list[Panel] = [
    Line(
        "Lag in seconds",
        "s",
        "Age of the oldest record of each topic that is not yet acknowledged; 0 when caught up.",
        (Query("max by (topic) (copydesk_consumer_lag_seconds{$where})", "{{topic}}"),),
        ("ConsumerLagHigh", "KafkaUnreachable"),
        limits=((300.0, RED),),
    ),
    Line(
        "Lag in records",
        "short",
        "Records not yet acknowledged. Of articles.raw a record is an article, of the others up to 250.",
        (Query("sum by (topic) (copydesk_consumer_lag_records{$where})", "{{topic}}"),),
        ("ConsumerStalled", "ConsumerLagHigh"),
    ),
    Line(
        "Acknowledged records",
        "cps",
        "Progress of each consumer group.",
        (
            Query(
                "sum by (topic) (rate(copydesk_consumer_committed_records_total{$where}[$__rate_interval]))",
                "{{topic}}",
            ),
        ),
        ("ConsumerStalled",),
    ),
    Line(
        "Since the last batch",
        "s",
        "Time since any worker of the stage finished a batch. At night it grows and means nothing; with lag it does.",
        (
            Query(
                "time() - max by (stage) (copydesk_last_processed_timestamp_seconds{$where} > 0)", "{{stage}}"
            ),
        ),
        ("ConsumerStalled",),
        width=6,
    ),
    Line(
        "Partitions read",
        "short",
        "Partitions of each topic that some worker reads: all of them, except for moments of a rebalance.",
        (Query("sum by (topic) (copydesk_consumer_assigned_partitions{$where})", "{{topic}}"),),
        ("StageAbsent",),
        width=6,
    ),
    Line(
        "Workers per stage",
        "short",
        "Workers that answer, by the topic their stage reads.",
        (Query("count by (topic) (copydesk_consumer_assigned_partitions{$where})", "{{topic}}"),),
        ("Absent", "StageAbsent"),
        width=6,
    ),
    Line(
        "Rebalances",
        "short",
        "Assignments each worker was given within 15 minutes. Dashed: where the alert begins.",
        (Query("increase(copydesk_rebalances_total{$where}[15m])", "{{instance}}"),),
        ("RebalanceStorm",),
        width=6,
        limits=((6.0, YELLOW),),
    ),
]

INDEX: list[Panel] = [
    Line(
        "Index fill",
        "percentunit",
        "Articles remembered, of those that may be. It levels off below 100 % when articles leave by age.",
        (
            Query(
                "max by (collection) (copydesk_dedup_index_entries{$where}) / "
                "(max by (collection) (copydesk_dedup_index_capacity_entries{$where}) > 0)",
                "{{collection}}",
            ),
        ),
        ("DedupIndexNearCapacity",),
        width=6,
        limits=((0.9, YELLOW),),
    ),
    Line(
        "Index size",
        "bytes",
        "Memory of the index.",
        (Query("max by (collection) (copydesk_dedup_index_bytes{$where})", "{{collection}}"),),
        ("DedupIndexNearCapacity",),
        width=6,
    ),
    Line(
        "Articles forgotten",
        "cps",
        "By age in an ordinary week; by want of room when the index is full.",
        (
            Query(
                "sum by (collection) (rate(copydesk_dedup_evictions_total{$where}[$__rate_interval]))",
                "{{collection}}",
            ),
        ),
        ("DedupIndexNearCapacity",),
        width=6,
    ),
    Line(
        "Recovery",
        "short",
        "Segments still to be applied while an index is rebuilt after an assignment.",
        (Query("max by (collection) (copydesk_recovery_remaining_records{$where})", "{{collection}}"),),
        ("RecoverySlow",),
        width=6,
    ),
]

THREADS: list[Panel] = [
    Stack(
        "Claims by what they are to threads",
        "cps",
        "opens: no thread says the same. repeats, varies: joins one. thin: says too little to be compared. disputes, "
        "denies and is_related come beside these.",
        (
            Query(
                "sum by (relation) (rate(copydesk_thread_claims_total{$where}[$__rate_interval]))",
                "{{relation}}",
            ),
        ),
        width=6,
    ),
    Line(
        "Memory of threads, fill",
        "percentunit",
        "Claims remembered, of those that may be. It rises to 100 % and stays there: the oldest are forgotten.",
        (
            Query(
                "max by (collection) (copydesk_threads_index_entries{$where}) / "
                "(max by (collection) (copydesk_threads_index_capacity_entries{$where}) > 0)",
                "{{collection}}",
            ),
        ),
        width=6,
    ),
    Line(
        "Memory of threads, size",
        "bytes",
        "Memory set apart for the claims; it is taken as they come.",
        (Query("max by (collection) (copydesk_threads_index_bytes{$where})", "{{collection}}"),),
        width=6,
    ),
    Line(
        "Claims forgotten",
        "cps",
        "For want of room: more than thread windows full of claims ask for threads.capacity_claims to be raised.",
        (
            Query(
                "sum by (collection) (rate(copydesk_threads_evictions_total{$where}[$__rate_interval]))",
                "{{collection}}",
            ),
        ),
        width=6,
    ),
]

STORE: list[Panel] = [
    Line(
        "Store: records not yet written",
        "short",
        "Records of the output topics that `copydesk store` has not written yet. Empty where no store runs.",
        (Query("max by (instance) (copydesk_store_lag_records{$where})", "{{instance}}"),),
        ("StoreBehind",),
        width=6,
    ),
    Stack(
        "Store: records written",
        "cps",
        "Records written into the database, by topic.",
        (
            Query(
                "sum by (topic) (rate(copydesk_store_records_total{$where}[$__rate_interval]))", "{{topic}}"
            ),
        ),
        width=6,
    ),
    Line(
        "Store: time of a batch, p99",
        "s",
        "One transaction, committed. A slow disk or a locked database shows here.",
        (Query(quantile(0.99, "copydesk_store_batch_seconds", "instance"), "{{instance}}"),),
        width=6,
    ),
    Line(
        "Store: since the last batch",
        "s",
        "Time since a batch was committed. At night it grows and means nothing; with records left it does.",
        (
            Query(
                "time() - (copydesk_store_last_written_timestamp_seconds{$where} > 0)",
                "{{instance}}",
            ),
        ),
        width=6,
    ),
]

RUNTIME: list[Panel] = [
    Line(
        "CPU",
        "percentunit",
        "Of one core, by worker. A worker is one process and cannot use more than about one.",
        (Query("rate(process_cpu_seconds_total{$where}[$__rate_interval])", "{{instance}}"),),
        ("ConsumerLagHigh",),
        width=6,
    ),
    Line(
        "CPU per article",
        "s",
        "CPU of all workers over the articles they took in; what an article costs. Idle workers raise it.",
        (
            Query(
                "sum(rate(process_cpu_seconds_total{$where}[$__rate_interval])) / (" + rate(IN) + " > 0)",
                "per article",
            ),
        ),
        width=6,
    ),
    Line(
        "Memory",
        "bytes",
        "Resident memory by worker. Dedup's is its index; the others' stay flat.",
        (Query("process_resident_memory_bytes{$where}", "{{instance}}"),),
        ("WorkerRestarting",),
        width=6,
    ),
    Line(
        "Event loop lag, p99",
        "s",
        "How late the event loop comes round. Above a second one article holds up everything else.",
        (Query(quantile(0.99, "copydesk_event_loop_lag_seconds", "instance"), "{{instance}}"),),
        ("RebalanceStorm",),
        width=6,
    ),
    Line(
        "Waiting for the broker",
        "percentunit",
        "Share of a worker's time spent until the broker has its output. Near 100 %: Kafka is the limit.",
        (Query("rate(copydesk_backpressure_seconds_total{$where}[$__rate_interval])", "{{instance}}"),),
        ("ConsumerStalled", "FreshnessBudgetBurnFast"),
        width=6,
    ),
    Line(
        "Starts",
        "short",
        "How often each worker started anew within 15 minutes.",
        (Query("changes(process_start_time_seconds{$where}[15m])", "{{instance}}"),),
        ("WorkerRestarting",),
        width=6,
        limits=((3.0, RED),),
    ),
    Line(
        "Since Kafka last answered",
        "s",
        "Time since the broker last said how far behind we are. Beyond some seconds lag is not known.",
        (Query("time() - copydesk_consumer_lag_measured_timestamp_seconds{$where}", "{{instance}}"),),
        ("KafkaUnreachable",),
        width=6,
        limits=((300.0, RED),),
    ),
    Line(
        "Versions",
        "short",
        "Workers by version and commit: two lines only while a release rolls out.",
        (Query("count by (version, commit) (copydesk_build_info{$where})", "{{version}} {{commit}}"),),
        width=6,
    ),
]

ROWS: list[tuple[str, list[Panel]]] = [
    ("Freshness: 99 % of articles enriched within 60 seconds", FRESHNESS),
    ("Articles: in = enriched + duplicates + dead", ARTICLES),
    ("Errors", ERRORS),
    ("Consumers, by the topic they read", CONSUMERS),
    ("Dedup index", INDEX),
    ("Claim threads", THREADS),
    ("Store", STORE),
    ("Runtime", RUNTIME),
]
