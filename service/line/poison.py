"""Find the record that ends workers again and again, and set it aside.

A count of crashes stands beside the committed offset, where it outlives the process and the machine: whoever begins at
an offset adds one to the count there, and committing a later offset drops it. A worker that finds three crashes takes
the records one by one from then on, and notes beside the offset which article it is about to decide; the one that it
dies of is known to the next worker, which sets it aside as `poison`. Nothing is written while all is well, besides one
mark for each partition that a worker is assigned.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from typing import Final, NamedTuple, Protocol

import msgspec

from service.line.records_out import Outcome, SetAside
from service.line.stopping import NoRecordAtFault
from service.records import Origin, RawRecord, Reason

CRASHES_MAX: Final = 3
"""Number of crashes at one offset after which records are taken one by one."""

DELIVERIES_MAX: Final = 3
"""Number of crashes while the letters of one record were delivered, after which it is set aside as a whole. One is not
enough: a broker that is half away keeps a worker there, and whoever waits for it may kill the worker."""

ALONE_STEPS: Final = 2_000
"""Number of steps, two or more for each record, for which records of a partition are taken one by one. The one that is
looked for stands within what a worker does between two commits; a search that ends too early begins anew further on."""

WHOLE: Final = -1
"""Stands for a record as a whole, where articles in it have numbers."""

DELIVERING: Final = -2
"""Stands for the time in which a record is decided and its letters are not on the broker yet."""

Place = tuple[str, int]
"""Topic and partition."""

log = logging.getLogger(__name__)


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """Hold what is known of the record at a committed offset."""

    begun: int = 0  # number of workers that began here
    article: int | None = None  # which one is being decided, WHOLE or DELIVERING
    poison: tuple[int, ...] = ()  # articles that ended a worker, or WHOLE


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Mark)


class CrashMarks(Protocol):
    """Keep a text beside the committed offset of a partition (`service/kafka/crash_marks.py`)."""

    async def read(self, place: Place) -> tuple[int | None, str]:
        """Return the committed offset and its text, once all that is acknowledged is committed."""

    async def write(self, place: Place, offset: int, text: str) -> None:
        """Commit an offset with a text. A return does not mean that it was possible: another may read there now."""


class _Begun(NamedTuple):
    """Hold where this worker began to read a partition, and what it found there."""

    offset: int
    begun: int  # this time included
    poison: tuple[int, ...]


class PoisonSearch:
    """Count crashes of one stage, and say when its records are to be taken one by one."""

    def __init__(self, marks: CrashMarks, excused: tuple[type[BaseException], ...] = ()) -> None:
        """Take the errors, `excused`, for which no record is to blame, besides `NoRecordAtFault`."""
        self._marks = marks
        self._excused: tuple[type[BaseException], ...] = (NoRecordAtFault, OSError, *excused)
        self._begun: dict[Place, _Begun] = {}
        self._looked_at: set[Place] = set()  # since partitions were assigned
        self._alone: dict[Place, int] = {}  # number of steps for which records are still taken one by one

    def assigned(self) -> None:
        """Read the marks anew at the next batch: after a rebalance others may have read the same partitions."""
        self._looked_at.clear()

    async def begin(self, batch: Sequence[RawRecord]) -> bool:
        """Count what begins with this batch, and return whether its records are to be taken one by one."""
        first: dict[Place, Origin] = {}
        for record in batch:
            first.setdefault(_place(record.origin), record.origin)
        for place, origin in first.items():
            if place not in self._looked_at:
                self._looked_at.add(place)
                await self._begin_at(place, origin.offset)
        return any(self._alone.get(place, 0) > 0 for place in first)

    async def _begin_at(self, place: Place, offset: int) -> None:
        committed, text = await self._marks.read(place)
        mark = _read(text) if committed == offset else Mark()
        begun = _Begun(offset, mark.begun + 1, _poison(mark))
        self._begun[place] = begun
        if begun.begun > CRASHES_MAX:
            self._alone[place] = ALONE_STEPS
            log.warning("poison_sought", extra={"record": _named(place, offset), "crashes": mark.begun})
        elif committed is None or committed <= offset:
            await self._marks.write(place, offset, _text(Mark(begun.begun)))

    async def decided(
        self, record: RawRecord, steps: Callable[[frozenset[int]], Generator[int, None, Outcome]]
    ) -> Outcome:
        """Decide on one record, and note which of its articles is next before each step."""
        origin = record.origin
        begun = self._of(origin)
        deciding = steps(frozenset(begun.poison))
        try:
            while True:
                await self._note(origin, begun, next(deciding))
        except StopIteration as end:
            await self._note(origin, begun, DELIVERING)
            outcome: Outcome = end.value
            return outcome

    async def done(self, record: RawRecord) -> None:
        """Commit that a record which was taken alone is behind us."""
        origin, place = record.origin, _place(record.origin)
        self._begun[place] = _Begun(origin.offset + 1, CRASHES_MAX + 1, ())
        await self._marks.write(place, origin.offset + 1, "")

    async def excuse(self, error: BaseException) -> None:
        """Take the count back if the worker ends for an error that no record is to blame for."""
        if isinstance(error, Exception) and not isinstance(error, self._excused):
            return
        for place, begun in list(self._begun.items()):
            committed, text = await self._marks.read(place)
            if committed == begun.offset and text:
                mark = Mark(max(0, begun.begun - 1), None, begun.poison)
                await self._marks.write(place, begun.offset, _text(mark))

    def _of(self, origin: Origin) -> _Begun:
        begun = self._begun[_place(origin)]
        return begun if begun.offset == origin.offset else _Begun(origin.offset, CRASHES_MAX + 1, ())

    async def _note(self, origin: Origin, begun: _Begun, article: int) -> None:
        place = _place(origin)
        self._begun[place] = begun
        self._alone[place] = self._alone.get(place, 0) - 1
        await self._marks.write(place, origin.offset, _text(Mark(begun.begun, article, begun.poison)))


class _Nowhere:
    """Keep no marks: in memory a crash ends the log too."""

    async def read(self, place: Place) -> tuple[int | None, str]:
        return None, ""

    async def write(self, place: Place, offset: int, text: str) -> None:
        """Drop it."""


def no_search() -> PoisonSearch:
    """Make a search that never finds anything, for records that are gone with the process."""
    return PoisonSearch(_Nowhere())


def poisoned(record: RawRecord) -> SetAside:
    """Set a record aside as a whole."""
    return SetAside(record.origin, Reason.POISON, DETAIL, KIND, record=record)


KIND: Final = "Poison"
DETAIL: Final = "workers that decided on it ended, again and again"


def _poison(mark: Mark) -> tuple[int, ...]:
    if mark.article is None or mark.article in mark.poison:
        return mark.poison
    if mark.article == DELIVERING:
        return (*mark.poison, WHOLE) if mark.begun >= CRASHES_MAX + DELIVERIES_MAX else mark.poison
    return (*mark.poison, mark.article)


def _place(origin: Origin) -> Place:
    return origin.topic, origin.partition


def _named(place: Place, offset: int) -> str:
    return f"{place[0]}/{place[1]}@{offset}"


def _text(mark: Mark) -> str:
    return _encoder.encode(mark).decode()


def _read(text: str) -> Mark:
    """Read what stands beside an offset; a text of somebody else's tools counts as none."""
    with suppress(msgspec.MsgspecError):
        return _decoder.decode(text)
    return Mark()
