"""Whether two quotations, or two statements, are the same: how sure, in thousandths; 0 = not the same.

Weights are sixty-fourths: 8 * 64 stands for a weight of 8. `who` is 1 where the speakers are the same, -1 where
they differ and 0 where one is not known.
"""

from __future__ import annotations

from service.compiled import compiled
from service.sketch.claims.claim_words import Words
from service.sketch.claims.stem_weights import UNIT, Shorts
from service.threads.overlap import in_order, longest_run, overlap

SURE = 1_000
"""Parts of a sureness of 1."""


@compiled
def same_speaker(a: int, b: int) -> int:
    """Return 1, 0 or -1 for two hashes of speakers."""
    if a == 0 or b == 0:
        return 0
    return 1 if a == b else -1


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
    """Compare the words between the marks. `masses` are those of a and b, of different stems and of all."""
    mass_a, mass_b, all_a, all_b = masses
    mass, count, unnamed, _ = overlap(a, b, slots, weights)
    if count < 2 or unnamed == 0 or mass * 4 < min(mass_a, mass_b):
        return 0
    common = in_order(a, b, slots, weights)
    share = common / max(1, min(all_a, all_b))
    if share < 0.25:
        return 0
    run = longest_run(a, b)
    if run >= 6 and who >= 0:  # six words in a row are a quotation of a quotation
        return int(SURE * max(min(share, 1.0), 0.6))
    if share < 0.55:
        return 0
    both = mass / max(1, mass_a + mass_b - mass)
    if who == 1:
        good = (common >= 8 * UNIT and run >= 3) or (
            share >= 0.9 and common >= 4 * UNIT and run >= 3 and days <= 3
        )
    elif who == 0:
        good = share >= 0.65 and (
            (common >= 8 * UNIT and run >= 3 and count >= 3)
            or (common >= 7.9 * UNIT and run >= 4 and share >= 0.9)
        )
    else:
        is_whole = both >= 0.6 and (common >= 9 * UNIT or (both >= 0.9 and run >= 7))
        good = share >= 0.8 and run >= 5 and (common >= 18 * UNIT or is_whole)
    return int(SURE * min(share, 1.0)) if good else 0


@compiled
def same_statement(
    a: Words, b: Words, masses: tuple[int, int], who: int, days: int, slots: Words, weights: Shorts
) -> tuple[int, int]:
    """Compare what two people are reported to have said. Return how sure, and how much both have in common.

    The second is what a denial is found by: the share of all stems of both, 0 where they share too few plain ones.
    """
    mass_a, mass_b = masses
    mass, count, _, plain = overlap(a, b, slots, weights)
    if plain < 2 and not (plain == 1 and count >= 4):
        return 0, 0
    share, both = mass / max(1, min(mass_a, mass_b)), mass / max(1, mass_a + mass_b - mass)
    if who == 1:
        good = (
            mass >= 10 * UNIT
            and plain >= 2
            and ((both >= 0.28 and days <= 8) or (share >= 0.75 and both >= 0.2 and days <= 3))
        )
    elif who == 0:
        good = mass >= 14 * UNIT and both >= 0.42 and plain >= 3 and days <= 5
    else:
        good = mass >= 18 * UNIT and both >= 0.7 and plain >= 4 and days <= 3
    is_telling = mass >= 10 * UNIT and plain >= 3 and days <= 5
    sure = int(SURE * both)
    return sure if good else 0, sure if is_telling else 0
