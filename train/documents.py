"""Annotated documents, aligned with tokens: one JSON object a line, gzipped or not.

{"id", "text", "quotes": [{"segments": [[start, end], ...], "speaker": {"start", "end"} | null,
"cue": {"start", "end"} | null, "speech": bool}]}; offsets count code points, ends exclusive.
"""

from __future__ import annotations

import bisect
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from service.enrich.quotes import columns as c
from service.enrich.quotes import features as f
from service.enrich.quotes.inference import Labels
from service.enrich.quotes.tokens import Tokens, tokenise
from service.enrich.quotes.vocabulary import Vocabulary

Range = tuple[int, int]
PASSAGE_SHARE_MIN = 0.3
"""A passage at the edge of a content belongs to it if so much of it does."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution, in token numbers; `quote` is the annotation itself."""

    content: list[Range]
    source: Range | None
    cue: Range | None
    quote: dict[str, Any]


@dataclass(slots=True)
class Document:
    """A text, its tokens and what is annotated in it."""

    id: str
    tokens: Tokens
    quotes: list[dict[str, Any]]
    gold: list[Gold]
    labels: Labels

    def fold(self, folds: int) -> int:
        """Which part of a cross-fit it belongs to, by its id alone."""
        return int(hashlib.sha256(self.id.encode()).hexdigest()[:6], 16) % folds


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a .jsonl or .jsonl.gz file."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            if line.strip():
                yield orjson.loads(line)


def align(record: dict[str, Any], vocabulary: Vocabulary) -> Document:
    """Tokens of a record and its annotations in token numbers."""
    tokens = tokenise(record["text"], vocabulary)
    gold = [_gold(tokens, quote) for quote in record["quotes"]]
    return Document(record["id"], tokens, record["quotes"], gold, _labels(len(tokens), gold))


def token_range(tokens: Tokens, start: int, end: int) -> Range:
    """Tokens that overlap text[start:end]."""
    first = int(np.searchsorted(tokens.ends, start, "right"))
    return first, max(first, int(np.searchsorted(tokens.starts, end, "left")))


def _gold(tokens: Tokens, quote: dict[str, Any]) -> Gold:
    content = [_content(tokens, start, end) for start, end in quote["segments"]]
    mentions = [
        token_range(tokens, quote[k]["start"], quote[k]["end"]) if quote[k] else None
        for k in ("speaker", "cue")
    ]
    source, cue = (r if r is not None and r[1] > r[0] else None for r in mentions)
    return Gold([(a, b) for a, b in content if b > a], source, cue, quote)


def _content(tokens: Tokens, start: int, end: int) -> Range:
    first, last = token_range(tokens, start, end)
    while last - first > 1 and _barely_in(tokens, first, start, end):
        first += 1
    while last - first > 1 and _barely_in(tokens, last - 1, start, end):
        last -= 1
    return first, last


def _barely_in(tokens: Tokens, token: int, start: int, end: int) -> bool:
    low, high = int(tokens.starts[token]), int(tokens.ends[token])
    inside = min(end, high) - max(start, low)
    return tokens.attributes[token, c.KIND] == c.PASSAGE and inside < PASSAGE_SHARE_MIN * (high - low)


def _labels(tokens: int, gold: list[Gold]) -> Labels:
    labels = np.zeros(tokens, np.int8)
    for one in gold:
        for first, end in one.content:
            labels[first:end], labels[first] = f.CONTENT_I, f.CONTENT_B
    for one in gold:
        for place, begin in ((one.source, f.SOURCE_B), (one.cue, f.CUE_B)):
            if place is not None:
                labels[place[0] : place[1]], labels[place[0]] = begin + 1, begin
    return labels


def cue_owner(gold: list[Gold]) -> dict[int, int]:
    """Token -> the attribution whose cue it belongs to."""
    return {t: number for number, one in enumerate(gold) if one.cue for t in range(*one.cue)}


def owner_of(owners: dict[int, int], first: int, end: int) -> int | None:
    """The attribution of a candidate cue, or None."""
    return next((owners[t] for t in range(first, end) if t in owners), None)


def words_in(starts: list[int], spans: list[Range]) -> set[int]:
    """Those of `starts` that lie inside the spans."""
    found: set[int] = set()
    for low, high in spans:
        found.update(starts[bisect.bisect_left(starts, low) : bisect.bisect_left(starts, high)])
    return found
