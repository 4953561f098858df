"""Quotation marks -> marked passages. Pairing starts afresh in every paragraph and never looks far.

Double marks of any style share one state: a reopened mark inside a passage belongs to it, and one that is never
closed runs to the end of its paragraph (a quotation over several paragraphs is written so). Single marks look
like apostrophes; the closing one is chosen by what stands before it.
"""

from __future__ import annotations

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes import codepoints as p
from service.enrich.quotes.codepoints import Bytes, Int32s, Points

PASSAGE_CHARS_MAX = 5_000
UNCLOSED_CHARS_MAX = 2_000
"""Maximum distance to the end of the paragraph, in characters, that a mark without a closing one runs to."""
SINGLE_MARKS_AHEAD = 40
"""Maximum number of single marks that are searched for the closing one, so that pairing stays linear in the text."""

DOUBLE_OPENS, DOUBLE_CLOSES, DOUBLE_EITHER, SINGLE_OPENS, SINGLE_CLOSES = range(5)


def find_passages(points: Points, classes: Bytes) -> Int32s:
    """Find passages in text order, none inside another: rows of start, end (marks included), and 1 if closed."""
    starts, ends, kinds, paragraphs = _collect(points, classes)
    return _pair_all(points, classes, starts, ends, kinds, paragraphs)


@borrowing
def _class_at(points: Points, classes: Bytes, at: int) -> int:
    if at < 0 or at >= len(points):
        return p.SPACE
    return int(classes[min(points[at], len(classes) - 1)])


@compiled
def _collect(points: Points, classes: Bytes) -> tuple[Int32s, Int32s, Int32s, Int32s]:
    """Collect every mark that may open or close a passage: its edges, its role, and where its paragraph ends."""
    count = 0
    for at in range(len(points)):
        count += classes[min(points[at], len(classes) - 1)] >= p.OPENING
    starts = np.empty(count, np.int32)
    ends = np.empty(count, np.int32)
    kinds = np.empty(count, np.int32)
    paragraphs = np.empty(count, np.int32)
    marks, unfinished, at = 0, 0, 0
    while at < len(points):
        mark = classes[min(points[at], len(classes) - 1)]
        if mark == p.LINE:
            paragraphs[unfinished:marks] = at
            unfinished = marks
        elif mark >= p.OPENING:
            width, kind = _role(points, classes, at, mark)
            if kind >= 0:
                starts[marks], ends[marks], kinds[marks] = at, at + width, kind
                marks += 1
            at += width - 1
        at += 1
    paragraphs[unfinished:marks] = len(points)
    return starts[:marks], ends[:marks], kinds[:marks], paragraphs[:marks]


@borrowing
def _role(points: Points, classes: Bytes, at: int, mark: int) -> tuple[int, int]:
    """Determine the width of the mark that begins here, and its role; -1 for an apostrophe inside a word."""
    before = _class_at(points, classes, at - 1)
    after = _class_at(points, classes, at + 1)
    if mark == p.OPENING:
        return 1, DOUBLE_OPENS
    if mark == p.CLOSING:  # ”so” and »so« open with what closes elsewhere
        opens = before == p.SPACE or before == p.LINE
        return 1, DOUBLE_EITHER if opens and after <= p.WORD_MAX else DOUBLE_CLOSES
    if mark == p.STRAIGHT:
        return 1, DOUBLE_EITHER
    if mark in (p.APOSTROPHE, p.BACKTICK) and after == mark:
        return 2, DOUBLE_OPENS if mark == p.BACKTICK else DOUBLE_EITHER
    if mark == p.BACKTICK:
        return 1, -1
    wordlike = after <= p.WORD_MAX or after == p.OPENING or after == p.STRAIGHT
    wordlike = wordlike or (at + 1 < len(points) and points[at + 1] == 0x5B)
    if (
        mark != p.CLOSING_SINGLE
        and before > p.WORD_MAX
        and wordlike
        and not _contracted(points, classes, at + 1)
    ):
        return 1, SINGLE_OPENS
    if mark != p.OPENING_SINGLE and before != p.SPACE and before != p.LINE and after > p.WORD_MAX:
        return 1, SINGLE_CLOSES
    return 1, -1


@borrowing
def _contracted(points: Points, classes: Bytes, first: int) -> bool:
    """Tell whether an apostrophe stands for letters left out: '90s, 'n, 'em, 'til, 'tis, 'twas."""
    if _class_at(points, classes, first) == p.DIGIT:
        third = points[first + 2] if first + 2 < len(points) else 0
        return int(third) == 0x73
    end = first
    while end < first + 5 and _class_at(points, classes, end) <= p.WORD_MAX:
        end += 1
    length = end - first
    a = int(points[first]) | 0x20
    b = int(points[first + 1]) | 0x20 if length > 1 else 0
    if length == 1:
        return a == 0x6E
    if length == 2:
        return a == 0x65 and b == 0x6D
    return length <= 4 and a == 0x74 and (b == 0x69 or b == 0x77)


@borrowing
def _ends_speech(points: Points, at: int) -> bool:
    """Tell whether the character ends speech: . , ! ? … ; : dash, closing mark or bracket."""
    c = int(points[at])
    plain = c == 0x2E or c == 0x2C or c == 0x21 or c == 0x3F or c == 0x3B or c == 0x3A or c == 0x2D
    return plain or c == 0x2026 or c == 0x2014 or c == 0x201D or c == 0x22 or c == 0x5D


@borrowing
def _may_open(points: Points, classes: Bytes, start: int, end: int, kind: int) -> bool:
    """Tell whether a mark may open a passage.

    A mark that could do either opens if something follows it at once and no word stands right before it.
    """
    if kind == DOUBLE_OPENS:
        return True
    if kind != DOUBLE_EITHER:
        return False
    before = _class_at(points, classes, start - 1)
    after = _class_at(points, classes, end)
    if after == p.SPACE or after == p.LINE or before <= p.WORD_MAX:
        return False
    if (
        start == 0
        or not _ends_speech(points, start - 1)
        or points[start - 1] == 0x2D
        or points[start - 1] == 0x2014
    ):
        return True
    return after == p.UPPER or int(points[end]) == 0x5B  # the space was lost: `said."The`


@borrowing
def _may_close(points: Points, classes: Bytes, opened_by: int, start: int, end: int, kind: int) -> bool:
    if kind == DOUBLE_CLOSES:
        return True
    if kind == DOUBLE_OPENS:  # „so“, or “ typed for ”: nothing word-like follows
        after = _class_at(points, classes, end)
        if points[start] == 0x201C:
            return opened_by == 0x201E or (
                opened_by == 0x201C and after > p.WORD_MAX and after != p.OPENING_SINGLE
            )
        return opened_by == 0xBB
    return True


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
            if _may_open(points, classes, starts[mark], ends[mark], kinds[mark]):
                opened = mark
        elif _may_close(points, classes, points[starts[opened]], starts[mark], ends[mark], kinds[mark]):
            if starts[mark] > ends[opened]:
                found[count, 0], found[count, 1], found[count, 2] = starts[opened], ends[mark], 1
                count += 1
            opened = -1
    if opened >= 0 and paragraph_end - starts[opened] <= UNCLOSED_CHARS_MAX:
        end = paragraph_end
        while end > ends[opened] and _class_at(points, classes, end - 1) == p.SPACE:
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
        if _ends_speech(points, starts[mark] - 1):
            return mark
        following = _class_at(points, classes, ends[mark])
        word_next = following == p.SPACE and _class_at(points, classes, ends[mark] + 1) <= p.LETTER
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
                if _ends_speech(points, found[passage, 1] - 2):
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
