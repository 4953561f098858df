"""The columns of a word: its hash, shape and ending, and what the vocabulary knows of it; flags of all tokens."""

from __future__ import annotations

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes import codepoints as p
from service.enrich.quotes import columns as c
from service.enrich.quotes import vocabulary as v
from service.enrich.quotes.codepoints import Bytes, Int32s, Points


@borrowing
def _slot(keys: Int32s, hashed: int) -> int:
    mask = len(keys) - 1
    slot = hashed & mask
    while keys[slot] != 0:
        if keys[slot] == hashed:
            return slot
        slot = (slot + 1) & mask
    return -1


@borrowing
def _shape(points: Points, table: Bytes, start: int, end: int) -> int:
    kind = table[min(points[start], len(table) - 1)]
    if kind == p.DIGIT:
        return c.SHAPE_DIGITS
    if kind > p.LETTER:
        clitic = kind == p.APOSTROPHE or kind == p.CLOSING_SINGLE
        return c.SHAPE_LOWER if clitic and end - start > 1 else c.SHAPE_PUNCTUATION
    if kind != p.UPPER:
        return c.SHAPE_LOWER
    for at in range(start + 1, end):
        if table[min(points[at], len(table) - 1)] == p.LOWER:
            return c.SHAPE_CAPITAL
    return c.SHAPE_CAPITALS if end - start > 1 else c.SHAPE_CAPITAL


@borrowing
def _passage_row(points: Points, table: Bytes, start: int, end: int, closed: bool, row: Int32s) -> int:
    """Fill the columns of a marked passage, which is known by its length and edges alone. Returns its flags."""
    while start < end and table[min(points[start], len(table) - 1)] >= p.SPACE:
        start += 1
    while end > start and table[min(points[end - 1], len(table) - 1)] >= p.SPACE:
        end -= 1
    words = 1
    for at in range(start, end):
        words += points[at] == 0x20
    size = 0 if words < 2 else 1 if words < 4 else 2 if words < 7 else 3 if words < 15 else 4
    capital = start < end and table[min(points[start], len(table) - 1)] == p.UPPER
    last = points[end - 1] if end > start else np.uint32(0)
    tail = 0
    for place, mark in enumerate((0x2E, 0x2C, 0x3F, 0x21, 0x3B, 0x3A, 0x2014, 0x2D, 0x2026)):
        if last == mark:
            tail = place + 1
    edges = 1000 + (tail * 2 + capital) * 2 + closed
    row[c.WORD] = edges * 8 + size
    row[c.SHAPE], row[c.KIND], row[c.OPENER] = c.SHAPE_PASSAGE, c.PASSAGE, -1
    row[c.SUFFIX3], row[c.SUFFIX2] = size * 64 + tail * 2 + capital, edges
    row[c.COARSE], row[c.MIDDLE], row[c.FINE] = -2, -2, -2
    flags = c.MARKED
    if tail == 1:
        flags |= c.MARKED_ENDS | c.MARKED_STOPS
    elif tail == 3 or tail == 4:
        flags |= c.MARKED_ENDS
    return flags


@borrowing
def _are_initials(points: Points, table: Bytes, start: int, end: int) -> bool:
    """Tell whether a word is capitals with a full stop between any two: `J.T`."""
    if end - start < 3 or (end - start) % 2 == 0:
        return False
    for at in range(start, end):
        stop = (at - start) % 2 == 1
        if stop != (points[at] == 0x2E) or not (stop or table[min(points[at], len(table) - 1)] == p.UPPER):
            return False
    return True


@borrowing
def _word_row(
    points: Points,
    table: Bytes,
    folded: Points,
    start: int,
    end: int,
    row: Int32s,
) -> int:
    """Fill the columns of a word or mark by its spelling. Returns its flags."""
    first = table[min(points[start], len(table) - 1)]
    if first == p.SPACE or first == p.LINE:
        row[c.WORD], row[c.SHAPE], row[c.KIND] = 10, c.SHAPE_NEWLINE, c.NEWLINE
        row[c.SUFFIX3], row[c.SUFFIX2] = 0, 0
        row[c.COARSE], row[c.MIDDLE], row[c.FINE], row[c.OPENER] = -3, -3, -3, c.OPENER_LINE
        return c.BREAKS
    digits = first == p.DIGIT
    shape = _shape(points, table, start, end)
    hashed = v.hash_points(points, start, end, folded, digits)
    row[c.WORD], row[c.SHAPE] = hashed, shape
    row[c.SUFFIX3], row[c.SUFFIX2] = hashed, hashed
    if end - start > 2:
        row[c.SUFFIX3], row[c.SUFFIX2] = v.hash_endings(points, end, folded, digits)
    row[c.KIND], row[c.OPENER] = shape + c.DIGITS, -1
    row[c.COARSE] = -10 - shape
    row[c.MIDDLE] = -20 - shape - (8 if points[end - 1] == 0x73 else 0)
    row[c.FINE] = -10
    flags = 0
    if first == p.UPPER or digits:
        flags |= c.MAY_BEGIN
    if end - start == 1:
        if first == p.UPPER:
            flags |= c.ABBREVIATED
        point = points[start]
        if point == 0x2E or point == 0x21 or point == 0x3F or point == 0x3002:
            flags |= c.ENDS
        elif point == 0x29 or point == 0x5D:
            flags |= c.SHUTS
        elif point == 0x28 or point == 0x5B or point == 0x24 or first == p.OPENING_SINGLE:
            flags |= c.MAY_BEGIN
    elif first == p.UPPER and _are_initials(points, table, start, end):
        flags |= c.INITIALS | c.ABBREVIATED
    return flags


@borrowing
def _known_word(values: v.Int16s, slot: int, row: Int32s) -> int:
    """Fill the columns of a word that the vocabulary knows. Returns its flags there."""
    flags = values[slot, v.FLAGS]
    if values[slot, v.KIND] >= 0:
        row[c.KIND] = values[slot, v.KIND]
        if row[c.KIND] == c.SAYS:
            flags |= c.SPEAKS
    row[c.OPENER] = values[slot, v.OPENER]
    if values[slot, v.COARSE] >= 0:
        row[c.COARSE], row[c.MIDDLE] = values[slot, v.COARSE], values[slot, v.MIDDLE]
        row[c.FINE] = values[slot, v.FINE]
    return int(flags)


@compiled
def describe_words(
    points: Points,
    table: Bytes,
    folded: Points,
    passages: Int32s,
    starts: Int32s,
    ends: Int32s,
    passage_of: Int32s,
    keys: Int32s,
    values: v.Int16s,
    attributes: Int32s,
) -> Int32s:
    """Fill the columns of the word for as many tokens as `attributes` has rows; returns the flags of all."""
    flags = np.empty(len(starts), np.int32)
    slots = np.empty(len(starts), np.int32)
    spare = np.empty((attributes.shape[1], 1), np.int32).T[0]
    _spell(points, table, folded, passages, starts, ends, passage_of, attributes, spare, flags, slots)
    _look_up(keys, slots)
    _add_known(values, slots, attributes, spare, flags)
    return flags


@borrowing
def _spell(
    points: Points,
    table: Bytes,
    folded: Points,
    passages: Int32s,
    starts: Int32s,
    ends: Int32s,
    passage_of: Int32s,
    attributes: Int32s,
    spare: Int32s,
    flags: Int32s,
    slots: Int32s,
) -> None:
    """Fill columns and flags of every token by its spelling; `slots` gets the hashes of words, -1 for other tokens."""
    for token in range(len(starts)):
        row = attributes[token] if token < len(attributes) else spare
        passage = passage_of[token]
        slots[token] = -1
        if passage >= 0:
            closed = passages[passage, 2] == 1
            flags[token] = _passage_row(points, table, starts[token], ends[token], closed, row)
        else:
            flags[token] = _word_row(points, table, folded, starts[token], ends[token], row)
            if row[c.KIND] != c.NEWLINE:
                slots[token] = row[c.WORD]


@borrowing
def _look_up(keys: Int32s, slots: Int32s) -> None:
    """Turn hashes into slots of the vocabulary, in a loop of its own, so that many reads of memory overlap."""
    for token in range(len(slots)):
        if slots[token] >= 0:
            slots[token] = _slot(keys, slots[token])


@borrowing
def _is_capitalised(attributes: Int32s, token: int, shape: int, known: int) -> bool:
    """Tell whether a word is an abbreviation as it is spelt: not `he fell ill. Falk`, not `the SEC. Falk`."""
    if shape != c.SHAPE_CAPITALS or known & c.ACRONYM == 0:
        return shape != c.SHAPE_LOWER
    return token + 2 >= len(attributes) or attributes[token + 2, c.SHAPE] != c.SHAPE_CAPITAL


@borrowing
def _add_known(values: v.Int16s, slots: Int32s, attributes: Int32s, spare: Int32s, flags: Int32s) -> None:
    """Add what the vocabulary says of the words it knows."""
    for token in range(len(slots)):
        if slots[token] >= 0:
            row = attributes[token] if token < len(attributes) else spare
            known = _known_word(values, slots[token], row)
            if known & c.CAPITALISED and not _is_capitalised(attributes, token, row[c.SHAPE], known):
                known &= ~c.ABBREVIATED
            if row[c.SHAPE] == c.SHAPE_CAPITALS:  # "the U.S. IT firm"
                known &= ~c.OPENS
            if known & c.ABBREVIATED:  # "U.S" is no one's initials
                flags[token] &= ~c.INITIALS
            flags[token] |= known
