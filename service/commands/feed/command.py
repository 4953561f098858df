"""`copydesk feed PATH...|URL...|-`: articles from files and feeds to the raw topic, with the broker's word on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Annotated, Final

import typer

from service.commands.account_view import show_accounts
from service.commands.feed.course import Course
from service.commands.feed.resume import State, bytes_of, state_for
from service.commands.feed.sending import send
from service.commands.fetching import with_fetched
from service.commands.options import LimitOption, PathsArgument, RateOption, RawOption
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
from service.reading import Source, SourceRecord, files_of, read_articles
from service.topics import ARTICLES_RAW, topic_name

DRY_RUN_RECORDS: Final = 5
"""Number of records that --dry-run shows where --limit says nothing else."""

DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Show how the first records would be read; send nothing.")
]
ResumeOption = Annotated[
    bool, typer.Option("--resume", help="Go on where the same command stopped, without losing a record.")
]


async def feed(
    paths: PathsArgument,
    rate: RateOption = 0.0,
    limit: LimitOption = None,
    dry_run: DryRunOption = False,
    resume: ResumeOption = False,
    raw: RawOption = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Send articles to the raw topic.

    Each .txt file is an article whose id is the file's name; JSON objects are sent as they stand, under their id
    as key; so are the rows of a table and the items of a feed. What cannot be read is named with file and line, and
    the rest is sent. Ends with 1 when something was not read or not delivered.
    """
    settings = read_settings(config, assignments)
    course = Course(topic_name(settings, ARTICLES_RAW))
    sources = await with_fetched(paths, course.unread.append)
    files = list(files_of(sources, course.unread.append, course.skipped.append))
    if dry_run:
        records = read_articles(files, course.unread.append, raw=raw)
        read, dead = show_accounts(
            islice(records, limit or DRY_RUN_RECORDS), settings.intake, as_json=as_json
        )
        say(f"{read} would be articles, {dead} dead letters; nothing was sent")
    else:
        can_resume = bytes_of(files) is not None
        state = state_for(settings, course.topic, paths, raw=raw) if can_resume else None
        records = _to_send(files, course, state, resume=resume, raw=raw)
        try:
            if files:  # nobody needs a broker for what is not there
                await send(_until(limit, records, course), settings, course, state, rate)
        finally:
            if not as_json:
                course.name_troubles()
    if dry_run:
        course.name_troubles()
    elif as_json:
        out(json_line(course.as_record()))
    course.raise_if_not_all()


def _to_send(
    files: list[Source], course: Course, state: State | None, *, resume: bool, raw: bool
) -> Iterator[SourceRecord]:
    """Return the records of all files, or those behind the place where an earlier run stopped."""

    def read(sources: Sequence[Source]) -> Iterator[SourceRecord]:
        return read_articles(sources, course.unread.append, raw=raw)

    if resume and state is None:
        raise CommandFailed(
            "--resume goes on with files only; standard input and addresses cannot be read again"
        )
    if resume and state is not None:
        return state.go_on(files, read, course)
    course.bytes_total = bytes_of(files)
    if state is not None:
        if (stop := state.stopped()) is not None:
            say(
                f"an earlier run stopped behind record {stop.records} of {stop.file}; --resume would go on there"
            )
        state.begin(files)
    return read(files)


def _until(limit: int | None, records: Iterator[SourceRecord], course: Course) -> Iterator[SourceRecord]:
    """Yield records up to a limit, and note when there are no more of them; a thread reads them ahead."""
    for number, record in enumerate(records, 1):
        yield record
        if number == limit:
            return
    course.read_to_end = True
