"""Code points of a text as an array, and what class each belongs to."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing

Points = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]
Int32s = npt.NDArray[np.int32]

# classes; those up to WORD_MAX make words
(LOWER, UPPER, LETTER, DIGIT, UNDERSCORE) = range(5)
WORD_MAX = UNDERSCORE
(SYMBOL, SPACE, LINE, OPENING, CLOSING, STRAIGHT, OPENING_SINGLE, CLOSING_SINGLE, APOSTROPHE, BACKTICK) = (
    range(5, 15)
)

_MARKS = {
    OPENING: "“„«「『",
    CLOSING: "”»」』",
    STRAIGHT: '"',
    OPENING_SINGLE: "‘‚",
    CLOSING_SINGLE: "’",
    APOSTROPHE: "'",
    BACKTICK: "`",
    LINE: "\n",
}
_PLANE = 0x10000


def points_of(text: str) -> Points:
    """Convert a text to code points, one entry each; lone surrogates stay as they are."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@cache
def classes() -> Bytes:
    """Classify every code point of the basic plane; the last entry is the class of all others."""
    table = np.full(_PLANE + 1, SYMBOL, np.uint8)
    for point in range(_PLANE):
        table[point] = _class(chr(point))
    table[0x5F] = UNDERSCORE
    for kind, marks in _MARKS.items():
        for mark in marks:
            table[ord(mark)] = kind
    return table


def _class(character: str) -> int:
    if character.isalnum():
        if character.isdigit():
            return DIGIT
        return LOWER if character.islower() else UPPER if character.isupper() else LETTER
    return SPACE if character.isspace() else SYMBOL


@cache
def folds() -> Points:
    """Map every code point of the basic plane to its lower-case form, and apostrophes to the straight one."""
    table = np.arange(_PLANE, dtype=np.uint32)
    for point in range(_PLANE):
        low = chr(point).lower()
        if len(low) == 1 and low != chr(point):
            table[point] = ord(low)
    table[ord("’")] = ord("'")
    return table


@borrowing
def class_at(points: Points, table: Bytes, at: int) -> int:
    """Return the class of the code point at a place; SPACE outside the text."""
    if at < 0 or at >= len(points):
        return SPACE
    return int(table[min(points[at], len(table) - 1)])
