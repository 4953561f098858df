"""Files and folders of articles -> records as they are fed, with the place each was read at.

What cannot be read is reported with file and line, and the rest is read all the same.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
import orjson

STDIN: Final = "-"

SUFFIXES: Final = (".txt", ".json", ".jsonl", ".jsonl.gz")

LINE_BYTES_MAX: Final = 64 * 1024 * 1024
"""No broker takes such a record; without an end a file of one line would fill the memory."""

BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record to feed. `line` counts from 1: the line of a file of lines, the item of a JSON array."""

    key: bytes | None  # the article's id, where it gives one
    value: bytes
    source_name: str
    line: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was not read: a whole file where `line` is None."""

    source_name: str
    line: int | None
    why: str

    def __str__(self) -> str:
        where = self.source_name if self.line is None else f"{self.source_name}:{self.line}"
        return f"{where}: {self.why}"


Report = Callable[[Unreadable], None]


def read_articles(
    paths: Sequence[str | Path], report: Report, *, raw: bool = False, stdin: BinaryIO | None = None
) -> Iterator[SourceRecord]:
    """Read all records of files and folders, in the order given; folders recursively, by name.

    A .txt file is one article whose id is the file's stem; a .json file one object or an array of them;
    .jsonl, .jsonl.gz and "-" (standard input) hold an object a line. Objects keep their own bytes. With
    `raw` nothing is looked at: a .json file is one record, of the others each line is one, as it stands.
    """
    for path in files_of(paths, report):
        try:
            if path == STDIN:
                with stdin or _own_stdin() as lines:
                    yield from _lines(lines, "stdin", report, raw)
            else:
                yield from _file(Path(path), report, raw)
        except (OSError, EOFError, zlib.error) as error:
            report(Unreadable(str(path), None, _why(error)))


def _own_stdin() -> BinaryIO:
    """Open standard input under another number: at exit the interpreter waits for a thread that reads sys.stdin."""
    return os.fdopen(os.dup(0), "rb")


def files_of(paths: Sequence[str | Path], report: Report) -> Iterator[str | Path]:
    """List the files to read, in order; "-" stays. Skips hidden files and other kinds of files in folders."""
    for path in paths:
        if path == STDIN:
            yield STDIN
        elif (path := Path(path)).is_dir():
            yield from _files_below(path, report)
        elif not path.exists():
            report(Unreadable(str(path), None, "there is no such file"))
        elif not _is_ours(path):
            report(Unreadable(str(path), None, f"is none of {', '.join(SUFFIXES)}"))
        else:
            yield path


def _files_below(folder: Path, report: Report) -> list[Path]:
    def unreadable(error: OSError) -> None:
        report(Unreadable(str(error.filename), None, _why(error)))

    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent) / name for name in names if not name.startswith(".") and _is_ours(Path(name))]
    return sorted(found, key=lambda path: path.parts)


def _is_ours(path: Path) -> bool:
    return path.name.endswith(SUFFIXES)


def _file(path: Path, report: Report, raw: bool) -> Iterator[SourceRecord]:
    if path.suffix == ".json":
        yield from _json_file(path, report, raw)
    elif path.suffix == ".txt" and not raw:
        yield from _text_file(path, report)
    else:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            yield from _lines(lines, str(path), report, raw)


def _text_file(path: Path, report: Report) -> Iterator[SourceRecord]:
    try:
        body = path.read_bytes().removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        report(Unreadable(str(path), None, f"is not UTF-8 (byte {error.start})"))
        return
    yield SourceRecord(path.stem.encode(), orjson.dumps({"id": path.stem, "body": body}), str(path), 1)


def _json_file(path: Path, report: Report, raw: bool) -> Iterator[SourceRecord]:
    content = path.read_bytes()
    if raw:
        yield SourceRecord(_key_in(content), content, str(path), 1)
        return
    content = content.removeprefix(BOM).strip()
    if not content.startswith(b"["):
        yield from _object(content, str(path), 1, report)
        return
    try:
        items = msgspec.json.decode(content, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        report(Unreadable(str(path), None, f"is not JSON: {error}"))
        return
    for number, item in enumerate(items, 1):
        yield from _object(bytes(item).strip(), str(path), number, report)


def _lines(lines: BinaryIO | gzip.GzipFile, name: str, report: Report, raw: bool) -> Iterator[SourceRecord]:
    number = 0
    while line := lines.readline(LINE_BYTES_MAX + 1):
        number += 1
        if len(line) > LINE_BYTES_MAX:
            report(Unreadable(name, number, f"is longer than {LINE_BYTES_MAX} bytes"))
            while line and not line.endswith(b"\n"):
                line = lines.readline(LINE_BYTES_MAX)
        elif raw:
            value = line.removesuffix(b"\n")
            yield SourceRecord(_key_in(value), value, name, number)
        elif line := (line.removeprefix(BOM) if number == 1 else line).strip():
            yield from _object(line, name, number, report)


def _object(value: bytes, name: str, line: int, report: Report) -> Iterator[SourceRecord]:
    try:
        article = orjson.loads(value)
    except orjson.JSONDecodeError as error:
        report(Unreadable(name, line, f"is not JSON: {error}"))
        return
    if isinstance(article, dict):
        yield SourceRecord(_key(article), value, name, line)
    else:
        report(Unreadable(name, line, "is JSON, but no object"))


def _key_in(value: bytes) -> bytes | None:
    try:
        article = orjson.loads(value)
    except orjson.JSONDecodeError:
        return None
    return _key(article) if isinstance(article, dict) else None


def _key(article: dict[str, Any]) -> bytes | None:
    """Return the id as bytes; only texts and whole numbers are ids."""
    match article.get("id"):
        case bool():
            return None
        case str(text) if text:
            return text.encode()
        case int(number):
            return str(number).encode()
    return None


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"cannot be read to its end: {error}"
