"""Text -> tokens of facts: words with their case, figures with their value, sentences, quotation marks.

Unlike the tokens of shingles these keep what makes a fact: capitals, decimal points, scales, and where
a sentence begins.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import compiled
from service.sketch.fact_characters import (
    C_APOSTROPHE,
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
    C_POINT,
    C_SKIPPED,
    C_STRAIGHT,
    C_UPPER,
    Kinds,
)
from service.sketch.fact_columns import (
    DOUBTFUL,
    END,
    EXPONENT,
    FIGURE,
    GAP,
    GAP_COMMA,
    GAP_LINE,
    GAP_NONE,
    GAP_SENTENCE,
    GLUED,
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
    WORD,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_numbers import join_figures, read_number, with_fraction
from service.sketch.fact_words import (
    GLUED_UNIT,
    ORDINAL_END,
    SCALE,
    STEP,
    Classes16,
    Values,
    slot_of,
    word_hash,
)
from service.sketch.hashing import CHARACTER_CLASSES, Classes, CodePoints, Hashes

STEM_LETTERS: Final = 5
GLUED_LETTERS_MIN: Final = 4
"""Minimum letters of a word before a capital inside it that begins another one: "nowThe", but not "McNeil"."""
_CAN, _WILL, _NOT = (np.uint64(word_hash(word)) for word in ("can", "will", "not"))
_CA, _WO = np.uint64(word_hash("ca")), np.uint64(word_hash("wo"))
_S, _T, _N = (int(CHARACTER_CLASSES[ord(letter)]) for letter in "stn")


@compiled
def _is_lower(point: int, kinds: Kinds) -> bool:
    return point < 0x10000 and kinds[point] == C_LOWER


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
        kind = kinds[point] if point < 0x10000 else C_LOWER
        if kind == C_DIGIT:
            if is_new_sentence:
                sentence += 1
                is_new_sentence = False
            start = at
            before = at > 0 and at == last_end
            at, mantissa, exponent = read_number(points, kinds, digits, at)
            if not before:
                at, mantissa, exponent = with_fraction(points, kinds, digits, start, at, mantissa, exponent)
            token_kind = GLUED if before else FIGURE
            end = at
            after = at < size and (kinds[points[at]] if points[at] < 0x10000 else C_LOWER) in (
                C_LOWER,
                C_UPPER,
            )
            if after and not before:
                h = np.uint64(0)
                letters = at
                while (
                    letters < size
                    and points[letters] < 0x10000
                    and kinds[points[letters]] in (C_LOWER, C_UPPER)
                ):
                    h = (h ^ np.uint64(folded[points[letters]] & np.uint32(0x3FFFFF))) * STEP
                    letters += 1
                slot = slot_of(hashes, h)
                bits = int(classes[slot]) if slot >= 0 else 0
                closed = letters >= size or points[letters] >= 0x10000 or kinds[points[letters]] != C_DIGIT
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
        if kind in (C_LOWER, C_UPPER):
            if is_new_sentence:
                sentence += 1
                is_new_sentence = False
            glued = at > 0 and at == last_end
            joined = (
                at > 0 and at - 1 == last_end and kinds[points[at - 1]] == C_DASH
                if points[at - 1] < 0x10000
                else False
            )
            start, first_upper = at, kind == C_UPPER
            h, before_last, stem = np.uint64(0), np.uint64(0), np.uint64(0)
            letters, uppers, last_class = 0, 0, 0
            negated, split, was_lower = False, False, False
            end = at
            while at < size:
                point = points[at]
                kind = kinds[point] if point < 0x10000 else C_LOWER
                if (
                    kind == C_UPPER
                    and letters >= GLUED_LETTERS_MIN
                    and was_lower
                    and at + 1 < size
                    and _is_lower(points[at + 1], kinds)
                ):
                    split = True  # two words whose blank was lost
                    break
                if kind in (C_LOWER, C_UPPER):
                    was_lower = kind == C_LOWER
                    cls = int(folded[point] & np.uint32(0x3FFFFF)) if point < 0x10000 else int(point)
                    before_last = h
                    h = (h ^ np.uint64(cls)) * STEP
                    letters += 1
                    uppers += kind == C_UPPER
                    last_class = cls
                    if letters <= STEM_LETTERS:
                        stem = h
                    at += 1
                    end = at
                elif kind == C_SKIPPED:
                    at += 1
                elif (
                    kind == C_APOSTROPHE
                    and at + 1 < size
                    and points[at + 1] < 0x10000
                    and kinds[points[at + 1]] in (C_LOWER, C_UPPER)
                ):
                    single = (
                        at + 2 >= size
                        or points[at + 2] >= 0x10000
                        or kinds[points[at + 2]] not in (C_LOWER, C_UPPER)
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
        if kind == C_GRAM:
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
        elif kind in (C_POINT, C_END):
            fresh = is_new_sentence = True
            gap = GAP_SENTENCE
        elif kind == C_NEWLINE:
            fresh = True
            line += 1
            gap = max(gap, GAP_LINE)
            if at + 1 < size and points[at + 1] < 0x10000 and kinds[points[at + 1]] == C_NEWLINE:
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
