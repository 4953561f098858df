"""Claims as they are read from a text, and as they are published."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from service.records.field_bounds import Count, Moment, Share


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
