"""What must hold of the claims of any text whatever, said once for tests and for `make eval`."""

from __future__ import annotations

from collections.abc import Iterator

from service.enrich.claims import Findings
from service.records import Finding, Span


def wrong_claims(text: str, findings: Findings) -> list[str]:
    """Return a sentence for each claim of `text` that has a wrong span; none if all are right."""
    wrong = []
    before: Finding | None = None
    figures = set[tuple[int, int]]()
    claimed = set[tuple[str, tuple[Span, ...]]]()
    for claim in findings.claims:
        faults = list(_faults(text, claim))
        if before is not None and _order(before) > _order(claim):
            faults.append("stands behind a later one")
        if (claim.kind, claim.segments) in claimed:
            faults.append("says what was claimed already")
        for quantity in claim.quantities:
            if (quantity.start, quantity.end) in figures:
                faults.append(f"holds the figure at {quantity.start} once more")
            figures.add((quantity.start, quantity.end))
        claimed.add((claim.kind, claim.segments))
        before = claim
        if faults:
            wrong.append(f"{claim.kind} {claim.start}..{claim.end} {', '.join(faults)}")
    return wrong


def _order(claim: Finding) -> tuple[int, int, str]:
    return claim.start, claim.end, claim.kind


def _faults(text: str, claim: Finding) -> Iterator[str]:
    sentence, segments = claim.sentence, claim.segments
    if not 0 <= claim.start < claim.end <= len(text):
        yield "lies outside the text"
    if text[claim.start : claim.end] != claim.text:
        yield "is not what the text says there"
    if not segments or (segments[0].start, segments[-1].end) != (claim.start, claim.end):
        yield "does not begin and end with its segments"
    position = claim.start
    for segment in segments:
        if not position <= segment.start < segment.end <= claim.end:
            yield f"has a segment at {segment.start} that is empty or out of place"
        position = segment.end
    if not 0 <= sentence.start <= claim.start < claim.end <= sentence.end <= len(text):
        yield "is not inside its sentence"
    for mention in (claim.speaker, claim.cue, *claim.quantities, *claim.dates):
        if mention is None:
            continue
        if not 0 <= mention.start < mention.end <= len(text):
            yield f"names what lies outside the text: {mention.start}..{mention.end}"
        if text[mention.start : mention.end] != mention.text:
            yield f"names what the text does not say at {mention.start}"
    if not 0.0 <= claim.confidence <= 1.0:
        yield f"is {claim.confidence} sure"
    if claim.kind == "figure" and (claim.speaker is not None or claim.cue is not None):
        yield "has a speaker or a cue"
