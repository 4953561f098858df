"""Whether two claims are about one party, by their names: those of who tells a sentence, and of days, say nothing."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from service.compiled import borrowing
from service.languages.en import threading as english
from service.languages.en.places import COUNTRY_OF, LAST_WORDS, NATIONALITIES, PLACES
from service.sketch.claims.claim_figures import CURRENCY
from service.sketch.claims.claim_words import (
    CONTENT,
    FIRST,
    HASH_SHIFT,
    NAME,
    NUMBER,
    TAKEN,
    Words,
    stem_hash,
)

Figure = Any
"""One row of FIGURE, as compiled code sees it."""

AHEAD_WORDS: Final = 6
"""Words from a name to the verb of saying behind it, at most, where both stand in front of the figure."""

NEAR_WORDS: Final = 7
"""Words to either side of a figure in which the party or the place stands whose figure it is."""

_PLACES: Final = np.array(
    sorted({stem_hash(place) for place in PLACES | LAST_WORDS | NATIONALITIES}), np.uint32
)
"""Stems of places and their people: two articles may call one country by several."""
_ADJECTIVES: Final = np.array([stem_hash(word) for word in COUNTRY_OF], np.uint32)
_COUNTRIES: Final = np.array([stem_hash(word) for word in COUNTRY_OF.values()], np.uint32)
"""Adjectives of countries, "Chinese", and the country of each."""
_NO_PARTIES: Final = np.array(sorted({stem_hash(word) for word in english.NO_PARTIES}), np.uint32)
_SAYING: Final = np.array(sorted({stem_hash(word) for word in english.SAYING}), np.uint32)
_REPORTING: Final = np.array(sorted({stem_hash(word) for word in english.REPORTING}), np.uint32)
_AGAIN: Final = np.array(sorted({stem_hash(word) for word in english.SPEAKER_AGAIN}), np.uint32)
_ACCORDING: Final = stem_hash(english.ACCORDING)
_THAT: Final = stem_hash(english.THAT)


@borrowing
def _is_in(word: int, words: Words) -> bool:
    found = False
    for other in words:
        found |= other & CONTENT != 0 and other >> HASH_SHIFT == word >> HASH_SHIFT
    return found


@borrowing
def share_country(a: Words, b: Words) -> bool:
    """Tell whether one names a country, and the other its adjective, "Chinese", by itself: in no longer name."""
    return _has_adjective_of(a, b) or _has_adjective_of(b, a)


@borrowing
def _has_adjective_of(a: Words, b: Words) -> bool:
    found = False
    for at in range(a.size):
        if a[at] & NAME == 0 or (at + 1 < a.size and a[at + 1] & NAME):
            continue
        for n in range(_ADJECTIVES.size):
            if _ADJECTIVES[n] == a[at] >> HASH_SHIFT:
                for each in b:
                    found |= each & NAME != 0 and each >> HASH_SHIFT == _COUNTRIES[n]
    return found


@borrowing
def is_of(word: int, stems: Words) -> bool:
    """Tell whether a word has one of some stems."""
    found = False
    for stem in stems:
        found |= stem == word >> HASH_SHIFT
    return found


@borrowing
def _names_ahead(a: Words, b: Words) -> bool:
    """Tell whether a name stands in `a` before the first word that stands in `b` too; a place is none."""
    for x in a:
        if x & CONTENT:
            if _is_in(x, b):
                return False
            if x & NAME and not is_of(x, _PLACES):
                return True
    return False


@borrowing
def are_of_others(a: Words, b: Words) -> bool:
    """Tell whether each of two claims names somebody that the other does not, before any word of both."""
    return _names_ahead(a, b) and _names_ahead(b, a)


@borrowing
def _party_ahead(a: Words, b: Words, f: Figure) -> bool:
    """Tell whether a name or a place stands in `a` before the first word that stands in `b` too, and tells nothing."""
    for at in range(a.size):
        if a[at] & CONTENT:
            if _is_in(a[at], b):
                return False
            if (a[at] & NAME or is_of(a[at], _PLACES)) and not _tells(a, at, f, True):
                return True
    return False


@borrowing
def have_parties_ahead(a: Words, b: Words, f: Figure, g: Figure) -> bool:
    """Tell whether figures of two claims are each of a party, or a place, that is named before any word of both."""
    return _party_ahead(a, b, f) and _party_ahead(b, a, g)


@borrowing
def only_names_differ(a: Words, b: Words) -> bool:
    """Tell whether each of two statements has a name that the other has not, and no other word of its own. Countries
    are called by several names."""
    return _own_words_are_names(a, b) and _own_words_are_names(b, a)


@borrowing
def _own_words_are_names(a: Words, b: Words) -> bool:
    found = False
    for x in a:
        if x & CONTENT and not x & (NUMBER | TAKEN) and not _is_in(x, b):
            if not x & NAME or is_of(x, _PLACES):
                return False
            found = True
    return found


@borrowing
def only_parties_differ(a: Words, b: Words, f: Figure, g: Figure) -> bool:
    """Tell whether each of two sentences about a figure has a party that the other has not, and no other word of its
    own: as "the port of Tarrow" and "the port of Skerry" have it."""
    if not (_own_words_are_names(a, b) and _own_words_are_names(b, a)):
        return False
    ahead = not f.flags & CURRENCY  # who tells of money often tells of its own
    return _has_own_party(a, b, f, ahead) and _has_own_party(b, a, g, ahead)


@borrowing
def has_own_name(a: Words, b: Words) -> bool:
    """Tell whether a name stands in `a` and not in `b`."""
    found = False
    for x in a:
        found |= x & FIRST != 0 and x & NAME != 0 and not _is_in(x, b)
    return found


@borrowing
def has_own_party(a: Words, b: Words, f: Figure) -> bool:
    """Tell whether a name stands in `a` and not in `b`, but for days and who tells the figure."""
    return _has_own_party(a, b, f, True)


@borrowing
def _has_own_party(a: Words, b: Words, f: Figure, ahead: bool) -> bool:
    for at in range(a.size):
        x = a[at]
        is_own = x & FIRST and x & NAME and not _is_in(x, b)
        if is_own and not is_of(x, _NO_PARTIES) and not _tells(a, at, f, ahead):
            return True
    return False


@borrowing
def has_own_name_near(a: Words, b: Words, f: Figure) -> bool:
    """Tell whether a whole name beside a figure of `a` has no word in `b`, but for days and who tells the figure: of
    "President Donald Trump" one word in `b` is enough."""
    if f.length == 0:
        return False
    at, end = max(0, f.start - NEAR_WORDS), min(a.size, f.start + f.length + NEAR_WORDS)
    while at < end:
        if not a[at] & NAME:
            at += 1
            continue
        is_own = True
        while at < a.size and a[at] & NAME:
            is_own &= not (a[at] & TAKEN or _is_in(a[at], b) or is_of(a[at], _NO_PARTIES))
            is_own = is_own and not _tells(a, at, f, True)
            at += 1
        if is_own:
            return True
    return False


@borrowing
def has_own_place(a: Words, b: Words) -> bool:
    """Tell whether a place is named in `a` and not in `b`."""
    found = False
    for x in a:
        found |= x & NAME != 0 and is_of(x, _PLACES) and not _is_in(x, b)
    return found


@borrowing
def _tells(words: Words, at: int, f: Figure, ahead: bool) -> bool:
    """Tell whether a name is that of who tells a sentence: beside a verb of saying behind the figure, behind "according
    to", or, if `ahead`, in front of a verb of saying with another subject behind it."""
    if f.length == 0:
        return False
    end, verb = f.start + f.length, at + 1
    while verb < words.size and words[verb] & NAME:
        verb += 1
    if end <= verb < words.size and is_of(words[verb], _REPORTING):
        return True
    verb = at - 1
    while (
        verb >= 0 and not is_of(words[verb], _REPORTING) and (words[verb] & NAME or not words[verb] & CONTENT)
    ):
        verb -= 1
    if verb >= 0 and is_of(words[verb], _REPORTING):
        return bool(verb >= end or words[verb] >> HASH_SHIFT == _ACCORDING)
    if ahead:
        for verb in range(at + 1, min(f.start, at + 1 + AHEAD_WORDS)):
            if is_of(words[verb], _SAYING):
                behind = verb + 1
                if behind < words.size and words[behind] >> HASH_SHIFT == _THAT:
                    behind += 1
                return not (behind < words.size and is_of(words[behind], _AGAIN))
    return False
