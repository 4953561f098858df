"""How a worker stops when it must not acknowledge, and how many dead letters are too many."""

from __future__ import annotations

import logging
import os
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from service.records import Reason
from service.settings import DeadLetterSettings

EXIT_BROKEN_WORLD: Final = 70
"""The broker, a segment or our own loop failed; nothing was acknowledged, a restart reads it again."""

EXIT_TOO_MANY_DEAD: Final = 65
"""Too many records were set aside; a restart would only set aside more: a person has to come."""

EXIT_WRONG_LAYOUT: Final = 78
"""The topics do not fit the settings; a restart would find them the same."""

RATIO_WINDOW: Final = 10_000
RATIO_SEEN_MIN: Final = 1_000

_OURS = frozenset({Reason.BUG, Reason.TIMEOUT})

log = logging.getLogger(__name__)


class TooManyDeadLetters(Exception):  # noqa: N818 - it is what happened
    """The stage set aside more than settings.dead_letters allows."""

    exit_code = EXIT_TOO_MANY_DEAD


class WrongLayout(Exception):  # noqa: N818 - it is what happened
    """The topics on the broker do not fit the settings; nothing was read."""

    exit_code = EXIT_WRONG_LAYOUT


@contextmanager
def crash_without_ack(stage: str) -> Iterator[None]:
    """Whatever is raised inside ends the process at once, without clean-up.

    Faust acknowledges and commits the event of an agent that raises (faust/streams.py: the ack stands in a
    ``finally``), and an orderly shutdown commits too. Only a process that is gone acknowledges nothing.
    CancelledError counts: an aborted body must not acknowledge either.
    """
    try:
        yield
    except BaseException as error:
        _exit(getattr(error, "exit_code", EXIT_BROKEN_WORLD), stage, error)


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
    """Counts what a stage sets aside, and raises `TooManyDeadLetters` when it is too much.

    Two limits (Sentry's values, https://github.com/getsentry/sentry/pull/58677): records in a row on one
    partition, for any reason, and the share of records that failed for a fault of ours among the last
    10,000, once 1,000 were seen. Dirty feeds are normal, so bad records alone do not count for the share.
    """

    def __init__(self, stage: str, settings: DeadLetterSettings) -> None:
        self._stage = stage
        self._settings = settings
        self._in_a_row: dict[tuple[str, int], int] = {}
        self._window: deque[bool] = deque(maxlen=RATIO_WINDOW)
        self._bugs = 0

    def note(self, topic: str, partition: int, reason: Reason | None) -> None:
        """One record is done; `reason` is None where it was not set aside."""
        self._note_share(reason in _OURS if reason is not None else False)
        place = (topic, partition)
        if reason is None:
            self._in_a_row.pop(place, None)
            return
        self._in_a_row[place] = self._in_a_row.get(place, 0) + 1
        if self._in_a_row[place] >= self._settings.in_a_row_max:
            raise TooManyDeadLetters(
                f"{self._stage} set aside {self._in_a_row[place]} records in a row from partition {partition} of "
                f"{topic}, the last one as {reason.value}; look at them with `copydesk dlq list`"
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
