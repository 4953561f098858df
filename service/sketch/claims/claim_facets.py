"""Claims -> their facets: the words of each, and its figures with the words of their sentence.

A quotation and a statement may share a figure and hardly a word, so words and figures are compared apart. The facets of
an article are made together: their words are cut and weighed in one compiled pass.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from msgspec import Struct

from service.languages.en import threading as english
from service.records import Claim, ClaimKind
from service.sketch.claims.claim_figures import FIGURE, Figures, Meaning, meanings_of
from service.sketch.claims.claim_words import TextWords, Words
from service.sketch.claims.facet_drafts import (
    CLAIM_COLUMNS,
    CLAIM_IS_PAGE,
    FACETS_MAX,
    SENTENCE_IS_PAGE,
    Drafts,
    drafted,
)
from service.sketch.claims.facet_words import FIGURE_ROWS, KEYS, WORDS, compared
from service.sketch.claims.facet_words import FIGURES as FIGURES
from service.sketch.claims.facet_words import QUOTATION as QUOTATION
from service.sketch.claims.facet_words import STATEMENT as STATEMENT
from service.sketch.claims.facet_words import THIN as THIN
from service.sketch.claims.furniture import is_furniture, may_be_furniture, signs_in
from service.sketch.claims.speaker_names import speaker_hash
from service.sketch.claims.stem_weights import english_weights
from service.sketch.claims.word_codes import tables

NEGATED: Final = 1
DENIES: Final = 2
"""Flags of a facet beside THIN. DENIES: its speaker is said to deny it."""

CONFIDENCE_MIN: Final = 0.3
"""Claims of less confidence are not compared."""

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


_packed: Final = struct.Struct(f"={CLAIM_COLUMNS}q").pack


class Facets(NamedTuple):
    """The facets of an article: `heads`: uint32[facets, HEAD_COLUMNS], and the elements of all, one after another."""

    heads: Words
    words: Words
    keys: Words
    figures: Figures


def facets_of_all(text: str, words: TextWords, claims: Sequence[Claim]) -> Facets:
    """Return the facets of the claims of a text, the first FACETS_MAX."""
    signs = signs_in(text, words)
    rows, meanings = list[bytes](), list[Meaning]()
    sure = 0
    for number, claim in enumerate(claims):
        if claim.confidence < CONFIDENCE_MIN:
            continue
        page = _page(text, claim) if signs and may_be_furniture(claim, signs) else 0
        rows.append(_row(text, number, claim, page, meanings))
        sure += claim.kind is not ClaimKind.FIGURE
        if sure == FACETS_MAX:
            break
    table = english_weights()
    figures = np.array([meant.row for meant in meanings], FIGURE)
    spans = np.array([(meant.start, meant.end) for meant in meanings], np.int64).reshape(-1, 2)
    claim_rows = np.frombuffer(b"".join(rows), np.int64).reshape(-1, CLAIM_COLUMNS)
    drafts = Drafts(*drafted(claim_rows, figures, spans, words.starts, words.points, tables().kinds))
    found = compared(*drafts, words.codes, table.stems, table.weights)
    return Facets(drafts.heads, *found, drafts.figures)


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


def _row(text: str, number: int, claim: Claim, page: int, meanings: list[Meaning]) -> bytes:
    """Return the row of a claim (service/sketch/claims/facet_drafts.py), packed, and add what its figures mean."""
    before, sentence = len(meanings), claim.sentence
    if claim.quantities:
        meanings += meanings_of(claim.quantities, text)
    denies = claim.cue is not None and _is_denial(claim.cue.text)
    return _packed(
        number,
        claim.kind is ClaimKind.FIGURE,
        claim.kind is ClaimKind.QUOTE,
        claim.negated * NEGATED | denies * DENIES,
        speaker_hash(claim),
        _dates(claim),
        len(meanings) - before,
        claim.start,
        claim.end,
        sentence.start,
        sentence.end,
        page,
    )


def _page(text: str, claim: Claim) -> int:
    """Return what of a claim is furniture of a page."""
    sentence = claim.sentence
    in_claim = is_furniture(text, claim.start, claim.end) * CLAIM_IS_PAGE
    return in_claim | is_furniture(text, sentence.start, sentence.end) * SENTENCE_IS_PAGE


@lru_cache(_CACHE_MAX)
def _is_denial(cue: str) -> bool:
    return not english.NEGATING_CUES.isdisjoint(_CUE_WORD.findall(cue.lower()))


def _dates(claim: Claim) -> int:
    if not claim.dates:
        return 0
    values = sorted({date.value for date in claim.dates if date.value})
    return zlib.crc32(" ".join(values).encode()) or 1 if values else 0
