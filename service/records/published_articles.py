"""The two records of which each article becomes one: enriched, or a duplicate."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from service.records.article_records import DedupNote
from service.records.claim_records import Claim, DateMention
from service.records.field_bounds import ContentHash, Count, Moment, Position, Share
from service.records.raw_record import Origin


class Enriched(Struct, frozen=True, kw_only=True):
    """One record on the topic `articles.enriched`; `text` is what all offsets refer to."""

    article_id: str
    collection: str
    text: str
    content_hash: ContentHash
    dedup: DedupNote
    claims: tuple[Claim, ...]
    dates: Annotated[
        tuple[DateMention, ...], Meta(description="every date in the text, in or outside a claim")
    ]
    origin: Origin
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published_at: Moment | None = None
    language: str | None = None
    extra: dict[str, Any] | None = None
    repairs: tuple[str, ...] = ()
    read_as: Annotated[
        str,
        Meta(
            description="language, BCP 47; und: none that is served, so marked passages only, without speakers"
        ),
    ] = "en"
    read_until: Annotated[
        Position | None, Meta(description="behind it no claims and dates were looked for; null: all was read")
    ] = None
    claims_left_out: Annotated[
        Count, Meta(description="claims beyond `enrich.claims_max`, the least confident")
    ] = 0


class Duplicate(Struct, frozen=True, kw_only=True):
    """One record on the topic `articles.duplicates`: a reprint is news too, never dropped silently."""

    article_id: str
    collection: str
    content_hash: ContentHash
    duplicate_of: Annotated[str, Meta(description="always a representative, so clusters never chain")]
    cluster_id: str
    relation: Literal["exact", "near_duplicate", "part_of"]
    similarity: Share
    containment: Annotated[Share, Meta(description="share of this article that stands in `duplicate_of`")]
    coverage: Annotated[Share, Meta(description="share of `duplicate_of` that stands in this article")]
    sample_size: Annotated[Count, Meta(description="shingles the estimates rest on")]
    novelty: Share
    origin: Origin
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published_at: Moment | None = None
    language: str | None = None
    extra: dict[str, Any] | None = None
    repairs: tuple[str, ...] = ()
