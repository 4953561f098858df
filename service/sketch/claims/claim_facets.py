"""A claim -> its facets: its words, and its figures with the words of their sentence.

A quotation and a statement may share a figure and hardly a word, so words and figures are compared apart.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct

from service.compiled import compiled
from service.languages.en import threading as english
from service.records import Claim, ClaimKind
from service.sketch.claims.claim_figures import FIGURE, Figures, figures_of
from service.sketch.claims.claim_words import (
    CONTENT,
    FIRST,
    HASH_SHIFT,
    NAME,
    NUMBER,
    TAKEN,
    TextWords,
    Words,
)
from service.sketch.claims.stem_weights import Shorts, english_weights, weight

QUOTATION: Final = 0
STATEMENT: Final = 1
FIGURES: Final = 2
"""Kinds of facets."""

NEGATED: Final = 1
DENIES: Final = 2
THIN: Final = 4
"""Flags of a facet. DENIES: its speaker is said to deny it. THIN: it says too little to be compared."""

WORDS_MAX: Final = 80
"""Maximum number of words compared."""
CONTENT_MAX: Final = 48
"""Maximum number of words that say something, of those."""
KEYS_MAX: Final = 16
KEYS_MIN: Final = 6
"""Maximum number of stems by which a facet is found, the rarest, and how many of them whatever they weigh."""
KEY_WEIGHT_MIN: Final = 160
"""Weight that makes a stem a key, in sixty-fourths."""

HEADLINE_CAPITALS_MIN: Final = 4
"""Words with a capital letter that make a headline, if four in five words have one."""

CONFIDENCE_MIN: Final = 0.5
"""Claims of less confidence are not compared."""
NAMES_MAX: Final = 24

_QUOTED: Final = re.compile(r"[“\"„«]([^”\"“»„«]{2,})(?:[”\"“»]|$)")
_SINGLY_QUOTED: Final = re.compile(r"(?<!\w)['‘]((?=\w)(?:[^'‘’“”\"]|(?<=\w)['’](?=\w)){2,600})['’](?!\w)")
"""Passages between single marks: some papers quote so, and quotations within a headline are set so."""
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
        np.zeros(0, FIGURE)
        if is_furniture or kind == QUOTATION
        else figures_of(claim.quantities, text, words, ranges)
    )
    table = english_weights()
    codes, keys, mass, mass_all, plain, stems = _compared(
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
    found = _LAST_NAME.findall(name or "")
    return zlib.crc32(found[-1].lower().encode("utf-8", "surrogatepass")) or 1 if found else 0


def _denies(claim: Claim) -> bool:
    cue = claim.cue.text.lower() if claim.cue is not None else ""
    return not english.NEGATING_CUES.isdisjoint(_CUE_WORD.findall(cue))


def _dates(claim: Claim) -> int:
    values = sorted({date.value for date in claim.dates if date.value})
    return zlib.crc32(" ".join(values).encode()) or 1 if values else 0


def _spans(figures: Figures) -> Words:
    spans = np.zeros((figures.size, 2), np.uint32)
    if figures.size:
        spans[:, 0], spans[:, 1] = figures["start"], figures["length"]
    return spans


@compiled
def _compared(
    codes: Words,
    first: int,
    last: int,
    ranges: Words,
    taken: Words,
    may_be_headline: bool,
    slots: Words,
    weights: Shorts,
) -> tuple[Words, Words, int, int, int, int]:
    """Return the words of a claim, its keys, and what `_masses` tells of them."""
    words = _cut(codes, first, last, ranges, taken, may_be_headline)
    mass, mass_all, plain, stems = _masses(words, slots, weights)
    return words, _keys(words, slots, weights), mass, mass_all, plain, stems


@compiled
def _cut(codes: Words, first: int, last: int, ranges: Words, taken: Words, may_be_headline: bool) -> Words:
    """Return the words of a claim with their flags; `ranges` are those compared, the others tell names too.

    In a headline each word begins with a capital letter: none is taken for a name.
    """
    names = np.empty(NAMES_MAX, np.uint32)
    named = 0
    capital = lower = 0
    for i in range(first, last):
        if codes[i] & NAME:
            capital += 1
        elif not codes[i] & NUMBER:
            lower += 1
    is_headline = may_be_headline and capital >= HEADLINE_CAPITALS_MIN and lower * 4 <= capital
    for i in range(last if is_headline else first + 1, last):
        if codes[i] & NAME and codes[i] & CONTENT and named < NAMES_MAX:
            names[named] = codes[i] >> HASH_SHIFT
            named += 1
    out = np.empty(WORDS_MAX, np.uint32)
    count = telling = 0
    for part in range(ranges.shape[0]):
        for i in range(ranges[part, 0], ranges[part, 1]):
            if count == WORDS_MAX:
                return out[:count]
            code = codes[i] & ~np.uint32(NAME | CONTENT)
            if codes[i] & CONTENT and telling < CONTENT_MAX:
                telling += 1
                code |= np.uint32(CONTENT | FIRST)
                stem = code >> HASH_SHIFT
                for j in range(named):
                    if names[j] == stem:
                        code |= np.uint32(NAME)
                for j in range(count):
                    if out[j] & CONTENT and out[j] >> HASH_SHIFT == stem:
                        code &= ~np.uint32(FIRST)
            for j in range(taken.shape[0]):
                if taken[j, 0] <= count < taken[j, 0] + taken[j, 1]:
                    code |= np.uint32(TAKEN)
            out[count] = code
            count += 1
    return out[:count]


@compiled
def _masses(codes: Words, slots: Words, weights: Shorts) -> tuple[int, int, int, int]:
    """Return the weight of different stems, that of all, and how many different ones are plain, and are there."""
    mass = mass_all = plain = stems = 0
    for code in codes:
        if code & CONTENT:
            one = weight(slots, weights, code)
            mass_all += one
            if code & FIRST:
                mass += one
                stems += 1
                plain += 0 if code & (NAME | NUMBER) else 1
    return mass, mass_all, plain, stems


@compiled
def _keys(codes: Words, slots: Words, weights: Shorts) -> Words:
    """Return the stems by which a facet is found, the rarest first; of equals the lower hash."""
    order = np.empty(codes.size, np.int64)
    count = 0
    for code in codes:
        if code & FIRST and not code & NUMBER:
            stem = np.int64(code >> HASH_SHIFT)
            order[count] = (np.int64(0xFFFF) - weight(slots, weights, code)) << 32 | stem
            count += 1
    ordered = np.sort(order[:count])
    out = np.empty(min(count, KEYS_MAX), np.uint32)
    kept = 0
    for i in range(out.size):
        if kept < KEYS_MIN or 0xFFFF - (ordered[i] >> 32) >= KEY_WEIGHT_MIN:
            out[kept] = np.uint32(ordered[i] & 0x7FFFFFF)
            kept += 1
    return out[:kept]


def facets_of_all(text: str, words: TextWords, claims: Sequence[Claim]) -> list[Facet]:
    """Return the facets of all claims of a text."""
    signs = _signs_of_furniture(text)
    return [
        facet
        for number, claim in enumerate(claims)
        for facet in facets_of(text, words, number, claim, may_be_furniture=_stands_in(claim, signs))
    ]


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
