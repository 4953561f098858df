"""The Kafka headers of each kind of record, as JSON Schemas over a map of header name to text."""

from __future__ import annotations

from typing import Any, Final

from service.records import SCHEMA_MAJOR, Reason
from service.stages import STAGES

JsonSchema = dict[str, Any]

ID_MEANING: Final = "the same on every delivery of the same record: drop an id you have seen"
ID_PATTERN: Final = "^[0-9a-f]{32}$"


def _text(description: str, **more: Any) -> JsonSchema:
    return {"type": "string", "description": description, **more}


def _const(value: str, description: str) -> JsonSchema:
    return {"type": "string", "const": value, "description": description}


def trace_headers() -> JsonSchema:
    """Describe the W3C trace context (https://www.w3.org/TR/trace-context/), which every output carries on."""
    return {
        "traceparent": _text("trace context of the raw record, if it had one"),
        "tracestate": _text("vendor part of the trace context"),
    }


def event_headers_schema(kind: str, stage: str) -> JsonSchema:
    """Describe CloudEvents 1.0 headers in Kafka binary mode, of records that `stage` writes
    (https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/kafka-protocol-binding.md)."""
    required = {
        "ce_specversion": _const("1.0", "version of CloudEvents"),
        "ce_id": _text(
            "the same on every delivery of the same record: drop an id you have seen",
            pattern="^[0-9a-f]{32}$",
        ),
        "ce_source": _const(f"/copydesk/{stage}", "the stage that wrote the record"),
        "ce_type": _const(f"copydesk.{kind}.v{SCHEMA_MAJOR}", "kind of the record, with its major version"),
        "ce_subject": _text("article id"),
        "ce_dataschema": _const(
            f"urn:copydesk:{kind}:v{SCHEMA_MAJOR}", "the `$id` of the value's JSON Schema"
        ),
        "content-type": _const("application/json", "of the value"),
    }
    optional = {
        "ce_time": _text("timestamp of the raw record, absent where it had none", format="date-time"),
        **trace_headers(),
    }
    return {"type": "object", "properties": required | optional, "required": list(required)}


def dead_letter_headers_schema() -> JsonSchema:
    """Describe the headers of a dead letter: those of the record, then the reason. The last of a name counts.

    `__streams.errors.*` are the names of KIP-1034 (https://cwiki.apache.org/confluence/x/SwrOEg).
    """
    number = "^[0-9]+$"
    required = {
        "ce_specversion": _const("1.0", "version of CloudEvents"),
        "ce_id": _text(ID_MEANING, pattern=ID_PATTERN),
        "ce_source": _text("the stage that set it aside", enum=[f"/copydesk/{stage}" for stage in STAGES]),
        "ce_type": _const(f"copydesk.dead_letter.v{SCHEMA_MAJOR}", "that it is a dead letter"),
        "__streams.errors.exception": _text("class of the error"),
        "__streams.errors.message": _text("what was found, at most 1,000 characters"),
        "__streams.errors.topic": _text("topic of the raw record"),
        "__streams.errors.partition": _text("its partition", pattern=number),
        "__streams.errors.offset": _text("its offset", pattern=number),
        "copydesk.dlq.stage": _text("the stage that set it aside", enum=list(STAGES)),
        "copydesk.dlq.reason": _text("why, from a closed list", enum=[reason.value for reason in Reason]),
        "copydesk.dlq.attempts": _text("times a stage has tried", pattern="^[1-9][0-9]*$"),
        "copydesk.dlq.version": _text("version of Copydesk"),
        "copydesk.dlq.replays": _text("times it was sent back", pattern=number),
    }
    optional = {
        "copydesk.dlq.timestamp": _text("the record's own timestamp in milliseconds", pattern="^-?[0-9]+$"),
        "copydesk.dlq.cut": _text(
            "bytes that its parts had, where the record was too large to be carried whole"
        ),
        **trace_headers(),
    }
    return {"type": "object", "properties": required | optional, "required": list(required)}
