"""A believed proposal on its way to an attribution: what the rules for edges may still change."""

from __future__ import annotations

from msgspec import Struct, field

from service.enrich.quotes.view import Range


class Draft(Struct, gc=False):
    """An attribution in token numbers."""

    content: list[Range]
    source: Range | None
    cue: Range | None
    only_passages: bool  # its content is marked passages and nothing else
    confidence: float
    speaker_confidence: float
    method: str = "model"
    label: tuple[int, int, int] | None = None  # offsets of `LABEL:` inside a passage: name, its end, content
    via: list[Range] = field(default_factory=list)  # who passed it on, from the inside outward
