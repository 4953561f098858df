"""Scores of what is found in texts against what a careful reader finds there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from service.enrich.claims import Findings
from service.records import ClaimKind, Finding, Quantity

ALIKE_MIN = 0.8
"""Minimum share of common words (Dice) from which two contents are the same."""
_WORD = re.compile(r"[\w$£€%.,]*\w")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a number of things are right."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """Return the share; 1 of nothing."""
        return self.right / self.of if self.of else 1.0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    def __str__(self) -> str:
        return f"{self.right} of {self.of} ({self.value:.3f})"


def contents_of(claim: Finding, text: str) -> str:
    """Return the words that were said, without the interruptions between them."""
    return " ".join(text[span.start : span.end] for span in claim.segments)


def alike(one: str, other: str) -> bool:
    """Return whether two contents share so many words that a reader takes them for the same."""
    mine, yours = Counter(_WORD.findall(one.lower())), Counter(_WORD.findall(other.lower()))
    return 2 * (mine & yours).total() >= ALIKE_MIN * (mine.total() + yours.total())


def score_said(text: str, said: dict[str, str | None], findings: Findings) -> dict[str, Share]:
    """Score quotations and statements: found, rightly found, and with the right speaker."""
    left = dict(said)
    found = [claim for claim in findings.claims if claim.kind is not ClaimKind.FIGURE]
    right = named = 0
    for claim in found:
        content = contents_of(claim, text)
        match = next((wanted for wanted in left if alike(wanted.replace(" ... ", " "), content)), None)
        if match is None:
            continue
        right += 1
        named += same_speaker(left.pop(match), claim)
    return {
        "said recall": Share(right, len(said)),
        "said precision": Share(right, len(found)),
        "speakers": Share(named, len(said)),
    }


def same_speaker(wanted: str | None, claim: Finding) -> bool:
    """Return whether a claim names the speaker that a reader names, with or without a role around the name."""
    if wanted is None or claim.speaker is None:
        return (wanted is None) == (claim.speaker is None)
    named = f" {claim.speaker.text} {claim.speaker.name} ".lower().replace(",", " ")
    return f" {wanted} ".lower().replace(",", " ") in named


def score_figures(wanted: Sequence[Any], findings: Findings) -> dict[str, Share]:
    """Score figures by value and currency, unit or counted noun."""
    found = Counter(_spelt(quantity) for claim in findings.claims for quantity in claim.quantities)
    expected = Counter(str(one).strip() for one in wanted)
    right = (found & expected).total()
    return {"figure recall": Share(right, expected.total()), "figure precision": Share(right, found.total())}


def _spelt(quantity: Quantity) -> str:
    unit = quantity.currency or quantity.unit or ""
    return f"{round(quantity.value, 4):.15g} {unit}".strip()


def together(scores: Iterable[dict[str, Share]]) -> dict[str, Share]:
    """Add the scores of many texts up."""
    total: dict[str, Share] = {}
    for one in scores:
        for name, share in one.items():
            total[name] = total.get(name, Share(0, 0)) + share
    return total
