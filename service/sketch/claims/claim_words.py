"""Text -> its words as numbers: a hash of the stem above, what kind of word it is below.

A word is 32 bits: 27 of the stem's CRC, then flags. CONTENT, NUMBER and NAME are set for a word as it stands in a
text; FIRST, TAKEN and NAME once more for the words of one claim (service/sketch/claims/claim_facets.py).
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.languages.en import threading as english

Words = npt.NDArray[np.uint32]

CONTENT: Final = 1
"""Flag of a word that says something by itself."""
NAME: Final = 2
"""Flag of a word with a capital letter; in a claim, of one that does not open its text."""
NUMBER: Final = 4
"""Flag of a word that begins with a digit."""
FIRST: Final = 8
"""Flag of the first of equal stems in a claim."""
TAKEN: Final = 16
"""Flag of a word that belongs to a figure."""
HASH_SHIFT: Final = 5

STEM_CHARS_MIN: Final = 4
STEM_CHARS_MAX: Final = 7
WORD_CHARS_MAX: Final = 40
"""Maximum number of characters of a word that is shown."""

_PART: Final = re.compile(r"([\W_]*)([^\W_]+(?:[.,]\d{1,9}){0,6}(?:['’]s\b)?)")
"""What stands before a word, and the word."""

_CODES_MAX: Final = 65_536
"""Maximum number of words whose codes are kept when a text begins."""


class TextWords(NamedTuple):
    """Words of a text: `codes`: uint32[words], and the place where each begins."""

    codes: Words
    starts: list[int]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the first word that begins in text[start:end], and the one after the last."""
        first = bisect_left(self.starts, start)
        return first, bisect_left(self.starts, end, first)


def words_of(text: str) -> TextWords:
    """Read the words of a text.

    >>> [bool(code & CONTENT) for code in words_of("The harbour's 3.5 metres").codes.tolist()]
    [False, True, True, True]
    """
    parts = _PART.findall(text)
    if not parts:
        return TextWords(np.zeros(0, np.uint32), [])
    gaps, tokens = zip(*parts, strict=True)
    if len(_CODES) > _CODES_MAX:
        _CODES.clear()
    codes = np.fromiter(map(_CODES.__getitem__, tokens), np.uint32, len(tokens))
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    before = np.fromiter(map(len, gaps), np.int64, len(tokens))
    return TextWords(codes, (np.cumsum(before + lengths) - lengths).tolist())


def word_at(text: str, start: int) -> str:
    """Return the letters and digits from a place on."""
    end = start
    while end < len(text) and end - start < WORD_CHARS_MAX and text[end].isalnum():
        end += 1
    return text[start:end]


def code_of(token: str) -> int:
    """Return a word as a number.

    >>> code_of("closing") >> HASH_SHIFT == code_of("Closed") >> HASH_SHIFT
    True
    """
    is_name = token[0].isupper() and len(token) > 1
    word = token.lower()
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    is_number = word[0].isdigit()
    tells = word not in english.STOP and (len(word) > 1 or is_number)
    return stem_hash(word) << HASH_SHIFT | is_number * NUMBER | is_name * NAME | tells * CONTENT


def stem_hash(word: str) -> int:
    """Return 27 bits that words of one stem share; `word` is in lower case.

    >>> stem_hash("reports") == stem_hash("reporting")
    True
    """
    return zlib.crc32(_stem(word).encode("utf-8", "surrogatepass")) >> HASH_SHIFT


def _stem(word: str) -> str:
    if word[0].isdigit():
        return word
    for ending in english.ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM_CHARS_MIN:
            word = word[: -len(ending)]
            break
    return word[:STEM_CHARS_MAX]


class _Codes(dict[str, int]):
    """Remember the codes of words: most words of a text have come before."""

    def __missing__(self, token: str) -> int:
        code = self[token] = code_of(token)
        return code


_CODES: Final = _Codes()
