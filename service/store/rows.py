"""Turn output records into rows. Pure: knows no database and no Kafka."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from service.line.codec import rfc3339
from service.line.dead_letter_headers import (
    ATTEMPTS,
    MESSAGE,
    OFFSET,
    PARTITION,
    REASON,
    STAGE,
    TOPIC,
    header_text,
)
from service.records import Claim, Duplicate, Enriched, Origin

Row = dict[str, Any]

_ENRICHED: Final = msgspec.json.Decoder(Enriched)
_DUPLICATE: Final = msgspec.json.Decoder(Duplicate)


class UnreadableRecord(Exception):  # noqa: N818 - it is what happened
    """An output record is not what its contract says; the store stops and skips nothing."""


@dataclass(frozen=True, slots=True)
class OutputRecord:
    """A record of an output topic, with its place in the log."""

    topic: str  # logical name
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """An article and what belongs to it; `article` lacks `id`, the others lack the id of the article."""

    article: Row
    claims: list[Row]
    figures: list[Row]


def article_rows(record: OutputRecord) -> ArticleRows:
    """Read a record of `articles.enriched`. Raises UnreadableRecord."""
    enriched = decoded(_ENRICHED, record)
    note = enriched.dedup
    article = {
        "collection": enriched.collection,
        "article_id": clean(enriched.article_id),
        "revision": note.revision,
        "status": note.status,
        "cluster_id": clean(note.cluster_id),
        "novelty": note.novelty,
        "title": clean(enriched.title),
        "text": clean(enriched.text),
        "source": clean(enriched.source),
        "url": clean(enriched.url),
        "published_at": enriched.published_at,
        "language": clean(enriched.language),
        "read_as": enriched.read_as,
        "content_hash": enriched.content_hash,
        "related": json_text(note.related),
        "extra": None if enriched.extra is None else json_text(enriched.extra),
        "repairs": json_text(enriched.repairs),
        **_origin(enriched.origin),
    }
    claims: list[Row] = []
    figures: list[Row] = []
    for number, claim in enumerate(enriched.claims):
        claims.append(_claim(number, claim))
        figures.extend(_figures(number, claim))
    return ArticleRows(article, claims, figures)


def duplicate_row(record: OutputRecord) -> Row:
    """Read a record of `articles.duplicates`. Raises UnreadableRecord."""
    found = decoded(_DUPLICATE, record)
    return {
        "collection": found.collection,
        "article_id": clean(found.article_id),
        "duplicate_of": clean(found.duplicate_of),
        "cluster_id": clean(found.cluster_id),
        "relation": found.relation,
        "similarity": found.similarity,
        "containment": found.containment,
        "coverage": found.coverage,
        "novelty": found.novelty,
        "title": clean(found.title),
        "source": clean(found.source),
        "url": clean(found.url),
        "published_at": found.published_at,
        "language": clean(found.language),
        "content_hash": found.content_hash,
        **_origin(found.origin),
    }


def dead_letter_row(record: OutputRecord, timestamp_header: str = "copydesk.dlq.timestamp") -> Row:
    """Read a record of `articles.dead`. Raises UnreadableRecord where a header of ours is missing."""
    texts = {
        name: header_text(record.headers, name) for name in (STAGE, REASON, MESSAGE, TOPIC, PARTITION, OFFSET)
    }
    missing = [name for name, text in texts.items() if text is None]
    if missing:
        raise UnreadableRecord(f"{_place(record)} lacks the header {missing[0]}")
    fed_ms = header_text(record.headers, timestamp_header)
    try:
        origin = Origin(
            str(texts[TOPIC]),
            int(texts[PARTITION] or ""),
            int(texts[OFFSET] or ""),
            int(fed_ms) if fed_ms else None,
        )
        attempts = int(header_text(record.headers, ATTEMPTS) or 1)
    except ValueError as error:
        raise UnreadableRecord(f"{_place(record)} has a header that is no number: {error}") from None
    return {
        "stage": texts[STAGE],
        "reason": texts[REASON],
        "detail": clean(texts[MESSAGE]),
        "attempts": attempts,
        "key": record.key,
        "value": record.value,
        "dead_partition": record.partition,
        "dead_offset": record.offset,
        **_origin(origin),
    }


def decoded(decoder: msgspec.json.Decoder[Any], record: OutputRecord) -> Any:
    """Decode the value of a record. Raises UnreadableRecord."""
    try:
        return decoder.decode(record.value or b"")
    except (msgspec.MsgspecError, ValueError) as error:
        raise UnreadableRecord(f"{_place(record)}: {error}") from None


def _place(record: OutputRecord) -> str:
    return f"{record.topic}[{record.partition}]@{record.offset}"


def _origin(origin: Origin) -> Row:
    fed_ms = origin.timestamp_ms
    return {
        "fed_at": rfc3339(fed_ms) if fed_ms is not None else None,
        "origin_topic": origin.topic,
        "origin_partition": origin.partition,
        "origin_offset": origin.offset,
    }


def _claim(number: int, claim: Claim) -> Row:
    speaker, cue = claim.speaker, claim.cue
    return {
        "number": number,
        "claim_id": claim.claim_id,
        "kind": str(claim.kind),
        "text": clean(claim.text),
        "start_at": claim.start,
        "end_at": claim.end,
        "segments": json_text([(span.start, span.end) for span in claim.segments]),
        "sentence_start": claim.sentence.start,
        "sentence_end": claim.sentence.end,
        "speaker_text": clean(speaker.text) if speaker else None,
        "speaker_name": clean(speaker.name) if speaker else None,
        "speaker_role": clean(speaker.role) if speaker else None,
        "speaker_start": speaker.start if speaker else None,
        "speaker_end": speaker.end if speaker else None,
        "resolved_by": speaker.resolved_by if speaker else None,
        "cue": clean(cue.text) if cue else None,
        "dates": json_text(claim.dates),
        "negated": claim.negated,
        "hedged": claim.hedged,
        "confidence": claim.confidence,
        "method": claim.method,
    }


def _figures(number: int, claim: Claim) -> Iterable[Row]:
    for place, quantity in enumerate(claim.quantities):
        yield {
            "claim": number,
            "number": place,
            "text": clean(quantity.text),
            "value": quantity.value,
            "value_high": quantity.value_high,
            "unit": clean(quantity.unit),
            "currency": quantity.currency,
            "scale": quantity.scale,
            "comparator": quantity.comparator,
            "change": quantity.change,
            "start_at": quantity.start,
            "end_at": quantity.end,
        }


def clean(text: str | None) -> str | None:
    """Replace NUL, which PostgreSQL refuses in text, by U+FFFD: places in the text stay right."""
    return text.replace("\0", "\ufffd") if text is not None and "\0" in text else text


def json_text(value: Any) -> str:
    """Return a value as JSON without NUL in any text of it."""
    if not value:
        return "{}" if isinstance(value, dict) else "[]"  # most of them are empty
    written = msgspec.json.encode(value).decode()
    if "\\u0000" in written:
        return msgspec.json.encode(_without_nul(msgspec.json.decode(written))).decode()
    return written


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _without_nul(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    return value
