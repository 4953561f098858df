"""What tests of reading share."""

from __future__ import annotations

import io
from pathlib import Path

from service.reading import Source, SourceRecord, Unreadable, read_articles


def read(
    *paths: Source, raw: bool = False, stdin: bytes = b""
) -> tuple[list[SourceRecord], list[Unreadable]]:
    """Read sources to their end; return the records, and what was not read."""
    troubles: list[Unreadable] = []
    records = list(read_articles(paths, troubles.append, raw=raw, stdin=io.BytesIO(stdin)))
    return records, troubles


def a_file(folder: Path, name: str, content: bytes) -> Path:
    """Write a file, with its folders."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
