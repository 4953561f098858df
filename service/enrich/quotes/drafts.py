"""A believed proposal on its way to an attribution: what the rules for edges may still change."""

from __future__ import annotations

from msgspec import Struct, field

from service.enrich.quotes.view import Range

CONFIRMED, SPEAKER_CONFIRMED = 0.65, 0.9
"""Least confidence of a claim, and of its speaker, where rules read the same as the model."""


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
    told: bool = False  # a court or a document tells it, by a verb that is none of saying
    via: list[Range] = field(default_factory=list)  # who passed it on, from the inside outward
    checks: int = -1  # checks that may act on it as the model read it, a bit each: checks/may_act.py

    def confirm(self) -> None:
        """Raise the confidence to what two readers who agree are worth."""
        self.confidence = max(self.confidence, CONFIRMED)
        self.speaker_confidence = max(self.speaker_confidence, SPEAKER_CONFIRMED)
