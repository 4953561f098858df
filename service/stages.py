"""Declare the stages: what each reads and writes, how it is batched, made and warmed up.

articles.raw ──▶ intake ──▶ articles.sketched ──▶ dedup ──▶ articles.unique ──▶ enrich ──▶ articles.enriched
                                                    │  ▲                           └─────▶ claims
                                                    │  └── dedup.segments
                                                    └────▶ articles.duplicates
enrich, dedup (copies) ──▶ claims.prepared ──▶ threads ──▶ claim.threads, stories
                                                │  ▲
                                                │  └── threads.segments
any stage ──▶ articles.dead

Workers, metrics, commands, contracts, dashboards and benchmarks read `STAGES`; nothing else lists stages. Each stage
runs as one Faust app with one consumer group. The modules of a stage are imported only when it is made or warmed up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from service import dedup, enrich, intake, threads
from service.observations import (
    ArticlesDecided,
    ArticlesEnriched,
    ArticlesRead,
    DeadLetterReplayed,
    IndexMeasured,
    Tell,
    ThreadsDecided,
)
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    BY_COLLECTION,
    CLAIM_THREADS,
    CLAIMS,
    CLAIMS_PREPARED,
    DEDUP_SEGMENTS,
    SEGMENT_LOGS,
    STORIES,
    THREADS_SEGMENTS,
)

if TYPE_CHECKING:
    from service.line.segment_log import SegmentLog
    from service.line.stage import Stage
    from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Hold what a stage may need besides the settings."""

    segments: SegmentLog
    tell: Tell
    partition_of: Callable[[str, str], int]  # (topic, key) -> the partition that the key belongs to


@dataclass(frozen=True, slots=True)
class Batching:
    """State how many records make a batch, and how many seconds to wait for more after the first."""

    records_max: int = 1
    wait_seconds: float = 0.0


def one_record(_: Settings) -> Batching:
    """Take each record alone: an envelope is a batch already."""
    return Batching()


@dataclass(frozen=True, slots=True)
class StageSpec:
    """Declare one stage."""

    name: str
    source: str  # the topic it reads
    sinks: tuple[str, ...]  # the topics it writes
    make: Callable[[Settings, Services], Stage[Any]]
    warm_up: Callable[[], None]  # compile and load what deciding needs
    batching: Callable[[Settings], Batching] = one_record
    observations: frozenset[type] = frozenset()  # told by this kind of stage only; its metrics start at 0
    record_bytes_max: Callable[[Settings], int] | None = None  # of larger ones only the beginning is read

    @property
    def one_partition_each(self) -> tuple[str, ...]:
        """List the sinks that need one partition for each collection."""
        return tuple(topic for topic in self.sinks if topic in BY_COLLECTION)

    @property
    def segment_log(self) -> str | None:
        """Return the topic to which the stage writes its verdicts, and from which it reads them back; None: none."""
        return next((topic for topic in self.sinks if topic in SEGMENT_LOGS), None)


def _make_intake(settings: Settings, _: Services) -> Stage[None]:
    from service.intake.stage import IntakeStage

    return IntakeStage(settings)


def _make_dedup(settings: Settings, services: Services) -> Stage[Any]:
    from service.dedup.stage import DedupStage

    return DedupStage(settings, services.segments, services.tell, partition_of=services.partition_of)


def _make_enrich(settings: Settings, _: Services) -> Stage[None]:
    from service.enrich.stage import EnrichStage

    return EnrichStage(settings)


def _make_threads(settings: Settings, services: Services) -> Stage[Any]:
    from service.threads.stage import ThreadsStage

    return ThreadsStage(settings, services.segments, services.tell)


def _warm_up_intake() -> None:
    from service.intake.stage import warm_up

    warm_up()


def _warm_up_dedup() -> None:
    from service.dedup.collection import warm_up

    warm_up()


def _warm_up_enrich() -> None:
    from service.enrich.stage import warm_up

    warm_up()


def _warm_up_threads() -> None:
    from service.threads.warming import warm_up

    warm_up()


def _batches_of_intake(settings: Settings) -> Batching:
    return Batching(settings.intake.batch_articles, settings.intake.batch_wait_seconds)


def _record_bytes_of_intake(settings: Settings) -> int:
    return settings.intake.record_bytes_max


INTAKE: Final = StageSpec(
    intake.NAME,
    ARTICLES_RAW,
    (ARTICLES_SKETCHED, ARTICLES_DEAD),
    _make_intake,
    _warm_up_intake,
    _batches_of_intake,
    frozenset({ArticlesRead, DeadLetterReplayed}),
    _record_bytes_of_intake,
)
DEDUP: Final = StageSpec(
    dedup.NAME,
    ARTICLES_SKETCHED,
    (DEDUP_SEGMENTS, ARTICLES_UNIQUE, ARTICLES_DUPLICATES, CLAIMS_PREPARED, ARTICLES_DEAD),
    _make_dedup,
    _warm_up_dedup,
    observations=frozenset({ArticlesDecided, IndexMeasured}),
)
ENRICH: Final = StageSpec(
    enrich.NAME,
    ARTICLES_UNIQUE,
    (ARTICLES_ENRICHED, CLAIMS, CLAIMS_PREPARED, ARTICLES_DEAD),
    _make_enrich,
    _warm_up_enrich,
    observations=frozenset({ArticlesEnriched}),
)
THREADS: Final = StageSpec(
    threads.NAME,
    CLAIMS_PREPARED,
    (THREADS_SEGMENTS, CLAIM_THREADS, STORIES, ARTICLES_DEAD),
    _make_threads,
    _warm_up_threads,
    observations=frozenset({ThreadsDecided, IndexMeasured}),
)

STAGES: Final[dict[str, StageSpec]] = {spec.name: spec for spec in (INTAKE, DEDUP, ENRICH, THREADS)}
"""Stages by name, in the order in which an article passes them."""


def group_id(settings: Settings, stage: str) -> str:
    """Return the consumer group of a stage."""
    return f"{settings.kafka.group_prefix}{settings.kafka.topic_prefix}{stage}"


def writer_of(topic: str) -> str:
    """Return the first stage that writes a topic."""
    return next(spec.name for spec in STAGES.values() if topic in spec.sinks)
