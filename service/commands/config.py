"""Show the settings as they hold now."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.commands.shared import (
    ConfigOption,
    JsonOption,
    SetOption,
    json_line,
    out,
    overrides_from,
    printable,
)
from service.settings import DEFAULT_FILES, load_with_sources, shown_values

SourcesOption = Annotated[bool, typer.Option("--sources", help="Also say where each value comes from.")]


def show(
    sources: SourcesOption = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Print every setting as a settings file (TOML) would say it. Secrets read ***."""
    settings, came_from = load_with_sources(config, overrides=overrides_from(assignments))
    section = ""
    for key, value in shown_values(settings).items():
        if as_json:
            where = {"source": came_from[key]} if sources else {}
            out(json_line({"key": key, "value": value, **where}))
            continue
        head, _, name = key.partition(".")
        if head != section:
            out(("\n" if section else "") + f"[{head}]")
            section = head
        out(f"{name} = {toml(value)}" + (f"  # {_source(came_from[key])}" if sources else ""))


def _source(name: str) -> str:
    return "default" if Path(name) in DEFAULT_FILES else printable(name)


def toml(value: object) -> str:
    """Write a value as TOML: texts, numbers, truth values and lists of texts are written as in JSON.

    >>> toml(("default", "de")), toml(True), toml(0.5)
    ('["default", "de"]', 'true', '0.5')
    """
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml, value))}]"
    return json_line(value)


VERBS = (show,)
