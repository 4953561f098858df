"""What all verbs share: their common options, where they write, how they fail."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.console import Console

from service.exit_codes import ExitCode
from service.line.printable import printable as printable  # all verbs use it
from service.settings import Settings, SettingsError, load_settings
from service.topics import topic_name

if TYPE_CHECKING:
    from service.kafka.security import Cluster

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings file (TOML); also COPYDESK_CONFIG."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="SECTION.KEY=VALUE", help="One setting for this run; may be repeated."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")]

UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters to escape in JSON: DEL, C1 controls, line separators, bidirectional controls. JSON escapes C0 itself."""


class CommandFailed(Exception):  # noqa: N818 - it is what happened
    """End the verb with a sentence on stderr (or one per line) and an exit status."""

    def __init__(self, message: str, code: ExitCode = ExitCode.FAILED) -> None:
        super().__init__(message)
        self.code = code


def read_settings(
    config: Path | None = None, assignments: list[str] | None = None, **overrides: object
) -> Settings:
    """Read the settings of this run: file and environment, then `--set`, then a verb's own options.

    A verb's own options are given as ``intake__cleaning="off"``; None means the option was not used.
    """
    return load_settings(config, overrides=overrides_from(assignments, **overrides))


def overrides_from(assignments: list[str] | None, **overrides: object) -> dict[str, object]:
    """Collect `--set` and a verb's own options as ``{"section.key": value}``."""
    values: dict[str, object] = {}
    for assignment in assignments or ():
        key, equals, value = assignment.partition("=")
        if not equals:
            name = re.match(r"[\w.]*", assignment)  # no more of it: it may be a password
            raise SettingsError(f"--set {name and name[0]} has no value; write --set section.key=value")
        values[key.strip()] = value
    values.update({k.replace("__", ".", 1): v for k, v in overrides.items() if v is not None})
    return values


async def reach_broker(settings: Settings, *topics: str) -> Cluster:
    """Return once a broker took us in and has these (logical) topics.

    Raises CommandFailed: UNAVAILABLE with the reason why none did, FAILED for a missing topic.
    """
    from service.kafka import security

    try:
        cluster = await security.reach_broker(settings.kafka)
    except security.BrokerUnavailable as error:
        raise CommandFailed(str(error), ExitCode.UNAVAILABLE) from None
    for name in (topic_name(settings, topic) for topic in topics):
        if name not in cluster.partitions:
            raise CommandFailed(f"there is no topic {name} on the broker; `copydesk topics create` makes it")
    return cluster


def say(*messages: str) -> None:
    """Print messages for a person to stderr, a line each, with control characters escaped."""
    for message in messages:
        print(f"copydesk: {printable(message)}", file=sys.stderr)


def out(line: str = "") -> None:
    """Print one line of data to stdout at once: the reader of a pipe must not wait for a full buffer."""
    print(line, flush=True)


def json_line(record: object) -> str:
    """Write a record as JSON on one line, with control characters escaped: a reader gets the same value.

    >>> json_line({"text": "caf\\u00e9 \\u202e"})
    '{"text":"caf\u00e9 \\\\u202e"}'
    """
    return UNSAFE_IN_JSON.sub(_escaped, orjson.dumps(record).decode())


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def console(*, errors: bool = False) -> Console:
    """Create a console: tables and records go to stdout, progress (`errors`) to stderr."""
    return Console(stderr=errors, highlight=False, markup=False, emoji=False)
