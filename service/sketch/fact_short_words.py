"""Features of the words of a short text, each of which may be all that is new in it."""

from __future__ import annotations

import numpy as np

from service.compiled import borrowing
from service.sketch.fact_bits import F_WORD, KIND_SHIFT, KNOWN_ONLY, Features
from service.sketch.fact_columns import FIGURE, GLUED, HASH, KIND, LETTERS, NAME, WORD, WORD_CLASS, Numbers
from service.sketch.fact_hashes import NAME_LETTERS_MIN, short_hash
from service.sketch.fact_words import AGENCY, COMMON, NEGATION, STOP, UNIT


@borrowing
def is_told(tokens: Numbers, i: int) -> bool:
    """Return whether a word of a short text tells something by itself: neither small, nor a label, nor a unit."""
    is_word = tokens[i, KIND] not in (FIGURE, GLUED) and tokens[i, LETTERS] >= NAME_LETTERS_MIN
    return bool(is_word and not tokens[i, WORD_CLASS] & (STOP | AGENCY | NEGATION | UNIT))


@borrowing
def put_word(tokens: Numbers, i: int, in_title: bool, features: Features, count: int) -> int:
    """Append a word of a short text; return how many features there are now. Names and titles are only remembered."""
    is_asked = not in_title and (tokens[i, KIND] == WORD or tokens[i, WORD_CLASS] & COMMON)
    known = np.uint32(0 if is_asked and tokens[i, KIND] != NAME else KNOWN_ONLY)
    features[count] = short_hash(np.uint64(tokens[i, HASH])) | np.uint32(F_WORD << KIND_SHIFT) | known
    return count + 1
