"""The nouns that travel between the rooms, and why one may be set aside.

Every record type is declared once, here. JSON Schemas and the AsyncAPI document are generated from
these types. Offsets count Unicode code points of the clean text (a Python ``str``), ends exclusive.
Shares (`similarity`, `containment`, `coverage`, `novelty`, `confidence`) lie between 0 and 1.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

SCHEMA_MAJOR = 1
"""Major version of all published records; inside it only optional fields are added."""

NOT_UNPACKED = "copydesk.not_unpacked"
"""The one header of a record that could not be read as a whole, with the reason (service/kafka/batch_reader.py)."""


UTC_PATTERN: Final = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$"

# What a Python type cannot say of a published field. These bounds are promises to readers, kept by the code that makes
# the values and shown by tests; they are not checked when an envelope is read, so that none is refused for a rounding.
Share = Annotated[float, Meta(extra_json_schema={"minimum": 0, "maximum": 1})]
Count = Annotated[int, Meta(extra_json_schema={"minimum": 0})]
Revision = Annotated[int, Meta(extra_json_schema={"minimum": 1})]
Position = Annotated[int, Meta(extra_json_schema={"minimum": 1})]
ContentHash = Annotated[str, Meta(extra_json_schema={"pattern": "^[0-9a-f]{32}$"})]
Moment = Annotated[str, Meta(extra_json_schema={"format": "date-time", "pattern": UTC_PATTERN})]


class Reason(StrEnum):
    """Why a record was set aside: a closed list, used as header and as metric label."""

    INVALID_JSON = "invalid_json"
    INVALID_UTF8 = "invalid_utf8"
    SCHEMA = "schema"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NO_VALUE = "no_value"
    NO_TEXT = "no_text"
    UNKNOWN_COLLECTION = "unknown_collection"
    FOREIGN_SOURCE = "foreign_source"
    TIMEOUT = "timeout"
    BUG = "bug"
    POISON = "poison"


class Rejected(Exception):  # noqa: N818 - said as the newsroom says it
    """This record cannot become an article; it goes to the dead letters with `reason`."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail


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


class Origin(Struct, frozen=True):
    """Where the raw record stood in Kafka. `timestamp_ms` is the record's own, None where it has none."""

    topic: str
    partition: Count
    offset: Count
    timestamp_ms: int | None = None


class Trace(Struct, frozen=True):
    """W3C trace context of the raw record, carried to every output (https://www.w3.org/TR/trace-context/)."""

    traceparent: str
    tracestate: str | None = None


class RawRecord(Struct, frozen=True, gc=False):
    """A record as Kafka delivered it, untouched."""

    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    origin: Origin


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
    as_fed: int = 0  # 32-bit fingerprint of the text before cleaning took words away, 0 where it took none
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


class Span(Struct, frozen=True, gc=False):
    """A slice of the text: ``text[start:end]``, end exclusive."""

    start: Count
    end: Count


class Mention(Struct, frozen=True, gc=False):
    """A slice of the text with its wording."""

    start: Count
    end: Count
    text: str


ResolvedBy = Literal["same_mention", "last_name", "pronoun", "role", "relative", "author"]
"""How a name was concluded. relative: what "who" stands for; author: who wrote the document that speaks."""
SpeakerKind = Literal["person", "organisation", "group", "document"]


class Speaker(Struct, frozen=True, gc=False):
    """Who is said to speak: the mention as it stands, and what it resolves to inside the article."""

    start: Count
    end: Count
    text: str
    name: Annotated[str | None, Meta(description="fullest name seen in the article; of two people both")] = (
        None
    )
    resolved_by: ResolvedBy | None = None
    role: str | None = None
    kind: SpeakerKind | None = None
    name_confidence: Annotated[
        Share | None, Meta(description="how sure the name is; null without a name")
    ] = None


class Quantity(Struct, frozen=True, gc=False):
    """A number read from the text. `value` has the scale applied: "$2.5bn" is 2.5e9, scale 1e9, USD."""

    start: Count
    end: Count
    text: str
    value: float
    value_high: Annotated[float | None, Meta(description="upper end of a range")] = None
    unit: Annotated[
        str | None, Meta(description='"percent", "kilometre", or the counted noun as it stands')
    ] = None
    currency: Annotated[str | None, Meta(description="ISO 4217")] = None
    scale: float | None = None
    comparator: Literal["over", "at_least", "under", "at_most", "about", "equal"] | None = None
    change: Literal["up", "down"] | None = None


class DateMention(Struct, frozen=True, gc=False):
    """A date, time or period; `value` is ISO 8601 ("start/end" for a period), None if unresolved."""

    start: Count
    end: Count
    text: str
    type: Literal["date", "time", "duration", "set"]
    value: str | None = None


class ClaimKind(StrEnum):
    """What is claimed: words said in quotation marks, words said without them, or figures that nobody said."""

    QUOTE = "quote"
    STATEMENT = "statement"
    FIGURE = "figure"


class Finding(Struct, frozen=True, gc=False):
    """One claim as read from a text, before it knows its article."""

    kind: ClaimKind
    text: str
    start: Count
    end: Count
    segments: Annotated[
        tuple[Span, ...], Meta(description="contiguous pieces; more than one where a cue interrupts")
    ]
    sentence: Annotated[Span, Meta(description="the sentence(s) around it")]
    speaker: Speaker | None = None
    cue: Mention | None = None
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    negated: bool = False
    hedged: bool = False
    confidence: Share = 0.0
    method: Annotated[str, Meta(description="rule or model that found it")] = ""
    via: Annotated[
        tuple[Speaker, ...], Meta(description="who passed the speaker's words on, from the inside outward")
    ] = ()


class Claim(Finding, frozen=True, kw_only=True, gc=False):
    """One record on the topic `claims`."""

    claim_id: str
    article_id: str
    cluster_id: str
    source: str | None = None
    published_at: Moment | None = None
    extractor_version: str = ""
    revision: int = 1  # of the article; the claims of an article are those of its newest revision
    collection: str = ""


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
ThreadEvent = Literal["repeated", "variant", "disputed", "denies", "related", "withdrawn"]


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
    claim: Annotated[ThreadClaim | None, Meta(description="null where claims are withdrawn")]
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

    story_id: Annotated[str, Meta(description="id of the article that opened it")]
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
