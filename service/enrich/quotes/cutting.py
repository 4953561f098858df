"""Text -> tokens: where each begins and ends. A marked passage is one token."""

from __future__ import annotations

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes import codepoints as p
from service.enrich.quotes.codepoints import Bytes, Int32s, Points, class_at


@borrowing
def _clitic(points: Points, table: Bytes, at: int) -> int:
    """Measure 's, 're, 've, 'll, 'd, 'm or 't at an apostrophe; 0 if none of them is there."""
    end = at + 1
    while end < at + 4 and class_at(points, table, end) <= p.WORD_MAX:
        end += 1
    length = end - at - 1
    if length == 0 or length > 2:
        return 0
    a = points[at + 1] | 0x20
    if length == 1:
        return 2 if a == 0x73 or a == 0x64 or a == 0x6D or a == 0x74 else 0
    b = points[at + 2] | 0x20
    return 3 if ((a == 0x72 or a == 0x76) and b == 0x65) or (a == 0x6C and b == 0x6C) else 0


@borrowing
def _word_end(points: Points, table: Bytes, start: int, limit: int) -> int:
    """Find where a word ends: letters and digits, joined by - & . and apostrophes that are not a clitic's."""
    at = start
    while at < limit:
        kind = table[min(points[at], len(table) - 1)]
        if kind <= p.WORD_MAX:
            at += 1
            continue
        following = class_at(points, table, at + 1) if at + 1 < limit else p.SPACE
        if following > p.WORD_MAX:
            break
        point = points[at]
        if point == 0x2E:  # U.S, example.com, 3.5; but `said.The` lost its space
            if following == p.UPPER and class_at(points, table, at + 2) == p.LOWER:
                break
        elif kind == p.APOSTROPHE or kind == p.CLOSING_SINGLE:
            if _clitic(points, table, at) > 0:
                break
        elif point != 0x2D and point != 0x26:
            break
        at += 2
    return at


@compiled
def cut(points: Points, table: Bytes, passages: Int32s) -> tuple[Int32s, Int32s, Int32s]:
    """Start and end of every token, and the number of its passage or -1. White space with a new line is a token."""
    starts = np.empty(len(points), np.int32)
    ends = np.empty(len(points), np.int32)
    passage_of = np.full(len(points), -1, np.int32)
    count, at, passage = 0, 0, 0
    while at < len(points):
        limit = passages[passage, 0] if passage < len(passages) else len(points)
        if at >= limit:
            starts[count], ends[count], passage_of[count] = at, passages[passage, 1], passage
            at = passages[passage, 1]
            passage += 1
            count += 1
            continue
        kind = table[min(points[at], len(table) - 1)]
        end = at + 1
        if kind == p.SPACE or kind == p.LINE:
            line = kind == p.LINE
            while end < limit and (
                class_at(points, table, end) == p.SPACE or class_at(points, table, end) == p.LINE
            ):
                line = line or class_at(points, table, end) == p.LINE
                end += 1
            if not line:
                at = end
                continue
        elif kind <= p.WORD_MAX:
            end = _word_end(points, table, at, limit)
        elif kind == p.APOSTROPHE or kind == p.CLOSING_SINGLE:
            end = max(end, min(limit, at + _clitic(points, table, at)))
        elif points[at] == 0x2E and at + 2 < limit and points[at + 1] == 0x2E and points[at + 2] == 0x2E:
            end = at + 3
        starts[count], ends[count] = at, end
        count += 1
        at = end
    return starts[:count].copy(), ends[:count].copy(), passage_of[:count].copy()
