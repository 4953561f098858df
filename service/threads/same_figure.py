"""Whether two claims have a figure in common, or figures of one measure that exclude each other."""

from __future__ import annotations

from typing import Final

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_figures import CURRENCY, ESTIMATED, PERCENT, ROUNDED, Figures
from service.sketch.claims.claim_words import Words
from service.sketch.claims.stem_weights import UNIT, Shorts
from service.threads.contrary import are_contrary_figures
from service.threads.disputing import excluding_row, may_exclude
from service.threads.figure_context import (
    MASS_COMMON,
    MASS_MIN,
    NEAR,
    PLAIN_COMMON,
    SHARED,
    Figure,
    Places,
    measure_figures,
)
from service.threads.parties import only_parties_differ
from service.threads.said import SURE

ROUND_PERCENT: Final = 2
"""A significant digit and the sign: a percentage that says no more is counted as such once, a preciser one twice."""
ROUNDING: Final = 0.01
"""Part of the larger value by which one that was rounded may differ from it."""

NARROW_ROUNDING: Final = 0.02
WIDE_ROUNDING: Final = 0.1
"""Part of the larger value below which two that exclude each other may be one, rounded: without and with a word that
widens it. "Some 650,000" is no half million."""

NOTHING: Final = 0
SAME: Final = 1
DISPUTED: Final = 2
"""What two figures are to each other."""


@borrowing
def agrees(f: Figure, g: Figure) -> bool:
    """Tell whether one value can be the other, once rounded and with the words around it taken at their word.

    Of two that no word widens the one of fewer digits is the rounded one; of as many digits, and neither
    estimated, they are two values.
    """
    if f.value == g.value:
        return True
    if not (f.low <= g.high and g.low <= f.high):
        return False
    return bool((f.flags | g.flags) & (ROUNDED | ESTIMATED) != 0 or f.digits != g.digits)


@borrowing
def same_unit(f: Figure, g: Figure) -> bool:
    """Tell whether two figures may count the same."""
    if (f.flags | g.flags) & (CURRENCY | PERCENT):
        return bool((f.flags ^ g.flags) & (CURRENCY | PERCENT) == 0 and f.unit == g.unit)
    return bool(f.unit == 0 or g.unit == 0 or f.unit == g.unit)


@borrowing
def any_agree(a: Figures, b: Figures) -> bool:
    """Tell whether any figure of one claim can be one of the other's."""
    for i in range(a.size):
        for j in range(b.size):
            if agrees(a[i], b[j]):
                return True
    return False


@borrowing
def bars_of_same(f: Figure, g: Figure, measured: Places) -> tuple[float, float]:
    """Return the share and the weight that two figures must have in common to be one."""
    telling = min(f.digits, g.digits)
    telling += 1 if f.flags & (CURRENCY | PERCENT) else 0
    is_round_percent = f.flags & PERCENT and telling <= ROUND_PERCENT  # half of all polls have one
    telling += 1 if f.unit == g.unit and f.unit != 0 and not is_round_percent else 0
    if telling <= 1:
        need = 0.5
    elif telling == 2:
        need = 0.36
    elif telling == 3:
        need = 0.26
    else:
        need = 0.2
    need += 0.08 if f.flags & PERCENT else 0.0
    need -= 0.08 if measured[NEAR] >= 2 else 0.0
    if f.value != g.value:
        is_rounded = abs(f.value - g.value) <= ROUNDING * max(abs(f.value), abs(g.value))
        return max(need + 0.1, 0.5), 8.0 if is_rounded else 14.0
    if telling >= 3 and measured[SHARED] >= 0.5 * SURE:
        return max(need, 0.5), MASS_MIN
    return need, 6.0


@compiled
def compare_figures(
    a: Words, b: Words, fs: Figures, gs: Figures, same_story: bool, slots: Words, weights: Shorts
) -> tuple[int, int, int, int]:
    """Return what two claims' figures are to each other, how sure that is, and which figures are meant."""
    agree = False
    for i in range(fs.size):
        for j in range(gs.size):
            agree |= same_unit(fs[i], gs[j]) and agrees(fs[i], gs[j])
    verdict, sure, first, second = NOTHING, 0, 0, 0
    for i in range(fs.size):
        for j in range(gs.size):
            f, g = fs[i], gs[j]
            ok = agrees(f, g)
            if not same_unit(f, g) or (agree and not ok) or not (ok or may_exclude(f, g)):
                continue
            measured = measure_figures(a, b, f, g, slots, weights)
            if measured[PLAIN_COMMON] == 0:
                continue
            if ok:
                share, mass = bars_of_same(f, g, measured)
                good = measured[MASS_COMMON] >= mass * UNIT and measured[SHARED] >= share * SURE
                good &= f.value == g.value or measured[NEAR] >= 2
                good = good and not (only_parties_differ(a, b, f, g) or are_contrary_figures(a, b, f, g))
            else:
                good = excluding_row(a, b, fs, gs, f, g, measured, same_story) >= 0
            if good and measured[SHARED] > sure:
                verdict, sure, first, second = SAME if ok else DISPUTED, measured[SHARED], i, j
    return verdict, sure, first, second


@borrowing
def is_rounding(f: Figure, g: Figure) -> bool:
    """Tell whether two different values may be one, rounded."""
    apart, larger = abs(f.value - g.value), max(abs(f.value), abs(g.value))
    is_wide = (f.flags | g.flags) & ROUNDED != 0
    return bool(apart < (WIDE_ROUNDING if is_wide else NARROW_ROUNDING) * larger)
