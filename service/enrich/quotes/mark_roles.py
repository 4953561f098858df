"""Quotation marks of a text, and what each may do: open or close a passage, as a double or a single mark."""

from __future__ import annotations

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes import codepoints as p
from service.enrich.quotes.codepoints import Bytes, Int32s, Points, class_at

DOUBLE_OPENS, DOUBLE_CLOSES, DOUBLE_EITHER, SINGLE_OPENS, SINGLE_CLOSES = range(5)
"""Roles of a mark."""


@compiled
def collect(points: Points, classes: Bytes) -> tuple[Int32s, Int32s, Int32s, Int32s]:
    """Collect every mark that may open or close a passage: its edges, its role, and where its paragraph ends."""
    places = np.empty(len(points), np.int32)
    count = _lines_and_marks(points, classes, places)
    starts = np.empty(count, np.int32)
    ends = np.empty(count, np.int32)
    kinds = np.empty(count, np.int32)
    paragraphs = np.empty(count, np.int32)
    marks, unfinished, behind = 0, 0, 0
    for place in range(count):
        at = places[place]
        mark = classes[min(points[at], len(classes) - 1)]
        if mark == p.LINE:
            paragraphs[unfinished:marks] = at
            unfinished = marks
        elif at >= behind:  # or else it is the second half of a mark
            width, kind = _role(points, classes, at, mark)
            if kind >= 0:
                starts[marks], ends[marks], kinds[marks] = at, at + width, kind
                marks += 1
            behind = at + width
    paragraphs[unfinished:marks] = len(points)
    return starts[:marks], ends[:marks], kinds[:marks], paragraphs[:marks]


@borrowing
def _lines_and_marks(points: Points, classes: Bytes, places: Int32s) -> int:
    """Write the places of all line ends and marks; return how many. No branch: text has no pattern to guess."""
    count = 0
    for at in range(len(points)):
        places[count] = at
        count += classes[min(points[at], len(classes) - 1)] >= p.LINE
    return count


@borrowing
def _role(points: Points, classes: Bytes, at: int, mark: int) -> tuple[int, int]:
    """Determine the width of the mark that begins here, and its role; -1 for an apostrophe inside a word."""
    before = class_at(points, classes, at - 1)
    after = class_at(points, classes, at + 1)
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
    if class_at(points, classes, first) == p.DIGIT:
        third = points[first + 2] if first + 2 < len(points) else 0
        return int(third) == 0x73
    end = first
    while end < first + 5 and class_at(points, classes, end) <= p.WORD_MAX:
        end += 1
    length = end - first
    a = int(points[first]) | 0x20
    b = int(points[first + 1]) | 0x20 if length > 1 else 0
    if length == 1:  # 'n; 's-Graven, 't Hoff
        return a == 0x6E or a == 0x73 or a == 0x74
    if length == 2:
        return a == 0x65 and b == 0x6D
    return length <= 4 and a == 0x74 and (b == 0x69 or b == 0x77)


@borrowing
def ends_speech(points: Points, at: int) -> bool:
    """Tell whether the character ends speech: . , ! ? … ; : dash, closing mark or bracket."""
    c = int(points[at])
    plain = c == 0x2E or c == 0x2C or c == 0x21 or c == 0x3F or c == 0x3B or c == 0x3A or c == 0x2D
    return plain or c == 0x2026 or c == 0x2014 or c == 0x201D or c == 0x22 or c == 0x5D


@borrowing
def _closes_later(points: Points, classes: Bytes, at: int) -> bool:
    """Tell whether another straight mark stands in the paragraph behind a place."""
    while at < len(points) and class_at(points, classes, at) != p.LINE:
        if int(points[at]) == 0x22:
            return True
        at += 1
    return False


@borrowing
def may_open(points: Points, classes: Bytes, start: int, end: int, kind: int) -> bool:
    """Tell whether a mark may open a passage.

    A mark that could do either opens if something follows it at once and no word stands right before it.
    """
    if kind == DOUBLE_OPENS:
        return True
    if kind != DOUBLE_EITHER:
        return False
    before = class_at(points, classes, start - 1)
    after = class_at(points, classes, end)
    if after == p.SPACE or after == p.LINE:
        return False
    if before <= p.WORD_MAX:  # a heading lost its blank: `Affairs"[The`
        bracketed = int(points[end]) == 0x5B and class_at(points, classes, end + 1) == p.UPPER
        return bracketed and _closes_later(points, classes, end)
    if (
        start == 0
        or not ends_speech(points, start - 1)
        or points[start - 1] == 0x2D
        or points[start - 1] == 0x2014
    ):
        return True
    return after == p.UPPER or int(points[end]) == 0x5B  # the space was lost: `said."The`


@borrowing
def may_close(points: Points, classes: Bytes, opened_by: int, start: int, end: int, kind: int) -> bool:
    """Tell whether a mark may close the passage that the code point `opened_by` opened."""
    if kind == DOUBLE_CLOSES:
        return True
    if kind == DOUBLE_OPENS:  # „so“, or “ typed for ”: nothing word-like follows
        after = class_at(points, classes, end)
        if points[start] == 0x201C:
            return opened_by == 0x201E or (
                opened_by == 0x201C and after > p.WORD_MAX and after != p.OPENING_SINGLE
            )
        return opened_by == 0xBB
    return True
