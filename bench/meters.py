"""Meters of benchmarks: CPU and memory of a process, and CPU of single functions inside it.

A process under test counts into a small file that it shares with the benchmark: for each clock, nanoseconds of its
thread. Reading it costs the process nothing; counting costs it a microsecond a call, and with the code behind a system
call slower for a while, up to five. To time one call in seven and count it seven times would leave that out of the
whole and multiply it in the part.
"""

from __future__ import annotations

import mmap
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLOCKS = ("clean", "sketch", "index", "claims")
TICKS = os.sysconf("SC_CLK_TCK")


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


def clocked(path: Path, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, its thread's CPU time counted on the clock `name` of the file."""
    with path.open("r+b") as file:
        cells = memoryview(mmap.mmap(file.fileno(), 0)).cast("q")
    at, clock = CLOCKS.index(name), time.thread_time_ns

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
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_rss_mib(pid: int) -> float:
    """High-water mark of resident memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
