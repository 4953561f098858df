"""Turn output records into rows. Pure: knows no database and no Kafka."""

from __future__ import annotations

from dataclasses import dataclass, field
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
from service.records import Claim, Duplicate, Enriched, Origin, Quantity

Row = dict[str, Any]
Values = tuple[Any, ...]

CLAIM_COLUMNS: Final = tuple(
    """article number claim_id kind text start_at end_at segments sentence_start sentence_end speaker_text speaker_name
    speaker_role speaker_start speaker_end resolved_by via cue dates negated hedged confidence method""".split()
)
FIGURE_COLUMNS: Final = tuple(
    """article claim number text value value_high unit currency scale comparator change start_at end_at""".split()
)
NUL_ESCAPED: Final = rb"\u0000"
_NOBODY: Final = (None,) * 6

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
    """An article and what belongs to it; `article` lacks `id`, the others lack the id of the article before them.

    `search` is a column that the newest revision alone has, and only in PostgreSQL.
    """

    article: Row
    claims: list[Values]
    figures: list[Values]
    search: Row = field(default_factory=dict)


def article_rows(record: OutputRecord) -> ArticleRows:
    """Read a record of `articles.enriched`. Raises UnreadableRecord."""
    enriched = decoded(_ENRICHED, record)
    note = enriched.dedup
    article = {
        "collection": enriched.collection,
        "article_id": enriched.article_id,
        "revision": note.revision,
        "status": note.status,
        "cluster_id": note.cluster_id,
        "novelty": note.novelty,
        "title": enriched.title,
        "text": enriched.text,
        "source": enriched.source,
        "url": enriched.url,
        "published_at": enriched.published_at,
        "language": enriched.language,
        "read_as": enriched.read_as,
        "content_hash": enriched.content_hash,
        "related": json_text(note.related),
        "extra": None if enriched.extra is None else json_text(enriched.extra),
        "repairs": json_text(enriched.repairs),
        "read_until": enriched.read_until,
        "claims_left_out": enriched.claims_left_out,
        **_origin(enriched.origin),
    }
    claims = [_claim(number, claim) for number, claim in enumerate(enriched.claims)]
    figures = [
        _figure(number, place, quantity)
        for number, claim in enumerate(enriched.claims)
        for place, quantity in enumerate(claim.quantities)
    ]
    return ArticleRows(article, claims, figures)


def duplicate_row(record: OutputRecord) -> Row:
    """Read a record of `articles.duplicates`. Raises UnreadableRecord."""
    found = decoded(_DUPLICATE, record)
    return {
        "collection": found.collection,
        "article_id": found.article_id,
        "duplicate_of": found.duplicate_of,
        "cluster_id": found.cluster_id,
        "relation": found.relation,
        "similarity": found.similarity,
        "containment": found.containment,
        "coverage": found.coverage,
        "novelty": found.novelty,
        "title": found.title,
        "source": found.source,
        "url": found.url,
        "published_at": found.published_at,
        "language": found.language,
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
        "detail": clean(str(texts[MESSAGE])),
        "attempts": attempts,
        "key": record.key,
        "value": record.value,
        "dead_partition": record.partition,
        "dead_offset": record.offset,
        **_origin(origin),
    }


def decoded(decoder: msgspec.json.Decoder[Any], record: OutputRecord) -> Any:
    """Decode the value of a record, with U+FFFD for NUL, which PostgreSQL refuses. Raises UnreadableRecord."""
    value = record.value or b""
    try:
        if NUL_ESCAPED in value:
            value = msgspec.json.encode(_without_nul(msgspec.json.decode(value)))
        return decoder.decode(value)
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


def _claim(number: int, claim: Claim) -> Values:
    """Return the values of CLAIM_COLUMNS behind `article`."""
    speaker, cue, sentence = claim.speaker, claim.cue, claim.sentence
    of_speaker = (
        _NOBODY
        if speaker is None
        else (speaker.text, speaker.name, speaker.role, speaker.start, speaker.end, speaker.resolved_by)
    )
    return (
        number,
        claim.claim_id,
        str(claim.kind),
        claim.text,
        claim.start,
        claim.end,
        json_text([(span.start, span.end) for span in claim.segments]),
        sentence.start,
        sentence.end,
        *of_speaker,
        json_text([carrier.name or carrier.text for carrier in claim.via]),
        None if cue is None else cue.text,
        json_text(claim.dates),
        +claim.negated,  # SQLite's driver takes a number at once, and looks for an adapter of a bool
        +claim.hedged,
        claim.confidence,
        claim.method,
    )


def _figure(number: int, place: int, quantity: Quantity) -> Values:
    """Return the values of FIGURE_COLUMNS behind `article`."""
    return (
        number,
        place,
        quantity.text,
        quantity.value,
        quantity.value_high,
        quantity.unit,
        quantity.currency,
        quantity.scale,
        quantity.comparator,
        quantity.change,
        quantity.start,
        quantity.end,
    )


def json_text(value: Any) -> str:
    """Return a value as JSON."""
    if not value:
        return "{}" if isinstance(value, dict) else "[]"  # most of them are empty
    return msgspec.json.encode(value).decode()


def clean(text: str) -> str:
    """Replace NUL by U+FFFD: places in the text stay right."""
    return text.replace("\0", "\ufffd")


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): _without_nul(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    return value
