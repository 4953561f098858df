"""What the quotation finders hand over: one attribution, in offsets of the text."""

from __future__ import annotations

from msgspec import Struct

from service.enrich.quotes.view import Offsets
from service.records import Speaker

DECIMALS = 3
"""Number of decimals with which a claim tells its confidence."""
ROUNDING_MAX = 0.001
"""Maximum difference between the confidence of an attribution and that which its claim tells; somewhat more than it."""


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
        low, high = self.start, self.end
        for start, end in (*self.via, self.cue) if self.cue else self.via:
            low, high = start if start < low else low, end if end > high else high
        return low, high


class Said(Struct, gc=False):
    """An attribution, who said it, and who passed it on, from the inside outward."""

    attribution: Attribution
    speaker: Speaker | None = None
    via: tuple[Speaker, ...] = ()
