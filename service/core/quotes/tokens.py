"""Text -> tokens with attributes. A marked passage is one token: nothing inside it is analysed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from service.core.compiled import borrowing, compiled
from service.core.quotes import codepoints as p
from service.core.quotes import columns as c
from service.core.quotes import vocabulary as v
from service.core.quotes.codepoints import Bytes, Int32s, Points, classes, folds, points_of
from service.core.quotes.marks import find_passages
from service.core.quotes.vocabulary import Vocabulary

SENTENCE_TOKENS_MAX = 250
"""A sentence is cut here if nothing ends it: what looks at sentences stays bounded."""
DESCRIBED_TOKENS_MAX = 120_000
"""Tokens that get attributes; a text of more is some 700,000 characters long."""


@dataclass(slots=True)
class Tokens:
    """The tokens of a text. One entry a token, except `attributes`, which ends at DESCRIBED_TOKENS_MAX."""

    text: str
    starts: Int32s
    ends: Int32s
    flags: Int32s
    sentences: Int32s
    paragraphs: Int32s
    attributes: Int32s  # [tokens, columns.COLUMNS]

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def described(self) -> int:
        """How many tokens have attributes."""
        return len(self.attributes)


def tokenise(text: str, vocabulary: Vocabulary) -> Tokens:
    """Tokens of `text` with all attributes; time linear in the text."""
    points, table, folded = points_of(text), classes(), folds()
    passages = find_passages(points, table)
    starts, ends, passage_of = cut(points, table, passages)
    count = min(len(starts), DESCRIBED_TOKENS_MAX)
    attributes = np.empty((c.COLUMNS, count), np.int32).T  # each column in one piece of memory
    flags = describe_words(
        points,
        table,
        folded,
        passages,
        starts,
        ends,
        passage_of,
        vocabulary.keys,
        vocabulary.values,
        attributes,
    )
    sentences, paragraphs = number_sentences(flags, starts, ends)
    describe_places(attributes, sentences, paragraphs)
    return Tokens(text, starts, ends, flags, sentences, paragraphs, attributes)


@borrowing
def _class_at(points: Points, table: Bytes, at: int) -> int:
    if at < 0 or at >= len(points):
        return p.SPACE
    return int(table[min(points[at], len(table) - 1)])


@borrowing
def _clitic(points: Points, table: Bytes, at: int) -> int:
    """Width of 's, 're, 've, 'll, 'd, 'm, 't standing at an apostrophe; 0 if none does."""
    end = at + 1
    while end < at + 4 and _class_at(points, table, end) <= p.WORD_MAX:
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
    """Where the word ends: letters and digits, joined by - & . and apostrophes that are not a clitic's."""
    at = start
    while at < limit:
        kind = table[min(points[at], len(table) - 1)]
        if kind <= p.WORD_MAX:
            at += 1
            continue
        following = _class_at(points, table, at + 1) if at + 1 < limit else p.SPACE
        if following > p.WORD_MAX:
            break
        point = points[at]
        if point == 0x2E:  # U.S, example.com, 3.5; but `said.The` lost its space
            if following == p.UPPER and _class_at(points, table, at + 2) == p.LOWER:
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
                _class_at(points, table, end) == p.SPACE or _class_at(points, table, end) == p.LINE
            ):
                line = line or _class_at(points, table, end) == p.LINE
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
    """Columns of a marked passage, which is known by its length and edges alone; returns its flags."""
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
def _word_row(
    points: Points,
    table: Bytes,
    folded: Points,
    start: int,
    end: int,
    row: Int32s,
) -> int:
    """Columns of a word or mark as it is spelt; returns its flags."""
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
    row[c.SUFFIX3] = v.hash_points(points, max(start, end - 3), end, folded, digits)
    row[c.SUFFIX2] = v.hash_points(points, max(start, end - 2), end, folded, digits)
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
    return flags


@borrowing
def _known_word(values: v.Int16s, slot: int, row: Int32s) -> int:
    """What the vocabulary says of a word goes into its columns; returns its flags there."""
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
    """Columns and flags of every token by itself; `slots` gets the hashes of words, -1 for what is none."""
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
    """Hashes -> slots of the vocabulary: in a loop of their own, so that many wait for memory at once."""
    for token in range(len(slots)):
        if slots[token] >= 0:
            slots[token] = _slot(keys, slots[token])


@borrowing
def _add_known(values: v.Int16s, slots: Int32s, attributes: Int32s, spare: Int32s, flags: Int32s) -> None:
    """What the vocabulary says of the words it knows."""
    for token in range(len(slots)):
        if slots[token] >= 0:
            row = attributes[token] if token < len(attributes) else spare
            flags[token] |= _known_word(values, slots[token], row)


@compiled
def number_sentences(flags: Int32s, starts: Int32s, ends: Int32s) -> tuple[Int32s, Int32s]:
    """Sentence and paragraph of every token.

    A full stop ends a sentence unless it follows an abbreviation at once; a passage ends one when it ends like
    one and no verb of saying follows: `"Go." She left.` but `"Go!" she said.`
    """
    count = len(flags)
    sentences = np.empty(count, np.int32)
    paragraphs = np.empty(count, np.int32)
    sentence, paragraph, length = 0, 0, 0
    begins = c.MAY_BEGIN | c.BREAKS | c.MARKED
    for token in range(count):
        sentences[token] = sentence
        paragraphs[token] = paragraph
        length += 1
        flag = flags[token]
        ended = False
        if flag & c.BREAKS:
            ended = True
            paragraph += 1
        elif token + 1 < count:
            following = flags[token + 1]
            if flag & c.ENDS:
                short = (
                    token > 0 and flags[token - 1] & c.ABBREVIATED != 0 and ends[token - 1] == starts[token]
                )
                ended = (not short or following & c.BREAKS != 0) and following & begins != 0
            elif flag & c.SHUTS and token > 0 and flags[token - 1] & c.ENDS:
                ended = following & begins != 0
            elif flag & c.MARKED_ENDS:
                if following & c.MARKED:
                    ended = True
                elif following & c.MAY_BEGIN:
                    says = 0
                    for near in range(token + 1, min(count, token + (3 if flag & c.MARKED_STOPS else 6))):
                        says |= flags[near] & c.SPEAKS
                    ended = says == 0
            elif length >= SENTENCE_TOKENS_MAX:
                ended = True
        if ended:
            sentence += 1
            length = 0
    return sentences, paragraphs


@compiled
def sentence_bounds(starts: Int32s, ends: Int32s, flags: Int32s, sentences: Int32s) -> tuple[Int32s, Int32s]:
    """Starts and ends of the sentences that are not mere line breaks, in order."""
    lows, highs = np.empty(len(starts), np.int32), np.empty(len(starts), np.int32)
    count, number = 0, -1
    for token in range(len(starts)):
        if flags[token] & c.BREAKS:
            continue
        if sentences[token] != number:
            number = sentences[token]
            lows[count] = starts[token]
            count += 1
        highs[count - 1] = ends[token]
    return lows[:count].copy(), highs[:count].copy()


@borrowing
def near(distance: int) -> int:
    """Distance in classes: 0-4 as they are, then 5-6, 7-10, 11-20, more."""
    if distance <= 4:
        return distance
    return 5 if distance <= 6 else 6 if distance <= 10 else 7 if distance <= 20 else 8


@borrowing
def describe_places(attributes: Int32s, sentences: Int32s, paragraphs: Int32s) -> None:
    """The columns of the place: nearest cue words, commas, clause openers, passages around."""
    a = attributes
    count = len(a)
    first = 0
    marked_before = 0
    while first < count:
        end, cues, passages = first, 0, 0
        while end < count and sentences[end] == sentences[first]:
            cues += a[end, c.KIND] <= c.CUES
            passages += a[end, c.KIND] == c.PASSAGE
            end += 1
        holds = min(cues, 3) * 4 + min(passages, 3)
        cue, commas, opener, passage = -1, 0, -1, -1
        for t in range(first, end):
            kind = a[t, c.KIND]
            a[t, c.CUE_BEFORE] = -1 if cue < 0 else a[cue, c.WORD]
            a[t, c.CUE_BEFORE_FAR] = -1 if cue < 0 else a[cue, c.KIND] * 16 + near(t - cue)
            a[t, c.COMMAS] = min(commas, 3) * 4
            a[t, c.OPENER_BEFORE] = -1 if opener < 0 else a[opener, c.WORD]
            a[t, c.OPENER_BEFORE_FAR] = 20 + near(t - first) if opener < 0 else near(t - opener)
            a[t, c.SENTENCE_FROM] = near(t - first)
            a[t, c.PASSAGE_FAR] = 0 if passage < 0 else (1 + min(t - passage, 3)) * 8
            a[t, c.PARAGRAPH] = min(paragraphs[t], 3)
            a[t, c.SENTENCE_HOLDS] = holds
            a[t, c.NEIGHBOUR_HOLDS] = marked_before + (4 if passages else 0)
            if kind <= c.CUES:
                cue = t
                commas = 0
            commas += a[t, c.OPENER] == c.COMMA_OPENER
            if 0 <= a[t, c.OPENER] < c.OPENER_LINE:
                opener = t
            if kind == c.PASSAGE:
                passage = t
        cue, commas, opener, passage = -1, 0, -1, -1
        for t in range(end - 1, first - 1, -1):
            kind = a[t, c.KIND]
            a[t, c.CUE_AFTER] = -1 if cue < 0 else a[cue, c.WORD]
            a[t, c.CUE_AFTER_FAR] = -1 if cue < 0 else a[cue, c.KIND] * 16 + near(cue - t)
            a[t, c.COMMAS] += min(commas, 3)
            a[t, c.OPENER_AFTER] = -1 if opener < 0 else a[opener, c.WORD]
            a[t, c.OPENER_AFTER_FAR] = 20 + near(end - t) if opener < 0 else near(opener - t)
            a[t, c.PASSAGE_FAR] += 0 if passage < 0 else 1 + min(passage - t, 3)
            a[t, c.SENTENCE_TO] = near(end - t)
            if kind <= c.CUES:
                cue = t
                commas = 0
            commas += a[t, c.OPENER] == c.COMMA_OPENER
            if 0 <= a[t, c.OPENER] < c.OPENER_LINE:
                opener = t
            if kind == c.PASSAGE:
                passage = t
        marked_before = 1 if passages else 0
        if end < count and paragraphs[end] != paragraphs[first]:
            marked_before += 2
        first = end
