"""Stop a worker that must not acknowledge, and count dead letters until there are too many."""

from __future__ import annotations

import logging
import os
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from service.exit_codes import ExitCode
from service.records import Reason
from service.settings import DeadLetterSettings

RATIO_WINDOW: Final = 10_000
"""Number of records over which the share of our faults is taken."""

RATIO_SEEN_MIN: Final = 1_000
"""Minimum number of records seen before the share counts."""

_OURS = frozenset({Reason.BUG, Reason.POISON, Reason.TIMEOUT})

_SAY_NOTHING = frozenset({Reason.NO_VALUE})
"""Reasons that neither count for a row nor end it: a purge writes any number of records without key and value."""

log = logging.getLogger(__name__)


class NoRecordAtFault(Exception):  # noqa: N818 - it is what happened
    """Stop the worker for something that no record holds: none is to be set aside for it, however often it happens."""


class TooManyDeadLetters(NoRecordAtFault):
    """Stop the stage: it set aside more records than settings.dead_letters allows."""

    exit_code = ExitCode.TOO_MANY_SET_ASIDE


class WrongLayout(NoRecordAtFault):
    """Refuse to start: the topics on the broker do not fit the settings."""

    exit_code = ExitCode.CONFIGURATION


class AddressTaken(NoRecordAtFault):
    """Refuse to start: the address for metrics and health is not to be had."""

    exit_code = ExitCode.CONFIGURATION


@contextmanager
def crash_without_ack(stage: str) -> Iterator[None]:
    """End the process at once and without clean-up on any exception raised inside.

    Faust acknowledges and commits the event of an agent that raises (faust/streams.py does it in a ``finally``), and
    an orderly shutdown commits too. Only a process that has ended acknowledges nothing. This includes CancelledError.
    """
    try:
        yield
    except BaseException as error:
        _exit(int(getattr(error, "exit_code", ExitCode.STAGE_FAILED)), stage, error)


def _exit(code: int, stage: str, error: BaseException) -> None:
    try:
        log.critical(
            "stage_stopped", extra={"stage": stage, "exit_code": code, "error": str(error)}, exc_info=error
        )
        for handler in logging.getLogger().handlers:
            handler.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


class DeadLetterLimit:
    """Count what a stage sets aside, and raise `TooManyDeadLetters` when there is too much of it.

    Two limits (Sentry's values, https://github.com/getsentry/sentry/pull/58677): records in a row on one
    partition, for any reason, and the share of records that failed for a fault of ours among the last
    10,000, once 1,000 were seen. Dirty feeds are normal, so bad records alone do not count for the share, nor do
    empty ones for the row.
    """

    def __init__(self, stage: str, settings: DeadLetterSettings) -> None:
        self._stage = stage
        self._settings = settings
        self._in_a_row: dict[tuple[str, int], int] = {}
        self._window: deque[bool] = deque(maxlen=RATIO_WINDOW)
        self._bugs = 0

    def note(self, topic: str, partition: int, reason: Reason | None) -> None:
        """Count one record; `reason` is None if it was not set aside. Raises: TooManyDeadLetters."""
        self._note_share(reason in _OURS if reason is not None else False)
        place = (topic, partition)
        if reason is None:
            self._in_a_row.pop(place, None)
            return
        if reason in _SAY_NOTHING:
            return
        self._in_a_row[place] = self._in_a_row.get(place, 0) + 1
        if self._in_a_row[place] >= self._settings.in_a_row_max:
            raise TooManyDeadLetters(
                f"{self._stage} set aside {self._in_a_row[place]} records in a row from partition {partition} of "
                f"{topic}, the last one as {reason.value}; look at them with `copydesk dlq list`. If they may "
                "be set aside, a higher dead_letters.in_a_row_max gets past them; a restart alone does not"
            )

    def _note_share(self, is_bug: bool) -> None:
        if len(self._window) == RATIO_WINDOW:
            self._bugs -= self._window[0]
        self._window.append(is_bug)
        self._bugs += is_bug
        seen = len(self._window)
        if is_bug and seen >= RATIO_SEEN_MIN and self._bugs > self._settings.bug_ratio_max * seen:
            raise TooManyDeadLetters(
                f"{self._stage} failed on {self._bugs} of the last {seen} records, more than "
                f"{self._settings.bug_ratio_max:.1%}; look at them with `copydesk dlq list --reason bug`"
            )
