"""Forty-three records for the demo: wire stories, reprints of them, and records that no feed should send.

All of it is invented: people, towns, papers, figures. `wire.jsonl` holds the 38 articles, one a line, as a feed sends
them: `copydesk process` and `copydesk feed` read it. `feeding.jsonl` has one line for each of the records, in
the order of feeding, with a note; the lines of the five spoilt records hold their value too.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """One record to feed, without a key. `slug` names the story, whose records go to one partition to stay in order."""

    slug: str
    note: str
    value: bytes
    title: str = ""


def load_samples() -> tuple[Sample, ...]:
    """Return all samples in the order of feeding."""
    articles = iter(_lines("wire.jsonl"))
    return tuple(_sample(json.loads(line), articles) for line in _lines("feeding.jsonl"))


def _lines(name: str) -> list[str]:
    return files(__name__).joinpath(name).read_text("utf-8").split("\n")[:-1]


def _sample(line: dict[str, Any], articles: Iterator[str]) -> Sample:
    if (spoilt := _spoilt_value(line)) is not None:
        return Sample(line["slug"], line["note"], spoilt, line.get("article", {}).get("title", ""))
    article = next(articles)
    return Sample(line["slug"], line["note"], article.encode(), json.loads(article).get("title", ""))


def _spoilt_value(line: dict[str, Any]) -> bytes | None:
    """Return the value that the line itself holds: JSON, a text, bytes, or nested arrays; None where it holds none."""
    if "article" in line:
        return json.dumps(line["article"], ensure_ascii=False).encode()
    if "text" in line:
        return str(line["text"]).encode()
    if "base64" in line:
        return base64.b64decode(line["base64"])
    if "nested" in line:
        depth = int(line["nested"])
        return b'{"body": ' + b"[" * depth + b"]" * depth + b"}"
    return None
