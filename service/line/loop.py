"""Run a stage: read, decide, send, wait for the broker, tell what happened, acknowledge.

Acknowledging is what Faust does when the body of the loop ends, so the body must not end before the broker has
everything, and must not end by an exception (service/line/stopping.py says why).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, TypeVar

from service.line.dead_letters import RECORD_BYTES_MAX, Originals, dead_letter
from service.line.outbox import Outbox
from service.line.poison import PoisonSearch, no_search
from service.line.records_out import Outcome, SetAside
from service.line.stage import Stage
from service.line.stopping import DeadLetterLimit, crash_without_ack
from service.line.working_on import working_on
from service.observations import BatchDone, RecordSetAside, Tell
from service.records import RawRecord
from service.topics import ARTICLES_RAW

EXCUSE_SECONDS_MAX: Final = 3.0
"""Maximum seconds for taking back a count of crashes, before a process ends."""

Result = TypeVar("Result")
ID_BYTES_MAX: Final = 256
"""Maximum number of bytes of a key that stands in for the id of an article."""

LastWords = Callable[[], Awaitable[None]]


async def _excused(search: PoisonSearch, error: BaseException) -> None:
    """Take the count of crashes back where no record is to blame; a broker that is away keeps it."""
    with suppress(Exception):
        async with asyncio.timeout(EXCUSE_SECONDS_MAX):
            await search.excuse(error)


async def _nothing_to_say() -> None:
    """Do nothing: the default for a process whose metrics are not scraped."""


class Line:
    """Run one stage with an outbox, the originals, the limit of dead letters and a receiver of observations."""

    def __init__(
        self,
        name: str,
        source: str,
        stage: Stage[Any],
        *,
        outbox: Outbox,
        originals: Originals,
        limit: DeadLetterLimit,
        tell: Tell,
        last_words: LastWords = _nothing_to_say,
        record_bytes_max: int = RECORD_BYTES_MAX,
    ) -> None:
        """Set up the loop of the stage `name`, which reads the topic `source`.

        `last_words` is awaited before the process ends for a fault: time for its counters to be scraped.
        `record_bytes_max` is the size of the largest record that `articles.dead` takes.
        """
        self._name = name
        self._source = source
        self.stage = stage
        self._outbox = outbox
        self._originals = originals
        self._limit = limit
        self._tell = tell
        self._last_words = last_words
        self._bytes_max = record_bytes_max

    async def run(
        self, batches: AsyncIterator[Sequence[RawRecord]], search: PoisonSearch | None = None
    ) -> None:
        """Handle batches until there are no more. Asking for the next batch acknowledges the one before."""
        search = search or no_search()
        async for batch in batches:
            if await self._guarded(batch[0], search, search.begin(batch)):
                for record in batch:
                    await self._guarded(record, search, self._handle_alone(record, search))
            else:
                await self._guarded(batch[0], search, self.handle(batch))

    async def _guarded(
        self, record: RawRecord, search: PoisonSearch, work: Coroutine[Any, Any, Result]
    ) -> Result:
        """Do what a record asks for, and end the process without acknowledging if that raises."""
        origin = record.origin
        with (
            working_on(origin.topic, origin.partition, origin.offset),
            crash_without_ack(self._name),
        ):
            try:
                return await work
            except BaseException as error:
                await _excused(search, error)
                await self._last_words()
                raise
        raise AssertionError("the process has ended")

    async def handle(self, batch: Sequence[RawRecord]) -> Outcome:
        """Handle one batch all the way to the broker. Raising means that nothing may be acknowledged."""
        started = time.monotonic()
        prepared = await self.stage.prepare(batch)
        outcome = self.stage.decide(batch, prepared)
        await self._deliver(batch, outcome, started)
        return outcome

    async def _handle_alone(self, record: RawRecord, search: PoisonSearch) -> None:
        """Handle one record, with a note of each step that may end this process."""
        started = time.monotonic()
        prepared = await self.stage.prepare([record])
        steps = partial(self.stage.decide_step_by_step, record, prepared)
        outcome = await search.decided(record, steps)
        await self._deliver([record], outcome, started)
        await search.done(record)

    async def _deliver(self, batch: Sequence[RawRecord], outcome: Outcome, started: float) -> None:
        decided = time.monotonic()
        if outcome.segment is not None:
            await self._write_segment(batch[0], outcome)
        dead = [
            await dead_letter(self._name, aside, self._originals, self._bytes_max)
            for aside in outcome.set_aside
        ]
        await self._outbox.deliver([*outcome.letters, *dead])
        done = time.monotonic()
        self._tell_all(batch, outcome, done - started, done - decided)

    async def _write_segment(self, envelope: RawRecord, outcome: Outcome) -> None:
        assert outcome.segment is not None
        position = await self._outbox.deliver_one(outcome.segment)
        self.stage.segment_written(envelope.origin.partition, envelope.origin.offset, position)

    def _tell_all(self, batch: Sequence[RawRecord], outcome: Outcome, seconds: float, waited: float) -> None:
        for observation in outcome.observations:
            self._tell(observation)
        for aside in outcome.set_aside:
            place = aside.origin
            self._tell(
                RecordSetAside(
                    self._name,
                    aside.reason,
                    aside.detail,
                    place.topic,
                    place.partition,
                    place.offset,
                    self._article_id(aside),
                )
            )
        size = sum(len(record.value or b"") for record in batch)
        self._tell(BatchDone(self._name, len(outcome.tally), size, seconds, waited, outcome.traces))
        for partition, reason in outcome.tally:
            self._limit.note(self._source, partition, reason)

    def _article_id(self, aside: SetAside) -> str | None:
        """Return the id of an article that was set aside, or the key of a raw record that never became one."""
        if aside.article is not None:
            return aside.article.article_id
        if aside.record is None or self._source != ARTICLES_RAW:
            return None
        key = aside.record.key
        return key[:ID_BYTES_MAX].decode("utf-8", "replace") if key else None
