"""Send records to the raw topic, show how far it is, and write down where it stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING

from service.commands.background import in_background
from service.commands.feed.course import Course
from service.commands.feed.resume import SAVE_EVERY_SECONDS, State
from service.commands.progress import progress
from service.commands.shared import CommandFailed, reach_broker, say
from service.exit_codes import ExitCode
from service.reading import SourceRecord
from service.settings import Settings
from service.topics import ARTICLES_RAW

if TYPE_CHECKING:
    from service.kafka.delivery import Delivery


async def send(
    records: Iterator[SourceRecord], settings: Settings, course: Course, state: State | None, rate: float
) -> None:
    """Send all records; say how many of how many were delivered, also where the run is interrupted."""
    await reach_broker(settings, ARTICLES_RAW)

    from service.kafka.delivery import Delivery, Stalled
    from service.kafka.security import client_options

    delivery = Delivery(client_options(settings.kafka), course.topic, settings.topics.raw_bytes_max, rate)
    course.tally = delivery.tally
    try:
        async with delivery:
            await _send_all(records, delivery, course, state)
    except Stalled:
        raise CommandFailed("the broker stopped answering", ExitCode.UNAVAILABLE) from None
    finally:
        say(course.summary())
        if state is not None:
            _keep(state, course)


async def _send_all(
    records: Iterator[SourceRecord], delivery: Delivery, course: Course, state: State | None
) -> None:
    clock = asyncio.get_running_loop().time
    saved = clock()
    async with aclosing(in_background(records)) as chunks:
        with progress("feeding", course.bytes_total) as advance:
            async for chunk in chunks:
                for record in chunk:
                    course.note(record)
                    if state is not None:
                        state.note(record)
                        if clock() - saved > SAVE_EVERY_SECONDS:
                            state.save(delivery.tally.settled)
                            saved = clock()
                    await delivery.send(f"{record.source_name}:{record.line}", record.key, record.value)
                    advance(course.read_until, course.records_total()[0])
    course.read_all = course.read_to_end


def _keep(state: State, course: Course) -> None:
    """Write down where this run stopped, or forget it where there is nothing left to send."""
    tally = course.tally
    if tally is None:
        return
    if course.read_all and tally.settled == tally.sent:
        state.end()
        return
    state.save(tally.settled)
    if state.stopped() is not None:
        say("the same command with --resume goes on from there; a few records may be sent a second time")
