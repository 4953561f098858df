"""The one loop every room runs in: read, decide, send, wait for the broker, acknowledge, tell.

Acknowledging is what Faust does when the body of the loop ends, so the body must not end before the broker has
everything, and must not end by an exception (service/line/stopping.py says why).
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from service.facts import BatchDone, RecordSetAside, Tell
from service.line.dead_letters import RECORD_BYTES_MAX, Originals, dead_letter
from service.line.outbox import Outbox
from service.line.records_out import Outcome, Stage
from service.line.stopping import DeadLetterLimit, crash_without_ack
from service.records import RawRecord
from service.telemetry.logs import working_on

SegmentWritten = Callable[[int, int, int], None]
LastWords = Callable[[], Awaitable[None]]


async def _nothing_to_say() -> None:
    """Nobody scrapes this process."""


class Line:
    """One stage with everything it needs to act: an outbox, the originals, the limit, and someone to tell."""

    def __init__(
        self,
        stage: Stage,
        *,
        outbox: Outbox,
        originals: Originals,
        limit: DeadLetterLimit,
        tell: Tell,
        segment_written: SegmentWritten | None = None,
        last_words: LastWords = _nothing_to_say,
        record_bytes_max: int = RECORD_BYTES_MAX,
    ) -> None:
        """`record_bytes_max` is what `articles.dead` takes.

        `last_words` is awaited before the process ends for a fault: time for its counters to be scraped.
        """
        self.stage = stage
        self._outbox = outbox
        self._originals = originals
        self._limit = limit
        self._tell = tell
        self._segment_written = segment_written
        self._last_words = last_words
        self._bytes_max = record_bytes_max

    async def run(self, batches: AsyncIterator[Sequence[RawRecord]]) -> None:
        """Until the batches end. A batch is acknowledged by asking for the next one."""
        async for batch in batches:
            first = batch[0].origin
            with (
                working_on(first.topic, first.partition, first.offset),
                crash_without_ack(self.stage.name),
            ):
                try:
                    await self.handle(batch)
                except BaseException:
                    await self._last_words()
                    raise

    async def handle(self, batch: Sequence[RawRecord]) -> Outcome:
        """One batch all the way to the broker. Raises when it did not get there: then nothing may be acked."""
        started = time.monotonic()
        await self.stage.prepare(batch)
        outcome = self.stage.decide(batch)
        decided = time.monotonic()
        if outcome.segment is not None:
            await self._write_segment(batch[0], outcome)
        dead = [
            await dead_letter(self.stage.name, aside, self._originals, self._bytes_max)
            for aside in outcome.set_aside
        ]
        await self._outbox.deliver([*outcome.letters, *dead])
        done = time.monotonic()
        self._tell_all(batch, outcome, done - started, done - decided)
        return outcome

    async def _write_segment(self, envelope: RawRecord, outcome: Outcome) -> None:
        assert outcome.segment is not None
        position = await self._outbox.deliver_one(outcome.segment)
        if self._segment_written is not None:
            self._segment_written(envelope.origin.partition, envelope.origin.offset, position)

    def _tell_all(self, batch: Sequence[RawRecord], outcome: Outcome, seconds: float, waited: float) -> None:
        for fact in outcome.facts:
            self._tell(fact)
        for aside in outcome.set_aside:
            place = aside.origin
            self._tell(
                RecordSetAside(
                    self.stage.name,
                    aside.reason,
                    aside.detail,
                    place.topic,
                    place.partition,
                    place.offset,
                    aside.article.article_id if aside.article else None,
                )
            )
        size = sum(len(record.value or b"") for record in batch)
        self._tell(BatchDone(self.stage.name, len(outcome.tally), size, seconds, waited, outcome.traces))
        for partition, reason in outcome.tally:
            self._limit.note(self.stage.source, partition, reason)
