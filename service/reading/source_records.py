"""What reading yields: records with their place, and reports of what was not read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

LINE_BYTES_MAX: Final = 64 * 1024 * 1024
"""Maximum size of one line or one object, in bytes. No broker takes such a record; without an end a file of one line
would fill the memory."""

BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record to feed. `line` counts from 1: the line on which it begins, the item of a feed."""

    key: bytes | None  # the article's id, where it gives one
    value: bytes
    source_name: str
    line: int
    read_until: int = field(
        default=0, compare=False
    )  # bytes of all sources so far, packed as they lie on the disk


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was not read: a whole file where `line` is None."""

    source_name: str
    line: int | None
    why: str

    def __str__(self) -> str:
        where = self.source_name if self.line is None else f"{self.source_name}:{self.line}"
        return f"{where}: {self.why}"


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer of a web server."""

    url: str
    content: bytes
    charset: str = ""  # as the server says


Source = str | Path | Fetched
Report = Callable[[Unreadable], None]


class Value(NamedTuple):
    """The bytes of one JSON object, and the line on which it begins."""

    line: int
    content: bytes


class Broken(NamedTuple):
    """A place where reading failed; no line stands for the whole file."""

    line: int | None
    why: str


def key_of(article: dict[str, Any]) -> bytes | None:
    """Return the id as bytes; only texts and whole numbers are ids."""
    match article.get("id"):
        case bool():
            return None
        case str(text) if text:
            return text.encode()
        case int(number):
            return str(number).encode()
    return None


def key_in(value: bytes) -> bytes | None:
    """Return the id in a record that may be no JSON."""
    try:
        article = orjson.loads(value)
    except orjson.JSONDecodeError:
        return None
    return key_of(article) if isinstance(article, dict) else None
