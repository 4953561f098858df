"""Whether two figures exclude each other: they differ, and what is said around them says that one measure is meant."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_figures import CURRENCY, NO_MEASURE, PERCENT, Figures
from service.sketch.claims.claim_words import Words
from service.sketch.claims.stem_weights import UNIT
from service.threads.aspects import are_of_all_places, are_of_one_aspect, harm_of
from service.threads.figure_context import MASS_COMMON, NEAR, NEAR_PLAIN, PLAIN_COMMON, SHARED, Figure, Places
from service.threads.parties import has_own_name_near, has_own_party, has_own_place
from service.threads.said import SURE
from service.threads.same_measure import of_one_measure, share_name

DISPUTED_MIN: Final = 5
"""Larger of two disputed counts, at least: below, two articles count different things."""
RATIO_MAX: Final = 1.8
"""Maximum of how many times the smaller of two disputed figures the larger one is, by the widest row."""

(SHARE, MASS, RATIO, NEAR_MIN, NEAR_PLAIN_MIN, PLAIN_MIN, WANTS) = range(7)
"""Columns of a row. SHARE: of the smaller context, in thousandths; MASS: weight in common, in sixty-fourths; RATIO: how
many times the smaller figure the larger one is at most, in thousandths; then common stems
beside both figures, plain ones beside both, plain ones at all; WANTS: flags."""
MONEY: Final = 1
STORY: Final = 2
PARTY: Final = 4
HARM: Final = 8
"""Flags of WANTS: amounts of money, not counts; both articles of one story; a name in common, and not on either side
another one beside the figure; one harm said of both figures, in one place."""


def _row(
    share: float,
    mass: float,
    ratio: float,
    near: int = 0,
    near_plain: int = 0,
    plain: int = 0,
    wants: int = 0,
) -> list[int]:
    return [round(share * SURE), round(mass * UNIT), round(ratio * 1_000), near, near_plain, plain, wants]


EXCLUDING: Final[Places] = np.array(
    [
        _row(0.52, 5, 1.45, near=1, plain=2),
        _row(0.36, 9, 1.45, near=2, plain=2, wants=PARTY),
        _row(0.36, 11, 1.2, plain=2, wants=PARTY),
        _row(0.16, 5, 1.45, near=1, near_plain=1, plain=3, wants=HARM),
        _row(0.6, 5, 1.8, plain=2, wants=HARM),
        _row(0.7, 10, 1.3, near_plain=2, wants=MONEY),
        _row(0.2, 8, 1.15, plain=4, wants=MONEY | STORY),
    ]
)
"""When two figures of one unit exclude each other: each row is enough."""


@borrowing
def may_exclude(f: Figure, g: Figure) -> bool:
    """Tell whether two different figures can be of one measure, whatever is said about them."""
    if f.unit == 0 or f.unit != g.unit or (f.flags | g.flags) & (PERCENT | NO_MEASURE):
        return False
    smaller, larger = min(f.value, g.value), max(f.value, g.value)
    return bool(smaller > 0 and DISPUTED_MIN <= larger <= RATIO_MAX * smaller)


@borrowing
def _meets(row: Places, f: Figure, g: Figure, measured: Places) -> bool:
    return bool(
        measured[SHARED] >= row[SHARE]
        and measured[MASS_COMMON] >= row[MASS]
        and max(f.value, g.value) * 1_000 <= row[RATIO] * min(f.value, g.value)
        and measured[NEAR] >= row[NEAR_MIN]
        and measured[NEAR_PLAIN] >= row[NEAR_PLAIN_MIN]
        and measured[PLAIN_COMMON] >= row[PLAIN_MIN]
    )


@compiled
def excluding_row(
    a: Words, b: Words, fs: Figures, gs: Figures, f: Figure, g: Figure, measured: Places, same_story: bool
) -> int:
    """Return the row of EXCLUDING by which two different figures that `may_exclude` are of one measure, -1 for none."""
    met = -1
    for n in range(EXCLUDING.shape[0]):
        row = EXCLUDING[n]
        if (row[WANTS] & MONEY != 0) != (f.flags & CURRENCY != 0) or not _meets(row, f, g, measured):
            continue
        if row[WANTS] & STORY and not same_story:
            continue
        if row[WANTS] & PARTY and not _is_of_one_party(a, b, f, g, same_story):
            continue
        if row[WANTS] & HARM and not _are_of_one_harm(a, b, f, g):
            continue
        met = n
        break
    if met >= 0 and not (of_one_measure(a, b, fs, gs, f, g, same_story) and are_of_one_aspect(a, b, f, g)):
        return -1
    if met >= 0 and harm_of(a, f) != 0 and has_own_place(a, b) and has_own_place(b, a):  # two quakes
        return -1
    return met


@borrowing
def _is_of_one_party(a: Words, b: Words, f: Figure, g: Figure, same_story: bool) -> bool:
    """Tell whether two sentences have a name in common, and none of its own on either side: in one story, beside the
    figure. Exchanges and grades of oil are named by all who sell."""
    if not share_name(a, b):
        return False
    if not same_story and has_own_party(a, b, f) and has_own_party(b, a, g):
        return False
    return not (has_own_name_near(a, b, f) and has_own_name_near(b, a, g))


@borrowing
def _are_of_one_harm(a: Words, b: Words, f: Figure, g: Figure) -> bool:
    """Tell whether one harm is done to those whom two figures count, by all that their sentences name: in one place, or
    in all."""
    if harm_of(a, f) & harm_of(b, g) == 0:
        return False
    if are_of_all_places(a, b):
        return True
    if share_name(a, b):
        return True
    return not (has_own_party(a, b, f) or has_own_party(b, a, g))
