"""An enriched article -> its claims ready for comparison. Pure, so that enrich does it in parallel."""

from __future__ import annotations

import re
from typing import Final

from service.languages.en import threading as english
from service.records import Claim, Enriched, Prepared, PreparedClaim, PreparedFigure, Quantity, Trace
from service.sketch.claims.claim_facets import facets_of_all
from service.sketch.claims.claim_words import words_of
from service.sketch.claims.copied import cut, outlet_of
from service.sketch.claims.facet_drafts import FACETS_MAX
from service.sketch.claims.facet_words import CLAIM
from service.sketch.claims.subject import subject_of

TEXT_CHARS_MAX: Final = 500
"""Maximum characters of a claim's text that a record of a thread shows."""
SHOWN_FIGURES_MAX: Final = 6
OPENING_CHARS: Final = 160
"""Number of characters in which a dateline names its agency."""

_NAMES: Final = "|".join(map(re.escape, english.AGENCIES))
_AGENCY: Final = re.compile(rf"\(({_NAMES})\)|[—–-] ?({_NAMES})\b", re.IGNORECASE)


def prepare(enriched: Enriched, trace: Trace | None = None) -> Prepared:
    """Make the claims of an article ready. The same article gives the same bytes."""
    words = words_of(enriched.text)
    facets = facets_of_all(enriched.text, words, enriched.claims)
    claims = enriched.claims
    if len(facets.heads) == FACETS_MAX:  # threads read none behind the last that is compared
        claims = claims[: int(facets.heads[-1, CLAIM]) + 1]
    subject = subject_of(enriched.title, enriched.text, words)
    return Prepared(
        article_id=enriched.article_id,
        cluster_id=enriched.dedup.cluster_id,
        collection=enriched.collection,
        content_hash=enriched.content_hash,
        origin=enriched.origin,
        revision=enriched.dedup.revision,
        source=cut(enriched.source),
        reported_by=reporter(enriched.source, enriched.text),
        title=cut(enriched.title),
        published_at=enriched.published_at,
        replaces=_replaced(enriched),
        claims=tuple([_shown(claim) for claim in claims]),
        heads=facets.heads.tobytes(),
        words=facets.words.tobytes(),
        keys=facets.keys.tobytes(),
        figures=facets.figures.tobytes(),
        stems=subject.stems.tobytes(),
        values=subject.values.tobytes(),
        terms=subject.terms,
        trace=trace,
    )


def reporter(source: str | None, text: str) -> str | None:
    """Return who reported an article: the agency of its dateline, else its outlet without the section.

    >>> reporter("Tarrow Gazette - Opinion", "MERROW (Reuters) - The quay closed.")
    'Reuters'
    >>> reporter("Tarrow Gazette - Opinion", "The quay closed.")
    'Tarrow Gazette'
    """
    found = _AGENCY.search(text, 0, OPENING_CHARS)
    named = (found[1] or found[2]) if found else source or ""
    agency = english.AGENCIES.get(named.strip().lower())
    if agency is not None:
        return agency
    return outlet_of(source)


def _replaced(enriched: Enriched) -> tuple[str, ...]:
    """Return the articles whose claims these replace: the version before, and what a withdrawal takes back."""
    note = enriched.dedup
    own = (enriched.article_id,) if note.revision > 1 or note.status == "withdrawal" else ()
    taken_back = [one.article_id for one in note.related if one.relation == "withdrawal"]
    return tuple(dict.fromkeys((*own, *taken_back)))


def _shown(claim: Claim) -> PreparedClaim:
    speaker, dates, text = claim.speaker, claim.dates, claim.text
    return PreparedClaim(
        claim.claim_id,
        claim.kind,
        text if len(text) <= TEXT_CHARS_MAX else cut(text, TEXT_CHARS_MAX),
        cut(speaker.name) if speaker is not None else None,
        tuple(map(_figure, claim.quantities[:SHOWN_FIGURES_MAX])) if claim.quantities else (),
        tuple(sorted({date.value for date in dates if date.value})[:SHOWN_FIGURES_MAX]) if dates else (),
    )


def _figure(quantity: Quantity) -> PreparedFigure:
    text, unit = cut(quantity.text), cut(quantity.unit)
    return PreparedFigure(text, quantity.value, quantity.value_high, unit, quantity.currency)
