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
from service.sketch.fact_characters import CHARACTER_KINDS, DIGIT_VALUES, FACT_CODES
from service.sketch.fact_columns import Numbers
from service.sketch.fact_features import FEATURES_MAX, features_of
from service.sketch.fact_words import FactWords
from service.sketch.hashing import CodePoints, code_points

_NO_FLAGS: Final = np.uint32(HASH_MASK | 15 << KIND_SHIFT)

FACTS_VERSION: Final = 1
_HEADER: Final = struct.Struct("<BBBBHHHH")
ODD_LINES_MAX: Final = 16
"""Maximum number of lines out of their order that are looked for one by one; more are looked for by their hashes."""


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
    features, _, small, run_rate, count, negations = _read(title, points, words)
    if raw is not None:
        taken = _lines_taken(raw, text)
        if taken:
            features = _with_known(features, _read(None, code_points(taken), words)[0])
    return Facts(features, small, run_rate, count, negations)


def _lines_taken(raw: str, text: str) -> str:
    """Return the lines of a text that are not in it as they were once cleaned: few, and all that is new to read."""
    kept = text.split("\n")
    odd, at = [], 0
    kept.append("\n")  # no line is equal to it
    for line in raw.split("\n"):
        if line == kept[at]:
            at += 1  # cleaning leaves most lines as they are, in their order: no need to hash them
        else:
            odd.append(line)
    among = set(kept) if len(odd) > ODD_LINES_MAX else kept
    return "\n".join([line for line in odd if line not in among and " ".join(line.split()) not in among])


def fact_spans(title: str | None, text: str, words: FactWords) -> Numbers:
    """Return start and end (exclusive) of the features of `facts_of`: int64[features, 2], in code points."""
    return _read(title, code_points(text), words, with_spans=True)[1]


def _read(
    title: str | None, body: CodePoints, words: FactWords, *, with_spans: bool = False
) -> tuple[Features, Numbers, Features, int, int, int]:
    tables = (CHARACTER_KINDS, DIGIT_VALUES, FACT_CODES, *words)
    head = code_points((title or "").replace("\n", " "))
    return features_of(head, body, with_spans, *tables)


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
