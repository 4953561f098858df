"""Which observation becomes which log line. Most observations are numbers and become none.

INFO is written a few times an hour, WARNING when a record is set aside, ERROR when a person has to come.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import structlog

from service.observations import (
    ArticleStep,
    LagMeasured,
    LagUnknown,
    Observation,
    PartitionsAssigned,
    PartitionsRevoked,
    ProduceFailed,
    RecordSetAside,
    RecoveryDone,
    RecoveryStarted,
    SegmentsCut,
)
from service.records import Origin, Reason
from service.topics import DEDUP_SEGMENTS, THREADS_SEGMENTS

DETAIL_CHARS_MAX = 300
SET_ASIDE_LINES_MAX = 20
SET_ASIDE_PERIOD_SECONDS = 60.0
"""Maximum number of lines about records set aside in one period, for each reason, and the period in seconds.

A feed gone bad sets thousands of records aside a second. All of them are counted, and all are in `articles.dead`; the
log has the first ones of each period, and how many it left out."""


CUT = {
    DEDUP_SEGMENTS: (
        "dedup.segments begins within dedup.window_days: it was cut, or its retention is too short, and copies of the "
        "articles that are gone from it go on as new until the window has passed. To have them decided again as far "
        "as articles.sketched still holds them, stop dedup, empty dedup.segments, and reset the group of dedup to the "
        "earliest offset"
    ),
    THREADS_SEGMENTS: (
        "threads.segments begins within threads.window_days: it was cut, or its retention is too short, and claims "
        "that belong to the threads and stories which are gone from it open new ones until the window has passed. To "
        "have them decided again as far as claims.prepared still holds them, stop threads, empty threads.segments, "
        "and reset the group of threads to the earliest offset"
    ),
}


class ObservationLog:
    """Write the observations to the log that an operator wants to read there."""

    def __init__(self, now: Callable[[], float] = time.monotonic, follow: str = "") -> None:
        """Take the id of an article whose lines are never left out."""
        self._log = structlog.stdlib.get_logger("copydesk")
        self._now = now
        self._lines: dict[Reason, _Allowance] = {}
        self._lag_known = True
        self._follow = follow

    def note(self, observation: Observation) -> None:
        """Log `observation` if it is worth a line."""
        match observation:
            case RecordSetAside():
                self._set_aside(observation)
            case ArticleStep():
                self._step(observation)
            case ProduceFailed():
                self._log.error("produce_failed", topic=observation.topic, error=observation.error)
            case PartitionsAssigned():
                self._log.info("partitions_assigned", partitions=_named(observation.partitions))
            case PartitionsRevoked():
                self._log.info("partitions_revoked", partitions=_named(observation.partitions))
            case RecoveryStarted():
                self._log.info(
                    "recovery_started", collection=observation.collection, segments=observation.segments
                )
            case RecoveryDone():
                self._log.info(
                    "recovery_done",
                    collection=observation.collection,
                    segments=observation.segments,
                    articles=observation.articles,
                    seconds=round(observation.seconds, 3),
                )
            case SegmentsCut():
                self._log.error(
                    "segments_cut", collection=observation.collection, detail=CUT[observation.log]
                )
            case LagUnknown() if self._lag_known:
                self._lag_known = False
                self._log.warning("lag_measuring_failed", error=observation.error)
            case LagMeasured() if not self._lag_known:
                self._lag_known = True
                self._log.info("lag_measured_again")

    def _step(self, observation: ArticleStep) -> None:
        write = self._log.info if observation.article_id == self._follow else self._log.debug
        write(
            "article_step",
            step=observation.step,
            article_id=observation.article_id,
            by=observation.stage,
            origin=_origin(observation.origin),
            **observation.details,
        )

    def _set_aside(self, observation: RecordSetAside) -> None:
        allowance = self._lines.setdefault(observation.reason, _Allowance())
        is_followed = bool(self._follow) and observation.article_id == self._follow
        left_out = 0 if is_followed else allowance.take(self._now())
        if left_out is None:
            return
        write = self._log.error if observation.reason in (Reason.BUG, Reason.POISON) else self._log.warning
        more: dict[str, str | int] = {"article_id": observation.article_id} if observation.article_id else {}
        if left_out:
            more["lines_left_out"] = left_out
        write(
            "record_set_aside",
            reason=observation.reason.value,
            detail=observation.detail[:DETAIL_CHARS_MAX],
            origin=_origin(Origin(observation.topic, observation.partition, observation.offset)),
            **more,
        )


class _Allowance:
    """Allow a number of lines per period, and count the lines beyond it."""

    def __init__(self) -> None:
        self._since = float("-inf")
        self._taken = 0
        self._left_out = 0

    def take(self, now: float) -> int | None:
        """Return None if the line must not be written, else the number of lines left out before it."""
        if now - self._since >= SET_ASIDE_PERIOD_SECONDS:
            self._since, self._taken = now, 0
        if self._taken >= SET_ASIDE_LINES_MAX:
            self._left_out += 1
            return None
        self._taken += 1
        left_out, self._left_out = self._left_out, 0
        return left_out


def _origin(origin: Origin) -> str:
    return f"{origin.topic}/{origin.partition}@{origin.offset}"


def _named(partitions: Iterable[tuple[str, int]]) -> list[str]:
    return [f"{topic}/{partition}" for topic, partition in sorted(partitions)]
