"""`copydesk feed PATH...|-`: articles from files to the raw topic, with the broker's word on each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from service.commands.background import in_background
from service.commands.progress import progress
from service.commands.shared import (
    CommandFailed,
    ConfigOption,
    JsonOption,
    SetOption,
    json_line,
    out,
    printable,
    reach_broker,
    read_settings,
    say,
)
from service.exit_codes import ExitCode
from service.reading import STDIN, SourceRecord, Unreadable, files_of, read_articles
from service.settings import Settings
from service.topics import ARTICLES_RAW, topic_name

if TYPE_CHECKING:
    from service.kafka.delivery import Delivery, Tally

LISTED_MAX: Final = 20
"""Troubles named one by one for a person; --json names all."""

PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...|-",
        help="Files and folders of .txt, .json, .jsonl, .jsonl.gz; - reads JSON lines from standard input.",
    ),
]
RateOption = Annotated[
    float, typer.Option("--rate", min=0, help="Records a second at most; 0: as fast as it goes.")
]
LimitOption = Annotated[int | None, typer.Option("--limit", min=1, help="Stop after this many records.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be sent; send nothing.")]
RawOption = Annotated[bool, typer.Option("--raw", help="Send every line as it stands, JSON or not.")]


@dataclass(slots=True)
class Course:
    """How far a feed has come: filled in while it runs, so that an interrupted one can report too."""

    topic: str
    unread: list[Unreadable] = field(default_factory=list)
    tally: Tally | None = None


async def feed(
    paths: PathsArgument,
    rate: RateOption = 0.0,
    limit: LimitOption = None,
    dry_run: DryRunOption = False,
    raw: RawOption = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Send articles to the raw topic.

    Each .txt file is an article whose id is the file's name; JSON objects are sent as they stand, under their id
    as key. What cannot be read is named with file and line, and the rest is sent. Ends with 1 when something was
    not read or not delivered.
    """
    settings = read_settings(config, assignments)
    course = Course(topic_name(settings, ARTICLES_RAW))
    records = islice(read_articles(paths, course.unread.append, raw=raw), limit)
    if dry_run:
        _show(records, as_json)
    else:
        await _send(records, settings, course, rate, bytes_of(paths))
    if as_json and not dry_run:
        out(json_line(_as_record(course)))
    else:
        _name_troubles(course)
    _raise_if_not_all(course)


async def _send(
    records: Iterator[SourceRecord], settings: Settings, course: Course, rate: float, bytes_total: int | None
) -> None:
    await reach_broker(settings, ARTICLES_RAW)

    from service.kafka.delivery import Delivery, Stalled
    from service.kafka.security import client_options

    delivery = Delivery(client_options(settings.kafka), course.topic, settings.topics.raw_bytes_max, rate)
    course.tally = delivery.tally
    try:
        async with delivery:
            await _send_all(records, delivery, bytes_total)
    except Stalled:
        raise CommandFailed("the broker stopped answering", ExitCode.UNAVAILABLE) from None
    finally:
        say(_summary(course))


async def _send_all(records: Iterator[SourceRecord], delivery: Delivery, bytes_total: int | None) -> None:
    async with aclosing(in_background(records)) as chunks:
        with progress("feeding", bytes_total) as advance:
            async for chunk in chunks:
                for record in chunk:
                    await delivery.send(f"{record.source_name}:{record.line}", record.key, record.value)
                    advance(len(record.value))


def bytes_of(paths: list[str]) -> int | None:
    """Sum the sizes of the files to read; return None if only reading can tell."""
    files = list(files_of(paths, lambda _: None))
    if STDIN in files or any(Path(file).suffix == ".gz" for file in files):
        return None
    return sum(Path(file).stat().st_size for file in files)


def _show(records: Iterator[SourceRecord], as_json: bool) -> None:
    """Print what would be sent, one record a line."""
    for record in records:
        key = record.key.decode() if record.key is not None else None
        if as_json:
            shown = {"key": key, "source": printable(record.source_name), "line": record.line}
            out(json_line({**shown, "bytes": len(record.value)}))
        else:
            out(
                printable(
                    f"{record.source_name}:{record.line}  {key or '(no id)'}  {len(record.value)} bytes"
                )
            )


def _summary(course: Course) -> str:
    tally = course.tally
    if tally is None:
        return "nothing was sent"
    return f"{tally.delivered} of {tally.sent} records delivered to {course.topic}"


def _name_troubles(course: Course) -> None:
    troubles = [str(trouble) for trouble in course.unread]
    if course.tally is not None:
        troubles += [f"{record.place}: {record.why}" for record in course.tally.undelivered]
    say(*troubles[:LISTED_MAX])
    if len(troubles) > LISTED_MAX:
        say(f"... and {len(troubles) - LISTED_MAX} more; --json names all")


def _as_record(course: Course) -> dict[str, Any]:
    tally = course.tally
    return {
        "topic": course.topic,
        "sent": tally.sent if tally else 0,
        "delivered": tally.delivered if tally else 0,
        "undelivered": [
            {"place": printable(record.place), "why": record.why}
            for record in (tally.undelivered if tally else ())
        ],
        "unread": [
            {"source": printable(trouble.source_name), "line": trouble.line, "why": trouble.why}
            for trouble in course.unread
        ],
    }


def _raise_if_not_all(course: Course) -> None:
    lost = len(course.tally.undelivered) if course.tally else 0
    parts = [f"{len(course.unread)} not read"] if course.unread else []
    parts += [f"{lost} not delivered"] if lost else []
    if parts:
        raise CommandFailed(", ".join(parts))
