"""Claims prepared for comparison, and the threads and stories that they join."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from service.records.claim_records import ClaimKind
from service.records.field_bounds import Count, Moment, Position, Share
from service.records.raw_record import Origin, Trace


class PreparedFigure(Struct, frozen=True, array_like=True, gc=False):
    """A figure of a prepared claim, as it stands there."""

    text: str
    value: float
    value_high: float | None = None
    unit: str | None = None
    currency: str | None = None


class PreparedClaim(Struct, frozen=True, array_like=True):
    """What threads shows of a claim that joins one; the text is cut."""

    claim_id: str
    kind: ClaimKind
    text: str
    speaker: str | None = None
    figures: tuple[PreparedFigure, ...] = ()
    period: tuple[str, ...] = ()


class Prepared(Struct, frozen=True, array_like=True):
    """enrich -> threads: an article with its claims ready for comparison (sketch/claims/prepare.py)."""

    article_id: str
    cluster_id: str
    collection: str
    content_hash: str
    origin: Origin
    revision: int
    source: str | None
    reported_by: str | None
    title: str | None
    published_at: str | None
    replaces: tuple[str, ...]  # ids of articles whose claims these take the place of
    claims: tuple[PreparedClaim, ...]
    heads: bytes  # of the facets: uint32[facets, 10]
    words: bytes  # uint32
    keys: bytes  # uint32
    figures: bytes  # rows of FIGURE
    stems: bytes  # what the article is about: uint32
    values: bytes  # float32, of the stems
    terms: tuple[str, ...]
    trace: Trace | None = None
    copy_of: str | None = None  # a copy that dedup recognised has no claims, only the id of what it repeats


class ThreadClaim(Struct, frozen=True):
    """The claim for which a record of a thread was published."""

    claim_id: str
    article_id: str
    cluster_id: str
    kind: ClaimKind
    text: Annotated[str, Meta(description="cut after 500 characters; the whole stands on the topic claims")]
    speaker: str | None = None
    source: str | None = None
    reported_by: Annotated[
        str | None, Meta(description="agency of the dateline, else the outlet; null: unknown")
    ] = None
    published_at: Moment | None = None


class ThreadFigure(Struct, frozen=True):
    """The figure that a thread is about, as the claim has it."""

    text: str
    value: float
    value_high: float | None = None
    unit: str | None = None
    currency: Annotated[str | None, Meta(description="ISO 4217")] = None
    period: Annotated[tuple[str, ...], Meta(description="resolved dates of the claim")] = ()


DisputeReason = Literal["rounding", "period", "published_later", "speaker", "unexplained"]


class ThreadDispute(Struct, frozen=True):
    """Another thread of the same measure whose value excludes this one's."""

    thread_id: str
    value: float
    reasons: Annotated[tuple[DisputeReason, ...], Meta(description="what may explain it, likeliest first")]


class ThreadSource(Struct, frozen=True):
    """A speaker that claims of a thread go back to."""

    name: str
    articles: Count


ThreadKind = Literal["quotation", "statement", "figure"]
ThreadEvent = Literal["repeated", "variant", "disputed", "denies", "related", "withdrawn", "reprinted"]


class ClaimThread(Struct, frozen=True, kw_only=True):
    """One record on the topic `claim.threads`: the state of a thread after something happened to it."""

    thread_id: Annotated[
        str, Meta(description='id of the claim that opened it, with "#" behind for its figures')
    ]
    sequence: Annotated[Position, Meta(description="counts up within a thread; its opening is 1")]
    kind: ThreadKind
    event: ThreadEvent
    collection: str
    article_id: Annotated[str, Meta(description="of the article for which this was published")]
    story_id: Annotated[str, Meta(description="of the article")]
    claim: Annotated[
        ThreadClaim | None, Meta(description="null where claims are withdrawn, or printed again by a copy")
    ]
    sureness: Annotated[Share, Meta(description="that the claim belongs to the thread")]
    by: Annotated[
        tuple[Literal["words", "speaker", "story", "figure"], ...], Meta(description="what it rests on")
    ]
    nearest: Annotated[
        str | None, Meta(description="claim of the thread that this one is most alike, by its id")
    ] = None
    added: Annotated[tuple[str, ...], Meta(description="words that claim has not, twelve at most")] = ()
    articles: Annotated[Count, Meta(description="that carry the claim; copies are not among them")]
    reports: Annotated[
        Count, Meta(description="origins that reported it by themselves; those of one text count once")
    ]
    copies: Annotated[
        Count, Meta(description="articles that print one of them again, word for word or nearly")
    ] = 0
    reprinted_by: Annotated[tuple[str, ...], Meta(description="outlets of the copies, twenty at most")] = ()
    sources: Annotated[tuple[ThreadSource, ...], Meta(description="speakers it goes back to")] = ()
    first_seen: Moment | None = None
    latest_seen: Moment | None = None
    figure: ThreadFigure | None = None
    disputes: tuple[ThreadDispute, ...] = ()
    denies: Annotated[tuple[str, ...], Meta(description="threads of which one denies the other")] = ()
    related: Annotated[tuple[str, ...], Meta(description="threads that turned out to say the same")] = ()
    algorithm: int = 1


class Story(Struct, frozen=True, kw_only=True):
    """One record on the topic `stories`: an article joined a story."""

    story_id: Annotated[str, Meta(description="a hash of the delivery of the article that opened it")]
    opened_by: Annotated[str, Meta(description="id of the article that opened it")]
    sequence: Annotated[Position, Meta(description="counts up within a story; its opening is 1")]
    event: Literal["joined"]
    collection: str
    article_id: str
    similarity: Share
    articles: Count
    reports: Count
    title: str | None = None
    source: str | None = None
    published_at: Moment | None = None
    first_seen: Moment | None = None
    latest_seen: Moment | None = None
    terms: Annotated[tuple[str, ...], Meta(description="words of the article that weigh most")] = ()
    threads: Annotated[tuple[str, ...], Meta(description="threads that the article's claims joined")] = ()
    algorithm: int = 1
