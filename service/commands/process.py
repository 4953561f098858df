"""`copydesk process PATH...|-`: the same three stages in memory, without Kafka."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from typing import Annotated, Final

import typer

from service.commands.feed import LimitOption, PathsArgument, RawOption
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
from service.reading import Unreadable, read_articles

FLUSH_EVERY: Final = 50
"""Articles between two flushes: a pipe wants lines soon, but not a system call for each claim."""


class Cleaning(StrEnum):
    """`intake.cleaning`."""

    FULL = "full"
    OFF = "off"


CleaningOption = Annotated[
    Cleaning | None,
    typer.Option(
        "--cleaning",
        help="off: take each text as it is, so that offsets are yours, code point for code point.",
    ),
]
NoDedupOption = Annotated[bool, typer.Option("--no-dedup", help="Treat every article as new.")]


async def process(
    paths: PathsArgument,
    as_json: JsonOption = False,
    cleaning: CleaningOption = None,
    no_dedup: NoDedupOption = False,
    raw: RawOption = False,
    limit: LimitOption = None,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Show what would be published for these articles, in the order given.

    With --json every record that would be published, one a line: {"topic", "key", "headers", "value"}. Records of a
    later article never come before those of an earlier one. Ends with 1 when something could not be read.
    """
    settings = read_settings(
        config,
        assignments,
        intake__cleaning=cleaning.value if cleaning else None,
        dedup__enabled=False if no_dedup else None,
    )

    from itertools import islice

    from service.commands.render import render
    from service.edge.memory import MemoryPipeline, raw_record
    from service.edge.show import shown

    pipeline = MemoryPipeline(settings)
    unread: list[Unreadable] = []
    published: Counter[str] = Counter()
    offset = -1
    for offset, source in enumerate(islice(read_articles(paths, unread.append, raw=raw), limit)):
        for letter in await pipeline.feed([raw_record(offset, source.value, key=source.key)]):
            published[letter.topic] += 1
            if as_json:
                sys.stdout.write(json_line(shown(letter)) + "\n")
            else:
                out(render(letter))
        if offset % FLUSH_EVERY == 0:
            sys.stdout.flush()
    sys.stdout.flush()
    say(summary(offset + 1, published))
    for trouble in unread:
        say(str(trouble))
    if unread:
        raise CommandFailed(f"{len(unread)} of the sources could not be read")


def summary(read: int, published: Counter[str]) -> str:
    """What came of it, in one line."""
    return (
        f"in {read} = enriched {published['articles.enriched']} + duplicates {published['articles.duplicates']} "
        f"+ dead {published['articles.dead']}; {published['claims']} claims"
    )
