"""Whether two quotations, or two statements, are the same: how sure, in thousandths; 0 = not the same.

`who` is 1 where the speakers are the same, -1 where they differ and 0 where one is not known.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing, compiled
from service.languages.en import threading as english
from service.sketch.claims.claim_words import HASH_SHIFT, Words, stem_hash
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
    SAME_SPEAKER,
    SHARE,
    STATED,
    STORY_FEW_MIN,
    STORY_PLAIN_MIN,
    STORY_SHARE_MIN,
    STORY_SPEAKER,
    UNKNOWN_SPEAKER,
    WHO,
    Bars,
    first_met,
)
from service.threads.overlap import in_order, longest_run, overlap
from service.threads.parties import are_of_others, only_names_differ

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
    out[WHO], out[DAYS] = min(who, SAME_SPEAKER), days
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
    few = plain >= STORY_FEW_MIN and out[SHARE] >= STORY_SHARE_MIN
    if who == STORY_SPEAKER and plain < STORY_PLAIN_MIN and not few:
        out[WHO] = UNKNOWN_SPEAKER
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
) -> tuple[int, int]:
    """Compare the words between the marks: how sure they are the same, and the weight they have in common."""
    measured = measure_quotations(a, b, masses, who, days, slots, weights)
    row = first_met(QUOTED, measured) if measured[RUN] else -1
    if row == 0:  # six words in a row are a quotation of a quotation
        return int(max(measured[SHARE], RUN_SURE)), int(measured[MASS])
    return int(measured[SHARE]) if row > 0 else 0, int(measured[MASS])


@borrowing
def _stands(stem: int, words: Words) -> bool:
    found = False
    for word in words:
        found |= word >> HASH_SHIFT == stem
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
    if who != 1 and are_of_others(a, b):  # each is about somebody of its own
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
