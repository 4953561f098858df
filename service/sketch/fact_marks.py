"""Mark the tokens of furniture, and capitalised words that are no names."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.datelines import dateline_end
from service.sketch.fact_characters import Kinds
from service.sketch.fact_columns import (
    CAPITALS,
    DOUBTFUL,
    EXPONENT,
    FIGURE,
    GAP,
    GAP_LINE,
    GLUED,
    HASH,
    KIND,
    LETTERS,
    LINE,
    MANTISSA,
    NAME,
    ORDINARY,
    SENTENCE,
    START,
    WORD,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_hashes import NAME_LETTERS_MIN
from service.sketch.fact_reading import is_shouted
from service.sketch.fact_words import AGENCY, AUXILIARY, CREDIT, DATE, NEGATION, REVERSING, word_hash
from service.sketch.hashing import CodePoints

FIRST_LINES: Final = 3
LAST_LINES: Final = 6
"""Number of lines at either end of a text that are looked at for datelines, bylines and credits."""
CREDIT_WORDS_MAX: Final = 16
SIGN: Final = ord("©")
OPENED: Final = ord("(")
ADDRESSED: Final = ord("@")
NEWLINE: Final = ord("\n")
DAY_OR_MINUTE_END: Final = 60
YEARS_FROM: Final = 1_900
YEARS_END: Final = 2_100
"""Figures of a date or a time: below the first, or from the second on and below the third."""
_C: Final = np.int64(np.uint64(word_hash("c")))
_BY: Final = np.int64(np.uint64(word_hash("by")))
_COPYRIGHT: Final = np.int64(np.uint64(word_hash("copyright")))
SHOUTED_MIN: Final = 3
SHOUTED_MAX: Final = 24
"""Number of words in capitals that a text may begin with; more of them are a text in capitals."""


@borrowing
def _is_copyright(points: CodePoints, tokens: Numbers, first: int) -> bool:
    """Return whether "©" or "(c)" stands at the first word of a line."""
    start = tokens[first, START]
    if tokens[first, HASH] == _C and start > 0 and points[start - 1] == OPENED:
        return True
    return bool((start > 0 and points[start - 1] == SIGN) or (start > 1 and points[start - 2] == SIGN))


@borrowing
def _is_of_a_date(mantissa: int, exponent: int) -> bool:
    """Return whether a figure may be a day, a year, or a part of a time."""
    value = mantissa * 10.0**exponent
    return bool(value < DAY_OR_MINUTE_END or YEARS_FROM <= value < YEARS_END)


@borrowing
def _tells_date(tokens: Numbers, first: int, end: int) -> bool:
    """Return whether these tokens name a month or a half of a day; "may" does so with a capital only."""
    for i in range(first, end):
        bits = tokens[i, WORD_CLASS]
        if bits & DATE and not (bits & AUXILIARY and tokens[i, KIND] == WORD):
            return True
    return False


@borrowing
def _has_figures_of_dates(tokens: Numbers, first: int, end: int) -> bool:
    """Return whether all figures among these tokens are those of a date that is named there; true without figures."""
    is_dated = _tells_date(tokens, first, end)
    for i in range(first, end):
        kind = tokens[i, KIND]
        if kind == GLUED or (kind == FIGURE and not is_dated):
            return False
        if kind == FIGURE and not _is_of_a_date(tokens[i, MANTISSA], tokens[i, EXPONENT]):
            return False
    return True


@borrowing
def _says_something(points: CodePoints, tokens: Numbers, first: int, end: int) -> bool:
    """Return whether a line has a word that is neither a name nor one of those that credits are made of."""
    for i in range(first, end):
        kind, bits = tokens[i, KIND], tokens[i, WORD_CLASS]
        if kind in (FIGURE, GLUED) or bits & (AGENCY | CREDIT):
            continue
        if kind in (NAME, DOUBTFUL):
            if bits & (NEGATION | REVERSING):
                return True
        elif tokens[i, LETTERS] >= NAME_LETTERS_MIN and not (bits & DATE and not bits & AUXILIARY):
            start = tokens[i, START]
            if not (start > 0 and points[start - 1] == ADDRESSED):
                return True
    return False


@borrowing
def _is_credit(points: CodePoints, tokens: Numbers, first: int, end: int) -> bool:
    """Return whether a line says who made the text or a picture, and nothing else: news may begin as a credit does."""
    if end - first > CREDIT_WORDS_MAX:
        return False
    if _is_copyright(points, tokens, first):
        return True
    if not tokens[first, WORD_CLASS] & (AGENCY | CREDIT) or _says_something(points, tokens, first, end):
        return False
    agencies = 0
    for i in range(first, end):
        agencies += (tokens[i, WORD_CLASS] & AGENCY) != 0
    is_signed = end - first > 1 and tokens[first + 1, HASH] == _BY  # a telephone number may follow
    is_copyright = tokens[first, HASH] == _COPYRIGHT
    return bool(agencies and (is_signed or is_copyright or _has_figures_of_dates(tokens, first, end)))


@compiled
def mark_furniture(points: CodePoints, kinds: Kinds, tokens: Numbers) -> None:
    """Give tokens of datelines, bylines and credits, in the first and last lines, a negative sentence."""
    size = tokens.shape[0]
    first = 0
    while first < size:
        line = tokens[first, LINE]
        end = first + 1
        while end < size and tokens[end, LINE] == line:
            end += 1
        is_first = first == 0 or line <= FIRST_LINES
        is_last = tokens[size - 1, LINE] - line < LAST_LINES
        if is_first:
            _mark_dateline(points, kinds, tokens, first, end)
        if (is_first or is_last) and _is_credit(points, tokens, first, end):
            for i in range(first, end):
                tokens[i, SENTENCE] = -1
        first = end


@borrowing
def _mark_dateline(points: CodePoints, kinds: Kinds, tokens: Numbers, first: int, end: int) -> None:
    """Mark the datelines of a line, up to one with other figures than those of a date, as a score has."""
    start = tokens[first, START]
    while start > 0 and points[start - 1] != NEWLINE:
        start -= 1
    while True:
        behind, at = dateline_end(points, kinds, start), first
        while at < end and tokens[at, START] < behind:
            at += 1
        if behind == start or not _has_figures_of_dates(tokens, first, at):
            return
        for i in range(first, at):
            tokens[i, SENTENCE] = -1
        start, first = behind, at


@borrowing
def mark_headline(heads: Numbers, tokens: Numbers) -> None:
    """Give the tokens of a first line that repeats the headline a negative sentence, unless nothing follows it."""
    size = heads.shape[0]
    if size == 0 or tokens.shape[0] <= size or tokens[size, GAP] < GAP_LINE:
        return
    for i in range(size):
        if tokens[i, HASH] != heads[i, HASH]:
            return
    for i in range(size):
        tokens[i, SENTENCE] = -1


@borrowing
def mark_shouted_lead(tokens: Numbers) -> None:
    """Make the first words of a text ordinary if only they are in capitals: their case tells no names.

    So is the word behind them, as some feeds count letters: "THE QUAy".
    """
    start = 0
    while start < tokens.shape[0] and tokens[start, SENTENCE] < 0:
        start += 1
    end = start
    while end < tokens.shape[0] and (
        is_shouted(tokens[end, LETTERS], tokens[end, CAPITALS])
        or tokens[end, LETTERS] == tokens[end, CAPITALS]  # a figure, or "A"
    ):
        end += 1
    if SHOUTED_MIN <= end - start <= SHOUTED_MAX:
        for i in range(start, min(end + 1, tokens.shape[0])):
            if tokens[i, KIND] in (NAME, DOUBTFUL):
                tokens[i, KIND] = ORDINARY


@compiled
def mark_ordinary(heads: Numbers, tokens: Numbers) -> None:
    """Make doubtful names ordinary that the text writes small somewhere, and never as a name."""
    doubtful = 32
    for i in range(heads.shape[0]):
        doubtful += heads[i, KIND] == DOUBTFUL
    for i in range(tokens.shape[0]):
        doubtful += tokens[i, KIND] == DOUBTFUL
    bits = 6
    while 1 << bits < 2 * doubtful:
        bits += 1
    keys, seen = np.zeros(1 << bits, np.int64), np.zeros(1 << bits, np.uint8)
    for turn in range(3):  # note the doubtful ones, see how else they are written, mark
        _mark_in_turn(turn, heads, keys, seen)
        _mark_in_turn(turn, tokens, keys, seen)


@borrowing
def _mark_in_turn(turn: int, tokens: Numbers, keys: Numbers, seen: Kinds) -> None:
    """Take one of the three steps of `mark_ordinary`; keys and seen: a hash table, its size a power of two."""
    mask = keys.size - 1
    for i in range(tokens.shape[0]):
        kind, h = tokens[i, KIND], tokens[i, HASH]
        if kind > DOUBTFUL or (kind != DOUBTFUL and turn != 1):
            continue
        slot = (h ^ h >> 29) & mask
        while keys[slot] and keys[slot] != h:
            slot = (slot + 1) & mask
        if turn == 0:
            keys[slot] = h
        elif turn == 1 and keys[slot] and kind != DOUBTFUL:
            seen[slot] |= np.uint8(1 if kind == WORD else 2)
        elif turn == 2 and seen[slot] == 1:
            tokens[i, KIND] = ORDINARY
