"""Report that functions are being compiled, and how far it is: a first start takes up to a minute of CPU."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from service.compiled import KernelCounts, kernel_counts

FIRST_LOOK_SECONDS: Final = 1.0
"""Time until the first look, in seconds: a start that compiles nothing is over by then, or reports nothing."""

LOOK_EVERY_SECONDS: Final = 5.0
"""Time between two reports, in seconds."""

Report = Callable[[KernelCounts, float], None]
"""Take the counts and the seconds since the start."""


@contextmanager
def compiling_reported(
    report: Report,
    *,
    first_seconds: float = FIRST_LOOK_SECONDS,
    every_seconds: float = LOOK_EVERY_SECONDS,
    count: Callable[[], KernelCounts] = kernel_counts,
) -> Iterator[None]:
    """Call `report` from a thread while the block compiles functions; stay silent while it compiles none."""
    started, before, over = time.monotonic(), count().compiled, threading.Event()

    def look() -> None:
        seen, pause = before, first_seconds
        while not over.wait(pause):
            pause = every_seconds
            counts = count()
            if counts.compiled > seen:
                seen = counts.compiled
                report(counts, time.monotonic() - started)

    thread = threading.Thread(target=look, name="compiling", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def in_words(counts: KernelCounts, seconds: float) -> str:
    """Return a report for a person.

    >>> in_words(KernelCounts(known=81, compiled=12), 7.4)
    'compiling, once for this machine: 12 of up to 81 functions after 7 s'
    """
    done = f"{counts.compiled} of up to {counts.known} functions after {seconds:.0f} s"
    return f"compiling, once for this machine: {done}"
