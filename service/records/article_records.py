"""An article on its way through intake and dedup, and what dedup found it to be."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from service.records.field_bounds import Count, Revision, Share
from service.records.raw_record import Origin, Trace


class Relation(StrEnum):
    """What dedup found an article to be."""

    NEW = "new"
    REVISION = "revision"
    CONTAINS = "contains"
    OVERLAPS = "overlaps"
    UPDATE = "update"
    EXACT = "exact"
    NEAR_DUPLICATE = "near_duplicate"
    PART_OF = "part_of"


GOES_ON = frozenset({Relation.NEW, Relation.REVISION, Relation.CONTAINS, Relation.OVERLAPS, Relation.UPDATE})
"""Relations with something new in them: these articles go on to enrich; the others are duplicates."""


class Article(Struct, frozen=True, kw_only=True):
    """An article that intake could read; the same value travels through all stages."""

    article_id: str
    collection: str
    text: str
    content_hash: str  # 32 hex digits over the coarse normal form of `text` (letters and digits only)
    origin: Origin
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published_at: str | None = None  # RFC 3339 in UTC; midnight for a bare date
    language: str | None = None
    status: Literal["usable", "withheld", "canceled"] | None = None  # as its source says
    extra: dict[str, Any] | None = None
    repairs: tuple[str, ...] = ()  # what cleaning did, from a closed list (service/intake/cleaning)
    as_fed: Annotated[int, Meta(ge=0, lt=2**32)] = (
        0  # 32-bit fingerprint of the text before cleaning took words away, 0 where it took none
    )
    trace: Trace | None = None
    notice: Literal["correction", "withdrawal"] | None = None  # what it does to an article published before
    about: tuple[str, ...] = ()  # ids or slugs by which a notice may name that article


class Sketched(Struct, frozen=True):
    """intake -> dedup: an article and its packed sketch (service/sketch/sketch.py)."""

    article: Article
    sketch: bytes
    facts: bytes = b""  # packed (sketch/facts.py); b"" if intake sent none


class Related(Struct, frozen=True):
    """An earlier story that stands, wholly or partly, in this article."""

    article_id: str
    relation: Literal["contains", "overlaps", "update", "correction", "withdrawal"]
    similarity: Share
    containment: Annotated[Share, Meta(description="share of this article that stands in the other")]
    coverage: Annotated[Share, Meta(description="share of the other that stands in this article")]
    sample_size: Annotated[Count, Meta(description="shingles the estimates rest on")]


class NewFact(Struct, frozen=True, gc=False):
    """Describe a fact or passage of an article that the article it updates does not have."""

    kind: Literal["figure", "name", "negation", "word", "passage"]
    text: str
    start: int
    end: int
    where: Literal["text", "title"] = "text"  # what the span counts in


class DedupNote(Struct, frozen=True):
    """Describe an article that goes on: what is new in it, and beside what."""

    status: Literal["new", "update", "revision", "correction", "withdrawal"]
    cluster_id: str
    revision: Annotated[Revision, Meta(description="1 for the first version under an id")] = 1
    novelty: Annotated[Share, Meta(description="estimated share of the text that is new")] = 1.0
    related: tuple[Related, ...] = ()
    new: tuple[NewFact, ...] = ()  # of an update: what the related article does not have
    changed: tuple[str, ...] = ()  # of a revision: what differs from the last version
    notice: Literal["correction", "withdrawal"] | None = None  # what the article says it does


class Unique(Struct, frozen=True):
    """dedup -> enrich: an article with something new in it."""

    article: Article
    dedup: DedupNote
