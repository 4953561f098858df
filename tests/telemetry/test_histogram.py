"""The histogram against prometheus_client's own."""

from __future__ import annotations

import prometheus_client
import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry

from service.telemetry.histogram import Histogram
from tests.telemetry.kit import Scrape

BUCKETS = (0.0, 0.5, 1.0, 10.0)


@given(st.lists(st.one_of(st.sampled_from([*BUCKETS, 0.75, 11.0]), st.floats(0, 100))))
def test_it_shows_what_prometheus_clients_histogram_shows(values: list[float]) -> None:
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    mine = Histogram("copydesk_x", "x", buckets=BUCKETS, registry=ours)
    other = prometheus_client.Histogram("copydesk_x", "x", buckets=BUCKETS, registry=theirs)
    for value in values:
        mine.observe(value)
        other.observe(value)
    for name in ("copydesk_x_bucket", "copydesk_x_count", "copydesk_x_sum"):
        assert Scrape(ours).values(name) == pytest.approx(Scrape(theirs).values(name))


def test_series_with_different_labels_are_counted_apart() -> None:
    registry = CollectorRegistry()
    histogram = Histogram("copydesk_x", "x", ["kind"], buckets=BUCKETS, registry=registry)
    histogram.labels("a").observe(0.2)
    histogram.labels("b").observe(0.7)
    histogram.labels("b").observe(20)
    assert Scrape(registry).value("x_count", kind="a") == 1
    assert Scrape(registry).value("x_count", kind="b") == 2
    assert Scrape(registry).value("x_sum", kind="b") == pytest.approx(20.7)


def test_labels_that_do_not_fit_are_refused() -> None:
    histogram = Histogram("copydesk_x", "x", ["kind"], buckets=BUCKETS, registry=CollectorRegistry())
    with pytest.raises(ValueError, match="has labels"):
        histogram.labels("a", "b")


def test_buckets_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="must rise"):
        Histogram("copydesk_x", "x", buckets=(1.0, 0.5), registry=CollectorRegistry())


def test_one_name_is_given_once() -> None:
    registry = CollectorRegistry()
    Histogram("copydesk_x", "x", buckets=BUCKETS, registry=registry)
    with pytest.raises(ValueError, match="copydesk_x"):
        prometheus_client.Counter("copydesk_x_count", "x", registry=registry)
