"""Figures of a claim -> what each may mean: its value, the bounds of it, and what it counts."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.languages.en import threading as english
from service.records import Quantity
from service.sketch.claims.claim_words import CONTENT, HASH_SHIFT, stem_hash, words_of

Figures = npt.NDArray[np.void]

FIGURE: Final = np.dtype(
    [
        ("value", "<f8"),
        ("low", "<f4"),
        ("high", "<f4"),
        ("unit", "<u4"),
        ("key", "<u4"),
        ("start", "u1"),
        ("length", "u1"),
        ("digits", "u1"),
        ("flags", "u1"),
    ]
)
"""A figure: `low` and `high` bound what its words allow. `unit` is the stem of what it counts, a currency or percent;
0 = none. `key` stands for value and unit. `start` and `length` count words of the claim; length 0: not among them."""

CURRENCY: Final = 1
PERCENT: Final = 2
NO_MEASURE: Final = 4
ROUNDED: Final = 8
ESTIMATED: Final = 16
"""Flags of a figure. ROUNDED: a word widens it. ESTIMATED: "about" stands at as many digits as one counts."""

FIGURES_MAX: Final = 6
"""Maximum number of figures compared of a claim."""
SMALLEST_COUNT: Final = 2
"""Counts up to here are no news: "two men"."""
BEFORE_CHARS: Final = 14
"""Number of characters before a figure in which a word may widen it."""

PRECISE_DIGITS: Final = 3
"""Significant digits from which a value is taken as counted: "about" says no more than that it may be off by one."""
ABOUT: Final = 2
"""Line of _WIDER that widens both ways."""

_KEPT_MAX: Final = 4_096
"""Maximum number of units whose stems are kept, and of values whose digits are."""
_WORD: Final = re.compile(r"[a-z]+")
_WIDER: Final = (
    (english.MORE, 1.0, 1.25),
    (english.LESS, 0.88, 1.0),
    (english.ABOUT, 0.95, 1.05),
)
_WIDENS: Final = frozenset(words.split()[0] for wider, _, _ in _WIDER for words in wider)
"""Where none of the first words stands, nothing widens a figure."""
_NO_MEASURE: Final = frozenset(stem_hash(word) for word in english.NO_MEASURE)


class Meaning(NamedTuple):
    """What a figure of a claim may mean, and where it stands: a row of FIGURE whose words have no place yet."""

    row: tuple[float | int, ...]
    start: int
    end: int


def meanings_of(quantities: Sequence[Quantity], text: str) -> list[Meaning]:
    """Return what the figures mean that can be compared."""
    found = (meant for quantity in quantities if (meant := _meaning(quantity, text)) is not None)
    return list(islice(found, FIGURES_MAX))


def _meaning(quantity: Quantity, text: str) -> Meaning | None:
    unit, flags = _unit(quantity)
    if not flags & (CURRENCY | PERCENT) and abs(quantity.value) <= SMALLEST_COUNT:
        return None
    digits, key = _digits_and_key(quantity.value, unit if flags & (CURRENCY | PERCENT) else 0)
    low, high, widened = _bounds(quantity, text, digits)
    row = (quantity.value, low, high, unit, key, 0, 0, digits, flags | widened)
    return Meaning(row, quantity.start, quantity.end)


@lru_cache(_KEPT_MAX)
def _digits_and_key(value: float, named: int) -> tuple[int, int]:
    """Return the number of significant digits of a value, and what stands for it with its currency or percent."""
    return _digits(value), zlib.crc32(f"{value:.9g} {named}".encode()) >> HASH_SHIFT << HASH_SHIFT


def _unit(quantity: Quantity) -> tuple[int, int]:
    if quantity.currency:
        return zlib.crc32(quantity.currency.encode()) >> HASH_SHIFT, CURRENCY
    unit = (quantity.unit or "").lower()
    if "percent" in unit or "per cent" in unit or "%" in quantity.text:
        return 1, PERCENT
    stem = _unit_stem(unit) if unit else 0
    return stem, NO_MEASURE if stem in _NO_MEASURE else 0


@lru_cache(_KEPT_MAX)
def _unit_stem(unit: str) -> int:
    """Return the stem of the last word of a unit that says something, 0 where there is none."""
    return next((code >> HASH_SHIFT for code in words_of(unit).codes.tolist()[::-1] if code & CONTENT), 0)


def _bounds(quantity: Quantity, text: str, digits: int) -> tuple[float, float, int]:
    """Return the lowest and the highest value meant, and ROUNDED or ESTIMATED if a word says so."""
    value = quantity.value
    if quantity.value_high is not None:
        return value * 0.97, quantity.value_high * 1.03, ROUNDED
    which = _widening(quantity, text)
    is_counted = which == ABOUT and digits >= PRECISE_DIGITS  # "about 538"
    if which is not None and not is_counted:
        low, high = sorted((value * _WIDER[which][1], value * _WIDER[which][2]))
        return low, high, ROUNDED
    half = abs(value) * (0.006 if digits >= PRECISE_DIGITS else 0.002)
    return value - half, value + half, ESTIMATED if is_counted else 0


def _widening(quantity: Quantity, text: str) -> int | None:
    """Return which line of _WIDER stands at a figure."""
    match quantity.comparator:
        case "over" | "at_least":
            return 0
        case "under" | "at_most":
            return 1
        case "about":
            return ABOUT
    words = _WORD.findall(text[max(0, quantity.start - BEFORE_CHARS) : quantity.end].lower())
    if _WIDENS.isdisjoint(words):
        return None
    said_so = {*words, *map(" ".join, pairwise(words))}
    return next((number for number, (wider, _, _) in enumerate(_WIDER) if said_so & wider), None)


def _digits(value: float) -> int:
    """Return the number of significant digits.

    >>> _digits(227.7e9), _digits(20), _digits(0.5)
    (4, 1, 1)
    """
    shown = f"{abs(value):.9g}".split("e")[0].replace(".", "")
    return min(255, len(shown.strip("0")))
