"""Declare every instrument: its name, help, labels and buckets.

Names, labels and units are an interface: dashboards, alerts and other people's queries rest on them
(tests/telemetry/golden_metrics.txt holds them). All label values come from closed sets, never from an article.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector, disable_created_metrics

from service.telemetry.histogram import Histogram

FRESHNESS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600)
STAGE_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
PRODUCE_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
LOOP_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
GROUP_SECONDS = (0.1, 0.5, 1, 5, 10, 30, 60, 120, 300)
RECORD_BYTES = (1e3, 4e3, 16e3, 64e3, 256e3, 1e6, 2e6)
ENVELOPE_ARTICLES = (1, 2, 5, 10, 25, 50, 100, 250)
TENTHS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
CANDIDATES = (0, 1, 2, 5, 10, 25, 50, 100)
CLAIMS = (0, 1, 2, 3, 5, 8, 13, 21, 34)


class Instruments:
    """Hold the instruments of one worker process in a registry of their own."""

    def __init__(self, holder: str, held: str) -> None:
        """Name the metrics of the index by the stage that holds one, `holder`, and by what is `held` there."""
        disable_created_metrics()  # type: ignore[no-untyped-call]  # one more series per series, and nobody asked when a counter was born
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        c, g, h = self._counter, self._gauge, self._histogram
        self._processed = c("records_processed_total", "Articles, by what became of them", "stage", "outcome")
        self._end_to_end = h("end_to_end_seconds", "Raw record's time to enriched and acked", FRESHNESS)
        self._stage_seconds = h("stage_duration_seconds", "One batch, delivered", STAGE_SECONDS, "stage")
        self._record_bytes = h("record_size_bytes", "Size of the records read", RECORD_BYTES, "stage")
        self._envelope = h("envelope_articles", "Articles in one batch", ENVELOPE_ARTICLES, "stage")
        self._last_done = g("last_processed_timestamp_seconds", "When the last batch was done", "stage")
        self._lag_records = g("consumer_lag_records", "Records not yet acknowledged", "topic", "partition")
        self._lag_seconds = g("consumer_lag_seconds", "Age of the oldest of them", "topic", "partition")
        self._lag_measured_at = g("consumer_lag_measured_timestamp_seconds", "Kafka's last answer about lag")
        self._committed = c("consumer_committed_records_total", "Acknowledged", "topic", "partition")
        self._partitions = g("consumer_assigned_partitions", "Partitions this worker reads", "topic")
        self._rebalances = c("rebalances_total", "Assignments this worker was given")
        self._rebalance_seconds = h("rebalance_duration_seconds", "Revocation to assignment", GROUP_SECONDS)
        self._recovering = g("recovery_in_progress", "1 while the index is rebuilt", "collection")
        self._recovery_seconds = h(
            "recovery_duration_seconds", "Time to rebuild an index", GROUP_SECONDS, "collection"
        )
        self._recovery_left = g("recovery_remaining_records", "Segments still to apply", "collection")
        self._dead = c("dead_letters_total", "Records set aside", "stage", "reason")
        self._replayed = c("dead_letters_replayed_total", "Dead letters that came back", "result")
        self._produced = c("produced_records_total", "Records the broker has taken", "topic")
        self._produce_errors = c("produce_errors_total", "Deliveries that failed for good", "topic")
        self._produce_seconds = h("produce_duration_seconds", "One delivery", PRODUCE_SECONDS, "topic")
        self._decisions = c("dedup_decisions_total", "Verdicts", "relation")
        self._similarity = h("dedup_similarity_ratio", "Likeness to the earlier story, if any", TENTHS)
        self._index_entries = g(f"{holder}_index_entries", f"{held} remembered", "collection")
        self._index_capacity = g(f"{holder}_index_capacity_entries", f"{held} it may remember", "collection")
        self._index_bytes = g(f"{holder}_index_bytes", "Memory of the index", "collection")
        self._evictions = c(f"{holder}_evictions_total", f"{held} forgotten", "collection")
        self._candidates = h("dedup_candidates", "Earlier stories compared per article", CANDIDATES)
        self._claims = c("claims_extracted_total", "Claims found", "kind")
        self._claims_per_article = h("claims_per_article", "Claims found in one article", CLAIMS, "kind")
        self._thread_relations = c("thread_claims_total", "Claims compared with threads", "relation")
        self._loop_lag = h("event_loop_lag_seconds", "How late the event loop came round", LOOP_SECONDS)
        self._backpressure = c("backpressure_seconds_total", "Time spent waiting for the broker")
        self._build_info = g("build_info", "What is running; always 1", "version", "commit")
        self._log_messages = c("log_messages_total", "Log lines written", "level")

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"copydesk_{name}", text, labels, registry=self.registry)

    def _gauge(self, name: str, text: str, *labels: str) -> Gauge:
        return Gauge(f"copydesk_{name}", text, labels, registry=self.registry)

    def _histogram(self, name: str, text: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(f"copydesk_{name}", text, labels, buckets=buckets, registry=self.registry)
