"""Meters of benchmarks: CPU and memory of a process, and CPU of single functions inside it.

A process under test counts into a small file that it shares with the benchmark: for each clock, nanoseconds.
Reading it costs the process nothing. The CPU time of a thread costs a system call, and the code behind one is slower
for a while: four of them in an article took 30 of intake's 270 µs. So functions of some microseconds are timed by the
clock on the wall, which is read without one, and the few calls that others interrupted are counted as the rest.
"""

from __future__ import annotations

import mmap
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLOCKS = ("clean", "sketch", "facts", "index", "claims", "threads")
TICKS = os.sysconf("SC_CLK_TCK")

INTERRUPTED = 4
"""A call that takes so many times the mean was interrupted: whoever takes the core from an article of 0.1 ms keeps it
for a millisecond or more."""


@dataclass(frozen=True)
class Reading:
    """CPU seconds of a process, and of the clocked functions in it, so far."""

    process: float
    clocks: dict[str, float]

    def __sub__(self, before: Reading) -> Reading:
        return Reading(
            self.process - before.process, {name: self.clocks[name] - before.clocks[name] for name in CLOCKS}
        )

    def __add__(self, other: Reading) -> Reading:
        return Reading(
            self.process + other.process, {name: self.clocks[name] + other.clocks[name] for name in CLOCKS}
        )


def make_clocks(path: Path) -> None:
    """An empty file of clocks."""
    path.write_bytes(bytes(8 * len(CLOCKS)))


def _cells(path: Path) -> memoryview:
    with path.open("r+b") as file:
        return memoryview(mmap.mmap(file.fileno(), 0)).cast("q")


def clocked_shortly(path: Path, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, whose calls take some microseconds and about as long as each other, counted on the clock `name`."""
    cells, at, clock = _cells(path), CLOCKS.index(name), time.perf_counter_ns
    calls = 0

    def timed(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        started = clock()
        try:
            return function(*arguments, **named)
        finally:
            took, so_far = clock() - started, cells[at]
            if took * calls > INTERRUPTED * so_far and calls:
                took = so_far // calls
            cells[at] = so_far + took
            calls += 1

    return timed


def clocked(path: Path, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, its thread's CPU time counted on the clock `name` of the file."""
    cells, at, clock = _cells(path), CLOCKS.index(name), time.thread_time_ns

    def timed(*arguments: Any, **named: Any) -> Any:
        started = clock()
        try:
            return function(*arguments, **named)
        finally:
            cells[at] += clock() - started

    return timed


def reading(pid: int, path: Path) -> Reading:
    """Of a running process and its file of clocks."""
    counted = memoryview(path.read_bytes()).cast("q")
    clocks = {name: nanoseconds / 1e9 for name, nanoseconds in zip(CLOCKS, counted, strict=True)}
    return Reading(cpu_seconds(pid), clocks)


def cpu_seconds(pid: int) -> float:
    """Return user and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_rss_mib(pid: int) -> float:
    """Return the high-water mark of resident memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
