"""Word types -> attribute rows: computed once a type, kept in a table of bounded size."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from service.core.lexicon import ABBREVIATIONS, CLAUSE_OPENERS, PRONOUNS, SAYING, THINKING, TITLES
from service.core.quotes import columns as c

TYPES_MAX = 1 << 16
"""Types remembered at once. A stream of ever new words starts the table afresh; results do not depend on it."""
KEY_CHARS_MAX = 64
PASSAGE_ROWS = 512
"""Rows kept free for descriptions of marked passages, of which there are fewer."""

_OPENERS = {word: number for number, word in enumerate(CLAUSE_OPENERS)}
_SHAPE_NAMES = {
    c.DIGITS: "d",
    c.PUNCTUATION: "p",
    c.CAPITALS: "XX",
    c.CAPITAL: "Xx",
    c.LOWER: "x",
}
_DIGIT = re.compile(r"\d")
SPACE = 0
"""The row of white space: no token."""

Clusters = Callable[[int], tuple[int, int, int] | None]
"""Word hash -> its coarse, middle and fine cluster."""


def word_hash(word: str) -> int:
    """31 bits that stand for a word wherever the model knows it."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) & 0x7FFFFFFF


def folded(word: str) -> str:
    """The form that is hashed: lower case, straight apostrophe, every digit a zero."""
    low = word.lower().replace("’", "'")
    return _DIGIT.sub("0", low) if low[:1].isdigit() else low


class TypeTable:
    """Surface form -> row of type columns. Not for use by two threads at once."""

    def __init__(
        self,
        clusters: Clusters = lambda _: None,
        cue_hashes: frozenset[int] = frozenset(),
        types_max: int = TYPES_MAX,
    ) -> None:
        self._clusters = clusters
        self._cue_hashes = cue_hashes
        self.types_max = types_max
        self.rows: npt.NDArray[np.int32] = np.zeros((types_max, c.TYPE_COLUMNS), np.int32)
        self.generation = 0
        self.start_afresh()

    def start_afresh(self) -> None:
        """Forget all types; whoever caches by row number looks at `generation`."""
        self.codes: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self.count = 1
        self.generation += 1
        self._add("\n", self._newline_row())
        self._unknown = {
            kind: self._add(f"\x00{kind}", self._word_row("\x00", kind)) for kind in _SHAPE_NAMES
        }

    def make_room(self, types: int) -> None:
        """Called before a text of at most `types` new types: rows must not change under it."""
        if self.count + types > self.types_max - PASSAGE_ROWS and self.count > len(_SHAPE_NAMES) + 2:
            self.start_afresh()

    def code(self, part: str) -> int:
        """Twice the row, plus one if `part` carries a trailing space. Bounded however many types come."""
        known = self.codes.get(part)
        if known is not None:
            return known
        trailing = len(part) > 1 and part[-1] == " "
        word = part[:-1] if trailing else part
        if word.isspace():
            return self._remember(part, self._numbers["\n"] * 2 if "\n" in part else SPACE)
        number = self.number(word[:KEY_CHARS_MAX])
        return self._remember(part, number * 2 + trailing)

    def _remember(self, part: str, code: int) -> int:
        if len(part) <= KEY_CHARS_MAX and len(self.codes) < 2 * self.types_max:
            self.codes[part] = code
        return code

    def number(self, word: str) -> int:
        """The row of a word."""
        known = self._numbers.get(word)
        if known is not None:
            return known
        kind = shape_of(word)
        if self.count >= self.types_max - PASSAGE_ROWS:
            return self._unknown[kind]
        return self._add(word, self._word_row(word, kind))

    def passage_number(self, passage: str, *, closed: bool) -> int:
        """The row of a marked passage: it is known by its length and its edges alone."""
        key, row = describe_passage(passage, closed=closed)
        known = self._numbers.get(key)
        return self._add(key, row) if known is None else known

    def _add(self, key: str, row: list[int]) -> int:
        number = self.count
        self.rows[number] = row
        self._numbers[key] = number
        self.count += 1
        return number

    def _newline_row(self) -> list[int]:
        return [word_hash("\n"), word_hash("nl"), c.NEWLINE, 0, 0, -3, -3, -3, 99, c.BREAKS]

    def _word_row(self, word: str, shape: int) -> list[int]:
        low = folded(word)
        hashed = word_hash(low)
        clusters = self._clusters(hashed) or (
            -10 - (shape == c.CAPITAL) - 2 * (shape == c.CAPITALS),
            -10 - 3 * (shape == c.CAPITAL) - 5 * low.endswith("s"),
            -10,
        )
        return [
            hashed,
            word_hash(_SHAPE_NAMES[shape]),
            self._kind(low, hashed, shape),
            word_hash(low[-3:]),
            word_hash(low[-2:]),
            *clusters,
            _OPENERS.get(low, -1),
            _flags(word, low),
        ]

    def _kind(self, low: str, hashed: int, shape: int) -> int:
        if low in SAYING:
            return c.SAYS
        if low in THINKING:
            return c.THINKS
        if hashed in self._cue_hashes:
            return c.CUES
        if low in PRONOUNS:
            return c.PRONOUN
        if low in TITLES:
            return c.TITLE
        return shape


def shape_of(word: str) -> int:
    """Digits, punctuation, capitals, capital or lower."""
    first = word[0]
    if first.isdigit():
        return c.DIGITS
    if not first.isalnum() and first not in "'’":
        return c.PUNCTUATION
    if word.isupper() and len(word) > 1:
        return c.CAPITALS
    return c.CAPITAL if first.isupper() else c.LOWER


def _flags(word: str, low: str) -> int:
    flags = c.ENDS if word in (".", "!", "?") else c.SHUTS if word in (")", "]") else 0
    if word[0].isupper() or word[0].isdigit() or word[0] in "(‘[$":
        flags |= c.MAY_BEGIN
    if low in ABBREVIATIONS or (len(word) == 1 and word.isupper()):
        flags |= c.ABBREVIATED
    return flags


def describe_passage(passage: str, *, closed: bool) -> tuple[str, list[int]]:
    """Key and row of a passage: how long, capital or not, what its last character is, whether it is closed."""
    inner = passage.strip("“”„«»\"'‘’` \t")
    last = inner[-1:] if inner[-1:] in ".,?!;:—-…" and inner else "w"
    words = inner.count(" ") + 1
    size = "1" if words < 2 else "2" if words < 4 else "4" if words < 7 else "7" if words < 15 else "15"
    begins = ("C" if inner[:1].isupper() else "c") + last
    tail = "" if closed else "u"
    key = f"\x01Q|{size}|{begins}|{tail}"
    flags = c.MARKED | (c.MARKED_ENDS if last in ".?!" else 0) | (c.MARKED_STOPS if last == "." else 0)
    row = [word_hash(key), word_hash("Q"), c.PASSAGE, word_hash(size + begins)]
    row += [word_hash("Q" + begins + tail), -2, -2, -2, -1, flags]
    return key, row
