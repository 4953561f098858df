"""Spans of batches, as OpenTelemetry's own exporter would get them."""

from __future__ import annotations

import sys

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from service.observations import ArticlesRead, BatchDone
from service.records import Trace
from service.settings import KafkaSettings, Settings, SettingsError, TelemetrySettings
from service.telemetry.spans import LINKS_MAX, BatchSpans, NoSpans, spans
from service.telemetry.tell import Telemetry

SAMPLED = Trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "wire=7")
NOT_SAMPLED = Trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")


class Exported:
    """Spans of a stage, kept."""

    def __init__(self, stage: str = "dedup") -> None:
        self.exporter = InMemorySpanExporter()
        settings = Settings(kafka=KafkaSettings(topic_prefix="x."))
        self.spans = BatchSpans(settings, stage, SimpleSpanProcessor(self.exporter), now_ns=lambda: 9 * 10**9)


def test_a_batch_is_a_span_with_a_link_to_each_trace_that_is_recorded() -> None:
    it = Exported()
    it.spans.note(BatchDone("dedup", 40, 9_000, 2.5, 0.5, (SAMPLED, NOT_SAMPLED)))
    [span] = it.exporter.get_finished_spans()
    assert (span.name, span.kind) == ("process x.articles.sketched", SpanKind.CONSUMER)
    assert (span.start_time, span.end_time) == (6_500_000_000, 9_000_000_000)
    assert span.parent is None
    [link] = span.links
    assert f"{link.context.trace_id:032x}-{link.context.span_id:016x}" == SAMPLED.traceparent[3:-3]
    assert link.context.is_remote
    assert link.context.trace_state.to_header() == "wire=7"
    assert span.attributes is not None
    assert span.attributes["messaging.batch.message_count"] == 40
    assert span.attributes["messaging.consumer.group.name"] == "copydesk-x.dedup"
    assert span.resource.attributes["service.name"] == "copydesk-dedup"


def test_a_batch_that_nobody_traces_makes_no_span_and_other_facts_make_none() -> None:
    it = Exported()
    it.spans.note(BatchDone("dedup", 1, 9, 0.1))
    it.spans.note(BatchDone("dedup", 1, 9, 0.1, 0.0, (NOT_SAMPLED,)))
    it.spans.note(ArticlesRead([1]))
    assert it.exporter.get_finished_spans() == ()


def test_a_span_has_no_more_links_than_are_kept() -> None:
    it = Exported()
    it.spans.note(BatchDone("dedup", 300, 9, 0.1, 0.0, (SAMPLED,) * 300))
    assert len(it.exporter.get_finished_spans()[0].links) == LINKS_MAX


async def test_stopped_it_makes_no_more() -> None:
    it = Exported()
    await it.spans.stop()
    it.spans.note(BatchDone("dedup", 1, 9, 0.1, 0.0, (SAMPLED,)))
    assert it.exporter.get_finished_spans() == ()


def test_a_worker_tells_its_spans_of_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    it, exported = Telemetry(Settings(), "dedup"), Exported()
    assert isinstance(it._spans, NoSpans)
    monkeypatch.setattr(it, "_spans", exported.spans)
    it.tell(BatchDone("dedup", 1, 9, 0.1, 0.0, (SAMPLED,)))
    assert len(exported.exporter.get_finished_spans()) == 1


def test_spans_that_are_wanted_without_opentelemetry_are_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter", None)
    with pytest.raises(
        SettingsError, match=r"telemetry\.spans is true, but .* pip install opentelemetry-sdk"
    ):
        spans(Settings(telemetry=TelemetrySettings(spans=True)), "intake")
