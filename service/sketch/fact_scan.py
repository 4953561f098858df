"""Scan a text for its letters, and hash ordinary words, without a branch that a processor cannot foresee."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing
from service.sketch.fact_characters import (
    C_APOSTROPHE,
    C_LOWER,
    C_SKIPPED,
    C_UPPER,
    CLASS_MASK,
    CODE_KIND_SHIFT,
)
from service.sketch.fact_words import STEP
from service.sketch.hashing import Classes, CodePoints

LETTERS_AT_ONCE: Final = 8
"""Number of letters that are hashed whether a word has them or not: seven words in eight are no longer."""
STEM_LETTERS: Final = 5

Ends = npt.NDArray[np.int32]


@borrowing
def encode(points: CodePoints, folded: Classes, codes: Classes, ends: Ends) -> None:
    """Fill in codes[points + LETTERS_AT_ONCE], and where each run of letters ends (exclusive), in their order.

    A code is the letter that a fact is hashed by and the kind of the character; behind the end it is 0.
    """
    size = points.size
    for i in range(size, size + LETTERS_AT_ONCE):
        codes[i] = 0
    run, was_letter = 0, False
    for i in range(size):
        point = points[i]
        code = folded[point] if point < 0x10000 else np.uint32(point | C_LOWER << CODE_KIND_SHIFT)
        codes[i] = code
        kind = code >> np.uint32(CODE_KIND_SHIFT)
        is_letter = (kind == C_LOWER) | (kind == C_UPPER)
        run += was_letter & (not is_letter)
        ends[run] = i + 1  # of all places written the last letter of the run stays
        was_letter = is_letter


@borrowing
def scan_word(codes: Classes, at: int, end: int) -> tuple[np.uint64, np.uint64, int, bool]:
    """Hash the letters from one place to another; return the hashes of word and stem, the number of capitals, and
    whether this is all of the word: no capital inside it, and neither an apostrophe nor an invisible mark behind it.
    """
    h, stem, uppers = np.uint64(0), np.uint64(0), 0
    letters = end - at
    for i in range(LETTERS_AT_ONCE):
        code = codes[at + i]
        longer = (h ^ np.uint64(code & np.uint32(CLASS_MASK))) * STEP
        h = longer if i < letters else h
        uppers += (code >> np.uint32(CODE_KIND_SHIFT) == C_UPPER) & (i < letters)
        if i == STEM_LETTERS - 1:
            stem = h
    for i in range(at + LETTERS_AT_ONCE, end):
        h = (h ^ np.uint64(codes[i] & np.uint32(CLASS_MASK))) * STEP
        uppers += codes[i] >> np.uint32(CODE_KIND_SHIFT) == C_UPPER
    behind = codes[end] >> np.uint32(CODE_KIND_SHIFT)
    is_first = codes[at] >> np.uint32(CODE_KIND_SHIFT) == C_UPPER
    is_plain = (uppers == is_first) & (behind != C_APOSTROPHE) & (behind != C_SKIPPED)
    return h, stem, uppers, bool(is_plain)
