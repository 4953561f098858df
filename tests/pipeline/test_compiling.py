"""A start that compiles says so; one that does not stays silent."""

from __future__ import annotations

import time
from collections.abc import Iterator

from service.compiled import KernelCounts
from service.pipeline.compiling import compiling_reported, in_words


def reported_while(counts: Iterator[int], seconds: float) -> list[KernelCounts]:
    reports: list[KernelCounts] = []
    with compiling_reported(
        lambda seen, _: reports.append(seen),
        first_seconds=0.005,
        every_seconds=0.005,
        count=lambda: KernelCounts(81, next(counts)),
    ):
        time.sleep(seconds)
    return reports


def test_each_step_is_reported_once() -> None:
    steps = iter([0, 3, 3, 7, *[7] * 10_000])
    assert [seen.compiled for seen in reported_while(steps, 0.3)] == [3, 7]


def test_a_start_that_compiles_nothing_is_silent() -> None:
    assert reported_while(iter([5] * 10_000), 0.05) == []


def test_words_say_what_and_how_far() -> None:
    assert "12 of up to 81 functions after 7 s" in in_words(KernelCounts(81, 12), 7.2)
