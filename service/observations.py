"""Everything worth knowing that can happen, in the past tense. telemetry/ turns observations into metrics and logs.

One observation costs a few microseconds to tell, so what happens to articles is told of a whole batch at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from service.records import ClaimKind, Origin, Reason, Relation, Trace

THREAD_RELATIONS: Final = ("opens", "repeats", "varies", "thin", "disputes", "denies", "is_related")
"""What a facet of a claim may be to the threads there are; the last three come beside one of the others."""


@dataclass(frozen=True, slots=True)
class ArticlesRead:
    """intake read articles."""

    record_bytes: Sequence[int]  # of each raw record


@dataclass(frozen=True, slots=True)
class RecordSetAside:
    """A record became a dead letter. `detail` may go to the log, never into a label."""

    stage: str
    reason: Reason
    detail: str
    topic: str
    partition: int
    offset: int
    article_id: str | None = None  # the record's key where it did not get far enough to have one


@dataclass(frozen=True, slots=True)
class ArticleStep:
    """An article that is followed came through a stage; `step` says what the stage did: read, decided, enriched."""

    stage: str
    article_id: str
    step: str
    origin: Origin
    details: Mapping[str, Any]  # to be logged


@dataclass(frozen=True, slots=True)
class DeadLetterReplayed:
    """A record that was set aside before came back and was read, or was set aside again."""

    result: Literal["ok", "dead_letter"]


@dataclass(frozen=True, slots=True)
class ArticlesDecided:
    """dedup reached verdicts."""

    verdicts: Sequence[tuple[Relation, float, int]]  # of each: relation, similarity, candidates compared


@dataclass(frozen=True, slots=True)
class ArticlesRedelivered:
    """Raw records were delivered again and skipped, because their first delivery was already processed."""

    articles: int


@dataclass(frozen=True, slots=True)
class ArticlesEnriched:
    """enrich read the claims of articles."""

    claims: Sequence[Mapping[ClaimKind, int]]  # number of claims of each article, by kind
    raw_timestamps_ms: Sequence[int]  # of the raw records that have one


@dataclass(frozen=True, slots=True)
class ThreadsDecided:
    """Threads compared the claims of articles."""

    articles: int
    relations: Mapping[str, int]  # number of facets by what they are to threads: THREAD_RELATIONS


@dataclass(frozen=True, slots=True)
class BatchDone:
    """A batch went the whole way: decided, delivered; it is acknowledged when the loop body ends."""

    stage: str
    articles: int
    record_bytes: int
    seconds: float
    waited_seconds: float = 0.0  # part of `seconds` spent waiting for the broker to take the outputs
    traces: tuple[Trace, ...] = ()  # of the articles in it that came with one


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
    """The group gave this worker these partitions: all it has now, none for a standby."""

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
    """Segments are still to be applied: their number."""

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
class SegmentsCut:
    """A log of segments begins within the window: articles that should be remembered are not."""

    collection: str
    log: str  # its logical topic


@dataclass(frozen=True, slots=True)
class IndexMeasured:
    """How full a collection's index is, told once per envelope."""

    collection: str
    entries: int
    capacity: int
    bytes: int
    evicted: int  # since the last time this was told


@dataclass(frozen=True, slots=True)
class PartitionLag:
    """How far this worker's group is behind the end of one partition it reads."""

    topic: str
    partition: int
    records: int
    seconds: float  # age of the oldest record not yet acknowledged; 0 when caught up
    committed_records: int  # acknowledged since the last measurement


@dataclass(frozen=True, slots=True)
class LagMeasured:
    """The broker said how far behind each assigned partition is."""

    partitions: tuple[PartitionLag, ...]


@dataclass(frozen=True, slots=True)
class LagUnknown:
    """The broker did not answer; nobody knows how far behind we are."""

    error: str


@dataclass(frozen=True, slots=True)
class LoopTurned:
    """The event loop came round later than asked for."""

    lag_seconds: float


Observation = (
    ArticlesRead
    | RecordSetAside
    | ArticleStep
    | DeadLetterReplayed
    | ArticlesDecided
    | ArticlesRedelivered
    | ArticlesEnriched
    | ThreadsDecided
    | BatchDone
    | RecordsProduced
    | ProduceFailed
    | PartitionsAssigned
    | PartitionsRevoked
    | RecoveryStarted
    | RecoveryProgressed
    | RecoveryDone
    | SegmentsCut
    | IndexMeasured
    | LagMeasured
    | LagUnknown
    | LoopTurned
)

Tell = Callable[[Observation], None]
"""What telemetry hands to everyone who has something to tell; tests pass ``observations.append``."""
