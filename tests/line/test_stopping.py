"""How a worker stops, and how many dead letters are too many."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from service.exit_codes import ExitCode
from service.line.stopping import (
    DeadLetterLimit,
    TooManyDeadLetters,
)
from service.records import Reason
from service.settings import DeadLetterSettings


def limit(in_a_row: int = 1_000, ratio: float = 0.01) -> DeadLetterLimit:
    return DeadLetterLimit("intake", DeadLetterSettings(bug_ratio_max=ratio, in_a_row_max=in_a_row))


def note(limit: DeadLetterLimit, *reasons: Reason | None, partition: int = 0) -> None:
    for reason in reasons:
        limit.note("articles.raw", partition, reason)


def test_records_in_a_row_of_any_reason_stop_the_stage() -> None:
    desk = limit(in_a_row=3)
    note(desk, Reason.NO_TEXT, Reason.SCHEMA)
    with pytest.raises(TooManyDeadLetters, match="3 records in a row from partition 0 of"):
        note(desk, Reason.NO_TEXT)


def test_a_good_record_ends_the_row() -> None:
    desk = limit(in_a_row=3)
    note(desk, Reason.NO_TEXT, Reason.NO_TEXT, None, Reason.NO_TEXT, Reason.NO_TEXT)


def test_any_number_of_records_without_a_value_stops_nothing_and_hides_no_row() -> None:
    desk = limit(in_a_row=3)
    note(desk, *[Reason.NO_VALUE] * 10_000)
    note(desk, Reason.NO_TEXT, Reason.NO_VALUE, Reason.NO_TEXT, Reason.NO_VALUE)
    with pytest.raises(TooManyDeadLetters):
        note(desk, Reason.NO_TEXT)


def test_rows_are_counted_for_each_partition_alone() -> None:
    desk = limit(in_a_row=3)
    for partition in range(10):
        note(desk, Reason.NO_TEXT, Reason.NO_TEXT, partition=partition)


def test_a_dirty_feed_does_not_stop_the_stage() -> None:
    note(limit(), *([None] * 9 + [Reason.NO_TEXT]) * 300)


def test_more_than_one_percent_of_bugs_stops_the_stage_once_a_thousand_records_were_seen() -> None:
    desk = limit()
    note(desk, *[Reason.BUG, None] * 499)
    with pytest.raises(TooManyDeadLetters, match="500 of the last 1000 records"):
        note(desk, None, Reason.BUG)


def test_bugs_older_than_the_window_are_forgotten() -> None:
    desk = limit()
    note(desk, *([None] * 99 + [Reason.BUG]) * 90)
    note(desk, *[None] * 10_000)
    note(desk, *([None] * 99 + [Reason.BUG]) * 90)


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        ("RuntimeError('broken')", ExitCode.STAGE_FAILED),
        ("asyncio.CancelledError()", ExitCode.STAGE_FAILED),
        ("guards.TooManyDeadLetters('too many')", ExitCode.TOO_MANY_SET_ASIDE),
        ("guards.WrongLayout('topic gone')", ExitCode.CONFIGURATION),
    ],
)
def test_whatever_is_raised_ends_the_process_without_clean_up(raised: str, code: int) -> None:
    program = f"""
import asyncio, atexit
from service.line import stopping as guards
atexit.register(print, "cleaned up")
try:
    with guards.crash_without_ack("intake"):
        raise {raised}
finally:
    print("went on")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=dict(os.environ), check=False
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert "stage_stopped" in done.stderr
