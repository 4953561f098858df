"""Tell where features stand: their flags, and the place of each in the text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.sketch.fact_bits import (
    F_HEADLINE,
    F_NEGATION,
    F_RECKONED,
    F_SENTENCE,
    F_UNIT,
    IN_QUOTES,
    KIND_SHIFT,
    KNOWN_ONLY,
    STARTS,
    Features,
)
from service.sketch.fact_columns import END, QUOTED, SENTENCE, START, WORD_CLASS, Numbers
from service.sketch.fact_hashes import sentence_feature
from service.sketch.fact_words import UNIT

Owners = npt.NDArray[np.int32]
"""For each feature the token that it begins with: int32[features]."""


@borrowing
def set_flags(tokens: Numbers, flags: int, owners: Owners, features: Features, first: int) -> None:
    """Set the flags of the features from `first` on, of tokens[tokens, TOKEN_COLUMNS]."""
    started = -1
    for j in range(first, features.size):
        i = owners[j]
        sentence = tokens[i, SENTENCE]
        is_known_only = sentence < 0
        is_first = (sentence != started) & (not is_known_only)
        started = sentence if is_first else started
        features[j] |= np.uint32(
            flags | (tokens[i, QUOTED] != 0) * IN_QUOTES | is_known_only * KNOWN_ONLY | is_first * STARTS
        )


@borrowing
def _goes_with_next(tokens: Numbers, following: int, kind: int) -> bool:
    """Return whether a feature of a kind stands for a token and the next one."""
    is_of_unit = kind == F_UNIT and tokens[following, WORD_CLASS] & UNIT
    return bool(F_NEGATION <= kind < F_RECKONED or is_of_unit)


@compiled
def spans_of(tokens: Numbers, features: Features, owners: Owners) -> Numbers:
    """Return start and end (exclusive) of features: int64[features, 2], in code points."""
    spans = np.empty((features.size, 2), np.int64)
    size = tokens.shape[0]
    for j in range(features.size):
        i, kind = owners[j], features[j] >> np.uint32(KIND_SHIFT)
        last = i
        if kind == F_HEADLINE:
            last = size - 1
        elif kind == F_SENTENCE:
            last = sentence_feature(tokens, i)[1] - 1
        elif i + 1 < size and _goes_with_next(tokens, i + 1, kind):
            last = i + 1
        spans[j, 0], spans[j, 1] = tokens[i, START], tokens[last, END]
    return spans
