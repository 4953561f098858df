"""Title and text -> facts: 32-bit features in the order of the text, by which dedup tells an update from a copy.

A feature is a kind, four flags and 24 bits of a hash. A pure function of title, text and a language's small vocabulary.
"""

from __future__ import annotations

import struct
from typing import Final

import numpy as np
from msgspec import Struct

from service.compiled import compiled
from service.sketch.fact_bits import HASH_MASK, KIND_SHIFT, KNOWN_ONLY, Features
from service.sketch.fact_characters import CHARACTER_KINDS, DIGIT_VALUES, FACT_CODES, Kinds
from service.sketch.fact_columns import Numbers
from service.sketch.fact_features import FEATURES_MAX, features_of
from service.sketch.fact_lines import lines_taken
from service.sketch.fact_words import Classes16, FactWords, Values
from service.sketch.hashing import Classes, CodePoints, Hashes, code_points

_NO_FLAGS: Final = np.uint32(HASH_MASK | 15 << KIND_SHIFT)

FACTS_VERSION: Final = 1
_HEADER: Final = struct.Struct("<BBBBHHHH")
_NO_POINTS: Final = code_points("")


class Facts(Struct, frozen=True, eq=False, gc=False):
    """Features of title and text in their order, sampled words written small, and counts."""

    features: Features  # uint32[features]
    small: Features  # uint32[small words]: 24 bits of a hash each
    run_rate: int  # one run in this number was kept
    words: int
    negations: int

    def pack(self) -> bytes:
        """Return as bytes, the same on every machine."""
        header = _HEADER.pack(
            FACTS_VERSION,
            self.run_rate,
            0,
            0,
            self.features.size,
            self.small.size,
            min(self.words, 0xFFFF),
            min(self.negations, 0xFFFF),
        )
        return header + self.features.astype("<u4").tobytes() + self.small.astype("<u4").tobytes()

    @staticmethod
    def unpack(packed: bytes) -> Facts:
        """Return the facts from their bytes. Raises ValueError for anything else."""
        if len(packed) < _HEADER.size or packed[0] != FACTS_VERSION:
            raise ValueError(f"{len(packed)} bytes are no facts of version {FACTS_VERSION}")
        _, run_rate, _, _, features, small, words, negations = _HEADER.unpack_from(packed)
        if len(packed) != _HEADER.size + 4 * (features + small) or not run_rate:
            raise ValueError(f"facts of {features} features and {small} words have {len(packed)} bytes")
        return Facts(
            features=np.frombuffer(packed, "<u4", features, _HEADER.size),
            small=np.frombuffer(packed, "<u4", small, _HEADER.size + 4 * features),
            run_rate=run_rate,
            words=words,
            negations=negations,
        )


NO_FACTS: Final = Facts(np.zeros(0, np.uint32), np.zeros(0, np.uint32), 1, 0, 0)
"""What is known of an article whose facts did not travel with it."""


def facts_of(
    title: str | None,
    text: str,
    words: FactWords,
    *,
    raw: str | None = None,
    points: CodePoints | None = None,
) -> Facts:
    """Read the facts of an article; `raw` is its text before words were taken away, whose facts are known as well.

    `points`: the code points of the text, where the caller has them.
    """
    points = code_points(text) if points is None else points
    taken = _NO_POINTS if raw is None else lines_taken(raw, text, points)
    features, _, small, run_rate, count, negations = _read(title, points, words, taken)
    return Facts(features, small, run_rate, count, negations)


def fact_spans(title: str | None, text: str, words: FactWords) -> Numbers:
    """Return start and end (exclusive) of the features of `facts_of`: int64[features, 2], in code points."""
    return _read(title, code_points(text), words, with_spans=True)[1]


def _read(
    title: str | None,
    body: CodePoints,
    words: FactWords,
    taken: CodePoints = _NO_POINTS,
    *,
    with_spans: bool = False,
) -> tuple[Features, Numbers, Features, int, int, int]:
    tables = (CHARACTER_KINDS, DIGIT_VALUES, FACT_CODES, *words)
    head = code_points(title.replace("\n", " ")) if title else _NO_POINTS
    if not head.dtype == body.dtype == taken.dtype:  # compiled for three texts of 16 bits and for three of 32
        wide = np.dtype(np.uint32)
        head, body, taken = head.astype(wide), body.astype(wide), taken.astype(wide)
    return _features_beside(head, body, taken, with_spans, *tables)


@compiled
def _features_beside(
    title: CodePoints,
    text: CodePoints,
    taken: CodePoints,
    with_spans: bool,
    kinds: Kinds,
    digits: Kinds,
    folded: Classes,
    hashes: Hashes,
    classes: Classes16,
    values: Values,
) -> tuple[Features, Numbers, Features, int, int, int]:
    """Read the features of title and text, and behind them those of the lines taken from the text, as known."""
    found = features_of(title, text, with_spans, kinds, digits, folded, hashes, classes, values)
    if not taken.size:
        return found
    known = features_of(title[:0], taken, False, kinds, digits, folded, hashes, classes, values)[0]
    return (_with_known(found[0], known), found[1], found[2], found[3], found[4], found[5])


@compiled
def _with_known(features: Features, taken: Features) -> Features:
    """Append what else is known: the features taken that are not among the others, whatever their flags."""
    out = np.empty(features.size + taken.size, np.uint32)
    out[: features.size] = features
    count = features.size
    for one in taken:
        bare = one & _NO_FLAGS
        found = False
        for i in range(features.size):
            found |= (features[i] & _NO_FLAGS) == bare
        if not found:
            out[count] = bare | np.uint32(KNOWN_ONLY)
            count += 1
    return out[: min(count, FEATURES_MAX)]
