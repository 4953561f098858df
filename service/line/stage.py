"""Define what the loop asks of a stage."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence
from typing import Generic, TypeVar

from service.line.poison import WHOLE, poisoned
from service.line.records_out import Outcome
from service.records import RawRecord, Reason

Prepared = TypeVar("Prepared")


class Stage(ABC, Generic[Prepared]):
    """Turn batches of records into outcomes: bytes in, bytes out.

    The loop (`service/line/loop.py`) calls `prepare`, `decide` and, if the outcome has a segment, `segment_written`,
    in this order for each batch, one batch at a time, in the event loop's thread. `assigned` may be called by the
    consumer between any two of them, or while `prepare` waits.
    """

    @abstractmethod
    async def prepare(self, records: Sequence[RawRecord]) -> Prepared:
        """Make ready what `decide` needs for these records, and return what it takes beside them.

        May wait for the network (dedup rebuilds its index). It returns before anything is decided, so a return says
        nothing about the records, and the batch may never come to `decide`. Raising ends the worker without
        acknowledgement.
        """

    @abstractmethod
    def decide(self, records: Sequence[RawRecord], prepared: Prepared) -> Outcome:
        """Decide on a batch: a function of the records, of what was prepared and of what was decided before.

        Must not wait, and must not raise for what a record holds: such a record is set aside in the outcome. Raising
        ends the worker without acknowledgement. A return does not mean that anything was sent: the outcome may be
        lost with the worker, and the same records come again.
        """

    def decide_step_by_step(
        self, record: RawRecord, prepared: Prepared, poison: frozenset[int]
    ) -> Generator[int, None, Outcome]:
        """Decide as `decide` does, and yield before each step the number of the article that it is about, or WHOLE.

        Called instead of `decide` while the record is sought that ends workers (service/line/poison.py). Articles whose
        numbers are in `poison` are set aside undecided, and the whole record if WHOLE is. A record is one article,
        unless a stage says otherwise.
        """
        if WHOLE in poison:
            return Outcome([], [poisoned(record)], tally=[(record.origin.partition, Reason.POISON)])
        yield WHOLE
        return self.decide([record], prepared)

    def assigned(self, partitions: set[int]) -> None:
        """Take note that this worker now reads these partitions of its source, and no others.

        Called after each rebalance, in the event loop's thread; must not wait. It does not mean that the stage holds
        what it needs for them: `prepare` sees to that.
        """

    def segment_written(self, partition: int, envelope_offset: int, position: int) -> None:
        """Take note that the broker has the segment of an envelope, at this position of the segment log.

        Called after `decide` gave an outcome with a segment, and before its letters are sent; must not wait. It does
        not mean that the letters are on the broker.
        """
