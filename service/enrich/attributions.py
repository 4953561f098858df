"""Finder of quotations and statements: what a text says that somebody said."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from functools import cache

from service.enrich.doc import Doc
from service.enrich.quotes.finder import Finder
from service.enrich.quotes.found import DECIMALS, Attribution, Said
from service.enrich.quotes.model import load
from service.records import ClaimKind, Finding, Mention, Quantity, Span

HOLDING_CONFIDENCE_MIN = 0.3
"""Confidence below which words are said by nobody: the figures in them are the article's own. It is the default of
`enrich.confidence_min`, so that no figure is lost with a claim that is not published."""


@cache
def reader() -> Finder:
    """Load the model, once a process."""
    return Finder(load())


def find_attributions(docs: Sequence[Doc], found: Sequence[list[Finding]]) -> list[list[Finding]]:
    """Find the quotations and statements of each text. A quantity belongs to the words it stands in."""
    asked = [(doc.words, doc.sentences, doc.english, doc.read) for doc in docs]
    least = min([HOLDING_CONFIDENCE_MIN, *[doc.confidence_min for doc in docs]])  # others may hold figures
    readings = reader().read_all(asked, confidence_min=least)
    return [_of_text(doc, reading.attributions) for doc, reading in zip(docs, readings, strict=True)]


def _of_text(doc: Doc, found: list[Said]) -> list[Finding]:
    shared = _share_out(doc.quantities, [said.attribution for said in found])
    return [_claim(doc, said, quantities) for said, quantities in zip(found, shared, strict=True)]


def _share_out(quantities: Sequence[Quantity], attributions: list[Attribution]) -> list[tuple[Quantity, ...]]:
    """Return, for each attribution, the quantities that stand in its words."""
    if not quantities:
        return [()] * len(attributions)
    sure = [(n, one) for n, one in enumerate(attributions) if one.confidence >= HOLDING_CONFIDENCE_MIN]
    pieces = sorted([(start, end, n) for n, one in sure for start, end in one.segments])
    starts = [start for start, _, _ in pieces]
    said: dict[int, list[Quantity]] = {}
    for quantity in quantities:
        place = bisect.bisect_right(starts, quantity.start) - 1
        if place >= 0 and quantity.end <= pieces[place][1]:
            said.setdefault(pieces[place][2], []).append(quantity)
    return [tuple(said.get(n, ())) for n in range(len(attributions))]


def _claim(doc: Doc, said: Said, quantities: tuple[Quantity, ...]) -> Finding:
    attribution = said.attribution
    segments, cue = attribution.segments, attribution.cue
    start, end = attribution.start, attribution.end
    mention = None if cue is None else Mention(*cue, doc.text[cue[0] : cue[1]])
    negated, hedged = doc.flags.of(segments, "" if mention is None else mention.text)
    return Finding(  # by position: by name it takes several times as long
        ClaimKind.QUOTE if attribution.marked else ClaimKind.STATEMENT,
        doc.text[start:end],
        start,
        end,
        tuple([Span(*segment) for segment in segments]),
        Span(*doc.sentences.around(*attribution.around)),
        said.speaker,
        mention,
        quantities,
        doc.dates_within(start, end),
        negated,
        hedged,
        round(attribution.confidence, DECIMALS),
        attribution.method,
        said.via,
    )
