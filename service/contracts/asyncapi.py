"""The AsyncAPI 3.1.0 document (https://www.asyncapi.com/docs/reference/specification/v3.1.0), Kafka bindings 0.5.0.

Described with default settings: partitions, retention and sizes of an installation may differ.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

from service.contracts.headers import dead_letter_headers_schema, event_headers_schema, trace_headers
from service.contracts.topic_specs import TIMESTAMP_TYPE, TopicSpec, topic_specs
from service.records import SCHEMA_MAJOR
from service.settings import Settings
from service.stages import STAGES, writer_of
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIM_THREADS,
    CLAIMS,
    CLAIMS_PREPARED,
    DEDUP_SEGMENTS,
    STORIES,
    THREADS_SEGMENTS,
)

Json = dict[str, Any]

CONTRACT_MINOR: Final = 1
"""Minor version of the contracts. It grows with each optional field, header or topic."""

BINDING_VERSION: Final = "0.5.0"

JSON_SCHEMA_2020_12: Final = "application/schema+json;version=draft-2020-12"

KIND_OF: Final = {
    ARTICLES_RAW: "raw",
    ARTICLES_ENRICHED: "enriched",
    ARTICLES_DUPLICATES: "duplicate",
    CLAIMS: "claim",
    CLAIM_THREADS: "thread",
    STORIES: "story",
    ARTICLES_DEAD: "dead",
    ARTICLES_SKETCHED: "sketched",
    ARTICLES_UNIQUE: "unique",
    DEDUP_SEGMENTS: "segment",
    CLAIMS_PREPARED: "prepared",
    THREADS_SEGMENTS: "threads_segment",
}
"""Kind of the records of each topic; it is also the name of the message."""


EVENTS: Final = (ARTICLES_ENRICHED, ARTICLES_DUPLICATES, CLAIMS, CLAIM_THREADS, STORIES)
"""Topics of records that are published as JSON with CloudEvents headers."""


def document() -> Json:
    """Build the whole document. References to schemas are relative to its place."""
    specs = topic_specs(Settings())
    return {
        "asyncapi": "3.1.0",
        "info": {
            "title": "Copydesk",
            "version": f"{SCHEMA_MAJOR}.{CONTRACT_MINOR}.0",
            "description": (
                "Raw news articles in; enriched articles, duplicates, claims and dead letters out. Delivery is at "
                "least once: a record that comes twice has the same ce_id and the same bytes. Every raw record "
                "ends in exactly one of articles.enriched, articles.duplicates, articles.dead. Readers must accept "
                "fields they do not know. A configured topic prefix stands in front of every address."
            ),
        },
        "defaultContentType": "application/json",
        "servers": {
            "kafka": {
                "host": "127.0.0.1:9092",
                "protocol": "kafka",
                "description": "kafka.bootstrap_servers",
                "bindings": {"kafka": {"bindingVersion": BINDING_VERSION}},
            }
        },
        "channels": {spec.name: _channel(spec, Settings().topics.replication_factor) for spec in specs},
        "operations": _operations(),
        "components": {"messages": {KIND_OF[spec.name]: _message(spec) for spec in specs}},
    }


def _channel(spec: TopicSpec, replicas: int) -> Json:
    kind = KIND_OF[spec.name]
    return {
        "address": spec.name,
        "title": f"{spec.name} ({spec.direction})",
        "description": f"{spec.what} Key: {spec.key}. Partition: {spec.partition_rule}.",
        "messages": {kind: {"$ref": f"#/components/messages/{kind}"}},
        "bindings": {
            "kafka": {
                "topic": spec.name,
                "partitions": spec.partitions,
                "replicas": replicas,
                "topicConfiguration": {
                    "cleanup.policy": [spec.cleanup_policy],
                    "retention.ms": spec.retention_ms,
                    "max.message.bytes": spec.max_message_bytes,
                    "message.timestamp.type": TIMESTAMP_TYPE,
                },
                "bindingVersion": BINDING_VERSION,
            }
        },
    }


def _operations() -> Json:
    operations: Json = {}
    for stage, spec in STAGES.items():
        group = Settings().kafka.group_prefix + stage
        operations[f"{stage}.receive.{KIND_OF[spec.source]}"] = {
            "action": "receive",
            "channel": {"$ref": f"#/channels/{spec.source}"},
            "summary": f"{stage} reads {spec.source}",
            "bindings": {
                "kafka": {"groupId": {"type": "string", "enum": [group]}, "bindingVersion": BINDING_VERSION}
            },
        }
        for outlet in spec.sinks:
            operations[f"{stage}.send.{KIND_OF[outlet]}"] = {
                "action": "send",
                "channel": {"$ref": f"#/channels/{outlet}"},
                "summary": f"{stage} writes {outlet}",
            }
    return operations


def _message(spec: TopicSpec) -> Json:
    kind = KIND_OF[spec.name]
    message: Json = {
        "name": kind,
        "summary": spec.what,
        "contentType": _content_type(spec),
        "bindings": {"kafka": {"key": _key(spec), "bindingVersion": BINDING_VERSION}},
    }
    headers = headers_schema(spec.name)
    if headers is not None:
        message["headers"] = headers
    if has_schema(spec.name):
        message["payload"] = {"schemaFormat": JSON_SCHEMA_2020_12, "schema": {"$ref": f"schemas/{kind}.json"}}
    if spec.direction != "internal":
        message["examples"] = [_example(kind)]
    return message


def has_schema(topic: str) -> bool:
    """Return whether the values of a topic are JSON with a schema. A dead letter has the value that came in."""
    return topic == ARTICLES_RAW or topic in EVENTS


def headers_schema(topic: str) -> Json | None:
    """Return the schema of a topic's headers, None if it promises none."""
    if topic == ARTICLES_RAW:
        return {"type": "object", "properties": trace_headers()}
    if topic == ARTICLES_DEAD:
        return dead_letter_headers_schema()
    if topic in EVENTS:
        return event_headers_schema(KIND_OF[topic], writer_of(topic))
    return None


def _content_type(spec: TopicSpec) -> str:
    if spec.direction == "internal":
        return "application/octet-stream"
    return "application/octet-stream" if spec.name == ARTICLES_DEAD else "application/json"


def _key(spec: TopicSpec) -> Json:
    if spec.name in (ARTICLES_RAW, ARTICLES_DEAD, ARTICLES_UNIQUE):
        return {"type": ["string", "null"], "description": spec.key}
    return {"type": "string", "description": spec.key}


def _example(kind: str) -> Json:
    example = json.loads(files("service.contracts").joinpath("examples", f"{kind}.json").read_text("utf-8"))
    # AsyncAPI wants an object of its own as payload; the key has no place in its examples
    shown = {"name": kind, "headers": example["headers"]}
    return shown | ({"payload": example["value"]} if "value" in example else {})
