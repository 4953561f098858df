"""Read one word or one figure of a text: its hash, its case, its value, and what is glued to it."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing
from service.sketch.fact_characters import (
    C_APOSTROPHE,
    C_DIGIT,
    C_LOWER,
    C_OTHER,
    C_SKIPPED,
    C_UPPER,
    CLASS_MASK,
    Kinds,
)
from service.sketch.fact_columns import FIGURE, GLUED
from service.sketch.fact_numbers import read_number, with_fraction
from service.sketch.fact_scan import STEM_LETTERS
from service.sketch.fact_units import ORDINAL, glued_unit, read_clock, sign_around
from service.sketch.fact_words import (
    GLUED_UNIT,
    ORDINAL_END,
    SCALE,
    STEP,
    UNIT,
    Classes16,
    Values,
    slot_of,
    word_hash,
)
from service.sketch.hashing import CHARACTER_CLASSES, Classes, CodePoints, Hashes

GLUED_LETTERS_MIN: Final = 4
"""Minimum letters of a word before a capital inside it that begins another one: "nowThe", but not "McNeil"."""
_CAN, _WILL = np.uint64(word_hash("can")), np.uint64(word_hash("will"))
_CA, _WO = np.uint64(word_hash("ca")), np.uint64(word_hash("wo"))
_S, _T, _N = (int(CHARACTER_CLASSES[ord(letter)]) for letter in "stn")


@borrowing
def kind_at(points: CodePoints, kinds: Kinds, at: int) -> int:
    """Return the kind of the character at a place; C_OTHER behind the end."""
    if at >= points.size:
        return C_OTHER
    return int(kinds[points[at]]) if points[at] < 0x10000 else C_LOWER


@borrowing
def _is_letter(points: CodePoints, kinds: Kinds, at: int) -> bool:
    return at < points.size and points[at] < 0x10000 and kinds[points[at]] in (C_LOWER, C_UPPER)


@borrowing
def is_shouted(letters: int, capitals: int) -> bool:
    """Return whether a word is in capitals, or its greater part."""
    return letters > 1 and 2 * capitals > letters


@borrowing
def class_of(point: int, folded: Classes) -> int:
    """Return what the letter of a hash is: itself, folded."""
    return int(folded[point] & np.uint32(CLASS_MASK)) if point < 0x10000 else int(point)


@borrowing
def read_figure(
    points: CodePoints,
    kinds: Kinds,
    digits: Kinds,
    folded: Classes,
    hashes: Hashes,
    classes: Classes16,
    values: Values,
    start: int,
    is_glued: bool,
) -> tuple[int, int, int, int, int, int]:
    """Read a figure and what is glued to it.

    Returns kind, the places behind both and behind the figure, its value and unit. The value is a
    mantissa without trailing zeros and a power of ten; the unit is 0 where none is at the figure.
    """
    at, mantissa, exponent = read_number(points, kinds, digits, start)
    if is_glued:
        kind = GLUED
    else:
        kind = FIGURE
        at, mantissa, exponent = with_fraction(points, kinds, digits, start, at, mantissa, exponent)
    end, unit = at, 0
    if kind == FIGURE:
        at, mantissa, exponent, unit = read_clock(points, kinds, at, mantissa, exponent)
        end = at
    if kind == FIGURE and not unit and kind_at(points, kinds, at) in (C_LOWER, C_UPPER):
        h, behind = np.uint64(0), at
        while _is_letter(points, kinds, behind):
            h = (h ^ np.uint64(class_of(points[behind], folded))) * STEP
            behind += 1
        slot = slot_of(hashes, h)
        bits = int(classes[slot])
        if behind < points.size and points[behind] < 0x10000 and kinds[points[behind]] == C_DIGIT:
            bits = 0
        if bits & SCALE:
            exponent += int(values[slot])
            at = end = behind
        elif bits & (ORDINAL_END | GLUED_UNIT):
            unit = glued_unit(int(values[slot]), kind_at(points, kinds, at) == C_UPPER) if bits & UNIT else 0
            unit = ORDINAL if bits & ORDINAL_END else unit
            at = behind
        else:
            kind = GLUED
    if kind == FIGURE and not unit:
        unit = sign_around(points, start, at)
    while mantissa and mantissa % 10 == 0:
        mantissa //= 10
        exponent += 1
    return kind, at, end, mantissa, exponent, unit


@borrowing
def read_word(
    points: CodePoints, kinds: Kinds, folded: Classes, at: int
) -> tuple[int, int, np.uint64, np.uint64, int, int, bool, bool]:
    """Read a word that begins here.

    Returns the place behind it, the end of its letters, the hashes of word and stem, the number of letters and of
    capitals, whether "n't" was taken off it, and whether a capital begins another word whose blank was lost.
    """
    h, before_last, stem = np.uint64(0), np.uint64(0), np.uint64(0)
    letters, uppers, last_class, end, was_lower = 0, 0, 0, at, False
    while at < points.size:
        point = points[at]
        kind = int(kinds[point]) if point < 0x10000 else C_LOWER
        if kind in (C_LOWER, C_UPPER):
            if kind == C_UPPER:
                begins = was_lower and _is_letter(points, kinds, at + 1) and kinds[points[at + 1]] == C_LOWER
                if begins and letters >= GLUED_LETTERS_MIN:
                    return at, end, h, stem, letters, uppers, False, True
                uppers += 1
            was_lower = kind == C_LOWER
            last_class = class_of(point, folded)
            before_last = h
            h = (h ^ np.uint64(last_class)) * STEP
            letters += 1
            if letters <= STEM_LETTERS:
                stem = h
            at += 1
            end = at
        elif kind == C_SKIPPED:
            at += 1
        elif kind == C_APOSTROPHE and _is_letter(points, kinds, at + 1):
            if not _is_letter(points, kinds, at + 2):
                following = class_of(points[at + 1], folded)
                if following == _S:
                    return at + 2, end, h, stem, letters, uppers, False, False
                if following == _T and last_class == _N:
                    h = _CAN if before_last == _CA else (_WILL if before_last == _WO else before_last)
                    return at + 2, at + 2, h, h, letters, uppers, True, False
            at += 1
        else:
            break
    return at, end, h, stem, letters, uppers, False, False
