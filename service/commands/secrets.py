"""Keep passwords given with `--set` out of the arguments of processes, which all users of a machine can read."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from service.settings import SECRETS
from service.settings.origins import variable_name


def hide_secrets(assignments: Sequence[str] | None) -> None:
    """Start this command once more, in the same process, with its passwords in the environment.

    Does nothing where no password was given. The environment of a process is its user's to read alone.
    """
    secrets = {
        key: value
        for key, _, value in (assignment.partition("=") for assignment in assignments or ())
        if key.strip() in SECRETS
    }
    if secrets:
        variables = {variable_name(key.strip()): value for key, value in secrets.items()}
        arguments = without_secrets(sys.orig_argv)
        os.execve(sys.executable, arguments, {**os.environ, **variables})  # noqa: S606 - no shell is meant


def without_secrets(arguments: Sequence[str]) -> list[str]:
    """Leave out what sets a password.

    >>> without_secrets(["copydesk", "run", "--set", "kafka.sasl_password=x", "--set=kafka.ssl_key_password=y", "-v"])
    ['copydesk', 'run', '-v']
    """
    kept: list[str] = []
    for argument in arguments:
        if _sets_secret(argument.removeprefix("--set=")):
            if kept and kept[-1] == "--set" and not argument.startswith("--set="):
                kept.pop()
            continue
        kept.append(argument)
    return kept


def _sets_secret(argument: str) -> bool:
    return argument.partition("=")[0].strip() in SECRETS
