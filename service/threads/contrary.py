"""Whether two claims say the contrary of each other: of two opposites one has the one, and one the other."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from service.compiled import borrowing
from service.languages.en import threading as english
from service.sketch.claims.claim_words import CONTENT, HASH_SHIFT, TAKEN, Words, stem_hash
from service.threads.parties import is_of

NEAR_WORDS: Final = 6
"""Words to either side of a figure among which stands what becomes of what it counts."""
PASSED_MAX: Final = 2
"""Words that say something in between, at most: "raised its yearly forecast to 412"."""

_SIDES: Final = [side.split() for pair in english.OPPOSITES for side in pair]
_STEMS: Final = np.array([stem_hash(word) for side in _SIDES for word in side], np.uint32)
_SIDES_COUNT: Final = len(_SIDES)
_SIDE_OF: Final = np.array([number for number, side in enumerate(_SIDES) for _ in side], np.int64)
"""Stems of opposites, and the side of each: 2 n and 2 n + 1 are opposites."""
_HELPING: Final = np.array(sorted({stem_hash(word) for word in english.HELPING}), np.uint32)
_JOINING: Final = np.array(sorted({stem_hash(word) for word in english.JOINING}), np.uint32)
_UP_TO: Final = np.array(sorted({stem_hash(word) for word in english.UP_TO}), np.uint32)
_WIDENING: Final = np.array(
    sorted({stem_hash(word) for word in english.MORE | english.LESS | english.ABOUT if " " not in word}),
    np.uint32,
)


@borrowing
def _side(word: int) -> int:
    """Return the side of a word, -1 where it has no opposite."""
    side = -1
    for n in range(_STEMS.size):
        if _STEMS[n] == word >> HASH_SHIFT:
            side = _SIDE_OF[n]
    return int(side)


@borrowing
def _sides_ahead(words: Words, start: int) -> int:
    """Return the sides, as bits, of the verbs in front of a figure whose object it is."""
    sides, passed, is_last, is_led = 0, 0, False, False
    for at in range(start - 1, max(-1, start - 1 - NEAR_WORDS), -1):
        side = _side(words[at])
        if side >= 0:
            sides |= 1 << side
            is_last = True
            continue
        if is_of(words[at], _JOINING):
            if not is_last:
                break
            continue
        is_last = False
        is_led |= passed == 0 and is_of(words[at], _UP_TO)
        if words[at] & CONTENT and not is_of(words[at], _WIDENING):
            passed += 1
            if not is_led or passed > PASSED_MAX:
                break
    return sides


@borrowing
def _sides_behind(words: Words, end: int, unit: int) -> int:
    """Return the sides, as bits, of what stands right behind a figure: "57 shoppers were injured"."""
    sides, is_last = 0, False
    for at in range(end, min(words.size, end + NEAR_WORDS)):
        side = _side(words[at])
        if side >= 0:
            sides |= 1 << side
        elif not (
            words[at] & TAKEN
            or words[at] >> HASH_SHIFT == unit
            or is_of(words[at], _HELPING)
            or (is_last and is_of(words[at], _JOINING))
        ):
            break
        is_last = side >= 0
    return sides


@borrowing
def _sides_of(words: Words, f: Any) -> int:
    if f.length == 0:
        return 0
    return _sides_ahead(words, f.start) | _sides_behind(words, f.start + f.length, f.unit)


@borrowing
def are_contrary_figures(a: Words, b: Words, f: Any, g: Any) -> bool:
    """Tell whether one of two opposites is said of what each of two figures counts, and not the other one."""
    sides_a, sides_b = _sides_of(a, f), _sides_of(b, g)
    if sides_a == 0 or sides_b == 0:
        return False
    for one in range(0, _SIDES_COUNT, 2):
        of_a, of_b = sides_a >> one & 3, sides_b >> one & 3
        if of_a and of_b and of_a + of_b == 3 and of_a != 3 and of_b != 3:
            return True
    return False


@borrowing
def are_contrary_statements(a: Words, b: Words) -> bool:
    """Tell whether a verb of one statement has its opposite in the other: between the same words, or behind a helping
    verb in both, where neither has both."""
    for i in range(a.size):
        side = _side(a[i])
        if side < 0 or _has_side(a, side ^ 1) or _has_side(b, side):
            continue
        for j in range(b.size):
            if _side(b[j]) == side ^ 1 and (_are_helped(a, i, b, j) or _are_between_same(a, i, b, j)):
                return True
    return False


@borrowing
def _has_side(words: Words, side: int) -> bool:
    found = False
    for word in words:
        found |= _side(word) == side
    return found


@borrowing
def _are_helped(a: Words, i: int, b: Words, j: int) -> bool:
    return i > 0 and j > 0 and is_of(a[i - 1], _HELPING) and is_of(b[j - 1], _HELPING)


@borrowing
def _are_between_same(a: Words, i: int, b: Words, j: int) -> bool:
    before = a[i - 1] >> HASH_SHIFT == b[j - 1] >> HASH_SHIFT if i > 0 and j > 0 else i == j
    if i + 1 < a.size and j + 1 < b.size:
        return bool(before and a[i + 1] >> HASH_SHIFT == b[j + 1] >> HASH_SHIFT)
    return bool(before and i + 1 == a.size and j + 1 == b.size)
