"""A claim -> its facets: its words, and its figures with the words of their sentence.

A quotation and a statement may share a figure and hardly a word, so words and figures are compared apart.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from msgspec import Struct

from service.languages.en import threading as english
from service.records import Claim, ClaimKind
from service.sketch.claims.claim_figures import FIGURE, Figures, figures_of
from service.sketch.claims.claim_words import TextWords, Words
from service.sketch.claims.facet_words import NAMES_MAX, WORDS_MAX, compared
from service.sketch.claims.stem_weights import english_weights

QUOTATION: Final = 0
STATEMENT: Final = 1
FIGURES: Final = 2
"""Kinds of facets."""

NEGATED: Final = 1
DENIES: Final = 2
THIN: Final = 4
"""Flags of a facet. DENIES: its speaker is said to deny it. THIN: it says too little to be compared."""

CONFIDENCE_MIN: Final = 0.5
"""Claims of less confidence are not compared."""

_QUOTED: Final = re.compile(r"[“\"„«]([^”\"“»„«]{2,})(?:[”\"“»]|$)")
_SINGLY_QUOTED: Final = re.compile(r"(?<!\w)['‘]((?=\w)(?:[^'‘’“”\"]|(?<=\w)['’](?=\w)){2,600})['’](?!\w)")
"""Passages between single marks: some papers quote so, and quotations within a headline are set so."""
_NO_FIGURES: Final[Figures] = np.zeros(0, FIGURE)
_NO_SPANS: Final[Words] = np.zeros((0, 2), np.uint32)
_CACHE_MAX: Final = 4_096
"""Maximum number of cues, and of names, whose reading is kept."""
_FURNITURE: Final = re.compile(english.FURNITURE, re.IGNORECASE)
_CUE_WORD: Final = re.compile(r"[a-z]+")
_LAST_NAME: Final = re.compile(r"[\w’'-]+")


class Facet(Struct, frozen=True, array_like=True, gc=False):
    """One side of a claim: `words` and `keys` are uint32, `figures` rows of FIGURE."""

    claim: int  # number of the claim in its article
    kind: int
    flags: int
    speaker: int  # hash of the last name, 0 = unknown
    dates: int  # hash of the dates in it, 0 = none
    mass: int  # weight of its different stems
    mass_all: int  # weight of its stems, each as often as it stands there
    words: bytes
    keys: bytes
    figures: bytes


def facets_of(
    text: str, words: TextWords, number: int, claim: Claim, *, may_be_furniture: bool = True
) -> list[Facet]:
    """Return the facets of a claim of `text`; none for a claim that is not compared.

    Unless it `may_be_furniture`, it holds none of the signs of that.
    """
    if claim.confidence < CONFIDENCE_MIN:
        return []
    found = []
    if claim.kind is not ClaimKind.FIGURE:
        kind = QUOTATION if claim.kind is ClaimKind.QUOTE else STATEMENT
        found.append(_facet(text, words, number, claim, kind, may_be_furniture))
    if claim.quantities:
        facet = _facet(text, words, number, claim, FIGURES, may_be_furniture)
        if facet.figures:
            found.append(facet)
    return found


def _facet(
    text: str, words: TextWords, number: int, claim: Claim, kind: int, may_be_furniture: bool
) -> Facet:
    start, end = (claim.start, claim.end) if kind != FIGURES else (claim.sentence.start, claim.sentence.end)
    end = max(end, start)
    first, last = words.between(start, end)
    last = min(last, first + 4 * WORDS_MAX)
    ranges = _quoted(text, words, start, end) if kind == QUOTATION else []
    ranges = ranges or [(first, last)]
    is_furniture = may_be_furniture and _FURNITURE.search(text, start, min(end, start + 2_000)) is not None
    figures = (
        _NO_FIGURES
        if is_furniture or kind == QUOTATION
        else figures_of(claim.quantities, text, words, ranges)
    )
    table = english_weights()
    codes, keys, mass, mass_all, plain, stems = compared(
        words.codes,
        first,
        last,
        np.array(ranges),
        _spans(figures),
        kind == FIGURES,
        table.stems,
        table.weights,
    )
    is_thin = is_furniture or plain == 0 or stems < (2 if kind == QUOTATION else 3)
    is_thin |= kind == STATEMENT and plain < 2
    return Facet(
        claim=number,
        kind=kind,
        flags=claim.negated * NEGATED | _denies(claim) * DENIES | is_thin * THIN,
        speaker=speaker_hash(claim),
        dates=_dates(claim),
        mass=mass,
        mass_all=mass_all,
        words=codes.tobytes(),
        keys=b"" if is_thin else keys.tobytes(),
        figures=figures.tobytes(),
    )


def _quoted(text: str, words: TextWords, start: int, end: int) -> list[tuple[int, int]]:
    """Return the words between quotation marks; none where there are no marks."""
    spans = [match.span(1) for match in _QUOTED.finditer(text, start, end)]
    for match in _SINGLY_QUOTED.finditer(text, start, end):
        if not any(first <= match.start() < last for first, last in spans):
            spans.append(match.span(1))
    return [words.between(*span) for span in sorted(spans)[:NAMES_MAX]]


def speaker_hash(claim: Claim) -> int:
    """Return a hash of the speaker's last name, 0 where nobody is named, or another article may name someone else.

    It may where two people speak as one, and where a person passed on what another said.
    """
    speaker = claim.speaker
    name = speaker.name if speaker is not None else None
    if speaker is not None and speaker.kind == "group" and english.AND in (name or ""):
        return 0
    if any(one.kind == "person" for one in claim.via):
        return 0
    return _last_name_hash(name) if name else 0


@lru_cache(_CACHE_MAX)
def _last_name_hash(name: str) -> int:
    found = _LAST_NAME.findall(name)
    return zlib.crc32(found[-1].lower().encode("utf-8", "surrogatepass")) or 1 if found else 0


def _denies(claim: Claim) -> bool:
    return claim.cue is not None and _is_denial(claim.cue.text)


@lru_cache(_CACHE_MAX)
def _is_denial(cue: str) -> bool:
    return not english.NEGATING_CUES.isdisjoint(_CUE_WORD.findall(cue.lower()))


def _dates(claim: Claim) -> int:
    if not claim.dates:
        return 0
    values = sorted({date.value for date in claim.dates if date.value})
    return zlib.crc32(" ".join(values).encode()) or 1 if values else 0


def _spans(figures: Figures) -> Words:
    if not figures.size:
        return _NO_SPANS
    spans = np.zeros((figures.size, 2), np.uint32)
    spans[:, 0], spans[:, 1] = figures["start"], figures["length"]
    return spans


def facets_of_all(text: str, words: TextWords, claims: Sequence[Claim], facets_max: int) -> list[Facet]:
    """Return the facets of the claims of a text, the first `facets_max`."""
    signs = _signs_of_furniture(text)
    found: list[Facet] = []
    for number, claim in enumerate(claims):
        if len(found) >= facets_max:
            break
        found += facets_of(text, words, number, claim, may_be_furniture=_stands_in(claim, signs))
    return found[:facets_max]


def _signs_of_furniture(text: str) -> list[int]:
    """List the places of all signs of furniture in a text."""
    lowered = text.replace("İ", "I").lower()  # no other letter has two in lower case
    found: list[int] = []
    for sign in english.FURNITURE_SIGNS:
        place = lowered.find(sign)
        while place >= 0:
            found.append(place)
            place = lowered.find(sign, place + 1)
    return sorted(found)


def _stands_in(claim: Claim, signs: list[int]) -> bool:
    """Tell whether a sign stands in a claim or its sentence."""
    at = bisect_left(signs, min(claim.start, claim.sentence.start))
    return at < len(signs) and signs[at] < max(claim.end, claim.sentence.end)
