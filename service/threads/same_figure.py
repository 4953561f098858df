"""Whether two claims have a figure in common, or figures of one measure that exclude each other."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_figures import CURRENCY, ESTIMATED, NO_MEASURE, PERCENT, ROUNDED, Figures
from service.sketch.claims.claim_words import CONTENT, FIRST, HASH_SHIFT, NAME, NUMBER, TAKEN, Words
from service.sketch.claims.stem_weights import UNIT, Shorts, weight
from service.threads.contrary import are_contrary_figures
from service.threads.parties import only_parties_differ
from service.threads.said import SURE
from service.threads.same_measure import of_one_measure

Places = npt.NDArray[np.int64]
Figure = Any
"""One row of FIGURE, as compiled code sees it."""

NEAR_WORDS: Final = 7
"""Words to either side of a figure that say most about it."""
DISPUTED_MIN: Final = 5
"""Larger of two disputed counts, at least: below, two articles count different things."""
RATIO_MAX: Final = 1.45
"""How many times the smaller of two disputed figures the larger one is, at most."""
MASS_MIN: Final = 3.5
"""Weight that figures must have in common by the lowest of all bars."""

ROUND_PERCENT: Final = 2
"""A significant digit and the sign: a percentage that says no more is counted as such once, a preciser one twice."""
ROUNDING: Final = 0.01
"""Part of the larger value by which one that was rounded may differ from it."""

NARROW_ROUNDING: Final = 0.02
WIDE_ROUNDING: Final = 0.1
"""Part of the larger value below which two that exclude each other may be one, rounded: without and with a word that
widens it. "Some 650,000" is no half million."""

(MASS_COMMON, PLAIN_COMMON, NEAR, NEAR_PLAIN, SHARED) = range(5)
"""Columns of what is measured: weight of the common context, its plain stems, common stems near both figures, the
plain ones of those, and the share of the smaller context in thousandths."""

NOTHING: Final = 0
SAME: Final = 1
DISPUTED: Final = 2
"""What two figures are to each other."""


@borrowing
def is_context(code: int, unit: int) -> bool:
    """Tell whether a word speaks about a figure: no number, and not part of any figure but as what this one counts."""
    if not code & CONTENT or code & NUMBER:
        return False
    return not code & TAKEN or code >> HASH_SHIFT == unit


@borrowing
def _is_near(position: int, figure: Figure) -> bool:
    if figure.length == 0:
        return False
    end = figure.start + figure.length
    return bool(figure.start - NEAR_WORDS <= position < figure.start or end <= position < end + NEAR_WORDS)


@borrowing
def _context_mass(words: Words, unit: int, slots: Words, weights: Shorts) -> int:
    """Return the weight of the different words around a figure."""
    mass = 0
    for i in range(words.size):
        if not is_context(words[i], unit):
            continue
        seen = False
        if not words[i] & FIRST:
            for j in range(i):
                seen |= words[j] >> HASH_SHIFT == words[i] >> HASH_SHIFT and is_context(words[j], unit)
        if not seen:
            mass += weight(slots, weights, words[i])
    return mass


@borrowing
def _common(
    a: Words, b: Words, f: Figure, g: Figure, slots: Words, weights: Shorts
) -> tuple[int, int, int, int]:
    """Return the weight of the common context, how many plain stems it has, and common stems near both: all, plain."""
    mass = plain = near = near_plain = 0
    unit_a = f.unit if not f.flags & (CURRENCY | PERCENT) else 0
    unit_b = g.unit if not g.flags & (CURRENCY | PERCENT) else 0
    for i in range(a.size):
        if not is_context(a[i], unit_a):
            continue
        stem, seen = a[i] >> HASH_SHIFT, False
        for j in range(i):
            seen |= a[j] >> HASH_SHIFT == stem and is_context(a[j], unit_a)
        if seen:
            continue
        named, held, near_a, near_b = False, False, False, False
        for j in range(b.size):
            if b[j] >> HASH_SHIFT == stem and is_context(b[j], unit_b):
                held = True
                named |= b[j] & NAME != 0
                near_b |= _is_near(j, g)
        if not held:
            continue
        for j in range(a.size):
            if a[j] >> HASH_SHIFT == stem and is_context(a[j], unit_a):
                named |= a[j] & NAME != 0
                near_a |= _is_near(j, f)
        mass += weight(slots, weights, a[i])
        plain += 0 if named else 1
        if near_a and near_b:
            near += 1
            near_plain += 0 if named else 1
    return mass, plain, near, near_plain


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


@compiled
def measure_figures(a: Words, b: Words, f: Figure, g: Figure, slots: Words, weights: Shorts) -> Places:
    """Measure what two claims say about a figure of each: int64[5]."""
    out = np.empty(5, np.int64)
    mass, plain, near, near_plain = _common(a, b, f, g, slots, weights)
    out[MASS_COMMON], out[PLAIN_COMMON], out[NEAR], out[NEAR_PLAIN], out[SHARED] = (
        mass,
        plain,
        near,
        near_plain,
        0,
    )
    if plain and mass >= MASS_MIN * UNIT:
        unit_a = f.unit if not f.flags & (CURRENCY | PERCENT) else 0
        unit_b = g.unit if not g.flags & (CURRENCY | PERCENT) else 0
        smaller = min(_context_mass(a, unit_a, slots, weights), _context_mass(b, unit_b, slots, weights))
        out[SHARED] = min(SURE, mass * SURE // max(1, smaller))
    return out


@borrowing
def bars_of_figures(f: Figure, g: Figure, measured: Places, same: bool) -> tuple[float, float, float]:
    """Return the share and the weight that figures must have in common, and how far disputed ones may be apart."""
    if same:
        return _bars_of_same(f, g, measured)
    if not f.flags & CURRENCY:
        return 0.52, 5.0, RATIO_MAX
    if _fits(f, g, measured, (0.7, 10.0, 1.3)) and measured[NEAR_PLAIN] >= 2:
        return 0.7, 10.0, 1.3
    return 0.2, 8.0, 1.15


@borrowing
def _bars_of_same(f: Figure, g: Figure, measured: Places) -> tuple[float, float, float]:
    """Return the share and the weight that two figures must have in common to be one; the last says nothing."""
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
        return max(need + 0.1, 0.5), 8.0 if is_rounded else 14.0, 1.0
    if telling >= 3 and measured[SHARED] >= 0.5 * SURE:
        return max(need, 0.5), MASS_MIN, 1.0
    return need, 6.0, 1.0


@borrowing
def _fits(f: Figure, g: Figure, measured: Places, bars: tuple[float, float, float]) -> bool:
    share, mass, ratio = bars
    return bool(
        measured[SHARED] >= share * SURE
        and measured[MASS_COMMON] >= mass * UNIT
        and max(f.value, g.value) <= ratio * min(f.value, g.value)
    )


@borrowing
def may_exclude(f: Figure, g: Figure) -> bool:
    """Tell whether two different figures can be of one measure, whatever is said about them."""
    if f.unit == 0 or f.unit != g.unit or (f.flags | g.flags) & (PERCENT | NO_MEASURE):
        return False
    smaller, larger = min(f.value, g.value), max(f.value, g.value)
    return bool(smaller > 0 and DISPUTED_MIN <= larger <= RATIO_MAX * smaller)


@borrowing
def _excludes(f: Figure, g: Figure, measured: Places, same_story: bool) -> bool:
    """Tell whether two different figures that `may_exclude` are of one measure."""
    bars = bars_of_figures(f, g, measured, False)
    if not f.flags & CURRENCY and (measured[NEAR] < 1 or measured[PLAIN_COMMON] < 2):
        return False
    if f.flags & CURRENCY and bars[2] < 1.2 and not (same_story and measured[PLAIN_COMMON] >= 4):
        return False
    return _fits(f, g, measured, bars)


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
                share, mass, _ = bars_of_figures(f, g, measured, True)
                good = measured[MASS_COMMON] >= mass * UNIT and measured[SHARED] >= share * SURE
                good &= f.value == g.value or measured[NEAR] >= 2
                good = good and not (only_parties_differ(a, b, f, g) or are_contrary_figures(a, b, f, g))
            else:
                good = _excludes(f, g, measured, same_story) and of_one_measure(a, b, fs, gs, f, g)
            if good and measured[SHARED] > sure:
                verdict, sure, first, second = SAME if ok else DISPUTED, measured[SHARED], i, j
    return verdict, sure, first, second


@borrowing
def is_rounding(f: Figure, g: Figure) -> bool:
    """Tell whether two different values may be one, rounded."""
    apart, larger = abs(f.value - g.value), max(abs(f.value), abs(g.value))
    is_wide = (f.flags | g.flags) & ROUNDED != 0
    return bool(apart < (WIDE_ROUNDING if is_wide else NARROW_ROUNDING) * larger)
