"""Move the instruments of `service/telemetry/instruments.py`: which observation moves which.

Their children exist from the start, so that a rule about something that has not happened yet reads 0 and not "no
data". Topics are labelled without their prefix, so that rules fit every installation.
"""

from __future__ import annotations

import time
from collections import Counter as Counted
from collections.abc import Callable, Iterable
from itertools import chain
from typing import assert_never

from service.observations import (
    THREAD_RELATIONS,
    ArticlesDecided,
    ArticlesEnriched,
    ArticlesRead,
    ArticlesRedelivered,
    ArticleStep,
    BatchDone,
    DeadLetterReplayed,
    IndexMeasured,
    LagMeasured,
    LagUnknown,
    LoopTurned,
    Observation,
    PartitionLag,
    PartitionsAssigned,
    PartitionsRevoked,
    ProduceFailed,
    RecordSetAside,
    RecordsProduced,
    RecoveryDone,
    RecoveryProgressed,
    RecoveryStarted,
    SegmentsCut,
    ThreadsDecided,
)
from service.records import GOES_ON, ClaimKind, Reason, Relation
from service.stages import STAGES
from service.telemetry.instruments import Instruments

OUTCOMES = ("ok", "duplicate", "redelivered", "dead_letter")
LOG_LEVELS = ("debug", "info", "warning", "error", "critical")


class Metrics(Instruments):
    """Move the instruments of one worker process. Call `tell` from its event loop only."""

    def __init__(
        self,
        stage: str,
        *,
        collections: Iterable[str] = ("default",),
        topic_prefix: str = "",
        version: str = "",
        commit: str = "",
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stage = stage
        self._spec = STAGES[stage]
        is_threads = ThreadsDecided in self._spec.observations
        super().__init__(*(("threads", "Claims") if is_threads else ("dedup", "Articles")))
        self._collections = tuple(collections)
        self._prefix = topic_prefix
        self._now = now
        self._monotonic = monotonic
        self._revoked_at: float | None = None
        self._assigned: frozenset[tuple[str, int]] = frozenset()
        self._make_children()
        self._build_info.labels(version, commit).set(1)

    def _make_children(self) -> None:
        """Create what this process can move; the children of other stages live in other processes."""
        stage = self.stage
        self._outcome = {outcome: self._processed.labels(stage, outcome) for outcome in OUTCOMES}
        for by_stage in (self._stage_seconds, self._record_bytes, self._envelope, self._last_done):
            by_stage.labels(stage)
        for reason in Reason:
            self._dead.labels(stage, reason.value)
        for topic in self._spec.sinks:
            for by_topic in (self._produced, self._produce_errors, self._produce_seconds):
                by_topic.labels(topic)
        self._partitions.labels(self._spec.source)
        self._lag_measured_at.set(self._now())  # until the first answer: since we are here to ask
        self.log_counters = {level: self._log_messages.labels(level) for level in LOG_LEVELS}
        if DeadLetterReplayed in self._spec.observations:
            self._replayed.labels("ok")
            self._replayed.labels("dead_letter")
        if ArticlesDecided in self._spec.observations:
            for relation in Relation:
                self._decisions.labels(relation.value)
        if IndexMeasured in self._spec.observations:
            for collection in self._collections:
                self._clear_collection(collection)
                self._recovery_seconds.labels(collection)
                self._evictions.labels(collection)
        if ThreadsDecided in self._spec.observations:
            for name in THREAD_RELATIONS:
                self._thread_relations.labels(name)
        if ArticlesEnriched in self._spec.observations:
            for kind in ClaimKind:
                self._claims.labels(kind)
                self._claims_per_article.labels(kind)

    def tell(self, observation: Observation) -> None:
        """Move the instruments that `observation` moves. Frequent observations come first."""
        match observation:
            case ArticlesRead():
                self._outcome["ok"].inc(len(observation.record_bytes))
                self._record_bytes.labels(self.stage).observe_all(observation.record_bytes)
            case ArticlesDecided():
                self._articles_decided(observation)
            case ArticlesEnriched():
                self._articles_enriched(observation)
            case ThreadsDecided():
                self._outcome["ok"].inc(observation.articles)
                for name, facets in observation.relations.items():
                    self._thread_relations.labels(name).inc(facets)
            case ArticlesRedelivered():
                self._outcome["redelivered"].inc(observation.articles)
            case BatchDone():
                self._batch_done(observation)
            case RecordsProduced():
                topic = self._topic(observation.topic)
                self._produced.labels(topic).inc(observation.records)
                self._produce_seconds.labels(topic).observe(observation.seconds)
            case LoopTurned():
                self._loop_lag.observe(observation.lag_seconds)
            case RecordSetAside():
                self._outcome["dead_letter"].inc()
                self._dead.labels(observation.stage, observation.reason.value).inc()
            case DeadLetterReplayed():
                self._replayed.labels(observation.result).inc()
            case ProduceFailed():
                self._produce_errors.labels(self._topic(observation.topic)).inc()
            case PartitionsAssigned():
                self._partitions_assigned(frozenset(observation.partitions))
            case PartitionsRevoked():
                self._partitions_revoked(frozenset(observation.partitions))
            case RecoveryStarted():
                self._recovering.labels(observation.collection).set(1)
                self._recovery_left.labels(observation.collection).set(observation.segments)
            case RecoveryProgressed():
                self._recovery_left.labels(observation.collection).set(observation.remaining)
            case RecoveryDone():
                self._recovering.labels(observation.collection).set(0)
                self._recovery_left.labels(observation.collection).set(0)
                self._recovery_seconds.labels(observation.collection).observe(observation.seconds)
            case IndexMeasured():
                self._index_measured(observation)
            case LagMeasured():
                self._lag_measured_at.set(self._now())
                for lag in observation.partitions:
                    self._lag_measured(lag)
            case ArticleStep() | SegmentsCut():
                pass  # for the log alone
            case LagUnknown():
                pass  # the last measurement stands; a 0 or a -1 would be a lie
            case _:
                assert_never(observation)

    def _topic(self, topic: str) -> str:
        return topic.removeprefix(self._prefix)

    def _articles_decided(self, observation: ArticlesDecided) -> None:
        for relation, count in Counted(relation for relation, _, _ in observation.verdicts).items():
            self._outcome["ok" if relation in GOES_ON else "duplicate"].inc(count)
            self._decisions.labels(relation.value).inc(count)
        self._candidates.observe_all(candidates for _, _, candidates in observation.verdicts)
        self._similarity.observe_all(
            similarity for _, similarity, _ in observation.verdicts if similarity > 0.0
        )

    def _articles_enriched(self, observation: ArticlesEnriched) -> None:
        self._outcome["ok"].inc(len(observation.claims))
        for kind in dict.fromkeys(chain(ClaimKind, *observation.claims)):
            found = [of_article.get(kind, 0) for of_article in observation.claims]
            self._claims.labels(kind).inc(sum(found))
            self._claims_per_article.labels(kind).observe_all(found)
        now = self._now()
        # a feeder's clock may run ahead of ours
        self._end_to_end.observe_all(max(now - ms / 1000.0, 0.0) for ms in observation.raw_timestamps_ms)

    def _batch_done(self, observation: BatchDone) -> None:
        self._stage_seconds.labels(observation.stage).observe(observation.seconds)
        self._envelope.labels(observation.stage).observe(observation.articles)
        self._last_done.labels(observation.stage).set(self._now())
        self._backpressure.inc(observation.waited_seconds)
        if (
            ArticlesRead not in self._spec.observations
        ):  # that observation has the size of each record already
            self._record_bytes.labels(observation.stage).observe(observation.record_bytes)

    def _partitions_assigned(self, assigned: frozenset[tuple[str, int]]) -> None:
        self._rebalances.inc()
        if self._revoked_at is not None:
            self._rebalance_seconds.observe(self._monotonic() - self._revoked_at)
            self._revoked_at = None
        self._forget(self._assigned - assigned)
        self._assigned = assigned
        self._count_partitions()
        for topic, partition in assigned:
            self._committed.labels(self._topic(topic), partition)

    def _partitions_revoked(self, revoked: frozenset[tuple[str, int]]) -> None:
        self._revoked_at = self._monotonic()
        self._forget(revoked)
        self._assigned -= revoked
        self._count_partitions()

    def _count_partitions(self) -> None:
        names = [self._topic(topic) for topic, _ in self._assigned]
        for name in {self._spec.source, *names}:
            self._partitions.labels(name).set(names.count(name))

    def _forget(self, gone: Iterable[tuple[str, int]]) -> None:
        """Remove what is now another worker's to report: a stale series would alarm for ever."""
        for name, partition in gone:
            topic = self._topic(name)
            for instrument in (self._lag_records, self._lag_seconds, self._committed):
                instrument.remove(topic, partition)
            if (
                IndexMeasured in self._spec.observations
                and topic == self._spec.source
                and partition < len(self._collections)
            ):
                self._clear_collection(self._collections[partition])

    def _clear_collection(self, collection: str) -> None:
        for gauge in (
            self._recovering,
            self._recovery_left,
            self._index_entries,
            self._index_capacity,
            self._index_bytes,
        ):
            gauge.labels(collection).set(0)

    def _index_measured(self, observation: IndexMeasured) -> None:
        self._index_entries.labels(observation.collection).set(observation.entries)
        self._index_capacity.labels(observation.collection).set(observation.capacity)
        self._index_bytes.labels(observation.collection).set(observation.bytes)
        self._evictions.labels(observation.collection).inc(observation.evicted)

    def _lag_measured(self, lag: PartitionLag) -> None:
        if (lag.topic, lag.partition) not in self._assigned:
            return  # measured before, answered after it was revoked
        topic = self._topic(lag.topic)
        self._lag_records.labels(topic, lag.partition).set(lag.records)
        self._lag_seconds.labels(topic, lag.partition).set(lag.seconds)
        self._committed.labels(topic, lag.partition).inc(lag.committed_records)
