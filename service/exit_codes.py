"""What the exit status of `copydesk` says; scripts and supervisors may rely on it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Values follow sysexits.h and the shell where these have one."""

    OK = 0  # done; also when the reader of a pipe had enough (`copydesk tail claims | head`)
    FAILED = 1  # something was not done: a file unread, a record undelivered, a topic missing
    USAGE = 2  # the command line was not understood
    TOO_MANY_SET_ASIDE = 65  # a stage stopped: what it is fed is wrong, or our code is; a person has to come
    UNAVAILABLE = 69  # no broker answered, or it refused us
    STAGE_FAILED = 70  # a stage stopped without acknowledging; restart it and it reads the records again
    CONFIGURATION = 78  # a setting is wrong; nothing was started
    INTERRUPTED = 130  # Ctrl-C
