"""`copydesk process PATH...|-`: the same stages in memory, without Kafka."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TextIO

import typer

from service.commands.fetching import with_fetched
from service.commands.options import LimitOption, PathsArgument, RawOption
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
from service.topics import ARTICLES_ENRICHED, CLAIMS

if TYPE_CHECKING:
    from service.line.records_out import Letter

FLUSH_EVERY: Final = 50
"""Number of articles between two flushes: a pipe gets lines soon, without a system call for each claim."""


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
ThreadsOption = Annotated[
    bool, typer.Option("--threads", help="Join claims across the articles too, and show threads and stories.")
]
HtmlOption = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE",
        help="Write a page with the claims marked in the texts.",
    ),
]


async def process(
    paths: PathsArgument,
    as_json: JsonOption = False,
    cleaning: CleaningOption = None,
    no_dedup: NoDedupOption = False,
    threads: ThreadsOption = False,
    html: HtmlOption = None,
    raw: RawOption = False,
    limit: LimitOption = None,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Show what would be published for each of these articles, in the order given, with the claims marked in the texts.

    With --json every record that would be published, one a line: {"topic", "key", "headers", "value"}. Records of a
    later article never come before those of an earlier one. Ends with 1 when something could not be read.
    """
    settings = read_settings(
        config,
        assignments,
        intake__cleaning=cleaning.value if cleaning else None,
        dedup__enabled=False if no_dedup else None,
        threads__enabled=threads,
    )

    from itertools import islice

    from service.pipeline.compiling import compiling_reported, in_words
    from service.pipeline.in_memory import MemoryPipeline, raw_record

    pipeline = MemoryPipeline(settings)
    unread: list[Unreadable] = []
    sources = await with_fetched(paths, unread.append)
    published: Counter[str] = Counter()
    offset = -1
    with (
        compiling_reported(lambda counts, seconds: say(in_words(counts, seconds))),
        _shower(html, as_json=as_json) as show,
    ):
        for offset, source in enumerate(islice(read_articles(sources, unread.append, raw=raw), limit)):
            for letter in await pipeline.feed([raw_record(offset, source.value, key=source.key)]):
                published[letter.topic] += 1
                show(letter)
            if offset % FLUSH_EVERY == 0:
                sys.stdout.flush()
    sys.stdout.flush()
    say(summary(offset + 1, published))
    for trouble in unread:
        say(str(trouble))
    if unread:
        raise CommandFailed(f"{len(unread)} of the sources could not be read")


@contextmanager
def _shower(html: Path | None, *, as_json: bool) -> Iterator[Callable[[Letter], None]]:
    """Yield what shows a record: as a JSON line, as a part of the page, or on the terminal."""
    if html is not None:
        from service.commands import marked_html

        try:
            with html.open("w", encoding="utf-8") as file:
                file.write(marked_html.head("Copydesk"))
                yield lambda letter: _write(
                    file, marked_html.part(letter.topic, letter.value or b"", letter.headers)
                )
                file.write(
                    marked_html.tail("Claims were found by copydesk process; colours mark what it found.")
                )
        except OSError as error:
            raise CommandFailed(f"{html}: {error.strerror}") from None
    elif as_json:
        from service.line.show import shown

        yield lambda letter: _write(sys.stdout, json_line(shown(letter)) + "\n")
    else:
        yield _show


def _write(file: TextIO, text: str) -> None:
    file.write(text)


def _show(letter: Letter) -> None:
    from service.commands.marked_text import page
    from service.commands.render import render

    if letter.topic == ARTICLES_ENRICHED:
        out(page(letter.value or b""))
    elif letter.topic != CLAIMS:  # they stand in their article
        out(render(letter))


def summary(read: int, published: Counter[str]) -> str:
    """Sum up what was published, in one line."""
    return (
        f"in {read} = enriched {published['articles.enriched']} + duplicates {published['articles.duplicates']} "
        f"+ dead {published['articles.dead']}; {published['claims']} claims"
    )
