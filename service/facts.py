"""Everything worth knowing that can happen, in the past tense. telemetry/ turns facts into metrics and logs.

One fact costs a few microseconds to tell, so facts are per article or per batch, never per shingle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from service.core.records import Reason, Relation


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """intake read an article."""

    record_bytes: int
    text_chars: int
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordSetAside:
    """A record became a dead letter. `detail` may go to the log, never into a label."""

    stage: str
    reason: Reason
    detail: str
    topic: str
    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class ArticleDecided:
    """dedup reached a verdict."""

    relation: Relation
    similarity: float
    candidates: int = 0


@dataclass(frozen=True, slots=True)
class ArticleRedelivered:
    """The same raw record came again and was dropped: its first copy answers for it."""

    stage: str


@dataclass(frozen=True, slots=True)
class ArticleEnriched:
    """enrich read an article's claims."""

    quotes: int
    statements: int
    figures: int
    raw_timestamp_ms: int | None = None


@dataclass(frozen=True, slots=True)
class BatchDone:
    """A batch went the whole way: decided, delivered; it is acknowledged when the loop body ends."""

    stage: str
    articles: int
    record_bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RecordsProduced:
    """The broker has these records."""

    topic: str
    records: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ProduceFailed:
    """A delivery failed for good; the process is about to stop without acknowledging."""

    topic: str
    error: str


@dataclass(frozen=True, slots=True)
class PartitionsAssigned:
    """The group gave this worker these partitions."""

    stage: str
    partitions: tuple[tuple[str, int], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PartitionsRevoked:
    """The group took these partitions away."""

    stage: str
    partitions: tuple[tuple[str, int], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class RecoveryStarted:
    """The index of a collection is being rebuilt from its segments."""

    collection: str
    segments: int


@dataclass(frozen=True, slots=True)
class RecoveryProgressed:
    """So many segments are still to be applied."""

    collection: str
    remaining: int


@dataclass(frozen=True, slots=True)
class RecoveryDone:
    """The index of a collection is as it was."""

    collection: str
    segments: int
    articles: int
    seconds: float


@dataclass(frozen=True, slots=True)
class IndexMeasured:
    """How full a collection's index is, told once per envelope."""

    collection: str
    entries: int
    capacity: int
    bytes: int
    evicted: int


Fact = (
    ArticleRead
    | RecordSetAside
    | ArticleDecided
    | ArticleRedelivered
    | ArticleEnriched
    | BatchDone
    | RecordsProduced
    | ProduceFailed
    | PartitionsAssigned
    | PartitionsRevoked
    | RecoveryStarted
    | RecoveryProgressed
    | RecoveryDone
    | IndexMeasured
)

Tell = Callable[[Fact], None]
"""What telemetry hands to everyone who has something to tell; tests pass ``facts.append``."""
