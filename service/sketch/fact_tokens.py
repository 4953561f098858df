"""Text -> tokens of facts: words with their case, figures with their value, sentences, quotation marks.

Unlike the tokens of shingles these keep what makes a fact: capitals, decimal points, scales, and where
a sentence begins.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing
from service.sketch.fact_characters import (
    C_CLOSE,
    C_COLON,
    C_COMMA,
    C_DASH,
    C_DIGIT,
    C_END,
    C_GRAM,
    C_LOWER,
    C_NEWLINE,
    C_OPEN,
    C_OTHER,
    C_POINT,
    C_STRAIGHT,
    C_UPPER,
    CODE_KIND_SHIFT,
    Kinds,
)
from service.sketch.fact_columns import (
    CAPITALS,
    DOUBTFUL,
    END,
    EXPONENT,
    GAP,
    GAP_COMMA,
    GAP_LINE,
    GAP_NONE,
    GAP_SENTENCE,
    HASH,
    JOINED,
    KIND,
    LETTERS,
    LINE,
    MANTISSA,
    NAME,
    QUOTED,
    SENTENCE,
    START,
    STEM,
    UNIT_OF,
    WORD,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_numbers import figure_hash, join_figures
from service.sketch.fact_reading import class_of, is_shouted, read_figure, read_word
from service.sketch.fact_scan import Ends, scan_word
from service.sketch.fact_words import (
    STEP,
    Classes16,
    Values,
    slot_of,
    word_hash,
)
from service.sketch.hashing import Classes, CodePoints, Hashes

_NOT: Final = np.uint64(word_hash("not"))


@borrowing
def _put(
    out: Numbers,
    count: int,
    kind: int,
    h: np.uint64,
    stem: np.uint64,
    bits: int,
    start: int,
    end: int,
    sentence: int,
    quoted: bool,
    gap: int,
    line: int,
) -> int:
    """Write a token without value, letters and capitals, and return its row."""
    out[count, HASH], out[count, STEM] = np.int64(h), np.int64(stem)
    out[count, KIND], out[count, WORD_CLASS] = kind, bits
    out[count, START], out[count, END] = start, end
    out[count, SENTENCE], out[count, QUOTED], out[count, GAP], out[count, LINE] = sentence, quoted, gap, line
    out[count, MANTISSA], out[count, EXPONENT] = 0, 0
    out[count, LETTERS], out[count, CAPITALS], out[count, JOINED], out[count, UNIT_OF] = 0, 0, 0, 0
    return count


@borrowing
def fact_tokens(
    points: CodePoints,
    codes: Classes,
    ends: Ends,
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
    last_end, gap, line, run = -2, GAP_NONE, 0, 0
    while at < size and count + 2 < out.shape[0]:
        kind = codes[at] >> np.uint32(CODE_KIND_SHIFT)
        if (kind == C_LOWER) | (kind == C_UPPER) | (kind == C_DIGIT):
            sentence += is_new_sentence
            is_new_sentence = False
            start, is_glued = at, at > 0 and at == last_end
            joined = at > 0 and at - 1 == last_end and codes[at - 1] >> np.uint32(CODE_KIND_SHIFT) == C_DASH
            if kind == C_DIGIT:
                figure, at, end, mantissa, exponent, unit = read_figure(
                    points, kinds, digits, folded, hashes, classes, values, at, is_glued
                )
                h = figure_hash(mantissa, exponent)
                row = _put(out, count, figure, h, h, 0, start, end, sentence, quoted, gap, line)
                out[row, MANTISSA], out[row, EXPONENT] = mantissa, exponent
                out[row, JOINED], out[row, UNIT_OF] = joined, unit
                count += 1
                gap, last_end, fresh = GAP_NONE, at, False
                continue
            while ends[run] <= at:
                run += 1
            end, negated, split = int(ends[run]), False, False
            letters = end - at
            word, stem, uppers, is_plain = scan_word(codes, at, end)
            at = end
            if not is_plain:
                at, end, word, stem, letters, uppers, negated, split = read_word(points, kinds, folded, start)
            slot = slot_of(hashes, word)
            bits, value = int(classes[slot]), int(values[slot])
            has_reason = fresh | is_shouted(letters, uppers)
            token = (DOUBTFUL if has_reason else NAME) if (kind == C_UPPER) & (not is_glued) else WORD
            row = _put(out, count, token, word, stem, bits, start, end, sentence, quoted, gap, line)
            out[row, MANTISSA], out[row, LETTERS], out[row, CAPITALS] = value, letters, uppers
            out[row, JOINED] = joined
            count += 1
            if negated:
                bits = int(classes[slot_of(hashes, _NOT)])
                row = _put(out, count, WORD, _NOT, _NOT, bits, start, end, sentence, quoted, GAP_NONE, line)
                out[row, LETTERS] = 3
                count += 1
            fresh, gap, last_end = split, GAP_SENTENCE if split else GAP_NONE, -2 if split else at
            at += (
                codes[at] >> np.uint32(CODE_KIND_SHIFT) == C_OTHER and at < size
            )  # the blank behind most words
            continue
        if kind == C_GRAM:
            h = np.uint64(class_of(points[at], folded)) * STEP
            row = _put(out, count, WORD, h, h, 0, at, at + 1, sentence, quoted, gap, line)
            out[row, LETTERS] = 1
            count += 1
            gap, fresh = GAP_NONE, False
        elif kind in (C_POINT, C_END):
            fresh = is_new_sentence = True
            gap = GAP_SENTENCE
        elif kind == C_NEWLINE:
            fresh = True
            line += 1
            gap = max(gap, GAP_LINE)
            if codes[at + 1] >> np.uint32(CODE_KIND_SHIFT) == C_NEWLINE:
                quoted, is_new_sentence = False, True
        elif kind in (C_COLON, C_DASH):
            fresh = fresh or kind == C_COLON or at != last_end
            gap = max(gap, GAP_COMMA if kind == C_COLON else GAP_NONE)
        elif kind == C_COMMA:
            gap = max(gap, GAP_COMMA)
        elif kind == C_OPEN:
            quoted = fresh = True
        elif kind == C_CLOSE:
            quoted, fresh = False, True
        elif kind == C_STRAIGHT:
            quoted, fresh = not quoted, True
        at += 1
    return join_figures(out, count)
