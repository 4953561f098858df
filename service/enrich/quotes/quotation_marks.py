"""Quotation marks -> marked passages. Pairing starts afresh in every paragraph and never looks far.

Double marks of any style share one state: a reopened mark inside a passage belongs to it, and one that is never
closed runs to the end of its paragraph (a quotation over several paragraphs is written so). Single marks look
like apostrophes; the closing one is chosen by what stands before it.
"""

from __future__ import annotations

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes import codepoints as p
from service.enrich.quotes.codepoints import Bytes, Int32s, Points, class_at
from service.enrich.quotes.mark_roles import (
    DOUBLE_EITHER,
    SINGLE_CLOSES,
    SINGLE_OPENS,
    collect,
    ends_speech,
    may_close,
    may_open,
)

PASSAGE_CHARS_MAX = 5_000
UNCLOSED_CHARS_MAX = 2_000
"""Maximum distance to the end of the paragraph, in characters, that a mark without a closing one runs to."""
SINGLE_MARKS_AHEAD = 40
"""Maximum number of single marks that are searched for the closing one, so that pairing stays linear in the text."""


def find_passages(points: Points, classes: Bytes) -> Int32s:
    """Find passages in text order, none inside another: rows of start, end (marks included), and 1 if closed."""
    starts, ends, kinds, paragraphs = collect(points, classes)
    return _pair_all(points, classes, starts, ends, kinds, paragraphs)


@borrowing
def _pair_doubles(
    points: Points,
    classes: Bytes,
    marks: tuple[Int32s, Int32s, Int32s],
    first: int,
    last: int,
    paragraph_end: int,
    free: Bytes,
    found: Int32s,
    count: int,
) -> int:
    starts, ends, kinds = marks
    opened = -1
    for mark in range(first, last):
        if kinds[mark] > DOUBLE_EITHER or not free[mark]:
            continue
        if opened >= 0 and starts[mark] - starts[opened] > PASSAGE_CHARS_MAX:
            opened = -1
        if opened < 0:
            if may_open(points, classes, starts[mark], ends[mark], kinds[mark]):
                opened = mark
        elif may_close(points, classes, points[starts[opened]], starts[mark], ends[mark], kinds[mark]):
            if starts[mark] > ends[opened]:
                found[count, 0], found[count, 1], found[count, 2] = starts[opened], ends[mark], 1
                count += 1
            opened = -1
    if opened >= 0 and paragraph_end - starts[opened] <= UNCLOSED_CHARS_MAX:
        end = paragraph_end
        while end > ends[opened] and class_at(points, classes, end - 1) == p.SPACE:
            end -= 1
        if end - ends[opened] >= 2:
            found[count, 0], found[count, 1], found[count, 2] = starts[opened], end, 0
            count += 1
    return count


@borrowing
def _closing_single(
    points: Points, classes: Bytes, marks: tuple[Int32s, Int32s, Int32s], opened: int, last: int
) -> int:
    """Find the mark that closes a single one: the first after an end of speech, or the first that is no plural's."""
    starts, ends, kinds = marks
    fallback = -1
    for mark in range(opened + 1, min(last, opened + SINGLE_MARKS_AHEAD)):
        if kinds[mark] == SINGLE_OPENS or starts[mark] - starts[opened] > PASSAGE_CHARS_MAX:
            break
        if kinds[mark] != SINGLE_CLOSES:
            continue
        before = points[starts[mark] - 1]
        if ends_speech(points, starts[mark] - 1):
            return mark
        following = class_at(points, classes, ends[mark])
        word_next = following == p.SPACE and class_at(points, classes, ends[mark] + 1) <= p.LETTER
        if fallback < 0 and not (before == 0x73 and word_next):
            fallback = mark
    return fallback


@borrowing
def _pair_singles(
    points: Points,
    classes: Bytes,
    marks: tuple[Int32s, Int32s, Int32s],
    first: int,
    last: int,
    free: Bytes,
    found: Int32s,
    count: int,
) -> int:
    starts, ends, kinds = marks
    mark = first
    while mark < last:
        if kinds[mark] == SINGLE_OPENS and free[mark]:
            closing = _closing_single(points, classes, marks, mark, last)
            if closing >= 0:
                found[count, 0], found[count, 1], found[count, 2] = starts[mark], ends[closing], 1
                count += 1
                mark = closing
        mark += 1
    return count


@borrowing
def _cover(starts: Int32s, first: int, last: int, found: Int32s, low: int, high: int, free: Bytes) -> None:
    """Mark as taken all marks inside the passages found[low:high]; both are in text order."""
    mark = first
    for passage in range(low, high):
        while mark < last and starts[mark] < found[passage, 1]:
            if starts[mark] >= found[passage, 0]:
                free[mark] = 0
            mark += 1


@compiled
def _pair_all(
    points: Points, classes: Bytes, starts: Int32s, ends: Int32s, kinds: Int32s, paragraphs: Int32s
) -> Int32s:
    """Pair marks, paragraph by paragraph: double ones first, unless single ones hold speech with double ones in it."""
    marks = (starts, ends, kinds)
    total = len(starts)
    found = np.empty((total + 1, 3), np.int32)
    free = np.ones(total, np.uint8)
    count, first = 0, 0
    while first < total:
        last = first
        singles = False
        while last < total and paragraphs[last] == paragraphs[first]:
            singles = singles or kinds[last] == SINGLE_OPENS
            last += 1
        here = count
        if singles:
            count = _pair_singles(points, classes, marks, first, last, free, found, count)
            outer = False
            for passage in range(here, count):
                if ends_speech(points, found[passage, 1] - 2):
                    for mark in range(first, last):
                        inside = found[passage, 0] < starts[mark] < found[passage, 1]
                        outer = outer or (inside and kinds[mark] <= DOUBLE_EITHER)
                    break
            if outer:
                _cover(starts, first, last, found, here, count, free)
            else:
                count = here
            middle = count
            count = _pair_doubles(points, classes, marks, first, last, paragraphs[first], free, found, count)
            if not outer:
                _cover(starts, first, last, found, middle, count, free)
                count = _pair_singles(points, classes, marks, first, last, free, found, count)
        else:
            count = _pair_doubles(points, classes, marks, first, last, paragraphs[first], free, found, count)
        count = _sorted_apart(found, here, count)
        first = last
    return found[:count]


@compiled
def _sorted_apart(found: Int32s, low: int, high: int) -> int:
    """Put found[low:high] in order of their starts and drop those that overlap an earlier one."""
    if high - low > 1:
        order = np.argsort(found[low:high, 0])
        rows = found[low:high][order].copy()
        kept = low
        for row in range(len(rows)):
            if kept == low or rows[row, 0] >= found[kept - 1, 1]:
                found[kept] = rows[row]
                kept += 1
        return kept
    return high
