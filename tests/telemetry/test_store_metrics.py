"""The store counts what it wrote, from nought."""

from __future__ import annotations

from prometheus_client import generate_latest

from service.telemetry.store_metrics import StoreMetrics


def test_what_was_written_is_counted_by_topic() -> None:
    metrics = StoreMetrics(["articles.enriched", "articles.dead"])
    metrics.wrote({"articles.enriched": 3}, 0.02)
    metrics.wrote({"articles.enriched": 2}, 0.2)
    metrics.behind(7)
    page = generate_latest(metrics.registry).decode().splitlines()
    assert 'copydesk_store_records_total{topic="articles.enriched"} 5.0' in page
    assert 'copydesk_store_records_total{topic="articles.dead"} 0.0' in page
    assert "copydesk_store_lag_records 7.0" in page
    assert "copydesk_store_batch_seconds_count 2.0" in page
