"""Whether two quotations, or two statements, are the same: how sure, in thousandths; 0 = not the same.

`who` is 1 where the speakers are the same, -1 where they differ and 0 where one is not known.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing, compiled
from service.languages.en import threading as english
from service.languages.en.places import LAST_WORDS, NATIONALITIES, PLACES
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
from service.sketch.claims.stem_weights import UNIT, Shorts
from service.threads.clauses import (
    BOTH,
    COUNT,
    DAYS,
    MASS,
    MEASURES,
    PLAIN,
    QUOTED,
    RUN,
    SHARE,
    STATED,
    WHO,
    Bars,
    first_met,
)
from service.threads.overlap import in_order, longest_run, overlap

SURE = 1_000
"""Parts of a sureness of 1."""
QUOTED_SHARE_MIN = 250
"""Share of the smaller quotation that any row asks for; below it nothing more is measured."""
RUN_SURE = 600
"""How sure six words in a row make us at least."""
ALL_WORDS = 900
"""Share of the weight of both statements, in thousandths, from which on the order of their words must be one too."""
ORDERED_MIN = 800
"""Share of the weight in common that must stand in one order there, in thousandths: it tells who did it to whom."""

_PLACES: Final = np.array(
    sorted({stem_hash(place) for place in PLACES | LAST_WORDS | NATIONALITIES}), np.uint32
)
"""Stems of places and their people: two articles may call one country by several."""
_OPPOSITES: Final = np.array([stem_hash(word) for word in english.OPPOSITES], np.uint32).reshape(-1, 2)
_KNOWING: Final = np.array(sorted({stem_hash(word) for word in english.KNOWING}), np.uint32)


@borrowing
def same_speaker(a: int, b: int) -> int:
    """Return 1, 0 or -1 for two hashes of speakers."""
    if a == 0 or b == 0:
        return 0
    return 1 if a == b else -1


@compiled
def measure_quotations(
    a: Words,
    b: Words,
    masses: tuple[int, int, int, int],
    who: int,
    days: int,
    slots: Words,
    weights: Shorts,
) -> Bars:
    """Measure two quotations. `masses` are those of a and b, of different stems and of all. All 0: no row is met."""
    mass_a, mass_b, all_a, all_b = masses
    out = np.zeros(MEASURES, np.int64)
    out[WHO], out[DAYS] = who, days
    mass, count, unnamed, plain = overlap(a, b, slots, weights)
    if count < 2 or unnamed == 0 or mass * 4 < min(mass_a, mass_b):
        return out
    common = in_order(a, b, slots, weights)
    out[SHARE] = min(SURE, common * SURE // max(1, min(all_a, all_b)))
    if out[SHARE] < QUOTED_SHARE_MIN:
        return out
    out[BOTH] = mass * SURE // max(1, mass_a + mass_b - mass)
    out[MASS], out[COUNT], out[PLAIN] = common, count, plain
    out[RUN] = longest_run(a, b)
    return out


@compiled
def same_quotation(
    a: Words,
    b: Words,
    masses: tuple[int, int, int, int],
    who: int,
    days: int,
    slots: Words,
    weights: Shorts,
) -> int:
    """Compare the words between the marks."""
    measured = measure_quotations(a, b, masses, who, days, slots, weights)
    row = first_met(QUOTED, measured) if measured[RUN] else -1
    if row == 0:  # six words in a row are a quotation of a quotation
        return int(max(measured[SHARE], RUN_SURE))
    return int(measured[SHARE]) if row > 0 else 0


@borrowing
def _is_in(word: int, words: Words) -> bool:
    found = False
    for other in words:
        found |= other & CONTENT != 0 and other >> HASH_SHIFT == word >> HASH_SHIFT
    return found


@borrowing
def _is_place(word: int) -> bool:
    found = False
    for place in _PLACES:
        found |= place == word >> HASH_SHIFT
    return found


@borrowing
def _names_ahead(a: Words, b: Words, or_place: bool) -> bool:
    """Tell whether a name stands in `a` before the first word that stands in `b` too; a place is one if `or_place`."""
    for x in a:
        if x & CONTENT:
            if _is_in(x, b):
                return False
            if x & NAME or or_place:
                is_place = _is_place(x)
                if (x & NAME and not is_place) or (or_place and is_place):
                    return True
    return False


@borrowing
def are_of_others(a: Words, b: Words, or_place: bool) -> bool:
    """Tell whether each of two claims names somebody that the other does not, before any word of both."""
    return _names_ahead(a, b, or_place) and _names_ahead(b, a, or_place)


@borrowing
def are_contrary(a: Words, b: Words) -> bool:
    """Tell whether one of two opposites stands in each of two claims, and not the other one."""
    for pair in _OPPOSITES:
        one_a, other_a = _stands(pair[0], a), _stands(pair[1], a)
        if one_a != other_a and one_a == _stands(pair[1], b) and other_a == _stands(pair[0], b):
            return True
    return False


@borrowing
def _stands(stem: int, words: Words) -> bool:
    found = False
    for word in words:
        found |= word >> HASH_SHIFT == stem
    return found


@borrowing
def only_names_differ(a: Words, b: Words) -> bool:
    """Tell whether each of two claims has a name that the other has not, and no other word of its own: as "the port of
    Tarrow" and "the port of Skerry" have it. Countries are called by several names."""
    return _own_words_are_names(a, b) and _own_words_are_names(b, a)


@borrowing
def _own_words_are_names(a: Words, b: Words) -> bool:
    found = False
    for x in a:
        if x & CONTENT and not x & (NUMBER | TAKEN) and not _is_in(x, b):
            if not x & NAME or _is_place(x):
                return False
            found = True
    return found


@borrowing
def has_own_name(a: Words, b: Words) -> bool:
    """Tell whether a name stands in `a` and not in `b`."""
    found = False
    for x in a:
        found |= x & FIRST != 0 and x & NAME != 0 and not _is_in(x, b)
    return found


@compiled
def measure_statements(
    a: Words, b: Words, masses: tuple[int, int], who: int, days: int, slots: Words, weights: Shorts
) -> Bars:
    """Measure what two people are reported to have said. All 0: no row is met, as it is about two people, or the words
    are turned round."""
    mass_a, mass_b = masses
    mass, count, _, plain = overlap(a, b, slots, weights)
    out = np.zeros(MEASURES, np.int64)
    out[WHO], out[DAYS] = who, days
    both = mass * SURE // max(1, mass_a + mass_b - mass)
    if who != 1 and are_of_others(a, b, False):  # each is about somebody of its own
        return out
    if only_names_differ(a, b):
        return out
    if both >= ALL_WORDS and in_order(a, b, slots, weights) * SURE < mass * ORDERED_MIN:
        return out
    out[BOTH], out[COUNT], out[PLAIN], out[MASS] = both, count, plain, mass
    out[SHARE] = mass * SURE // max(1, min(mass_a, mass_b))
    if who >= 0 and plain >= 3 and out[SHARE] >= SURE // 2:  # no row asks others for words in a row
        out[RUN] = longest_run(a, b)
    return out


@borrowing
def same_statement(measured: Bars) -> int:
    """Return how sure two statements are the same."""
    return int(measured[BOTH]) if first_met(STATED, measured) >= 0 else 0


@borrowing
def may_deny(measured: Bars, denied: Words, other: Words) -> bool:
    """Tell whether one of two statements, the one `denied`, can be about the other: not only about who knew of it."""
    for word in denied:
        for known in _KNOWING:
            if known == word >> HASH_SHIFT and not _stands(known, other):
                return False
    return bool(measured[MASS] >= 10 * UNIT and measured[PLAIN] >= 3 and measured[DAYS] <= 5)
