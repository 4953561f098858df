"""A worker whose room only copies: every guard of the edge with nothing in the way. Run as a process by tests.

Faults are switched on by the environment: RAISE_AT (an offset at which the room raises), SLOW_SECONDS (per batch),
TOO_LARGE_AT (an offset whose letter the broker refuses), IN_VAIN (what is fetched first is thrown away, as Faust does
with what arrives in a rebalance), and WITHOUT (a guard to take out, so that a test can show what it is for):
commit_first, crash, in_flight, seek_back.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from service.kafka.outbox import KafkaOutbox
from service.kafka.patches import transport
from service.kafka.security import client_options
from service.kafka.worker import build_app, run_worker
from service.line import loop
from service.line.dead_letters import MemoryOriginals
from service.line.loop import Line
from service.line.records_out import Letter, Outcome
from service.line.stage import Stage
from service.line.stopping import DeadLetterLimit
from service.records import RawRecord
from service.settings import Settings, load_settings
from service.stages import Batching, StageSpec
from service.topics import ARTICLES_ENRICHED, ARTICLES_RAW

RAISE_AT = int(os.environ.get("RAISE_AT", "-1"))
TOO_LARGE_AT = int(os.environ.get("TOO_LARGE_AT", "-1"))
SLOW_SECONDS = float(os.environ.get("SLOW_SECONDS", "0"))
BATCH = int(os.environ.get("BATCH", "20"))
NAME = os.environ.get("NAME", "copy").encode()
WITHOUT = os.environ.get("WITHOUT", "")
THROWN_AWAY = "what was fetched first is thrown away"


class CopyStage(Stage[None]):
    """Copy raw records to enriched ones, byte for byte."""

    async def prepare(self, records: Sequence[RawRecord]) -> None:
        if SLOW_SECONDS:
            await asyncio.sleep(SLOW_SECONDS)

    def decide(self, records: Sequence[RawRecord], prepared: None = None) -> Outcome:
        for record in records:
            if record.origin.offset == RAISE_AT:
                raise RuntimeError(f"told to raise at {RAISE_AT}")
        return Outcome([self._copy(r) for r in records], tally=[(r.origin.partition, None) for r in records])

    def _copy(self, record: RawRecord) -> Letter:
        value = record.value or b""
        if record.origin.offset == TOO_LARGE_AT:
            value = value.ljust(3_000_000, b" ")
        return Letter(ARTICLES_ENRICHED, record.key, value, [("worker", NAME)])


@contextmanager
def _raise_as_usual(stage: str) -> Iterator[None]:
    yield


def take_out(guard: str) -> None:
    """Faust as it comes, in one respect."""
    if guard == "commit_first":
        del transport.CommitFirst.on_partitions_revoked
    elif guard == "crash":
        vars(loop)["crash_without_ack"] = _raise_as_usual
    elif guard == "seek_back":
        del transport.RunConsumer.seek_to_committed


def throw_first_fetch_away() -> None:
    """What Faust does with records that arrive while a rebalance has suspended its flow, here each time."""
    fetch = transport.RunConsumer._wait_next_records
    thrown: list[Any] = []

    async def wait_next_records(consumer: Any, timeout: float) -> Any:  # noqa: ASYNC109 - Faust's signature
        records, active = await fetch(consumer, timeout)
        if not records or thrown:
            return records, active
        thrown.append(records)
        print(THROWN_AWAY, flush=True)  # before the seek: a rebalance may cancel that, and seek itself
        await consumer.perform_seek()
        return None, active

    vars(transport)["RunConsumer"]._wait_next_records = wait_next_records


COPY = StageSpec(
    "copy",
    ARTICLES_RAW,
    (ARTICLES_ENRICHED,),
    make=lambda settings, services: CopyStage(),
    warm_up=lambda: None,
    batching=lambda settings: Batching(BATCH, 0.05),
)


class Connected:
    """Hold the outbox of the copying stage."""

    def __init__(self, settings: Settings) -> None:
        self.options = client_options(settings.kafka)
        self._settings = settings
        self._outbox = KafkaOutbox(
            settings.kafka.topic_prefix, self.options, 16_777_216, lambda observation: None
        )

    async def open(self) -> Line:
        await self._outbox.start([ARTICLES_ENRICHED])
        return Line(
            COPY.name,
            COPY.source,
            CopyStage(),
            outbox=self._outbox,
            originals=MemoryOriginals(),
            limit=DeadLetterLimit("copy", self._settings.dead_letters),
            tell=lambda observation: None,
        )

    async def close(self) -> None:
        await self._outbox.stop()

    def assigned(self, partitions: set[int]) -> None:
        """Hold nothing for any partition."""


def main() -> None:
    settings = load_settings()
    take_out(WITHOUT)
    if os.environ.get("IN_VAIN"):
        throw_first_fetch_away()
    app = build_app(settings, COPY, Connected(settings), lambda observation: None)
    if WITHOUT == "in_flight":
        app.conf.stream_wait_empty = False
    run_worker(app, settings)


if __name__ == "__main__":
    main()
