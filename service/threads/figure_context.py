"""What the sentences around two figures have in common: weight, plain words, and words beside both figures."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_figures import CURRENCY, PERCENT
from service.sketch.claims.claim_words import CONTENT, FIRST, HASH_SHIFT, NAME, NUMBER, TAKEN, Words
from service.sketch.claims.stem_weights import UNIT, Shorts, weight
from service.threads.said import SURE

Places = npt.NDArray[np.int64]
Figure = Any
"""One row of FIGURE, as compiled code sees it."""

NEAR_WORDS: Final = 7
"""Words to either side of a figure that say most about it."""
MASS_MIN: Final = 3.5
"""Weight that figures must have in common by the lowest of all bars."""

(MASS_COMMON, PLAIN_COMMON, NEAR, NEAR_PLAIN, SHARED) = range(5)
"""Columns of what is measured: weight of the common context, its plain stems, common stems near both figures, the
plain ones of those, and the share of the smaller context in thousandths."""


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
