"""A stage on a real broker: what it opens, what it closes, and how it hears of its partitions."""

from __future__ import annotations

import asyncio
from typing import Any, Final, Protocol

from service.dedup.stage import DedupStage
from service.enrich.stage import EnrichStage
from service.facts import Fact
from service.intake.stage import IntakeStage
from service.kafka.delivery import topics_bytes_max
from service.kafka.goodbye import take_leave
from service.kafka.lag_probe import LagProbe
from service.kafka.originals import KafkaOriginals
from service.kafka.outbox import KafkaOutbox
from service.kafka.security import client_options
from service.kafka.segment_log import KafkaSegmentLog
from service.line.loop import Line
from service.line.records_out import Stage
from service.line.stopping import DeadLetterLimit, WrongLayout
from service.settings import Settings
from service.topics import ARTICLES_SKETCHED, DEDUP_SEGMENTS, topic_name

FRAME_BYTES: Final = 65_536
"""A request is larger than the largest record in it: room for headers and frames."""


class Desk(Protocol):
    """Whoever is told the facts, and serves them while the stage runs (service/telemetry/tell.py)."""

    def tell(self, fact: Fact, /) -> None:
        """Take in one fact."""

    async def start(self, probe: Any = None) -> None:
        """Serve metrics and health; watch the lag that `probe` reads."""

    async def last_words(self) -> None:
        """Wait until what was told last has been scraped."""

    async def stop(self) -> None:
        """Stop serving."""


def group_id(settings: Settings, stage: str) -> str:
    """The consumer group of a stage."""
    return f"{settings.kafka.group_prefix}{settings.kafka.topic_prefix}{stage}"


class StageOnKafka:
    """One stage with its connections; `open` once before the first batch, `close` once after the last."""

    def __init__(self, name: str, settings: Settings, sinks: tuple[str, ...], desk: Desk) -> None:
        self.name = name
        self.options: dict[str, Any] = client_options(settings.kafka)
        self._settings = settings
        self._sinks = sinks
        self._desk = desk
        output_bytes = settings.topics.output_bytes_max
        record_bytes = output_bytes + FRAME_BYTES
        kafka = settings.kafka
        self._outbox = KafkaOutbox(
            kafka.topic_prefix, self.options, output_bytes, desk.tell, kafka.compression
        )
        self._originals = KafkaOriginals(self.options, record_bytes)
        self._segments = KafkaSegmentLog(topic_name(settings, DEDUP_SEGMENTS), self.options, record_bytes)
        self._probe = LagProbe(group_id(settings, name), self.options)
        self._dedup: DedupStage | None = None
        self._stage = self._make_stage()

    def _make_stage(self) -> Stage:
        if self.name == "intake":
            return IntakeStage(self._settings)
        if self.name == "enrich":
            return EnrichStage(self._settings)
        self._dedup = DedupStage(
            self._settings, self._segments, self._desk.tell, partition_of=self._outbox.partition_of
        )
        return self._dedup

    async def open(self) -> Line:
        """Connect and check the layout. Raises `WrongLayout`, `KafkaError`, OSError (address taken)."""
        await self._desk.start(self._probe)
        await self._outbox.start(self._sinks)
        await self._sinks_take_what_we_send()
        if self.name == "intake":
            self._one_partition_each(ARTICLES_SKETCHED)
        if self._dedup is not None:
            self._one_partition_each(DEDUP_SEGMENTS)
            await self._segments.start()
        return Line(
            self._stage,
            outbox=self._outbox,
            originals=self._originals,
            limit=DeadLetterLimit(self.name, self._settings.dead_letters),
            tell=self._desk.tell,
            segment_written=self._dedup.written if self._dedup is not None else None,
            last_words=self._desk.last_words,
            record_bytes_max=self._settings.topics.output_bytes_max,
        )

    async def close(self) -> None:
        """Disconnect; all that was delivered stays delivered. One that hangs or fails keeps no other from it."""
        connections = (self._segments.stop(), self._outbox.stop(), self._probe.stop())
        await asyncio.gather(*map(take_leave, connections))
        await self._desk.stop()

    def assigned(self, partitions: set[int]) -> None:
        """These partitions of the source are ours now, and no others."""
        if self._dedup is not None:
            self._dedup.assigned(partitions)

    async def _sinks_take_what_we_send(self) -> None:
        """A record the topic refuses would end the stage after each restart: better no start, and a word why."""
        ours = self._settings.topics.output_bytes_max
        names = [topic_name(self._settings, sink) for sink in self._sinks]
        for name, takes in (await topics_bytes_max(self.options, names)).items():
            if takes < ours:
                raise WrongLayout(
                    f"{name} takes records of {takes} bytes (max.message.bytes), and topics.output_bytes_max is "
                    f"{ours}: raise the one or lower the other; `copydesk topics diff` shows all that differs"
                )

    def _one_partition_each(self, topic: str) -> None:
        have, want = self._outbox.partitions(topic), len(self._settings.intake.collections)
        if have < want:
            raise WrongLayout(
                f"{topic_name(self._settings, topic)} has {have} partitions for {want} collections "
                "(intake.collections): each needs one of its own; `copydesk topics diff` shows what to change"
            )
