"""Which files of a folder are read, what kind each is, and what is skipped, with the reason."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from service.reading.source_records import Fetched, Report, Source, Unreadable

STDIN: Final = "-"

TEXT, JSON, TABLE, FEED = "text", "json", "table", "feed"

KINDS: Final = {
    ".txt": TEXT,
    ".json": JSON,
    ".jsonl": JSON,
    ".ndjson": JSON,
    ".csv": TABLE,
    ".tsv": TABLE,
    ".rss": FEED,
    ".atom": FEED,
    ".xml": FEED,
}
"""Suffixes of files -> how they are read."""

PACKINGS: Final = (".gz", ".zst")

SUFFIXES: Final = tuple(kind + packing for kind in KINDS for packing in ("", *PACKINGS))
"""Endings of the names of files that are read."""


def kind_of(path: Path) -> str | None:
    """Return how a file is read, by its name without the suffix of a packing; None where it is not read."""
    name = path.name.lower()
    for packing in PACKINGS:
        name = name.removesuffix(packing)
    return KINDS.get(os.path.splitext(name)[1])


def packing_of(path: Path) -> str:
    """Return the suffix of a file's packing, "" where it is not packed."""
    return path.suffix.lower() if path.suffix.lower() in PACKINGS else ""


def files_of(paths: Sequence[Source], report: Report, skipped: Report | None = None) -> Iterator[Source]:
    """List what to read, in order; "-" and fetched pages stay.

    `skipped` is told of hidden files and of other kinds of files in folders.
    """
    for path in paths:
        if path == STDIN or isinstance(path, Fetched):
            yield path
        elif (path := Path(path)).is_dir():
            yield from _files_below(path, report, skipped or _say_nothing)
        elif not path.exists():
            report(Unreadable(str(path), None, "there is no such file"))
        elif kind_of(path) is None:
            kinds = ", ".join(KINDS)
            report(
                Unreadable(str(path), None, f"is none of {kinds}, packed as {' or '.join(PACKINGS)} or not")
            )
        else:
            yield path


def _say_nothing(_: Unreadable) -> None:
    """Drop a report."""


def _files_below(folder: Path, report: Report, skipped: Report) -> list[Path]:
    def unreadable(error: OSError) -> None:
        report(Unreadable(str(error.filename), None, why(error)))

    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable):
        for name in sorted(folders):
            if reason := _reason_to_skip_folder(Path(parent) / name):
                skipped(Unreadable(str(Path(parent) / name), None, reason))
                folders.remove(name)
        for name in sorted(names):
            path = Path(parent) / name
            if reason := _reason_to_skip(path):
                skipped(Unreadable(str(path), None, reason))
            else:
                found.append(path)
    return sorted(found, key=lambda path: path.parts)


def _reason_to_skip_folder(folder: Path) -> str | None:
    if folder.name.startswith("."):
        return "is hidden"
    return "is a link to a folder" if folder.is_symlink() else None


def _reason_to_skip(path: Path) -> str | None:
    if path.name.startswith("."):
        return "is hidden"
    if kind_of(path) is None:
        return f"is of no kind that is read ({path.suffix or 'no suffix'})"
    return None if path.is_file() else "is no regular file"


def why(error: Exception) -> str:
    """Say why a file could not be read."""
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"cannot be read to its end: {error}"
