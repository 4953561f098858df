"""Create the topics, add partitions for new collections, or compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from service.commands.shared import (
    CommandFailed,
    ConfigOption,
    JsonOption,
    SetOption,
    json_line,
    out,
    read_settings,
    say,
)
from service.commands.topic_admin import Standing, add_partitions, admin, create_topics, standings_of
from service.contracts.layout import layout_in_words

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be changed; change nothing.")]


async def create(
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Create the topics that are missing. Existing topics are compared and never changed.

    Ends with 1 if an existing topic differs from the settings.
    """
    settings = read_settings(config, assignments)
    async with admin(settings) as client:
        standings = await create_topics(client, settings, dry_run=dry_run)
    show(standings, as_json=as_json)
    differing = [standing for standing in standings if standing.differences]
    for standing in differing:
        for difference in standing.differences:
            say(f"{standing.name} is left as it is: {difference}")
    if differing:
        raise CommandFailed(f"{len(differing)} of {len(standings)} topics differ from the settings")


async def extend(
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Add the partitions that new collections need: one for each, in every topic that has one per collection.

    Put a new name at the end of intake.collections first, and restart the stages afterwards.
    """
    settings = read_settings(config, assignments)
    async with admin(settings) as client:
        extended = await add_partitions(client, settings, dry_run=dry_run)
    for standing, had in extended:
        has = standing.spec.partitions
        if as_json:
            out(
                json_line({"topic": standing.name, "had": had, "has": had if dry_run else has, "wanted": has})
            )
        else:
            out(f"{standing.name}  {'would get' if dry_run else 'got'} {has - had} more, {has} in all")
    if not extended:
        say("each collection has its partitions; nothing to add")


async def diff(
    as_json: JsonOption = False, config: ConfigOption = None, assignments: SetOption = None
) -> None:
    """Compare the topics with the settings; ends with 1 if one is missing or differs."""
    settings = read_settings(config, assignments)
    async with admin(settings) as client:
        standings = await standings_of(client, settings)
    show(standings, as_json=as_json)
    if wrong := [standing.name for standing in standings if standing.state != "exists"]:
        raise CommandFailed(f"{len(wrong)} of {len(standings)} topics are not as the settings want them")


VERBS = (create, extend, diff)


def show(standings: Sequence[Standing], *, as_json: bool) -> None:
    """Print one line for each topic."""
    width = max(len(standing.name) for standing in standings)
    for standing in standings:
        if as_json:
            out(json_line(as_record(standing)))
        else:
            out(f"{standing.name:<{width}}  {standing.state:<8}  {_remark(standing)}")


def _remark(standing: Standing) -> str:
    return "; ".join(map(str, standing.differences)) or layout_in_words(standing.spec)


def as_record(standing: Standing) -> dict[str, Any]:
    """Return a standing as one JSON object."""
    return {
        "topic": standing.name,
        "state": standing.state,
        "partitions": standing.spec.partitions,
        "config": standing.spec.config,
        "differences": [asdict(difference) for difference in standing.differences],
    }
