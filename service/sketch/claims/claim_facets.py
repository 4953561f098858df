"""Claims -> their facets: the words of each, and its figures with the words of their sentence.

A quotation and a statement may share a figure and hardly a word, so words and figures are compared apart. The facets of
an article are made together: their words are cut and weighed in one compiled pass.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
from msgspec import Struct

from service.languages.en import threading as english
from service.records import Claim, ClaimKind
from service.sketch.claims.claim_figures import FIGURE, Figures, meanings_of, placed
from service.sketch.claims.claim_words import TextWords, Words
from service.sketch.claims.facet_words import (
    FIGURE_ROWS,
    HEAD_COLUMNS,
    KEYS,
    MASS,
    NAMES_MAX,
    PLACE_COLUMNS,
    TERM_SHIFT,
    WORDS,
    WORDS_MAX,
    compared,
)
from service.sketch.claims.facet_words import FIGURES as FIGURES
from service.sketch.claims.facet_words import QUOTATION as QUOTATION
from service.sketch.claims.facet_words import STATEMENT as STATEMENT
from service.sketch.claims.facet_words import THIN as THIN
from service.sketch.claims.furniture import is_furniture, may_be_furniture, signs_in
from service.sketch.claims.speaker_names import speaker_hash
from service.sketch.claims.stem_weights import english_weights

NEGATED: Final = 1
DENIES: Final = 2
"""Flags of a facet beside THIN. DENIES: its speaker is said to deny it."""

FACETS_MAX: Final = 400
"""Maximum number of facets of an article: transcripts that hold every quotation of the day have more."""
TERM_WORDS_MAX: Final = 6
TOLD_EACH: Final = 2
"""Maximum number of words between marks, and words of the claim for each of them at least, where a quotation is
compared with statements too."""
CONFIDENCE_MIN: Final = 0.5
"""Claims of less confidence are not compared."""

_QUOTED: Final = re.compile(r"[“\"„«]([^”\"“»„«]{2,})(?:[”\"“»]|$)")
_SINGLY_QUOTED: Final = re.compile(
    r"['‘](?<!\w['‘])((?=\w)(?:[^'‘’“”\"]|(?<=\w)['’](?=\w)){2,600})['’](?!\w)"
)
"""Passages between single marks: some papers quote so, and quotations within a headline are set so. What stands before
the mark is asked behind it, so that the search runs from mark to mark."""
_CACHE_MAX: Final = 4_096
"""Maximum number of cues whose reading is kept."""
_CUE_WORD: Final = re.compile(r"[a-z]+")


class Facet(Struct, frozen=True, array_like=True, gc=False):
    """One side of a claim by itself: `words` and `keys` are uint32, `figures` rows of FIGURE."""

    claim: int
    kind: int
    flags: int
    speaker: int
    dates: int
    mass: int
    mass_all: int
    words: bytes
    keys: bytes
    figures: bytes


class Facets(NamedTuple):
    """The facets of an article: `heads`: uint32[facets, HEAD_COLUMNS], and the elements of all, one after another."""

    heads: Words
    words: Words
    keys: Words
    figures: Figures


class _Draft(NamedTuple):
    """A facet before its words are cut: how its head begins, the words of its text, and those compared."""

    head: tuple[int, int, int, int, int]
    first: int
    last: int
    ranges: list[tuple[int, int]]
    figures: list[tuple[float | int, ...]]


def facets_of_all(text: str, words: TextWords, claims: Sequence[Claim]) -> Facets:
    """Return the facets of the claims of a text, the first FACETS_MAX."""
    signs = signs_in(text)
    each = (
        draft
        for number, claim in enumerate(claims)
        if claim.confidence >= CONFIDENCE_MIN
        for draft in _drafts(text, words, number, claim, suspect=may_be_furniture(claim, signs))
    )
    drafts = list(islice(each, FACETS_MAX))
    count, figures = len(drafts), [row for draft in drafts for row in draft.figures]
    heads, places = np.zeros((count, HEAD_COLUMNS), np.uint32), np.empty((count, PLACE_COLUMNS), np.int64)
    if count:
        heads[:, :MASS] = [draft.head for draft in drafts]
        heads[:, FIGURE_ROWS] = [len(draft.figures) for draft in drafts]
        places[:] = [(draft.first, draft.last, len(draft.ranges)) for draft in drafts]
    ranges = np.array([part for draft in drafts for part in draft.ranges], np.int64).reshape(-1, 2)
    rows, table = np.array(figures, FIGURE), english_weights()
    found = compared(heads, places, ranges, rows, words.codes, table.stems, table.weights)
    return Facets(heads, *found, rows)


def facets_of(text: str, words: TextWords, claim: Claim) -> list[Facet]:
    """Return the facets of one claim of `text`; none for a claim that is not compared."""
    found = facets_of_all(text, words, [claim])
    facets, word, key, figure = [], 0, 0, 0
    for head in found.heads.tolist():
        ends = word + head[WORDS], key + head[KEYS], figure + head[FIGURE_ROWS]
        own = found.words[word : ends[0]], found.keys[key : ends[1]], found.figures[figure : ends[2]]
        facets.append(Facet(*head[:WORDS], *[elements.tobytes() for elements in own]))
        word, key, figure = ends
    return facets


def _drafts(text: str, words: TextWords, number: int, claim: Claim, *, suspect: bool) -> Iterator[_Draft]:
    """Yield what is compared of a claim. Unless it is `suspect`, it holds none of the signs of furniture."""
    flags = claim.negated * NEGATED | _denies(claim) * DENIES
    who, dates = speaker_hash(claim), _dates(claim)
    meanings = meanings_of(claim.quantities, text)
    if claim.kind is not ClaimKind.FIGURE:
        first, last = _bounds(words, claim.start, claim.end)
        ranges = _quoted(text, words, claim.start, claim.end) if claim.kind is ClaimKind.QUOTE else []
        kind = QUOTATION if claim.kind is ClaimKind.QUOTE else STATEMENT
        if _is_told(ranges, first, last):
            flags_of_words = flags | sum([end - start for start, end in ranges]) << TERM_SHIFT
            ranges = [*ranges, *_others(ranges, first, last)]
        else:
            flags_of_words = flags
        shows_page = suspect and is_furniture(text, claim.start, claim.end)
        ranges = ranges or [(first, last)]
        rows = [] if shows_page or kind == QUOTATION else [placed(meant, words, ranges) for meant in meanings]
        yield _Draft(
            (number, kind, flags_of_words | shows_page * THIN, who, dates), first, last, ranges, rows
        )
    start, end = claim.sentence.start, claim.sentence.end
    if meanings and not (suspect and is_furniture(text, start, end)):
        first, last = _bounds(words, start, end)
        ranges = [(first, last)]
        rows = [placed(meant, words, ranges) for meant in meanings]
        yield _Draft((number, FIGURES, flags, who, dates), first, last, ranges, rows)


def _bounds(words: TextWords, start: int, end: int) -> tuple[int, int]:
    """Return the first word compared of text[start:end], and the one after the last."""
    first, last = words.between(start, end)
    return first, max(first, min(last, first + 4 * WORDS_MAX))


def _is_told(ranges: Sequence[tuple[int, int]], first: int, last: int) -> bool:
    """Tell whether a claim is told in the reporter's words but for a term between marks: ranges are those quoted."""
    quoted = sum([end - start for start, end in ranges])
    return 0 < quoted <= TERM_WORDS_MAX and last - first >= TOLD_EACH * quoted


def _others(ranges: Sequence[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """Return the words of a claim that stand outside these ranges."""
    starts = [first, *[end for _, end in ranges]]
    ends = [*[start for start, _ in ranges], last]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _quoted(text: str, words: TextWords, start: int, end: int) -> list[tuple[int, int]]:
    """Return the words between quotation marks; none where there are no marks."""
    spans = [match.span(1) for match in _QUOTED.finditer(text, start, end)]
    for match in _SINGLY_QUOTED.finditer(text, start, end):
        if not any(first <= match.start() < last for first, last in spans):
            spans.append(match.span(1))
    return [words.between(*span) for span in sorted(spans)[:NAMES_MAX]]


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
