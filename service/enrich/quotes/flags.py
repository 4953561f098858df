"""Is a claim negated, is it hedged? Read from its words and its cue."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable
from functools import cache

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes.codepoints import Bytes, Int32s, Points, folds
from service.enrich.quotes.vocabulary import hash_points, word_hash
from service.enrich.remembered import remembered
from service.languages.en import ENGLISH
from service.languages.language import Language

_WORD = re.compile(r"[a-z]+")
_NEGATES, _HEDGES, _MAY = 1, 2, 4
AROUND_CHARS = 20
"""Number of characters to either side of a listed word that may make it tell nothing."""
_SLOTS = 512
"""Number of slots of the table of words; a sixth are used."""
_A, _Z, _N, _T, _STRAIGHT, _CURLED, _TO_LOWER = 0x61, 0x7A, 0x6E, 0x74, 0x27, 0x2019, 0x20


class Flags:
    """The negations and hedges of one text, found in one pass and asked for by place."""

    def __init__(self, text: str, points: Points, language: Language = ENGLISH) -> None:
        keys, kinds = _table(language)
        self._of_cue = _reader_of_cues(language)
        self._language = language
        self._text = text
        places, found = _scan(points, folds(), keys, kinds)
        self._places: list[int] = places.tolist()
        self._kinds: list[int] = found.tolist()

    def of(self, segments: Iterable[tuple[int, int]], cue: str) -> tuple[bool, bool]:
        """Tell whether a claim is negated, and whether it is hedged.

        It is negated if the words of the segments say that something is not so, or if the cue denies it. It is hedged
        if it is put as possible, likely or hearsay.

        >>> from service.enrich.quotes.codepoints import points_of
        >>> text = "that it wasn't late, it may rain"
        >>> flags = Flags(text, points_of(text))
        >>> flags.of([(0, 20)], "said")
        (True, False)
        >>> flags.of([(20, 32)], "denied")
        (True, True)
        """
        flags, places = 0, self._places
        for start, end in segments:
            place = bisect.bisect_left(places, start)
            while place < len(places) and places[place] < end:
                flags |= self._told_by(place)
                place += 1
        cue_negates, cue_hedges = self._of_cue(cue) if cue else (False, False)
        return flags & _NEGATES != 0 or cue_negates, flags & _HEDGES != 0 or cue_hedges

    def _told_by(self, place: int) -> int:
        """Return what a listed word tells where it stands: nothing in "no doubt", "No. 1", "earlier than expected"."""
        at, kind, language = self._places[place], self._kinds[place], self._language
        before = self._around(max(0, at - AROUND_CHARS), at)
        if kind == _NEGATES:
            after = self._around(at, at + AROUND_CHARS)
            number = after.startswith("no.") and after[3:5].strip()[:1].isdigit()
            harmless = after.startswith(language.negates_nothing) or before.endswith(
                language.negates_nothing_behind
            )
            return 0 if number or harmless else kind
        return 0 if before.endswith(language.hedges_nothing_behind) else kind

    def _around(self, start: int, end: int) -> str:
        return self._text[start:end].lower().replace("’", "'")


@cache
def _reader_of_cues(language: Language) -> Callable[[str], tuple[bool, bool]]:
    """Return what tells whether a cue negates and whether it hedges."""

    @remembered
    def of_cue(cue: str) -> tuple[bool, bool]:
        words = _WORD.findall(cue.lower().replace("’", "'").replace("n't", " not"))
        denies = not language.negating_cues.isdisjoint(words)
        denied = not language.cue_negations.isdisjoint(words)
        return denies != denied, not language.hedges.isdisjoint(words)

    return of_cue


@cache
def _table(language: Language) -> tuple[Int32s, Bytes]:
    """Build the open-addressed table of listed words: hashes (0 is free), and what each word says."""
    keys, kinds = np.zeros(_SLOTS, np.int32), np.zeros(_SLOTS, np.uint8)
    listed = (
        dict.fromkeys(language.hedges, _HEDGES) | dict.fromkeys(language.negations, _NEGATES) | {"may": _MAY}
    )
    for word, kind in listed.items():
        hashed = word_hash(word)
        slot = hashed % _SLOTS
        while keys[slot]:
            slot = (slot + 1) % _SLOTS
        keys[slot], kinds[slot] = hashed, kind
    return keys, kinds


@borrowing
def _is_letter(point: int) -> bool:
    return _A <= (point | _TO_LOWER) <= _Z


@compiled
def _scan(points: Points, folded: Points, keys: Int32s, kinds: Bytes) -> tuple[Int32s, Bytes]:
    """Find listed words and the `n't` of others: where each begins, in order, and what it says.

    Words are runs of plain letters.
    """
    places, found = np.empty(len(points), np.int32), np.empty(len(points), np.uint8)
    count, at = 0, 0
    while at < len(points):
        if not _is_letter(points[at]):
            at += 1
            continue
        start = at
        while at < len(points) and _is_letter(points[at]):
            at += 1
        hashed = hash_points(points, start, at, folded, False)
        slot = hashed % _SLOTS
        kind = 0
        while keys[slot] != 0:
            if keys[slot] == hashed:
                kind = kinds[slot]
                break
            slot = (slot + 1) % _SLOTS
        if kind == _MAY:  # May is a month
            kind = _HEDGES if points[start] >= _A else 0
        if kind == 0 and at + 1 < len(points) and (points[at - 1] | _TO_LOWER) == _N:
            apostrophe = points[at] == _STRAIGHT or points[at] == _CURLED
            if apostrophe and (points[at + 1] | _TO_LOWER) == _T:
                kind = _NEGATES
        if kind:
            places[count], found[count] = start, kind
            count += 1
    return places[:count].copy(), found[:count].copy()
