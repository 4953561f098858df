"""What the quotation finders hand over: one attribution, in offsets of the text."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from service.enrich.quotes.view import Offsets
from service.records import Speaker


class Attribution(Struct, gc=False):
    """Words that a text attributes to someone. `segments` are in order and do not overlap."""

    segments: tuple[Offsets, ...]
    speaker: Offsets | None
    cue: Offsets | None
    marked: bool  # wholly or partly inside quotation marks
    speech: bool  # False: a belief, a wish, a plan
    confidence: float
    method: str
    via: tuple[Offsets, ...] = ()  # who passed it on, from the inside outward

    @property
    def start(self) -> int:
        return self.segments[0][0]

    @property
    def end(self) -> int:
        return self.segments[-1][1]

    @property
    def around(self) -> Offsets:
        """Return from where to where it stands with its cue and with who passed it on."""
        low, high = self.segments[0]
        for start, end in (*self.segments[1:], *self.via, self.cue or self.segments[0]):
            low, high = start if start < low else low, end if end > high else high
        return low, high

    @property
    def told_confidence(self) -> float:
        """Return the confidence as a claim tells it, rounded."""
        return round(self.confidence, 3)


class Said(NamedTuple):
    """An attribution, who said it, and who passed it on, from the inside outward."""

    attribution: Attribution
    speaker: Speaker | None = None
    via: tuple[Speaker, ...] = ()
