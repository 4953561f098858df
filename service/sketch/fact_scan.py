"""Scan a text for its letters, and hash ordinary words, without a branch that a processor cannot foresee."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing
from service.sketch.fact_characters import (
    C_APOSTROPHE,
    C_SKIPPED,
    CLASS_MASK,
    CODE_CAPITAL,
    CODE_KIND_SHIFT,
    CODE_LETTER,
    WIDE_CODE,
)
from service.sketch.fact_words import STEP
from service.sketch.hashing import Classes, CodePoints

LETTERS_AT_ONCE: Final = 8
"""Number of letters that are hashed whether a word has them or not: seven words in eight are no longer."""
STEM_LETTERS: Final = 5

INNER_CAPITALS: Final = np.array(
    [[CODE_CAPITAL * (0 < i < n) for i in range(LETTERS_AT_ONCE)] for n in range(LETTERS_AT_ONCE + 1)],
    np.uint32,
)
"""For each number of letters what tells the capitals behind the first one of them: uint32[letters, LETTERS_AT_ONCE]."""

Ends = npt.NDArray[np.int32]
"""Where each run of letters ends (exclusive)."""


@borrowing
def encode(points: CodePoints, folded: Classes, codes: Classes, ends: Ends) -> None:
    """Fill in codes[points + LETTERS_AT_ONCE], and the ends of the runs of letters in their order.

    A code is the letter that a fact is hashed by and the kind of the character; behind the end it is 0.
    """
    size = points.size
    for i in range(size, size + LETTERS_AT_ONCE):
        codes[i] = 0
    run, before = 0, np.uint32(0)
    for i in range(size):
        point = points[i]
        code = folded[point] if point < 0x10000 else np.uint32(point | WIDE_CODE)
        codes[i] = code
        run += (before & ~code & np.uint32(CODE_LETTER)) != 0
        ends[run] = i + 1  # of all written the last letter of the run stays
        before = code


@borrowing
def scan_word(codes: Classes, at: int, end: int) -> tuple[np.uint64, np.uint64, int, bool]:
    """Hash the letters from one place to another; return the hashes of word and stem, whether it begins with a
    capital, and whether this is all of the word: no capital inside it, and neither an apostrophe nor an invisible mark
    behind it.
    """
    h, stem, inner = np.uint64(0), np.uint64(0), np.uint32(0)
    some, letters = codes[at : at + LETTERS_AT_ONCE], end - at
    capitals = INNER_CAPITALS[min(letters, LETTERS_AT_ONCE)]
    for i in range(LETTERS_AT_ONCE):
        inner |= some[i] & capitals[i]
    for i in range(LETTERS_AT_ONCE):
        longer = (h ^ np.uint64(some[i] & np.uint32(CLASS_MASK))) * STEP
        h = longer if i < letters else h
        if i == STEM_LETTERS - 1:
            stem = h
    for i in range(at + LETTERS_AT_ONCE, end):
        h = (h ^ np.uint64(codes[i] & np.uint32(CLASS_MASK))) * STEP
        inner |= codes[i] & np.uint32(CODE_CAPITAL)
    behind = codes[end] >> np.uint32(CODE_KIND_SHIFT)
    is_plain = (inner == 0) & (behind != C_APOSTROPHE) & (behind != C_SKIPPED)
    return h, stem, int((some[0] & np.uint32(CODE_CAPITAL)) != 0), bool(is_plain)
