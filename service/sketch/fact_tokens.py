"""Text -> tokens of facts: words with their case, figures with their value, sentences, quotation marks.

Unlike the tokens of shingles these keep what makes a fact: capitals, decimal points, scales, and where
a sentence begins.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.sketch.fact_words import (
    GLUED_UNIT,
    NUMBER,
    ORDINAL_END,
    SCALE,
    STEP,
    Classes16,
    Values,
    slot_of,
    word_hash,
)
from service.sketch.hashing import CHARACTER_CLASSES, GRAM_FLAG, LONG_GRAM_FLAG, Classes, CodePoints, Hashes

Kinds = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]

(
    _OTHER,
    _LOWER,
    _UPPER,
    _DIGIT,
    _SKIPPED,
    _NEWLINE,
    _POINT,
    _END,
    _OPEN,
    _CLOSE,
    _STRAIGHT,
    _APOSTROPHE,
    _DASH,
    _COMMA,
    _GRAM,
    _COLON,
) = range(16)

WORD, NAME, DOUBTFUL, FIGURE, GLUED, ORDINARY = range(6)
"""Kinds of tokens. NAME begins with a capital inside a sentence; DOUBTFUL has a capital that its place explains;
GLUED is a figure with letters at it, as in "A4" or a misread word; ORDINARY is a doubtful one that the text writes
small elsewhere."""

(
    HASH,
    STEM,
    KIND,
    WORD_CLASS,
    SENTENCE,
    QUOTED,
    START,
    END,
    MANTISSA,
    EXPONENT,
    LETTERS,
    JOINED,
    GAP,
    LINE,
) = range(14)
TOKEN_COLUMNS: Final = 14
"""Columns of tokens: int64[tokens, TOKEN_COLUMNS].

HASH and STEM (of five letters) are 64-bit hashes; SENTENCE counts sentences; START and END are code points; a figure
is MANTISSA times ten to EXPONENT; JOINED: only a hyphen is before it. GAP is what is before it: nothing, a comma or
colon, the end of a line, or the end of a sentence.
"""

GAP_NONE, GAP_COMMA, GAP_LINE, GAP_SENTENCE = range(4)

STEM_LETTERS: Final = 5
WHOLE_MAX: Final = 1_000_000_000
"""Maximum whole part of a number with a fraction behind it."""
GLUED_LETTERS_MIN: Final = 4
"""Minimum letters of a word before a capital inside it that begins another one: "nowThe", but not "McNeil"."""
DATELINE_CHARS_MAX: Final = 80
DATELINE_WORDS_MAX: Final = 8
AGENCY_CHARS_MAX: Final = 24
_CAN, _WILL, _NOT = (np.uint64(word_hash(word)) for word in ("can", "will", "not"))
_CA, _WO = np.uint64(word_hash("ca")), np.uint64(word_hash("wo"))
_S, _T, _N = (int(CHARACTER_CLASSES[ord(letter)]) for letter in "stn")


def _kind_of(point: int) -> int:
    char = chr(point)
    for kind, chars in (
        (_NEWLINE, "\n\u2028\u2029"),
        (_POINT, "."),
        (_END, "!?\u3002\uff01\uff1f\u2026"),
        (_COLON, ":;"),
        (_OPEN, "“„«‹"),
        (_CLOSE, "”»›"),
        (_STRAIGHT, '"'),
        (_APOSTROPHE, "'’ʼ"),
        (_DASH, "-–—*•‐‑"),
        (_COMMA, ","),
    ):
        if char in chars:
            return kind
    if int(CHARACTER_CLASSES[point]) == 0xFFFFFFFF:
        return _SKIPPED
    if unicodedata.decimal(char, None) is not None:
        return _DIGIT
    if int(CHARACTER_CLASSES[point]) & (GRAM_FLAG | LONG_GRAM_FLAG):
        return _GRAM
    category = unicodedata.category(char)
    if category in ("Lu", "Lt"):
        return _UPPER
    return _LOWER if category[0] in "LM" else _OTHER


CHARACTER_KINDS: Final[Kinds] = np.array([_kind_of(point) for point in range(0x10000)], np.uint8)
DIGIT_VALUES: Final[Kinds] = np.array(
    [unicodedata.decimal(chr(point), 0) for point in range(0x10000)], np.uint8
)


@compiled
def _is_lower(point: int, kinds: Kinds) -> bool:
    return point < 0x10000 and kinds[point] == _LOWER


@compiled
def fact_tokens(
    points: CodePoints,
    kinds: Kinds,
    digits: Kinds,
    folded: Classes,
    hashes: Hashes,
    classes: Classes16,
    values: Values,
    out: Numbers,
) -> int:
    """Fill in the tokens of a text, as many as `out` has room for, and return how many there are."""
    size = points.size
    at, count, sentence = 0, 0, 0
    fresh, is_new_sentence, quoted = True, False, False
    last_end, gap, line = -2, GAP_NONE, 0
    while at < size and count + 2 < out.shape[0]:
        point = points[at]
        kind = kinds[point] if point < 0x10000 else _LOWER
        if kind == _DIGIT:
            if is_new_sentence:
                sentence += 1
                is_new_sentence = False
            start = at
            before = at > 0 and at == last_end
            at, mantissa, exponent = _number(points, kinds, digits, at)
            if not before:
                at, mantissa, exponent = _with_fraction(points, kinds, digits, start, at, mantissa, exponent)
            token_kind = GLUED if before else FIGURE
            end = at
            after = at < size and (kinds[points[at]] if points[at] < 0x10000 else _LOWER) in (_LOWER, _UPPER)
            if after and not before:
                h = np.uint64(0)
                letters = at
                while (
                    letters < size
                    and points[letters] < 0x10000
                    and kinds[points[letters]] in (_LOWER, _UPPER)
                ):
                    h = (h ^ np.uint64(folded[points[letters]] & np.uint32(0x3FFFFF))) * STEP
                    letters += 1
                slot = slot_of(hashes, h)
                bits = int(classes[slot]) if slot >= 0 else 0
                closed = letters >= size or points[letters] >= 0x10000 or kinds[points[letters]] != _DIGIT
                if closed and bits & SCALE:
                    exponent += int(values[slot])
                    at = end = letters
                elif (closed and bits & ORDINAL_END) or (closed and bits & GLUED_UNIT):
                    at = letters
                else:
                    token_kind = GLUED
            while mantissa and mantissa % 10 == 0:
                mantissa //= 10
                exponent += 1
            row = out[count]
            row[HASH] = np.int64((np.uint64(mantissa) * np.uint64(31) + np.uint64(exponent + 64)) * STEP)
            row[STEM], row[KIND], row[WORD_CLASS], row[SENTENCE] = row[HASH], token_kind, 0, sentence
            row[QUOTED], row[START], row[END], row[MANTISSA], row[EXPONENT] = (
                quoted,
                start,
                end,
                mantissa,
                exponent,
            )
            row[LETTERS], row[JOINED], row[GAP], row[LINE] = 0, 0, gap, line
            gap = GAP_NONE
            count += 1
            last_end = at
            fresh = False
            continue
        if kind in (_LOWER, _UPPER):
            if is_new_sentence:
                sentence += 1
                is_new_sentence = False
            glued = at > 0 and at == last_end
            joined = (
                at > 0 and at - 1 == last_end and kinds[points[at - 1]] == _DASH
                if points[at - 1] < 0x10000
                else False
            )
            start, first_upper = at, kind == _UPPER
            h, before_last, stem = np.uint64(0), np.uint64(0), np.uint64(0)
            letters, uppers, last_class = 0, 0, 0
            negated, split, was_lower = False, False, False
            end = at
            while at < size:
                point = points[at]
                kind = kinds[point] if point < 0x10000 else _LOWER
                if (
                    kind == _UPPER
                    and letters >= GLUED_LETTERS_MIN
                    and was_lower
                    and at + 1 < size
                    and _is_lower(points[at + 1], kinds)
                ):
                    split = True  # two words whose blank was lost
                    break
                if kind in (_LOWER, _UPPER):
                    was_lower = kind == _LOWER
                    cls = int(folded[point] & np.uint32(0x3FFFFF)) if point < 0x10000 else int(point)
                    before_last = h
                    h = (h ^ np.uint64(cls)) * STEP
                    letters += 1
                    uppers += kind == _UPPER
                    last_class = cls
                    if letters <= STEM_LETTERS:
                        stem = h
                    at += 1
                    end = at
                elif kind == _SKIPPED:
                    at += 1
                elif (
                    kind == _APOSTROPHE
                    and at + 1 < size
                    and points[at + 1] < 0x10000
                    and kinds[points[at + 1]] in (_LOWER, _UPPER)
                ):
                    single = (
                        at + 2 >= size
                        or points[at + 2] >= 0x10000
                        or kinds[points[at + 2]] not in (_LOWER, _UPPER)
                    )
                    following = int(folded[points[at + 1]])
                    if single and following == _S:
                        at += 2
                        break
                    if single and following == _T and last_class == _N:
                        negated = True
                        at += 2
                        end = at
                        break
                    at += 1
                else:
                    break
            if negated:
                h = before_last
                h = _CAN if h == _CA else (_WILL if h == _WO else h)
                stem = h
            slot = slot_of(hashes, h)
            bits = int(classes[slot]) if slot >= 0 else 0
            row = out[count]
            token_kind = WORD
            if first_upper and not glued:
                token_kind = DOUBTFUL if fresh or (uppers == letters and letters > 1) else NAME
            row[HASH], row[STEM], row[KIND], row[WORD_CLASS] = np.int64(h), np.int64(stem), token_kind, bits
            row[SENTENCE], row[QUOTED], row[START], row[END] = sentence, quoted, start, end
            row[MANTISSA] = int(values[slot]) if slot >= 0 else 0
            row[EXPONENT], row[LETTERS], row[JOINED], row[GAP], row[LINE] = 0, letters, joined, gap, line
            gap = GAP_NONE
            count += 1
            if negated:
                row = out[count]
                slot = slot_of(hashes, _NOT)
                row[HASH] = row[STEM] = np.int64(_NOT)
                row[KIND], row[WORD_CLASS] = WORD, int(classes[slot]) if slot >= 0 else 0
                row[SENTENCE], row[QUOTED], row[START], row[END] = sentence, quoted, start, end
                row[MANTISSA], row[EXPONENT], row[LETTERS], row[JOINED], row[GAP], row[LINE] = (
                    0,
                    0,
                    3,
                    0,
                    0,
                    line,
                )
                count += 1
            last_end = -2 if split else at
            fresh = split
            if split:
                gap = GAP_SENTENCE
            continue
        if kind == _GRAM:
            row = out[count]
            h = np.uint64(folded[point] & np.uint32(0x3FFFFF)) * STEP
            row[HASH] = row[STEM] = np.int64(h)
            row[KIND], row[WORD_CLASS], row[SENTENCE], row[QUOTED] = WORD, 0, sentence, quoted
            row[START], row[END], row[MANTISSA], row[EXPONENT], row[LETTERS], row[JOINED] = (
                at,
                at + 1,
                0,
                0,
                1,
                0,
            )
            row[GAP], row[LINE] = gap, line
            gap = GAP_NONE
            count += 1
            fresh = False
        elif kind in (_POINT, _END):
            fresh = is_new_sentence = True
            gap = GAP_SENTENCE
        elif kind == _NEWLINE:
            fresh = True
            line += 1
            gap = max(gap, GAP_LINE)
            if at + 1 < size and points[at + 1] < 0x10000 and kinds[points[at + 1]] == _NEWLINE:
                quoted, is_new_sentence = False, True
        elif kind in (_COLON, _DASH):
            fresh = fresh or kind == _COLON or at != last_end
            gap = max(gap, GAP_COMMA if kind == _COLON else GAP_NONE)
        elif kind == _COMMA:
            gap = max(gap, GAP_COMMA)
        elif kind == _OPEN:
            quoted = fresh = True
        elif kind == _CLOSE:
            quoted, fresh = False, True
        elif kind == _STRAIGHT:
            quoted, fresh = not quoted, True
        at += 1
    return _figures(out, count)


@compiled
def _number(points: CodePoints, kinds: Kinds, digits: Kinds, at: int) -> tuple[int, int, int]:
    """Read a number that begins here; return the place behind it, its mantissa and its power of ten."""
    size = points.size
    mantissa, n_points, n_commas, behind = 0, 0, 0, 0
    while at < size:
        point = points[at]
        kind = kinds[point] if point < 0x10000 else _OTHER
        if kind == _DIGIT:
            if mantissa < 100_000_000_000_000_000:
                mantissa = mantissa * 10 + int(digits[point])
            else:
                mantissa = (mantissa * 31 + int(digits[point])) & 0xFFFFFFFFFFFFFF
            behind += 1
        elif (
            kind in (_POINT, _COMMA)
            and at + 1 < size
            and points[at + 1] < 0x10000
            and kinds[points[at + 1]] == _DIGIT
        ):
            n_points += kind == _POINT
            n_commas += kind == _COMMA
            behind = 0
        else:
            break
        at += 1
    is_decimal = n_points == 1 or (n_points == 0 and n_commas == 1 and behind != 3)
    return at, mantissa, -behind if is_decimal else 0


@compiled
def _with_fraction(
    points: CodePoints, kinds: Kinds, digits: Kinds, start: int, at: int, mantissa: int, exponent: int
) -> tuple[int, int, int]:
    """Read the fraction that a number is part of, as in "7-5/8" or "1/2"; all else comes back as it was.

    Only halves of halves: prices have these, and dates and seasons ("1986/87") rarely look so.
    """
    if exponent or mantissa > WHOLE_MAX or at >= points.size:
        return at, mantissa, exponent
    if points[at] == ord("/"):
        end, over, under = _fraction(points, kinds, digits, start)
        mantissa = 0
    elif points[at] == ord("-") or points[at] == ord(" "):
        end, over, under = _fraction(points, kinds, digits, at + 1)
    else:
        return at, mantissa, exponent
    if end:
        at = end
        while under > 1:
            mantissa, over, under, exponent = mantissa * 10, over * 5, under // 2, exponent - 1
        mantissa += over
    elif points[at] == ord("/"):
        _, mantissa, exponent = _number(points, kinds, digits, start)
    return at, mantissa, exponent


@compiled
def _fraction(points: CodePoints, kinds: Kinds, digits: Kinds, at: int) -> tuple[int, int, int]:
    """Read a proper fraction of halves, quarters ... that begins here; return its end, 0 if there is none."""
    parts = np.zeros(2, np.int64)
    for i in range(2):
        begin = at
        while at < points.size and at < begin + 3 and points[at] < 0x10000 and kinds[points[at]] == _DIGIT:
            parts[i] = parts[i] * 10 + int(digits[points[at]])
            at += 1
        if at == begin or at == begin + 3 or (i == 0 and (at >= points.size or points[at] != ord("/"))):
            return 0, 0, 1
        at += i == 0
    over, under = parts[0], parts[1]
    if not 0 < over < under or under & (under - 1) or (at < points.size and points[at] == ord("/")):
        return 0, 0, 1
    return at, over, under


@compiled
def _figures(out: Numbers, count: int) -> int:
    """Turn number words into figures, "twenty-five" into one, and let a scale multiply the figure before it."""
    kept = 0
    for i in range(count):
        row = out[i]
        bits = row[WORD_CLASS]
        if (
            kept
            and row[KIND] <= DOUBTFUL
            and bits & SCALE
            and out[kept - 1, KIND] == FIGURE
            and row[LETTERS] > 1
        ):
            out[kept - 1, EXPONENT] += row[MANTISSA]
            out[kept - 1, END] = row[END]
            continue
        if row[KIND] <= DOUBTFUL and bits & NUMBER:
            value = row[MANTISSA]
            if (
                kept
                and value < 10
                and row[JOINED]
                and out[kept - 1, KIND] == FIGURE
                and out[kept - 1, LETTERS]
                and out[kept - 1, MANTISSA] < 10
                and out[kept - 1, EXPONENT] == 1
            ):
                out[kept - 1, MANTISSA] = out[kept - 1, MANTISSA] * 10 + value
                out[kept - 1, EXPONENT] = 0
                out[kept - 1, END] = row[END]
                continue
            out[kept] = row
            out[kept, KIND], out[kept, WORD_CLASS], out[kept, EXPONENT] = FIGURE, 0, 0
            while value and value % 10 == 0:
                value //= 10
                out[kept, EXPONENT] += 1
            out[kept, MANTISSA] = value
        else:
            if kept != i:
                out[kept] = row
        kept += 1
    for i in range(kept):
        if out[i, KIND] == FIGURE:
            key = (np.uint64(out[i, MANTISSA]) * np.uint64(31) + np.uint64(out[i, EXPONENT] + 64)) * STEP
            out[i, HASH] = out[i, STEM] = np.int64(key)
    return kept


@compiled
def dateline_end(points: CodePoints, kinds: Kinds, at: int) -> int:
    """Return where the datelines of a line end, as in "OSTBY, May 3 (Agency) -"; its start if it has none."""
    begin = at
    while True:
        end = _one_dateline(points, kinds, begin)
        if end == begin:
            return end
        begin = end


@compiled
def _one_dateline(points: CodePoints, kinds: Kinds, begin: int) -> int:
    at, words, capitals = begin, 0, 0
    end = min(points.size, begin + DATELINE_CHARS_MAX)
    while at < end and points[at] < 0x10000:
        point = points[at]
        kind = kinds[point]
        if kind in (_UPPER, _DIGIT):
            capitals += kind == _UPPER
            words += 1
            while (
                at < end
                and points[at] < 0x10000
                and kinds[points[at]] in (_UPPER, _LOWER, _DIGIT, _APOSTROPHE)
            ):
                at += 1
            if words > DATELINE_WORDS_MAX:
                return begin
            continue
        if point == ord("("):
            close = at + 1
            while (
                close < end
                and close < at + AGENCY_CHARS_MAX
                and points[close] < 0x10000
                and kinds[points[close]] in (_UPPER, _LOWER, _DIGIT, _OTHER, _POINT)
                and points[close] != ord(")")
            ):
                close += 1
            if close < end and points[close] == ord(")") and close > at + 1 and (capitals or at == begin):
                return _behind(points, kinds, close + 1)
            return begin
        if point == ord("/"):
            close = at + 1
            while close < end and points[close] < 0x10000 and kinds[points[close]] == _UPPER:
                close += 1
            if close > at + 1 and close < end and points[close] == ord("/"):
                return _behind(points, kinds, close + 1)
            return begin
        if kind == _DASH:
            is_double = at + 1 < end and points[at + 1] < 0x10000 and kinds[points[at + 1]] == _DASH
            is_apart = (
                at > begin and points[at - 1] == ord(" ") and at + 1 < end and points[at + 1] == ord(" ")
            )
            if capitals and (point != ord("-") or is_double or is_apart):
                return _behind(points, kinds, at)
            if not (
                at + 1 < end
                and points[at + 1] < 0x10000
                and kinds[points[at + 1]] == _UPPER
                and at > begin
                and points[at - 1] != ord(" ")
            ):
                return begin
        elif kind != _POINT and kind != _COMMA and point not in (ord(" "), ord("["), ord("]")):
            return begin
        at += 1
    return begin


@compiled
def _behind(points: CodePoints, kinds: Kinds, at: int) -> int:
    """Skip dashes, stops, colons and blanks."""
    while (
        at < points.size
        and points[at] < 0x10000
        and (kinds[points[at]] in (_DASH, _POINT, _COLON) or points[at] == ord(" "))
    ):
        at += 1
    return at
