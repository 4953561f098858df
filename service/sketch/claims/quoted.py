"""Find the passages of a claim that stand between quotation marks, in one compiled pass."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing
from service.sketch.claims.word_codes import WORD, Bytes, Points

PASSAGES_MAX: Final = 24
"""Maximum number of passages of a claim."""
DOUBLE_CHARS_MIN: Final = 2
SINGLE_CHARS_MIN: Final = 2
SINGLE_CHARS_MAX: Final = 600
"""Characters between double marks, and between single ones."""
_STRAIGHT, _SINGLE, _OPENS_SINGLE, _CLOSES_SINGLE, _UNDERSCORE = map(ord, "\"'‘’_")
_OPENS, _CLOSES, _LOW, _FRENCH_OPENS, _FRENCH_CLOSES = map(ord, "“”„«»")

Spans = npt.NDArray[np.int64]


@borrowing
def passages(points: Points, kinds: Bytes, start: int, end: int, doubles: Spans, out: Spans) -> int:
    """Write the passages of points[start:end] to `out`, the first PASSAGES_MAX, in order; return how many.

    A passage between single marks inside one between double marks is a part of that. `doubles` has room for as many.
    """
    count = _double(points, start, end, doubles)
    total = nth = 0
    at = start
    while total < PASSAGES_MAX and at < end:
        found = _single_end(points, kinds, at, end) if points[at] in (_SINGLE, _OPENS_SINGLE) else -1
        while nth < count and doubles[nth, 0] <= (at + 1 if found >= 0 else at) and total < PASSAGES_MAX:
            out[total, 0], out[total, 1] = doubles[nth, 0], doubles[nth, 1]
            total, nth = total + 1, nth + 1
        inside = nth > 0 and doubles[nth - 1, 0] <= at < doubles[nth - 1, 1]
        if found >= 0 and not inside and total < PASSAGES_MAX:
            out[total, 0], out[total, 1] = at + 1, found
            total += 1
        at = found + 1 if found >= 0 else at + 1
    while nth < count and total < PASSAGES_MAX:
        out[total, 0], out[total, 1] = doubles[nth, 0], doubles[nth, 1]
        total, nth = total + 1, nth + 1
    return total


@borrowing
def _double(points: Points, start: int, end: int, out: Spans) -> int:
    """Write the passages between double marks; one that nothing closes goes on to the end."""
    count, at = 0, start
    while at < end and count < PASSAGES_MAX:
        point = points[at]
        at += 1
        if point not in (_STRAIGHT, _OPENS, _LOW, _FRENCH_OPENS):
            continue
        stop = at
        while stop < end and not _is_double(points[stop]):
            stop += 1
        closes = stop == end or (points[stop] != _LOW and points[stop] != _FRENCH_OPENS)
        if closes and stop - at >= DOUBLE_CHARS_MIN:
            out[count, 0], out[count, 1] = at, stop
            count += 1
            stop += 1
        at = stop
    return count


@borrowing
def _is_double(point: int) -> bool:
    return bool(point in (_STRAIGHT, _OPENS, _CLOSES, _LOW, _FRENCH_OPENS, _FRENCH_CLOSES))


@borrowing
def _is_word(points: Points, kinds: Bytes, at: int) -> bool:
    return bool(kinds[points[at]] & WORD or points[at] == _UNDERSCORE)


@borrowing
def _single_end(points: Points, kinds: Bytes, at: int, end: int) -> int:
    """Return where the passage ends that a single mark at a place begins, -1 if it begins none.

    A mark between two letters is an apostrophe.
    """
    if (at > 0 and _is_word(points, kinds, at - 1)) or at + 1 >= end or not _is_word(points, kinds, at + 1):
        return -1
    stop, last = at + 1, min(end, at + 1 + SINGLE_CHARS_MAX)
    while stop < last:
        point = points[stop]
        if point in (_STRAIGHT, _OPENS, _CLOSES, _OPENS_SINGLE):
            break
        if point in (_SINGLE, _CLOSES_SINGLE) and not (
            _is_word(points, kinds, stop - 1) and stop + 1 < end and _is_word(points, kinds, stop + 1)
        ):
            break
        stop += 1
    if stop - at - 1 < SINGLE_CHARS_MIN or stop >= end:
        return -1
    if points[stop] not in (_SINGLE, _CLOSES_SINGLE):
        return -1
    return -1 if stop + 1 < end and _is_word(points, kinds, stop + 1) else int(stop)
