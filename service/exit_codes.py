"""What the exit status of `copydesk` says; scripts and supervisors may rely on it."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class ExitCode(IntEnum):
    """Values follow sysexits.h and the shell where these have one."""

    OK = 0  # also when the reader of a pipe had enough (`copydesk tail claims | head`)
    FAILED = 1  # a file unread, a record undelivered, a topic missing
    USAGE = 2
    TOO_MANY_SET_ASIDE = 65  # what the stage is fed is wrong, or our code is; a restart would not help
    UNAVAILABLE = 69  # no broker answered, or it refused us
    STAGE_FAILED = 70  # nothing was acknowledged: restart it and it reads the records again
    CONFIGURATION = 78  # nothing was started
    INTERRUPTED = 130


MEANINGS: Final = {
    ExitCode.OK: "done",
    ExitCode.FAILED: "something was not done",
    ExitCode.USAGE: "the command line was not understood",
    ExitCode.TOO_MANY_SET_ASIDE: "a stage stopped, too many dead letters",
    ExitCode.UNAVAILABLE: "no broker",
    ExitCode.STAGE_FAILED: "a stage stopped, restart it",
    ExitCode.CONFIGURATION: "a setting is wrong",
    ExitCode.INTERRUPTED: "Ctrl-C",
}
"""Meaning of each exit status, as the help and the README say it."""
