"""Segments say who decided, and two desks on one log do not decide by two sets of settings."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from service.exit_codes import ExitCode
from service.line.decided_by import DECIDE, DecidedBy, decided_by, heir, read_decided_by
from service.line.logged_stage import Known
from service.line.recovery import OtherDesk
from service.line.segment_log import MemorySegmentLog
from service.observations import Observation
from service.records import RawRecord
from service.settings import Settings, load_settings
from service.threads.stage import ThreadsStage
from service.topics import THREADS_SEGMENTS
from tests.threads.test_stage import envelopes

OURS = Settings()
LONGER = {"COPYDESK_THREADS__WINDOW_DAYS": "30"}
OTHER_GROUP = {"COPYDESK_KAFKA__GROUP_PREFIX": "second-"}
TAKES_OVER = {"COPYDESK_KAFKA__TAKE_OVER": "true"}


class Desk:
    """Threads of one desk on a log that others write to as well."""

    def __init__(self, log: MemorySegmentLog, **env: str) -> None:
        self.log = log
        self.observations: list[Observation] = []
        self.stage = ThreadsStage(load_settings(env=env), log, self.observations.append)

    async def decide(self, record: RawRecord) -> None:
        self.write(record, await self.stage.prepare([record]))

    def write(self, record: RawRecord, known: Known) -> None:
        outcome = self.stage.decide([record], known)
        if outcome.segment is not None:
            position = self.log.append(outcome.segment)
            self.stage.segment_written(0, record.origin.offset, position)


@pytest.fixture
def log() -> MemorySegmentLog:
    return MemorySegmentLog(THREADS_SEGMENTS)


async def ended(desks: Sequence[Desk]) -> list[int]:
    """Let desks decide in turn, envelope by envelope; return which of them stopped, in order."""
    gone: list[int] = []
    for record in envelopes():
        for number, desk in enumerate(desks):
            if number not in gone:
                try:
                    await desk.decide(record)
                except OtherDesk:
                    gone.append(number)
    return gone


@pytest.mark.parametrize(
    "env",
    [{}, LONGER, OTHER_GROUP, LONGER | OTHER_GROUP | TAKES_OVER],
    ids=["the same", "changed", "renamed", "taken over"],
)
async def test_a_desk_goes_on_with_its_own_log(log: MemorySegmentLog, env: dict[str, str]) -> None:
    first, *others = envelopes()
    await Desk(log).decide(first)
    for record in others:
        await Desk(log, **env).decide(record)
    assert await log.end(0) == 3


async def test_another_desk_with_other_settings_is_told_which_and_stops(log: MemorySegmentLog) -> None:
    first, second, _ = envelopes()
    await Desk(log).decide(first)
    with pytest.raises(
        OtherDesk, match=r"group_prefix 'copydesk-', whose settings of \[threads\] are not these"
    ):
        await Desk(log, **LONGER, **OTHER_GROUP).decide(second)
    assert await log.end(0) == 1


async def test_of_two_desks_that_start_together_the_first_to_write_goes_on(log: MemorySegmentLog) -> None:
    desks = [Desk(log), Desk(log, **LONGER, **OTHER_GROUP)]
    first = envelopes()[0]
    known = [await desk.stage.prepare([first]) for desk in desks]
    for desk, found in zip(desks, known, strict=True):
        desk.write(first, found)
    assert await ended(desks) == [1]
    assert OtherDesk.exit_code == ExitCode.CONFIGURATION


async def test_two_desks_that_decide_alike_share_a_log(log: MemorySegmentLog) -> None:
    assert await ended([Desk(log), Desk(log, **OTHER_GROUP)]) == []


async def test_a_desk_that_is_taken_over_stops(log: MemorySegmentLog) -> None:
    old, new = Desk(log), Desk(log, **LONGER, **OTHER_GROUP, **TAKES_OVER)
    await old.decide(envelopes()[0])
    assert await ended([new, old]) == [1]


async def test_a_log_of_a_release_that_did_not_say_so_is_gone_on_with(log: MemorySegmentLog) -> None:
    first, second, _ = envelopes()
    await Desk(log).decide(first)
    log.partitions[0] = [dataclasses.replace(one, decided_by=None) for one in log.partitions[0]]
    await Desk(log, **LONGER, **OTHER_GROUP).decide(second)
    assert await log.end(0) == 2


@pytest.mark.parametrize(
    ("section", "key"), [(section, key) for section, keys in DECIDE.items() for key in keys]
)
def test_each_setting_that_decides_is_told_apart(section: str, key: str) -> None:
    part = getattr(OURS, section)
    old = getattr(part, key)
    other = replace(OURS, **{section: replace(part, **{key: other_than(old)})})
    assert decided_by(OURS).differing(decided_by(other)) == f"[{section}]"


def other_than(value: Any) -> Any:
    """Return another value of the same type; nobody reads it."""
    match value:
        case bool():
            return not value
        case str():
            return f"{value}x"
        case tuple():
            return (*value, "x")
    return value + 1


@pytest.mark.parametrize("takes_over", [False, True])
def test_a_header_is_read_as_it_was_written(takes_over: bool) -> None:
    written = replace(OURS, kafka=replace(OURS.kafka, take_over=takes_over))
    assert read_decided_by(decided_by(written).pack()) == decided_by(written)


@pytest.mark.parametrize("value", [None, b"", b"\xff\xfe", b"one two", b" "])
def test_a_header_that_says_nothing_is_none(value: bytes | None) -> None:
    assert read_decided_by(value) is None


def test_a_stranger_is_no_heir() -> None:
    owner, stranger = DecidedBy("a", (("dedup", "1"),)), DecidedBy("b", (("dedup", "2"),))
    assert heir(owner, stranger) == owner
    assert heir(owner, None) == owner
    assert heir(None, stranger) == stranger
    taker = dataclasses.replace(stranger, takes_over=True)
    assert heir(owner, taker) == taker


NOT_DECIDING = {"intake": {"batch_articles", "batch_wait_seconds", "envelope_bytes"}}
"""Settings of the sections in DECIDE that change no verdict."""


@pytest.mark.parametrize("section", DECIDE)
def test_every_setting_of_a_section_decides_or_is_known_not_to(section: str) -> None:
    fields = set(getattr(OURS, section).__struct_fields__)
    assert fields == set(DECIDE[section]) | NOT_DECIDING.get(section, set())
