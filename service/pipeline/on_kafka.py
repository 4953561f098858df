"""Connect a stage to a broker: open and close its clients, and pass on which partitions it reads."""

from __future__ import annotations

import asyncio
from typing import Any, Final, Protocol

from service.kafka.away import AWAY_SECONDS_MAX
from service.kafka.delivery import BYTES_MAX, CLEANUP, topics_configs
from service.kafka.goodbye import take_leave
from service.kafka.lag_probe import LagProbe
from service.kafka.originals import KafkaOriginals
from service.kafka.outbox import KafkaOutbox
from service.kafka.security import client_options, reader_options
from service.kafka.segment_log import KafkaSegmentLog
from service.line.loop import Line
from service.line.stopping import AddressTaken, DeadLetterLimit, WrongLayout
from service.observations import Observation
from service.settings import Settings
from service.stages import Services, StageSpec, group_id
from service.topics import DEDUP_SEGMENTS, MAY_BE_COMPACTED, topic_name

FRAME_BYTES: Final = 65_536
"""Bytes of a request beside its largest record: headers and frames."""


class Teller(Protocol):
    """Take in observations, and serve metrics and health while the stage runs (service/telemetry/tell.py)."""

    def tell(self, observation: Observation, /) -> None:
        """Take in one observation."""

    async def start(self, probe: Any = None) -> None:
        """Serve metrics and health; watch the lag that `probe` reads."""

    async def last_words(self) -> None:
        """Wait until the latest counters have been scraped."""

    async def stop(self) -> None:
        """Stop serving."""


class StageOnKafka:
    """Hold one stage with its connections: `open` once before the first batch, `close` once after the last."""

    def __init__(self, spec: StageSpec, settings: Settings, telemetry: Teller) -> None:
        self.options: dict[str, Any] = client_options(settings.kafka)
        self._settings = settings
        self._spec = spec
        self._telemetry = telemetry
        output_bytes = settings.topics.output_bytes_max
        record_bytes = output_bytes + FRAME_BYTES
        kafka = settings.kafka
        self._outbox = KafkaOutbox(
            kafka.topic_prefix, self.options, output_bytes, telemetry.tell, kafka.compression
        )
        readers = reader_options(kafka)
        self._originals = KafkaOriginals(readers, record_bytes, AWAY_SECONDS_MAX)
        group, source = group_id(settings, spec.name), topic_name(settings, spec.source)
        segments = topic_name(settings, spec.segment_log or DEDUP_SEGMENTS)
        self._segments = KafkaSegmentLog(segments, readers, record_bytes, group, source)
        self._probe = LagProbe(group_id(settings, spec.name), readers)
        services = Services(self._segments, telemetry.tell, self._outbox.partition_of)
        self._stage = spec.make(settings, services)

    async def open(self) -> Line:
        """Connect and check the layout. Raises `AddressTaken`, `WrongLayout`, `KafkaError`."""
        await self._serve()
        await self._outbox.start(self._spec.sinks)
        await self._sinks_keep_what_we_send()
        for topic in self._spec.one_partition_each:
            self._must_have_a_partition_for_each_collection(topic)
        if self._spec.segment_log is not None:
            await self._segments.start()
        return Line(
            self._spec.name,
            self._spec.source,
            self._stage,
            outbox=self._outbox,
            originals=self._originals,
            limit=DeadLetterLimit(self._spec.name, self._settings.dead_letters),
            tell=self._telemetry.tell,
            last_words=self._telemetry.last_words,
            record_bytes_max=self._settings.topics.output_bytes_max,
        )

    async def _serve(self) -> None:
        try:
            await self._telemetry.start(self._probe)
        except OSError as error:
            ours = self._settings.telemetry
            raise AddressTaken(
                f"{ours.host}:{ours.port} cannot be had: {error.strerror or error}; choose another telemetry.port or "
                "telemetry.host"
            ) from error

    async def close(self) -> None:
        """Close every connection, even if one hangs or fails. What was delivered stays delivered."""
        connections = (self._segments.stop(), self._outbox.stop(), self._probe.stop())
        await asyncio.gather(*map(take_leave, connections))
        await self._telemetry.stop()

    def assigned(self, partitions: set[int]) -> None:
        """Tell the stage which partitions of its source this worker reads now."""
        self._stage.assigned(partitions)

    async def _sinks_keep_what_we_send(self) -> None:
        """Check that the sinks take the largest record we send, and are not compacted. Raises: WrongLayout."""
        ours = self._settings.topics.output_bytes_max
        names = {topic_name(self._settings, sink): sink for sink in self._spec.sinks}
        for name, configs in (await topics_configs(self.options, list(names), [BYTES_MAX, CLEANUP])).items():
            takes = int(configs.get(BYTES_MAX, ours))
            if takes < ours:
                raise WrongLayout(
                    f"{name} takes records of {takes} bytes (max.message.bytes), and topics.output_bytes_max is "
                    f"{ours}: raise the one or lower the other; `copydesk topics diff` shows all that differs"
                )
            if "compact" in configs.get(CLEANUP, "") and names[name] not in MAY_BE_COMPACTED:
                raise WrongLayout(
                    f"{name} is compacted (cleanup.policy): the broker refuses its records without a key, and "
                    "deletes all but one of those that share one. Set cleanup.policy to delete; `copydesk topics "
                    "diff` shows all that differs"
                )

    def _must_have_a_partition_for_each_collection(self, topic: str) -> None:
        have, want = self._outbox.partitions(topic), len(self._settings.intake.collections)
        if have < want:
            raise WrongLayout(
                f"{topic_name(self._settings, topic)} has {have} partitions for {want} collections "
                "(intake.collections): each needs one of its own; `copydesk topics diff` shows what to change"
            )
