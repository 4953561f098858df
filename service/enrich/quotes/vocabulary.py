"""Word hash -> what is known of the word: its kind, its clusters, whether it opens a clause or is an abbreviation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing
from service.enrich.quotes import columns as c
from service.enrich.quotes.codepoints import Int32s, Points, folds, points_of
from service.languages.en import ENGLISH
from service.languages.language import Language

UNKNOWN = -1
KIND, OPENER, FLAGS, COARSE, MIDDLE, FINE = range(6)
VALUES = 6

Int16s = npt.NDArray[np.int16]


_SEED = 0x811C9DC5


@borrowing
def _with_point(h: np.uint64, point: np.uint32, folds: Points, digits: bool) -> np.uint64:
    """Take one step of FNV-1a with a folded code point."""
    if point < 0x10000:
        point = folds[point]
    if digits and 0x30 <= point <= 0x39:
        point = np.uint32(0x30)
    return ((h ^ np.uint64(point)) * np.uint64(0x01000193)) & np.uint64(0xFFFFFFFF)


@borrowing
def _mixed(h: np.uint64) -> int:
    h = (h ^ (h >> np.uint64(15))) * np.uint64(0x2C1B3C6D) & np.uint64(0xFFFFFFFF)
    return int((h ^ (h >> np.uint64(12))) & np.uint64(0x7FFFFFFF))


@borrowing
def hash_points(points: Points, start: int, end: int, folds: Points, digits: bool) -> int:
    """Hash folded code points to 31 bits: FNV-1a over whole code points, then mixed.

    With `digits`, all digits count as one.
    """
    h = np.uint64(_SEED)
    for at in range(start, end):
        h = _with_point(h, points[at], folds, digits)
    return _mixed(h)


@borrowing
def hash_endings(points: Points, end: int, folds: Points, digits: bool) -> tuple[int, int]:
    """Hash the last three and the last two of at least three code points, as `hash_points` does."""
    seed = np.uint64(_SEED)
    three = _with_point(seed, points[end - 3], folds, digits)
    three = _with_point(three, points[end - 2], folds, digits)
    two = _with_point(seed, points[end - 2], folds, digits)
    three = _with_point(three, points[end - 1], folds, digits)
    two = _with_point(two, points[end - 1], folds, digits)
    return _mixed(three), _mixed(two)


def word_hash(word: str) -> int:
    """Hash a word in any case, as tokens are hashed."""
    points = points_of(word)
    return int(hash_points(points, 0, len(points), folds(), word[:1].isdigit()))


def word_hashes(words: Iterable[str]) -> frozenset[int]:
    """Return the hashes of words: whether a token is one of them is asked without making a string of it."""
    return frozenset(map(word_hash, words))


class Vocabulary:
    """An open-addressed table: `keys` (0 is free) and `values`, one row a slot."""

    def __init__(
        self,
        cues: Iterable[int] = (),
        clusters: Mapping[int, tuple[int, int, int]] | None = None,
        language: Language = ENGLISH,
    ) -> None:
        rows: dict[int, list[int]] = {}
        for hashed, numbers in (clusters or {}).items():
            rows[hashed] = [UNKNOWN, UNKNOWN, 0, *numbers]
        for kind, hashes in (
            (c.TITLE, map(word_hash, language.titles)),
            (c.PRONOUN, map(word_hash, language.pronouns)),
            (c.CUES, cues),
            (c.THINKS, map(word_hash, language.thinking)),
            (c.SAYS, map(word_hash, language.saying)),
        ):
            for hashed in hashes:
                _row(rows, hashed)[KIND] = kind
        for number, word in enumerate(language.clause_openers):
            _row(rows, word_hash(word))[OPENER] = number
        for flag, listed in _flagged(language):
            for word in listed:
                _row(rows, word_hash(word))[FLAGS] |= flag
        self.keys, self.values = _table(rows)


def _flagged(language: Language) -> tuple[tuple[int, Iterable[str]], ...]:
    """Pair each flag of a token with the words that have it."""
    return (
        (c.ABBREVIATED, language.abbreviations),
        (c.CAPITALISED, language.capitalised_abbreviations),
        (c.ACRONYM, language.acronyms),
        (c.GOES_ON, language.joining_abbreviations),
        (c.OPENS, language.sentence_openers),
        (c.FOREIGN, language.foreign),
        (c.COMMON, language.common),
        (c.NEVER_NAMES, language.never_names),
        (c.TITLED, language.name_titles),
        (c.PARTICLE, language.particles),
    )


def _row(rows: dict[int, list[int]], hashed: int) -> list[int]:
    return rows.setdefault(hashed, [UNKNOWN, UNKNOWN, 0, UNKNOWN, UNKNOWN, UNKNOWN])


def _table(rows: Mapping[int, list[int]]) -> tuple[Int32s, Int16s]:
    size = 1 << max(10, (2 * len(rows)).bit_length())
    keys: npt.NDArray[np.int32] = np.zeros(size, np.int32)
    values: npt.NDArray[np.int16] = np.full((size, VALUES), UNKNOWN, np.int16)
    for hashed, row in rows.items():
        slot = hashed & (size - 1)
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot] = hashed
        values[slot] = row
    return keys, values
