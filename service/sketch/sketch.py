"""Normal form -> shingle hashes -> sketch: what dedup needs to know of a text, in about a kilobyte.

A sketch is a pure function of the text. It keeps the smallest hashes of the distinct four-word shingles (a
bottom-k sample, Broder 1997, https://doi.org/10.1109/SEQUEN.1997.666900): two texts that share passages share the
same share of their smallest hashes, however different their lengths are.
"""

from __future__ import annotations

import struct
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from service.compiled import compiled
from service.sketch.hashing import (
    CHARACTER_CLASSES,
    SHINGLE_MULTIPLIERS,
    Classes,
    CodePoints,
    Hashes,
    code_points,
    shingle_hashes,
    token_hashes,
)

ALGORITHM_VERSION: Final = 1
"""Version of the sketch. It changes whenever a text gets another sketch; two versions are never compared."""

TEXT_CHARS_MAX: Final = 131_071
"""Maximum number of characters read, about 25,000 words; a longer text is known by its beginning."""

PROBE_MIN: Final = 64
PROBE_DIVISOR: Final = 4
"""Divisor of the sample: one distinct shingle in 4 is kept, 64 at least: short stories are found inside long texts."""

PROBE_WORDS: Final = 128
"""Number of single words kept, as 16-bit hashes, to tell rewording from new text."""

BIN_MAX: Final = 64
"""Maximum size of a bin that insertion sorts quickly; no ordinary text fills one further."""

_HEADER: Final = struct.Struct("<BBHIII")
_MAGIC: Final = 0xCD

Words = npt.NDArray[np.uint16]
Places = npt.NDArray[np.uint8]


class Sketch(Struct, frozen=True, eq=False, gc=False):
    """Hold what dedup knows of a text.

    `features` are the smallest hashes of its distinct shingles, ascending, and `places` say where in the text each
    stands first, in 256ths; `distinct` and `total` count all its shingles. `words` are the smallest distinct
    16-bit hashes of its single words, ascending.
    """

    features: Hashes
    places: Places
    distinct: int
    total: int
    words: Words

    @property
    def repeat(self) -> float:
        """Compute the share of the shingles that repeat an earlier one: about .5 when a body stands twice in a text."""
        return 1 - self.distinct / self.total if self.total else 0.0

    @property
    def complete(self) -> bool:
        """Return whether every distinct shingle is in the sample."""
        return self.features.size == self.distinct

    def pack(self) -> bytes:
        """Pack the sketch into bytes, the same on every machine."""
        header = _HEADER.pack(
            _MAGIC, ALGORITHM_VERSION, self.words.size, self.features.size, self.distinct, self.total
        )
        return b"".join(
            (
                header,
                self.features.astype("<u8", copy=False).tobytes(),
                self.words.astype("<u2", copy=False).tobytes(),
                self.places.tobytes(),
            )
        )

    @staticmethod
    def unpack(packed: bytes) -> Sketch:
        """Unpack a sketch from its bytes. Raises ValueError for other bytes, or another version of the algorithm."""
        if len(packed) < _HEADER.size or packed[0] != _MAGIC:
            raise ValueError(f"{len(packed)} bytes are no sketch")
        _, version, words, features, distinct, total = _HEADER.unpack_from(packed)
        if version != ALGORITHM_VERSION:
            raise ValueError(f"sketch of algorithm version {version}; this code reads {ALGORITHM_VERSION}")
        words_at = _HEADER.size + 8 * features
        places_at = words_at + 2 * words
        if len(packed) != places_at + features:
            raise ValueError(f"sketch of {features} features and {words} words has {len(packed)} bytes")
        sketch = Sketch(
            features=np.frombuffer(packed, "<u8", features, _HEADER.size),
            places=np.frombuffer(packed, np.uint8, features, places_at),
            distinct=distinct,
            total=total,
            words=np.frombuffer(packed, "<u2", words, words_at),
        )
        if not features <= distinct <= total or words > PROBE_WORDS or not _ascends(sketch.features):
            raise ValueError("sketch contradicts itself")
        return sketch


def sketch(text: str) -> Sketch:
    """Sketch a text; the sketch of a text without letters and digits is empty.

    >>> sketch("Rain fell on the quiet harbour all night.").distinct
    5
    """
    return sketch_of(code_points(text[:TEXT_CHARS_MAX]))


def sketch_of(points: CodePoints) -> Sketch:
    """Sketch a text by its code points."""
    return Sketch(*_sketch(points[:TEXT_CHARS_MAX], CHARACTER_CLASSES, SHINGLE_MULTIPLIERS))


@compiled
def _ascends(features: Hashes) -> bool:
    for i in range(1, features.size):  # noqa: SIM110 - a generator would not compile
        if features[i - 1] >= features[i]:
            return False
    return True


@compiled
def _sketch(
    points: CodePoints, classes: Classes, multipliers: Hashes
) -> tuple[Hashes, Places, int, int, Words]:
    tokens = np.empty(points.size, np.uint64)
    words = np.empty(points.size, np.uint64)
    count = token_hashes(points, classes, tokens, words)
    shingles = shingle_hashes(tokens[:count], multipliers)
    total = shingles.size
    smallest, distinct = _sort_distinct(shingles)
    kept = smallest[: min(distinct, max(PROBE_MIN, distinct // PROBE_DIVISOR))].copy()
    return kept, _places(shingles, kept), distinct, total, _smallest_words(words[:count])


@compiled
def _places(shingles: Hashes, kept: Hashes) -> Places:
    """Return where each of the kept shingles occurs first, in 256ths of the text."""
    places = np.zeros(kept.size, np.uint8)
    for back in range(shingles.size):
        i = shingles.size - 1 - back
        if shingles[i] <= kept[-1]:
            places[np.searchsorted(kept, shingles[i])] = i * 256 // shingles.size
    return places


@compiled
def _sort_distinct(hashes: Hashes) -> tuple[Hashes, int]:
    """Sort the hashes, move the distinct ones to the front, and return their number.

    Hashes are spread evenly, so one pass into as many bins as there are hashes nearly sorts them; a text made of
    few different shingles, or made to fill one bin, is sorted by comparing.
    """
    size = hashes.size
    bits = 1
    while bits < 18 and 1 << bits < size:
        bits += 1
    shift = np.uint64(64 - bits)
    ends = np.zeros((1 << bits) + 1, np.int64)
    for h in hashes:
        ends[(h >> shift) + np.uint64(1)] += 1
    if ends.max() > BIN_MAX:
        out = np.sort(hashes)
    else:
        for i in range(1, ends.size):
            ends[i] += ends[i - 1]
        out = np.empty(size, np.uint64)
        for h in hashes:
            at = ends[h >> shift]
            out[at] = h
            ends[h >> shift] = at + 1
        for i in range(1, size):
            h = out[i]
            at = i
            while at > 0 and out[at - 1] > h:
                out[at] = out[at - 1]
                at -= 1
            out[at] = h
    distinct = min(1, size)
    for i in range(1, size):
        if out[i] != out[i - 1]:
            out[distinct] = out[i]
            distinct += 1
    return out, distinct


@compiled
def _smallest_words(words: Hashes) -> Words:
    """Find the smallest distinct values of the words' upper 16 bits by marking them in a bit map."""
    marks = np.zeros(1024, np.uint64)
    for word in words:
        value = word >> np.uint64(48)
        marks[value >> np.uint64(6)] |= np.uint64(1) << (value & np.uint64(63))
    out = np.empty(PROBE_WORDS, np.uint16)
    count = 0
    for block in range(marks.size):
        bits = marks[block]
        while bits and count < PROBE_WORDS:
            lowest = bits & (~bits + np.uint64(1))
            out[count] = block * 64 + _bit_number(lowest)
            count += 1
            bits ^= lowest
    return out[:count].copy()


@compiled
def _bit_number(power: np.uint64) -> int:
    """Return the exponent of a power of two."""
    number = 0
    for step in (32, 16, 8, 4, 2, 1):
        if power >> np.uint64(step):
            power >>= np.uint64(step)
            number += step
    return number
