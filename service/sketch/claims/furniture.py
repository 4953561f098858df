"""Page furniture among claims: captions of slideshows, links to other articles, footers of polls.

A pattern that is tried on every claim would cost more than all else that is read of it. So the signs of furniture are
looked for among all words of the text at once, and a pattern is tried only where one stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.languages.en import threading as english
from service.records import Claim
from service.sketch.claims.claim_words import TextWords
from service.sketch.claims.word_codes import Bytes, Points, Starts

CLAIM_CHARS: Final = 2_000
"""Number of characters of a claim that are searched for furniture."""
_FURNITURE: Final = re.compile(english.FURNITURE, re.IGNORECASE)
_BAR: Final = re.compile(re.escape(english.FURNITURE_BAR))
_ASCII_END: Final = 0x80
_A, _Z, _TO_LOWER = 0x41, 0x5A, 0x20


class _Signs(NamedTuple):
    shown: Bytes  # [signs, characters], then 0
    pairs: Bytes  # [character, character]: which sign begins with both, counted from 1; 0: none


@cache
def _signs() -> _Signs:
    """Make the tables once in a process."""
    width = max(map(len, english.FURNITURE_SIGNS)) + 1
    shown = [list(sign.encode().ljust(width, b"\0")) for sign in english.FURNITURE_SIGNS]
    pairs = np.zeros((_ASCII_END, _ASCII_END), np.uint8)
    for number, sign in enumerate(english.FURNITURE_SIGNS):
        both = np.ix_(*[[ord(letter), ord(letter.upper())] for letter in sign[:2]])
        if pairs[both].any():
            raise ValueError(f"two signs of furniture begin as {sign!r} does")
        pairs[both] = number + 1
    return _Signs(np.array(shown, np.uint8), pairs)


def signs_in(text: str, words: TextWords) -> list[int]:
    """List the places of all signs of furniture in a text; `words` are its words.

    >>> from service.sketch.claims.claim_words import words_of
    >>> text = "Hide Caption, he said, and the photo went. PHOTO, no caption: read MORE | Harbour"
    >>> signs_in(text, words_of(text))
    [5, 31, 43, 53, 67, 72]
    """
    places: list[int] = _found(words.points, words.starts, *_signs()).tolist()
    if english.FURNITURE_BAR in text:
        places += [bar.start() for bar in _BAR.finditer(text)]
        places.sort()
    return places


def may_be_furniture(claim: Claim, signs: list[int]) -> bool:
    """Tell whether a sign stands in a claim or its sentence."""
    at = bisect_left(signs, min(claim.start, claim.sentence.start))
    return at < len(signs) and signs[at] < max(claim.end, claim.sentence.end)


def is_furniture(text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end] says what only furniture says."""
    return _FURNITURE.search(text, start, min(end, start + CLAIM_CHARS)) is not None


@compiled
def _found(points: Points, starts: Starts, shown: Bytes, pairs: Bytes) -> npt.NDArray[np.int64]:
    """Return the words that are signs. A small letter of a sign stands for both, a capital for itself."""
    places, count = np.empty(len(starts), np.int64), 0
    for at in starts:
        one, two = points[at], points[at + 1] if at + 1 < len(points) else _ASCII_END
        if one >= _ASCII_END or two >= _ASCII_END:
            continue
        sign = pairs[one, two]
        if sign and _stands(points, at, shown[sign - 1]):
            places[count] = at
            count += 1
    return places[:count].copy()


@borrowing
def _stands(points: Points, at: int, sign: Bytes) -> bool:
    length = 0
    while sign[length]:
        if at + length == len(points):
            return False
        point = points[at + length]
        if point != sign[length] and (not _A <= point <= _Z or point | _TO_LOWER != sign[length]):
            return False
        length += 1
    return True
