"""Text -> its words as numbers (service/sketch/claims/word_flags.py), and where each begins."""

from __future__ import annotations

import re
import zlib
from typing import Final, NamedTuple

import numpy as np

from service.languages.en import threading as english
from service.sketch.claims.word_codes import STEM_CHARS_MAX, STEM_CHARS_MIN, Points, Starts, read, tables
from service.sketch.claims.word_flags import CONTENT as CONTENT
from service.sketch.claims.word_flags import FIRST as FIRST
from service.sketch.claims.word_flags import HASH_SHIFT as HASH_SHIFT
from service.sketch.claims.word_flags import NAME as NAME
from service.sketch.claims.word_flags import NUMBER as NUMBER
from service.sketch.claims.word_flags import TAKEN as TAKEN
from service.sketch.claims.word_flags import Words as Words

_ENDINGS: Final = tuple(english.ENDINGS)
WORD_CHARS_MAX: Final = 40
"""Maximum number of characters of a word that is shown."""
_SHOWN: Final = re.compile(rf"[^\W_]{{1,{WORD_CHARS_MAX}}}")


class TextWords(NamedTuple):
    """Words of a text: `codes`: uint32[words], and the place where each begins; `points`: its characters."""

    codes: Words
    starts: Starts
    points: Points


def words_of(text: str) -> TextWords:
    """Read the words of a text.

    >>> [bool(code & CONTENT) for code in words_of("The harbour's 3.5 metres").codes.tolist()]
    [False, True, True, True]
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes, starts, others = read(points, *tables())
    for number, start, end in others.tolist():
        codes[number] = code_of(text[start:end])
    return TextWords(codes, starts, points)


def word_at(text: str, start: int) -> str:
    """Return the letters and digits from a place on."""
    found = _SHOWN.match(text, start)
    return found[0] if found else ""


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
    if not word.endswith(_ENDINGS):
        return word[:STEM_CHARS_MAX]
    for ending in english.ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM_CHARS_MIN:
            word = word[: -len(ending)]
            break
    return word[:STEM_CHARS_MAX]
