"""Records -> bytes: plain JSON with CloudEvents headers (service/line/envelopes.py has what travels inside).

CloudEvents 1.0, Kafka binary mode:
https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/kafka-protocol-binding.md
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Final

import msgspec
from msgspec import structs

from service.line.records_out import Headers, Letter
from service.records import (
    SCHEMA_MAJOR,
    Article,
    Claim,
    Duplicate,
    Enriched,
    Origin,
    Trace,
)
from service.topics import ARTICLES_DUPLICATES, ARTICLES_ENRICHED, CLAIMS

JSON_BYTES: Final = 16_384
"""Bytes of a buffer that holds most articles; it grows for others."""

_json = msgspec.json.Encoder()


def digest(data: bytes) -> bytes:
    """Compute 16 bytes that tell two records apart."""
    return blake2b(data, digest_size=16).digest()


def event_id(kind: str, article_id: str, content_hash: str, origin: Origin) -> str:
    """Compute the `ce_id` of a record that answers for one raw record: 32 hex digits.

    The raw record's place is part of it. So a redelivery has the id of the first delivery, while an article
    fed twice has two: counted by distinct id, raw records in = records out.
    """
    parts = (kind, str(SCHEMA_MAJOR), article_id, content_hash, origin.topic, origin.partition, origin.offset)
    return blake2b("\x1f".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def claim_event_id(claim: Claim) -> str:
    """Return the `ce_id` of a claim: 32 hex digits for this claim in this revision of its article.

    A text that is changed back brings claims with the same `claim_id`, in a later revision.
    """
    if claim.revision == 1:
        return claim.claim_id
    return blake2b(f"{claim.claim_id}\x1f{claim.revision}".encode(), digest_size=16).hexdigest()


def rfc3339(timestamp_ms: int) -> str | None:
    """Write a Kafka timestamp as RFC 3339 in UTC; return None if it lies outside the years 1-9999."""
    seconds, milliseconds = divmod(timestamp_ms, 1_000)
    whole = _to_the_second(seconds)
    return None if whole is None else f"{whole}.{milliseconds:03}Z"


@lru_cache(maxsize=256)  # hundreds of articles come in one second
def _to_the_second(seconds: int) -> str | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()
    except (OverflowError, ValueError, OSError):
        return None


def article_headers(subject: str, origin: Origin, trace: Trace | None) -> Headers:
    """Make the CloudEvents headers that all records of an article share, the subject first.

    `ce_time` is the raw record's time: no clock of ours is in a record.
    """
    headers: Headers = [("ce_subject", subject.encode())]
    time = rfc3339(origin.timestamp_ms) if origin.timestamp_ms is not None else None
    if time is not None:
        headers.append(("ce_time", time.encode()))
    return headers + trace_headers(trace)


def event_headers(kind: str, writer: str, event: str, shared: Headers) -> Headers:
    """Make the CloudEvents binary-mode headers of a record; `event` is its `ce_id`, `shared` is of its article."""
    source, ce_type, schema = _headers_of(kind, writer)
    subject, *rest = shared
    return [
        ("ce_specversion", b"1.0"),
        ("ce_id", event.encode()),
        source,
        ce_type,
        subject,
        schema,
        ("content-type", b"application/json"),
        *rest,
    ]


@cache
def _headers_of(kind: str, writer: str) -> Headers:
    """Make the headers that all records of a kind share; `writer` is the name of the stage."""
    return [
        ("ce_source", f"/copydesk/{writer}".encode()),
        ("ce_type", f"copydesk.{kind}.v{SCHEMA_MAJOR}".encode()),
        ("ce_dataschema", f"urn:copydesk:{kind}:v{SCHEMA_MAJOR}".encode()),
    ]


def trace_headers(trace: Trace | None) -> Headers:
    """Make headers of the trace context as the raw record had it."""
    if trace is None:
        return []
    parent = ("traceparent", trace.traceparent.encode())
    return [parent, ("tracestate", trace.tracestate.encode())] if trace.tracestate else [parent]


def duplicate_letter(duplicate: Duplicate, trace: Trace | None, writer: str) -> Letter:
    """Make the record of a duplicate for `articles.duplicates`, written by the stage `writer`."""
    article_id, origin = duplicate.article_id, duplicate.origin
    event = event_id("duplicate", article_id, duplicate.content_hash, origin)
    headers = event_headers("duplicate", writer, event, article_headers(article_id, origin, trace))
    return Letter(ARTICLES_DUPLICATES, article_id.encode(), _json.encode(duplicate), headers)


def enriched_letters(enriched: Enriched, trace: Trace | None, writer: str) -> list[Letter]:
    """Make the record of `articles.enriched`, then those of its claims, all under the article's key.

    The first is always the largest, because it has all claims too.
    """
    article_id, origin = enriched.article_id, enriched.origin
    key = article_id.encode()
    shared = article_headers(article_id, origin, trace)
    event = event_id("enriched", article_id, enriched.content_hash, origin)
    headers = event_headers("enriched", writer, event, shared)
    claims, whole = _in_json(enriched)
    letters = [Letter(ARTICLES_ENRICHED, key, whole, headers)]
    for claim, value in zip(enriched.claims, claims, strict=True):
        headers = event_headers("claim", writer, claim_event_id(claim), shared)
        letters.append(Letter(CLAIMS, key, value, headers))
    return letters


def _in_json(enriched: Enriched) -> tuple[list[bytes], bytes]:
    """Encode each claim of a record, and the record itself with these bytes in it.

    All are written into one buffer and copied out of it, because a buffer that grows for each costs more.
    """
    buffer = bytearray(JSON_BYTES)
    claims = []
    for claim in enriched.claims:
        _json.encode_into(claim, buffer)
        claims.append(bytes(buffer))
    together = msgspec.Raw(b"[" + b",".join(claims) + b"]")
    _json.encode_into(structs.replace(enriched, claims=together), buffer)
    return claims, bytes(buffer)


def json_bytes(record: msgspec.Struct) -> bytes:
    """Encode a record as JSON."""
    return _json.encode(record)


def article_json(article: Article) -> bytes:
    """Encode an article as JSON, for a late dead letter whose raw record is gone."""
    return _json.encode(article)
