"""A language's small vocabulary of facts as one hash table: word hash -> what the word does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing
from service.sketch.hashing import CHARACTER_CLASSES, Hashes, splitmix64

STOP: Final = 1
AUXILIARY: Final = 2
NEGATION: Final = 4
REVERSING: Final = 8
AGENCY: Final = 16
COMMON: Final = 32
NUMBER: Final = 64  # its value in the low byte of `values`
SCALE: Final = 128  # the power of ten
ORDINAL_END: Final = 256
GLUED_UNIT: Final = 512
CREDIT: Final = 1_024
DATE: Final = 2_048
SERIES: Final = 4_096  # what an agency counts versions by: "UPDATE 1-"
OUTLET: Final = 8_192  # what names of papers and sites end in
UNIT: Final = 16_384  # its number; with NUMBER an ordinal
OPPOSITE: Final = 32_768  # numbers of its group and side

_SLOTS: Final = 8_192
"""Slots of the table, a power of two; four times the words of a language. One more stands for all other words."""
_MOVES_MAX: Final = 500
"""Maximum number of words that make room for one word, each by going to its other slot."""
_SLOT_SHIFTS: Final = (40, 51)
"""Bits of a hash from which its two slots are read."""

STEP: Final = np.uint64(splitmix64(101) | 1)
_MASK: Final = (1 << 64) - 1

Classes16 = npt.NDArray[np.uint16]
Values = npt.NDArray[np.uint8]


class FactWords(NamedTuple):
    """Arrays of the table: hash, classes and value per slot (0 = empty); a word stands in one of two slots."""

    hashes: Hashes  # uint64[slots]
    classes: Classes16  # uint16[slots]
    values: Values  # uint8[slots]


def word_hash(word: str) -> int:
    """Hash a word as the reader of facts does: folded letters, without marks between them."""
    h = 0
    for char in word:
        h = ((h ^ (int(CHARACTER_CLASSES[ord(char)]) & 0x3FFFFF)) * int(STEP)) & _MASK
    return h


def fact_words(
    lists: Iterable[tuple[int, Iterable[str]]], values: Iterable[tuple[int, Mapping[str, int]]]
) -> FactWords:
    """Build the table from lists of words per class, and from words with a value per class."""
    known: dict[int, tuple[int, int]] = {}
    for bit, listed in lists:
        for word in sorted(listed):
            bits, value = known.get(word_hash(word), (0, 0))
            known[word_hash(word)] = (bits | bit, value)
    for bit, mapped in values:
        for word, value in sorted(mapped.items()):
            bits, _ = known.get(word_hash(word), (0, 0))
            known[word_hash(word)] = (bits | bit, value)
    if len(known) * 2 > _SLOTS:
        raise ValueError(f"{len(known)} words for {_SLOTS} slots")
    slots = [0] * (_SLOTS + 1)
    for h in known:
        _place(slots, h)
    bits_of = [known.get(h, (0, 0)) for h in slots]
    return FactWords(
        np.array(slots, np.uint64),
        np.array([bits for bits, _ in bits_of], np.uint16),
        np.array([value for _, value in bits_of], np.uint8),
    )


def _place(slots: list[int], h: int) -> None:
    """Put a hash into one of its two slots; a hash that stood there goes to its other one (Pagh and Rodler 2001)."""
    at = h >> _SLOT_SHIFTS[0] & (_SLOTS - 1)
    for _ in range(_MOVES_MAX):
        h, slots[at] = slots[at], h
        if not h:
            return
        first, second = (h >> shift & (_SLOTS - 1) for shift in _SLOT_SHIFTS)
        at = second if at == first else first
    raise ValueError(f"no slot of {_SLOTS} is free for a word")


@borrowing
def slot_of(hashes: Hashes, h: np.uint64) -> int:
    """Return the slot of a word, the last one where the language does not list it.

    No branch: whether a language lists the next word of a text, no processor can foresee.
    """
    mask = hashes.size - 2
    first = int(np.int64(h >> np.uint64(_SLOT_SHIFTS[0]))) & mask
    second = int(np.int64(h >> np.uint64(_SLOT_SHIFTS[1]))) & mask
    other = second if hashes[second] == h else hashes.size - 1
    return first if hashes[first] == h else other
