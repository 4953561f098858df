"""An enriched record -> its text cut into pieces, each with all that is marked there: for eyes, on screen or paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from service.records import ClaimKind

SPEAKER, CUE, FIGURE, DATE = "speaker", "cue", ClaimKind.FIGURE.value, "date"
WORDS: Final = tuple(kind.value for kind in ClaimKind if kind is not ClaimKind.FIGURE)
"""Kinds of claims whose words are marked; of a figure only its quantities are."""
LAYERS: Final = (*WORDS, SPEAKER, CUE, FIGURE, DATE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a slice of the text, its layers in the order of LAYERS, and the numbers of claims that begin or end here."""

    text: str
    layers: tuple[str, ...]
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    layer: str
    number: int = 0  # of the claim whose words these are, from 1


def said(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the claims whose words are marked, in text order: those that are numbered."""
    return [claim for claim in record["claims"] if claim["kind"] != FIGURE]


def pieces(record: dict[str, Any]) -> list[Piece]:
    """Cut the whole text of an enriched record into pieces; joined, they are the text."""
    text = record["text"]
    marks = [mark for mark in _marks(record) if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    opened: dict[int, list[_Mark]] = {}
    closed: dict[int, list[_Mark]] = {}
    for mark in marks:
        opened.setdefault(mark.start, []).append(mark)
        closed.setdefault(mark.end, []).append(mark)
        if mark.number:
            begins.setdefault(mark.start, []).append(mark.number)
            ends.setdefault(mark.end, []).append(mark.number)
    out: list[Piece] = []
    open_layers = dict.fromkeys((*LAYERS, *(mark.layer for mark in marks)), 0)
    for start, end in pairwise(edges):
        for mark in closed.get(start, ()):
            open_layers[mark.layer] -= 1
        for mark in opened.get(start, ()):
            open_layers[mark.layer] += 1
        layers = tuple(layer for layer in open_layers if open_layers[layer])
        out.append(Piece(text[start:end], layers, tuple(begins.get(start, ())), tuple(ends.get(end, ()))))
    return out


def _marks(record: dict[str, Any]) -> Iterator[_Mark]:
    for number, claim in enumerate(said(record), start=1):
        for segment in claim["segments"]:
            yield _Mark(segment["start"], segment["end"], claim["kind"], number)
        for layer in (SPEAKER, CUE):
            if claim[layer] is not None:
                yield _Mark(claim[layer]["start"], claim[layer]["end"], layer)
    for claim in record["claims"]:
        for quantity in claim["quantities"]:
            yield _Mark(quantity["start"], quantity["end"], FIGURE)
    for date in record["dates"]:
        yield _Mark(date["start"], date["end"], DATE)
