"""Tell what a character is to the reader of facts: a letter, a digit, an end of a sentence, a quotation mark."""

from __future__ import annotations

import unicodedata
from typing import Final

import numpy as np
import numpy.typing as npt

from service.sketch.hashing import CHARACTER_CLASSES, GRAM_FLAG, LONG_GRAM_FLAG, Classes

Kinds = npt.NDArray[np.uint8]

(
    C_OTHER,
    C_LOWER,
    C_UPPER,
    C_DIGIT,
    C_SKIPPED,
    C_NEWLINE,
    C_POINT,
    C_END,
    C_OPEN,
    C_CLOSE,
    C_STRAIGHT,
    C_APOSTROPHE,
    C_DASH,
    C_COMMA,
    C_GRAM,
    C_COLON,
) = range(16)


def _kind_of(point: int) -> int:
    char = chr(point)
    for kind, chars in (
        (C_NEWLINE, "\n\u2028\u2029"),
        (C_POINT, "."),
        (C_END, "!?\u3002\uff01\uff1f\u2026"),
        (C_COLON, ":;"),
        (C_OPEN, "“„«‹"),
        (C_CLOSE, "”»›"),
        (C_STRAIGHT, '"'),
        (C_APOSTROPHE, "'’ʼ"),
        (C_DASH, "-–—*•‐‑"),
        (C_COMMA, ","),
    ):
        if char in chars:
            return kind
    if int(CHARACTER_CLASSES[point]) == 0xFFFFFFFF:
        return C_SKIPPED
    if unicodedata.decimal(char, None) is not None:
        return C_DIGIT
    if int(CHARACTER_CLASSES[point]) & (GRAM_FLAG | LONG_GRAM_FLAG):
        return C_GRAM
    category = unicodedata.category(char)
    if category in ("Lu", "Lt"):
        return C_UPPER
    return C_LOWER if category[0] in "LM" else C_OTHER


CHARACTER_KINDS: Final[Kinds] = np.array([_kind_of(point) for point in range(0x10000)], np.uint8)
DIGIT_VALUES: Final[Kinds] = np.array(
    [unicodedata.decimal(chr(point), 0) for point in range(0x10000)], np.uint8
)


def _without_accent(point: int) -> int:
    """Return the class of a letter, for a Latin one without its accent: agencies leave them out of names."""
    whole = int(CHARACTER_CLASSES[point])
    base = unicodedata.normalize("NFD", chr(whole))[0] if 0x80 <= whole < LATIN_END else ""
    return ord(base) if "a" <= base <= "z" else whole


LATIN_END: Final = 0x250
"""First code point above the Latin letters with accents."""

CLASS_MASK: Final = 0x3FFFFF
"""Bits of a code that tell the letter."""
CODE_LETTER: Final = 1 << 22
"""Bit of a code that tells a letter of a word from all else."""
CODE_CAPITAL: Final = 1 << 23
CODE_KIND_SHIFT: Final = 24


def _code_of(point: int) -> int:
    kind = _kind_of(point)
    is_letter, is_capital = kind in (C_LOWER, C_UPPER), kind == C_UPPER
    flags = is_letter * CODE_LETTER | is_capital * CODE_CAPITAL
    return _without_accent(point) & CLASS_MASK | flags | kind << CODE_KIND_SHIFT


FACT_CODES: Final[Classes] = np.array([_code_of(point) for point in range(0x10000)], np.uint32)
"""For each code point of the basic plane the letter that a fact is hashed by, and above it flags and the kind."""
WIDE_CODE: Final = CODE_LETTER | C_LOWER << CODE_KIND_SHIFT
"""What is above the letter in the code of a code point beyond the basic plane."""
