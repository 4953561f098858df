"""Finder of figures: one claim for each sentence with quantities that nobody is said to have said."""

from __future__ import annotations

from collections.abc import Sequence

from service.enrich.doc import Doc
from service.enrich.figures.worth import worth_of_all
from service.enrich.quotes.confidence import INTRODUCED_CHARS_MIN
from service.enrich.quotes.found import DECIMALS
from service.enrich.quotes.view import Offsets
from service.records import ClaimKind, Finding, Quantity, Span

METHOD = "rule: figure"
_CLOSING = "\"'”’)] "
"""Signs that stand behind the question mark of a sentence."""


def find_figure_claims(docs: Sequence[Doc], found: Sequence[list[Finding]]) -> list[list[Finding]]:
    """Find the figures of each text that no earlier claim holds."""
    return [_of_text(doc, claims) for doc, claims in zip(docs, found, strict=True)]


def _of_text(doc: Doc, claims: list[Finding]) -> list[Finding]:
    held = {quantity.start for claim in claims for quantity in claim.quantities}
    by_sentence: dict[Offsets, list[Quantity]] = {}
    sentence_at = doc.sentences.at
    for quantity in doc.quantities:
        if quantity.start not in held:
            by_sentence.setdefault(sentence_at(quantity.start), []).append(quantity)
    made = [_claim(doc, sentence, quantities) for sentence, quantities in by_sentence.items()]
    return [claim for claim in made if claim is not None]


def _claim(doc: Doc, sentence: Offsets, quantities: list[Quantity]) -> Finding | None:
    """Make the claim of the figures of a sentence; None if it is less sure than asked for."""
    start = min(sentence[0], quantities[0].start)
    end = max(sentence[1], max([quantity.end for quantity in quantities]))
    confidence = round(_worth(doc.text, start, end, quantities), DECIMALS)
    if confidence < doc.confidence_min:
        return None
    negated, hedged = doc.flags.of([(start, end)], "")
    span = Span(start, end)
    return Finding(  # by position: by name it takes several times as long
        ClaimKind.FIGURE,
        doc.text[start:end],
        start,
        end,
        (span,),
        span,
        None,
        None,
        tuple(quantities),
        doc.dates_within(start, end),
        negated,
        hedged,
        confidence,
        METHOD,
    )


def _worth(text: str, start: int, end: int, quantities: list[Quantity]) -> float:
    """Return the estimate that a reader would put one of the quantities of text[start:end] into a table."""
    asked = text[start:end].rstrip(_CLOSING).endswith("?")
    return worth_of_all(quantities, text, in_article=len(text) >= INTRODUCED_CHARS_MIN, asked=asked)
