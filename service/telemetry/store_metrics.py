"""What `copydesk store` counts: the records it wrote, the batches, and how many are left to read."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector, disable_created_metrics

from service.telemetry.histogram import Histogram
from service.telemetry.instruments import PRODUCE_SECONDS


class StoreMetrics:
    """Hold the instruments of the store's process in a registry of their own."""

    def __init__(self, topics: Iterable[str]) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._records = Counter(
            "copydesk_store_records_total", "Records written", ("topic",), registry=self.registry
        )
        self._batch_seconds = Histogram(
            "copydesk_store_batch_seconds",
            "One batch, committed",
            buckets=PRODUCE_SECONDS,
            registry=self.registry,
        )
        self._behind = Gauge("copydesk_store_lag_records", "Records not yet written", registry=self.registry)
        self._written_at = Gauge(
            "copydesk_store_last_written_timestamp_seconds",
            "When the last batch was committed",
            registry=self.registry,
        )
        for topic in topics:
            self._records.labels(topic)

    def wrote(self, records: Mapping[str, int], seconds: float) -> None:
        """Count a batch that was committed: how many records of each topic, and how long it took."""
        for topic, count in records.items():
            self._records.labels(topic).inc(count)
        self._batch_seconds.observe(seconds)
        self._written_at.set(time.time())

    def behind(self, records: int) -> None:
        """Note how many records are left to read."""
        self._behind.set(records)
