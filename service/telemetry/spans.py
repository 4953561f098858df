"""One OpenTelemetry span a batch, linked to the traces of the articles in it. Only with the extra `otel`.

A batch has articles of many traces and no one parent, so it gets a span of its own with a link to each
(https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/, in development). What is published carries
the `traceparent` of its raw record untouched, so a reader's spans follow the feeder's.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from service import __version__
from service.observations import BatchDone, Observation
from service.settings import Settings, SettingsError
from service.stages import STAGES, group_id
from service.topics import topic_name

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Link

    from service.records import Trace

SAMPLED: Final = 0x01
LINKS_MAX: Final = 128
"""Maximum number of links of a span: the number that OpenTelemetry keeps by default."""


class Spans(Protocol):
    """Make spans of observations."""

    def note(self, observation: Observation) -> None:
        """Take in one observation."""

    async def stop(self) -> None:
        """Send what is left."""


class NoSpans:
    """Make no spans: the default."""

    def note(self, observation: Observation) -> None:
        """Ignore it: spans are switched off."""

    async def stop(self) -> None:
        """Ignore it: spans are switched off."""


class BatchSpans:
    """Make a span of each batch with an article that carries a trace."""

    def __init__(
        self,
        settings: Settings,
        stage: str,
        processor: SpanProcessor,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider

        resource = Resource.create({"service.name": f"copydesk-{stage}", "service.version": __version__})
        self._provider = TracerProvider(resource=resource)
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("copydesk", __version__)
        self._now_ns = now_ns
        self._source = topic_name(settings, STAGES[stage].source)
        self._group = group_id(settings, stage)

    def note(self, observation: Observation) -> None:
        """Record a span for a batch that is done; other observations become none."""
        if not isinstance(observation, BatchDone):
            return
        links = [link for trace in observation.traces[:LINKS_MAX] if (link := _link(trace)) is not None]
        if links:
            self._make(observation, links)

    def _make(self, done: BatchDone, links: list[Link]) -> None:
        from opentelemetry.trace import SpanKind

        end = self._now_ns()
        span = self._tracer.start_span(
            f"process {self._source}",
            kind=SpanKind.CONSUMER,
            links=links,
            start_time=end - round(done.seconds * 1e9),
            attributes={
                "messaging.system": "kafka",
                "messaging.operation.name": "process",
                "messaging.operation.type": "process",
                "messaging.destination.name": self._source,
                "messaging.consumer.group.name": self._group,
                "messaging.batch.message_count": done.articles,
                "copydesk.waited_seconds": done.waited_seconds,
            },
        )
        span.end(end)

    async def stop(self) -> None:
        """Send what is left; waits for it, but not in the event loop."""
        await asyncio.to_thread(self._provider.shutdown)


EXPORTER = "opentelemetry-sdk opentelemetry-exporter-otlp-proto-http"
"""Packages that telemetry.spans needs: those of the extra `otel` (pyproject.toml)."""


def spans(settings: Settings, stage: str) -> Spans:
    """Create what sends spans to OTEL_EXPORTER_OTLP_ENDPOINT, or nothing if the settings want none.

    Raises:
        SettingsError: if OpenTelemetry is not installed.
    """
    if not settings.telemetry.spans:
        return NoSpans()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as missing:
        raise SettingsError(
            f"telemetry.spans is true, but {missing.name} is not installed: pip install {EXPORTER}"
        ) from None
    return BatchSpans(settings, stage, BatchSpanProcessor(OTLPSpanExporter()))


def _link(trace: Trace) -> Link | None:
    """Link to the span that fed the article; None if nobody records it."""
    from opentelemetry.trace import Link, SpanContext, TraceFlags, TraceState

    _version, trace_id, span_id, flags = trace.traceparent.split("-")[:4]
    if not int(flags, 16) & SAMPLED:
        return None
    state = TraceState.from_header([trace.tracestate]) if trace.tracestate else TraceState()
    context = SpanContext(int(trace_id, 16), int(span_id, 16), True, TraceFlags(SAMPLED), state)
    return Link(context)
