"""Forty records for the demo: wire stories, what becomes of them, and what should never have been sent.

All of it is invented: people, towns, papers, figures. `wire.jsonl` has one record a line, in the order of feeding.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """One record to feed. `slug` names the story and is its key, so that Kafka keeps the order within a story."""

    slug: str
    note: str
    value: bytes
    title: str = ""

    @property
    def key(self) -> bytes:
        """The record's key."""
        return self.slug.encode()


def load_samples() -> tuple[Sample, ...]:
    """All samples in the order of feeding."""
    lines = files(__name__).joinpath("wire.jsonl").read_text("utf-8").splitlines()
    return tuple(_sample(json.loads(line)) for line in lines)


def _sample(line: dict[str, Any]) -> Sample:
    title = line.get("article", {}).get("title", "")
    return Sample(line["slug"], line["note"], _value(line), title)


def _value(line: dict[str, Any]) -> bytes:
    """An article; or, for what is no article: a text, bytes, or so many arrays in each other."""
    if "article" in line:
        return json.dumps(line["article"], ensure_ascii=False).encode()
    if "text" in line:
        return str(line["text"]).encode()
    if "base64" in line:
        return base64.b64decode(line["base64"])
    depth = int(line["nested"])
    return b'{"body": ' + b"[" * depth + b"]" * depth + b"}"
