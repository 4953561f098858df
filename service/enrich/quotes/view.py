"""The described tokens of a text for all the rules that walk over them."""

from __future__ import annotations

import bisect
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from service.enrich.quotes import columns as c
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.sentences import sentence_bounds
from service.enrich.quotes.tokens import Tokens
from service.enrich.quotes.vocabulary import word_hash

Range = tuple[int, int]
"""First token and the one after the last."""
Offsets = tuple[int, int]
"""Start and end of a slice of the text, end exclusive."""

_ACCORDING = word_hash("according")
_HASH_BYTES = 4
OUTSIDE_TOKENS = 8
"""Number of tokens before and behind the text that may be asked for by their hash or their kind."""
TELLING_MAX = 2
"""Number of places kept of a word: of the one asked about, another has to be known."""
TOLD_SINGLY_MAX = 50
"""Maximum number of words of one text whose places are looked for one by one; then all tokens are sorted."""
_OUTSIDE = bytes(_HASH_BYTES * OUTSIDE_TOKENS)
_LINE_ENDS = bytes([c.NEWLINE] * OUTSIDE_TOKENS)
"""Kinds of the tokens before and behind the text: a line ends there."""


def numbers(column: Int32s) -> array[int]:
    """Return a column as plain integers, each made when asked for: for columns of which rules read a tenth."""
    return array("i", column.tobytes())


def hashes_of(column: Int32s) -> array[int]:
    """Return a column of hashes, with zeros behind it for tokens a little outside the text, on either side."""
    return array("i", column.tobytes() + _OUTSIDE)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text that are not mere line breaks, in order."""

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, tokens: Tokens) -> Sentences:
        """Find where the sentences of a text stand."""
        starts, ends = sentence_bounds(tokens.starts, tokens.ends, tokens.flags, tokens.sentences)
        return cls(starts.tolist(), ends.tolist())

    def at(self, offset: int) -> Offsets:
        """Return the sentence that holds `offset`; the one before it, if it stands between two."""
        place = bisect.bisect_right(self.starts, offset) - 1
        if place < 0:
            place = 0
        return self.starts[place], self.ends[place]

    def around(self, start: int, end: int) -> Offsets:
        """Return where the sentence that holds `start` begins, and the one before `end` ends, if not before `end`."""
        low, high = self.at(start)
        return low, high if end <= high else max(end, self.at(end - 1)[1])


class _Lows(dict[int, str]):
    """Tokens in lower case with a straight apostrophe, each made when it is first asked for."""

    __slots__ = ("_count", "_ends", "_starts", "_text")

    def __init__(self, text: str, starts: Sequence[int], ends: Sequence[int]) -> None:
        super().__init__()
        self._text, self._count = text, len(starts)
        self._starts, self._ends = starts, ends

    def __missing__(self, token: int) -> str:
        word = ""
        if 0 <= token < self._count:
            word = self._text[self._starts[token] : self._ends[token]]
            word = word.lower() if word.isascii() else _lowered(word)
        self[token] = word
        return word


def _lowered(text: str) -> str:
    """Return a word in lower case with straight apostrophes, each character where it stands in the word."""
    return text.replace("İ", "I").lower().replace("’", "'")  # no other letter has two in lower case


class View:
    """Tokens by number; asking for one outside the text gives an empty word."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.text = tokens.text
        self.count = tokens.described
        self.starts = numbers(tokens.starts[: self.count])
        self.ends = numbers(tokens.ends[: self.count])
        self.kinds = tokens.attributes[: self.count, c.KIND].astype(np.uint8).tobytes() + _LINE_ENDS
        self.hashes = hashes_of(tokens.attributes[:, c.WORD])  # a slice is an array, which equals no list
        self._packed_hashes = self.hashes.tobytes()
        self.endings = hashes_of(tokens.attributes[:, c.SUFFIX2])
        """Hashes of the last two letters of each token."""
        self.sentences = numbers(tokens.sentences[: self.count])
        self.paragraphs = numbers(tokens.paragraphs[: self.count])
        self.lows: Mapping[int, str] = _Lows(self.text, self.starts, self.ends)
        self._told: dict[int, list[tuple[int, bool]]] = {}

    def __getitem__(self, token: int) -> str:
        if not 0 <= token < self.count:
            return ""
        return self.text[self.starts[token] : self.ends[token]]

    @cached_property
    def accordings(self) -> Sequence[int]:
        """List the tokens that are "according"."""
        return self.places(_ACCORDING)

    def places(self, word: int) -> list[int]:
        """List the tokens that are a word, which is given by its hash."""
        packed, wanted = self._packed_hashes, word.to_bytes(_HASH_BYTES, sys.byteorder)
        found: list[int] = []
        at = packed.find(wanted)
        while at >= 0:
            token, odd = divmod(at, _HASH_BYTES)
            if not odd:
                found.append(token)
            at = packed.find(wanted, at + 1)
        return found

    def telling_places(self, word: int) -> list[tuple[int, bool]]:
        """List the first two places of a word that tell whether it is a name, up to one without a capital.

        These are all but those at the start of a sentence with a capital. Each comes with whether it has one.
        """
        told = self._told.get(word)
        if told is None:
            singly = len(self._told) < TOLD_SINGLY_MAX
            told = self._told[word] = self._first_telling(
                self.places(word) if singly else self._sorted_places(word)
            )
        return told

    def _sorted_places(self, word: int) -> list[int]:
        order, ordered = self._by_hash
        low, high = np.searchsorted(ordered, [word, word + 1])
        return [int(place) for place in order[low:high]]

    @cached_property
    def _by_hash(self) -> tuple[Int32s, Int32s]:
        """Return the tokens by their hashes, and those hashes."""
        hashes = np.frombuffer(self._packed_hashes, np.int32)[: self.count]
        order = np.argsort(hashes, kind="stable").astype(np.int32)
        return order, hashes[order]

    def _first_telling(self, places: list[int]) -> list[tuple[int, bool]]:
        found: list[tuple[int, bool]] = []
        for place in places:
            is_capital = self[place][:1].isupper()
            if not is_capital or (place > 0 and self.sentences[place - 1] == self.sentences[place]):
                found.append((place, is_capital))
            if not is_capital or len(found) == TELLING_MAX:
                break
        return found

    def of_kind(self, kind: int) -> list[int]:
        """List the tokens of a kind."""
        found: list[int] = []
        token = self.kinds.find(kind, 0, self.count)
        while token >= 0:
            found.append(token)
            token = self.kinds.find(kind, token + 1, self.count)
        return found

    def words(self, tokens: Range) -> list[str]:
        """Return the tokens of a range in lower case."""
        lows = self.lows
        return [lows[token] for token in range(*tokens)]

    def between(self, first: int, end: int) -> str:
        """Return the text from one token to the one before `end`."""
        return self.text[self.starts[first] : self.ends[end - 1]]

    def offsets(self, tokens: Range) -> Offsets:
        """Return where a range of tokens stands in the text."""
        return self.starts[tokens[0]], self.ends[tokens[1] - 1]

    def holds(self, kind: int, pieces: Sequence[Range]) -> bool:
        """Tell whether a token of a kind stands in one of the ranges."""
        if len(pieces) == 1:
            first, end = pieces[0]
            return kind in self.kinds[first:end]
        return any(kind in self.kinds[first:end] for first, end in pieces)

    def touch(self, token: int) -> bool:
        """Tell whether one character at most stands between a token and the one before it."""
        return self.starts[token] - self.ends[token - 1] <= 1

    def is_capital(self, token: int) -> bool:
        """Tell whether a token of the text begins with a capital letter."""
        return 0 <= token < self.count and self.text[self.starts[token]].isupper()

    def is_passage(self, token: int) -> bool:
        """Tell whether a token is a marked passage."""
        return 0 <= token < self.count and self.kinds[token] == c.PASSAGE
