"""The W3C trace context of a raw record (https://www.w3.org/TR/trace-context/)."""

from __future__ import annotations

import re

from service.records import Trace

_TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?P<more>-[\x21-\x7e]{1,200})?"
)
TRACESTATE_CHARS_MAX = 512
_PRINTABLE = re.compile(r"[\x20-\x7e]+")


def read_trace(headers: tuple[tuple[str, bytes], ...]) -> Trace | None:
    """Read the trace that a raw record belongs to. What is not well formed is left out, as the standard asks."""
    traceparent = tracestate = None
    for name, value in headers:
        if name.lower() == "traceparent":
            traceparent = _text(value)
        elif name.lower() == "tracestate":
            tracestate = _text(value)
    if traceparent is None:
        return None
    match = _TRACEPARENT.fullmatch(traceparent)
    if match is None or (match["more"] and traceparent.startswith("00")):
        return None
    is_fit = (
        tracestate is not None
        and len(tracestate) <= TRACESTATE_CHARS_MAX
        and _PRINTABLE.fullmatch(tracestate)
    )
    return Trace(traceparent, tracestate if is_fit else None)


def _text(value: bytes | None) -> str | None:
    """Decode the value of a header; None if it is null or too long. Kafka headers may hold any bytes."""
    if not value or len(value) > 2 * TRACESTATE_CHARS_MAX:
        return None
    return value.decode("ascii", "replace").strip()
