"""The list of what looks for claims in a text. A kind of claim is added by adding a finder to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from service.enrich.attributions import find_attributions
from service.enrich.doc import Doc
from service.enrich.figure_claims import find_figure_claims
from service.records import ClaimKind, Finding

Found = Sequence[list[Finding]]
"""The claims of each text of a batch."""


@dataclass(frozen=True, slots=True)
class ClaimFinder:
    """One way to find claims.

    `find(docs, found)` returns the new claims of each text of `docs`, in the same order. `found` holds, for each
    text, the claims of the finders that ran before. `find` must not change its arguments, block or ask a clock. It
    may be called with no text, with the same text again, and from several threads. It may leave out claims below
    `confidence_min` of their text, unless a later finder has to know them.
    """

    kinds: tuple[ClaimKind, ...]
    find: Callable[[Sequence[Doc], Found], Found]


FINDERS: Final[tuple[ClaimFinder, ...]] = (
    ClaimFinder((ClaimKind.QUOTE, ClaimKind.STATEMENT), find_attributions),
    ClaimFinder((ClaimKind.FIGURE,), find_figure_claims),
)
"""All finders in the order they run."""
_IN_ORDER = attrgetter("start", "end", "kind")


def find_in(docs: Sequence[Doc]) -> Found:
    """Run every finder over a batch of texts; the claims of each text that are sure enough, by start, end and kind."""
    found: list[list[Finding]] = [[] for _ in docs]
    for finder in FINDERS:
        for claims, new in zip(found, finder.find(docs, found), strict=True):
            claims += new
    for doc, claims in zip(docs, found, strict=True):
        if doc.confidence_min > 0.0:
            claims[:] = [claim for claim in claims if claim.confidence >= doc.confidence_min]
        claims.sort(key=_IN_ORDER)
    return found
