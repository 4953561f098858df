"""Build the outcome of a batch, record by record."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from service.line.records_out import Letter, Outcome, SetAside, traces_of
from service.observations import Observation
from service.records import Article, Origin, Prepared, RawRecord, Reason, Rejected, Trace

Result = TypeVar("Result")


class Fault:
    """Hold why a piece of work failed, or nothing if it did not."""

    reason: Reason | None = None
    _detail = ""
    _exception = ""

    def fail(self, reason: Reason, detail: str, error: Exception) -> None:
        """Note why the work failed."""
        self.reason, self._detail, self._exception = reason, detail, type(error).__name__

    def aside(
        self, origin: Origin, *, record: RawRecord | None = None, article: Article | None = None
    ) -> SetAside:
        """Make the record to set aside for this fault."""
        assert self.reason is not None, "nothing failed"
        return SetAside(origin, self.reason, self._detail, self._exception, record=record, article=article)


@contextmanager
def our_fault() -> Iterator[Fault]:
    """Run the body, and note an exception in the fault instead of raising it.

    `Rejected` keeps its own reason; any other exception is a fault of our code (`Reason.BUG`). MemoryError is raised:
    it says nothing about the record, and ends the worker.
    """
    fault = Fault()
    try:
        yield fault
    except MemoryError:
        raise
    except Rejected as why:
        fault.fail(why.reason, why.detail, why)
    except Exception as error:
        fault.fail(Reason.BUG, f"{type(error).__name__}: {error}", error)


def finished(steps: Generator[int, None, Result]) -> Result:
    """Run steps to their end without heeding what they yield, and return what they return."""
    try:
        while True:
            next(steps)
    except StopIteration as end:
        result: Result = end.value
        return result


class OutcomeBuilder:
    """Collect what became of a batch: letters, records set aside, observations, traces, and a tally of all articles."""

    def __init__(self) -> None:
        self._letters: list[Letter] = []
        self._set_aside: list[SetAside] = []
        self._observations: list[Observation] = []
        self._tally: list[tuple[int, Reason | None]] = []
        self._traces: list[Trace] = []

    def send(self, letters: Iterable[Letter]) -> None:
        """Send letters, after those that were given before."""
        self._letters.extend(letters)

    def set_aside(self, aside: SetAside) -> None:
        """Make a dead letter of a record."""
        self._set_aside.append(aside)

    def count(self, partition: int, reason: Reason | None = None) -> None:
        """Count one article that was read from a partition; `reason` says why it was set aside, if it was."""
        self._tally.append((partition, reason))

    def tell(self, *observations: Observation) -> None:
        """Tell observations once the batch is delivered."""
        self._observations.extend(observations)

    def trace(self, articles: Iterable[Article | Prepared]) -> None:
        """Link the batch to the traces of these articles."""
        self._traces.extend(traces_of(articles))

    def build(self, segment: Letter | None = None) -> Outcome:
        """Return the outcome; `segment` must be on the broker before any letter is sent."""
        return Outcome(
            self._letters, self._set_aside, self._observations, segment, self._tally, tuple(self._traces)
        )
