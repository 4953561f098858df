"""Places of segments: found by envelope, and dropped once the log holds them no more."""

from __future__ import annotations

import sys

import pytest

from service.line import recovery
from service.line.decided_by import DecidedBy
from service.line.recovery import Log, Rebuilt, Recovery
from service.line.segment_log import MemorySegmentLog
from service.line.segment_places import Places
from service.threads.segments import Segment

BY = DecidedBy("copydesk-", (("threads", "1"),))


class Nothing:
    """Remember nothing but where one is."""

    name = "default"
    last_offset = -1
    entries = capacity = bytes = evicted = 0
    is_cut = False

    def apply(self, segment: object) -> None:
        raise AssertionError(segment)


def places(count: int) -> Places:
    """Return places of every third envelope, with a gap after each second segment."""
    made = Places()
    for n in range(count):
        made.note(n * 3, n + n // 2)
    return made


def test_a_place_is_found_by_its_envelope_alone() -> None:
    made = places(50)
    assert [made.get(n * 3) for n in range(50)] == [n + n // 2 for n in range(50)]
    assert {made.get(n) for n in range(-5, 170) if n % 3 or n < 0 or n >= 150} == {None}


@pytest.mark.parametrize(("position", "left"), [(0, 50), (1, 49), (2, 48), (3, 48), (1_000, 0)])
def test_places_before_a_position_are_dropped(position: int, left: int) -> None:
    made = places(50)
    made.forget_before(position)
    assert len(made) == left
    assert made.get(147) == (73 if left else None)
    assert made.get(0) == (0 if left == 50 else None)


def test_a_place_takes_16_bytes() -> None:
    made = places(100_000)
    assert sum(sys.getsizeof(part) for part in vars(made).values()) < 20 * 100_000


class Cut(MemorySegmentLog):
    """A log of which retention has left the newest hundred."""

    async def beginning(self, partition: int) -> int:
        return 400


async def test_a_worker_that_is_never_rebalanced_drops_old_places_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recovery, "PLACES_BETWEEN", 500)
    log: Log[Segment] = Log("threads.segments", "claims.prepared", Cut(), Segment, BY)
    memory: Recovery[Segment, Nothing] = Recovery(log, lambda _: None)
    rebuilt: Rebuilt[Nothing] = await memory.up_to_date(0, lambda partition: Nothing())
    for n in range(500):
        rebuilt.written(n, n, BY)
    assert len(rebuilt.places) == 500
    await memory.up_to_date(0, lambda partition: Nothing())
    assert len(rebuilt.places) == 100
