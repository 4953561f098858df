"""`copydesk tail enriched|claims|duplicates|threads|stories|dead`: show an output topic, formatted or as JSON lines."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.commands.filters import conditions, meets, since_moment
from service.commands.render import render
from service.commands.shared import (
    ConfigOption,
    JsonOption,
    SetOption,
    json_line,
    out,
    reach_broker,
    read_settings,
)
from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    CLAIM_THREADS,
    CLAIMS,
    STORIES,
    topic_name,
)

if TYPE_CHECKING:
    from service.kafka.browsing import Browser, Found


class Output(StrEnum):
    """Name the topics that people read."""

    ENRICHED = "enriched"
    CLAIMS = "claims"
    DUPLICATES = "duplicates"
    THREADS = "threads"
    STORIES = "stories"
    DEAD = "dead"


LOGICAL = {
    Output.ENRICHED: ARTICLES_ENRICHED,
    Output.CLAIMS: CLAIMS,
    Output.DUPLICATES: ARTICLES_DUPLICATES,
    Output.THREADS: CLAIM_THREADS,
    Output.STORIES: STORIES,
    Output.DEAD: ARTICLES_DEAD,
}


def read_output(text: str) -> Output:
    """Read the short or the full name of an output topic.

    Raises:
        typer.BadParameter: names the outputs there are.
    """
    names = {name: output for output, topic in LOGICAL.items() for name in (output.value, topic)}
    if text not in names:
        raise typer.BadParameter(f"{text!r} is none of {', '.join(names)}")
    return names[text]


SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="SPAN|TIME", help="Start there: 90s, 10m, 2h, 7d, or 2025-05-01T08:00 (UTC)."
    ),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="KEY=VALUE",
        help="Only records with this in a field (speaker.name=...) or header; may be repeated, then all must hold.",
    ),
]


async def tail(
    output: Annotated[
        Output,
        typer.Argument(
            help="enriched, claims, duplicates, threads, stories or dead; a full name (articles.dead) works too.",
            show_default=False,
            parser=read_output,
            metavar="OUTPUT",
        ),
    ],
    as_json: JsonOption = False,
    since: SinceOption = None,
    from_beginning: Annotated[
        bool, typer.Option("--from-beginning", help="Start at the oldest record.")
    ] = False,
    last: Annotated[
        int, typer.Option("--last", min=0, help="Number of records before the end to start at.")
    ] = 10,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Stop after this many records.")] = None,
    where: WhereOption = None,
    follow: Annotated[bool, typer.Option(help="Wait for more, until Ctrl-C.")] = True,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Show the records of an output topic: the last ten, then each as it comes.

    With --json one object a line: {"topic", "partition", "offset", "timestamp", "key", "headers", "value"}.
    """
    settings = read_settings(config, assignments)
    wanted = conditions(where)
    since_ms = since_moment(since)
    logical = LOGICAL[output]
    cluster = await reach_broker(settings, logical)

    from service.kafka.browsing import Browser
    from service.kafka.security import reader_options

    name = topic_name(settings, logical)
    shown = 0
    async with Browser(reader_options(settings.kafka), name, cluster.partitions[name]) as browser:
        records = _from(browser, since_ms, from_beginning, last, follow)
        async with aclosing(records):
            async for record in records:
                if not meets(record, wanted):
                    continue
                out(json_line(as_object(record)) if as_json else render(record, logical, place_of(record)))
                shown += 1
                if shown == limit:
                    return


async def _from(
    browser: Browser, since_ms: int | None, from_beginning: bool, last: int, follow: bool
) -> AsyncGenerator[Found, None]:
    """Yield the records from the requested start, then, with `follow`, each new one."""
    if since_ms is not None:
        await browser.go_to_time(since_ms)
    elif from_beginning:
        await browser.go_to_beginning()
    else:
        await browser.go_back(last)
        for record in await _last(browser, last):
            yield record
    async for record in browser.existing():
        yield record
    if follow:
        async for record in browser.following():
            yield record


async def _last(browser: Browser, count: int) -> list[Found]:
    """Return the last records of all partitions together, by their timestamps."""
    records = [record async for record in browser.existing()]
    records.sort(key=lambda record: (record.timestamp_ms or 0, record.partition, record.offset))
    return records[max(0, len(records) - count) :]


def place_of(record: Found) -> str:
    """Return time and place of a record, for a person."""
    from service.line.codec import rfc3339

    moment = rfc3339(record.timestamp_ms) if record.timestamp_ms is not None else None
    return f"{moment or 'no time'}  {record.place}"


def as_object(record: Found) -> dict[str, Any]:
    """Return the record as --json prints it: headers as a map, the value as JSON where it is JSON."""
    from service.line.codec import rfc3339
    from service.line.show import shown_bytes, shown_headers, shown_json

    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "timestamp": rfc3339(record.timestamp_ms) if record.timestamp_ms is not None else None,
        "key": shown_bytes(record.key),
        "headers": shown_headers(record.headers),
        "value": shown_json(record.value),
    }
