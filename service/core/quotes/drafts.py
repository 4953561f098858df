"""A believed proposal on its way to an attribution: what the rules for edges may still change."""

from __future__ import annotations

from dataclasses import dataclass

from service.core.quotes.view import Range


@dataclass(slots=True)
class Draft:
    """An attribution in token numbers."""

    content: list[Range]
    source: Range | None
    cue: Range | None
    only_passages: bool  # its content is marked passages and nothing else
    confidence: float
    speaker_confidence: float
    method: str = "model"
    label: tuple[int, int, int] | None = None  # offsets of `LABEL:` inside a passage: name, its end, content
