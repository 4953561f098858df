"""Files and folders of articles -> records as they are fed, with the place each was read at.

What cannot be read is reported with file and line, and the rest is read all the same.
"""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import orjson
import zstandard

from service.reading import syndication, tables
from service.reading.files import FEED, STDIN, TABLE, TEXT, files_of, kind_of, why
from service.reading.json_values import json_values
from service.reading.packed_files import opened
from service.reading.source_records import (
    BOM,
    LINE_BYTES_MAX,
    Broken,
    Fetched,
    Report,
    Source,
    SourceRecord,
    Unreadable,
    Value,
    key_in,
)
from service.reading.web_pages import LIKE_XML, page_values


def read_articles(
    paths: Sequence[Source],
    report: Report,
    *,
    raw: bool = False,
    stdin: BinaryIO | None = None,
    skipped: Report | None = None,
) -> Iterator[SourceRecord]:
    """Read all records of files, folders and fetched pages, in the order given; folders recursively, by name.

    A .txt file is one article whose id is the file's stem; JSON of any suffix and "-" (standard input) hold objects,
    one a line or pretty-printed, or an array of them; a row of a table is an object; of a feed each item is one.
    Objects keep their own bytes. With `raw` nothing is looked at: a .json file is one record, of the others each
    line is one, as it stands.
    """
    before = 0
    for path in files_of(paths, report, skipped):
        try:
            if isinstance(path, Fetched):
                yield from _records(page_values(path), path.url, report, lambda: 0)
            elif path == STDIN:
                with stdin or _own_stdin() as stream:
                    yield from _standard_input(stream, report, raw)
            else:
                yield from _file(Path(path), report, raw, before)
                before += Path(path).stat().st_size
        except (OSError, EOFError, zlib.error, zstandard.ZstdError) as error:
            name = path.url if isinstance(path, Fetched) else str(path)
            report(Unreadable(name, None, why(error)))


def _own_stdin() -> BinaryIO:
    """Open standard input under another number: at exit the interpreter waits for a thread that reads sys.stdin."""
    return os.fdopen(os.dup(0), "rb")


def _standard_input(stream: BinaryIO, report: Report, raw: bool) -> Iterator[SourceRecord]:
    if raw:
        yield from _raw_lines(stream, "stdin", report, lambda: 0)
        return
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    is_feed = buffered.peek(64).removeprefix(BOM).lstrip().startswith(LIKE_XML)
    found = syndication.items(buffered.read()) if is_feed else json_values(buffered)
    yield from _records(found, "stdin", report, lambda: 0)


def _file(path: Path, report: Report, raw: bool, before: int) -> Iterator[SourceRecord]:
    kind = kind_of(path)
    with opened(path) as file:

        def read_until() -> int:
            return before + file.position()

        if raw and path.suffix == ".json":
            content = file.stream.read()
            yield SourceRecord(key_in(content), content, str(path), 1, read_until())
        elif raw:
            yield from _raw_lines(file.stream, str(path), report, read_until)
        elif kind == TEXT:
            yield from _text(path, file.stream, report, read_until)
        else:
            yield from _records(_values(kind, file.stream), str(path), report, read_until)


def _values(kind: str | None, stream: BinaryIO) -> Iterator[Value | Broken]:
    if kind == TABLE:
        return tables.rows(stream)
    if kind == FEED:
        return syndication.items(stream.read(syndication.FEED_BYTES_MAX + 1))
    return json_values(stream)


def _records(
    found: Iterator[Value | Broken], name: str, report: Report, read_until: Callable[[], int]
) -> Iterator[SourceRecord]:
    for one in found:
        if isinstance(one, Broken):
            report(Unreadable(name, one.line, one.why))
        else:
            yield SourceRecord(key_in(one.content), one.content, name, one.line, read_until())


def _text(
    path: Path, stream: BinaryIO, report: Report, read_until: Callable[[], int]
) -> Iterator[SourceRecord]:
    stem = path.name.partition(".txt")[0] if path.suffix != ".txt" else path.stem
    try:
        body = stream.read().removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        report(Unreadable(str(path), None, f"is not UTF-8 (byte {error.start})"))
        return
    yield SourceRecord(stem.encode(), orjson.dumps({"id": stem, "body": body}), str(path), 1, read_until())


def _raw_lines(
    stream: BinaryIO, name: str, report: Report, read_until: Callable[[], int]
) -> Iterator[SourceRecord]:
    number = 0
    while line := stream.readline(LINE_BYTES_MAX + 1):
        number += 1
        if len(line) > LINE_BYTES_MAX:
            report(Unreadable(name, number, f"is longer than {LINE_BYTES_MAX} bytes"))
            while line and not line.endswith(b"\n"):
                line = stream.readline(LINE_BYTES_MAX)
        else:
            value = line.removesuffix(b"\n")
            yield SourceRecord(key_in(value), value, name, number, read_until())
