"""Mark the tokens of datelines, bylines and credits."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.datelines import dateline_end
from service.sketch.fact_characters import Kinds
from service.sketch.fact_columns import (
    CAPITALS,
    DOUBTFUL,
    FIGURE,
    GAP,
    GAP_COMMA,
    GLUED,
    HASH,
    KIND,
    LETTERS,
    LINE,
    NAME,
    SENTENCE,
    START,
    WORD,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_dates import has_figures_of_dates, is_year
from service.sketch.fact_hashes import NAME_LETTERS_MIN
from service.sketch.fact_words import AGENCY, AUXILIARY, CREDIT, DATE, NEGATION, REVERSING, word_hash
from service.sketch.hashing import CodePoints

FIRST_LINES: Final = 3
LAST_LINES: Final = 6
"""Number of lines at either end of a text that are looked at for datelines, bylines and credits."""
CREDIT_WORDS_MAX: Final = 16
SIGN: Final = ord("©")
OPENED: Final = ord("(")
CLOSED: Final = ord(")")
ADDRESSED: Final = ord("@")
NEWLINE: Final = ord("\n")
TELEPHONE_FIGURES_MIN: Final = 3
"""Minimum number of figures in a row that are taken for a telephone number."""
_C: Final = np.int64(np.uint64(word_hash("c")))
_BY: Final = np.int64(np.uint64(word_hash("by")))
_COPYRIGHT: Final = np.int64(np.uint64(word_hash("copyright")))


@borrowing
def _is_copyright(points: CodePoints, tokens: Numbers, first: int) -> bool:
    """Return whether "©" or "(c)" stands at the first word of a line."""
    start = tokens[first, START]
    if tokens[first, HASH] == _C and start > 0 and points[start - 1] == OPENED:
        return True
    return bool((start > 0 and points[start - 1] == SIGN) or (start > 1 and points[start - 2] == SIGN))


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
def _is_notice_of_rights(tokens: Numbers, first: int, end: int) -> bool:
    """Return whether what stands behind "©" or "(c)" tells no more than whose it is and, behind "(c)", since when."""
    is_dated = tokens[first, HASH] != _C
    for i in range(first, end):
        is_dated |= is_year(tokens, i)
        kind, bits = tokens[i, KIND], tokens[i, WORD_CLASS]
        if kind == GLUED or (kind == FIGURE and not is_year(tokens, i)):
            return False
        if bits & NEGATION or (bits & AUXILIARY and kind == WORD):
            return False
    return bool(is_dated)


@borrowing
def _is_credit(points: CodePoints, tokens: Numbers, first: int, end: int) -> bool:
    """Return whether a line says who made the text or a picture, and nothing else: news may begin as a credit does."""
    if end - first > CREDIT_WORDS_MAX:
        return False
    if _is_copyright(points, tokens, first):
        return _is_notice_of_rights(tokens, first, end)
    if not tokens[first, WORD_CLASS] & (AGENCY | CREDIT) or _says_something(points, tokens, first, end):
        return False
    agencies = 0
    for i in range(first, end):
        agencies += (tokens[i, WORD_CLASS] & AGENCY) != 0
    is_signed = end - first > 1 and tokens[first + 1, HASH] == _BY  # a telephone number may follow
    is_copyright = tokens[first, HASH] == _COPYRIGHT
    is_signed |= _has_telephone(tokens, first, end)
    return bool(agencies and (is_signed or is_copyright or has_figures_of_dates(tokens, first, end, False)))


@borrowing
def _has_telephone(tokens: Numbers, first: int, end: int) -> bool:
    """Return whether figures stand one behind the other as those of a telephone number do."""
    run = 0
    for i in range(first, end):
        run = run + 1 if tokens[i, KIND] == FIGURE else 0
        if run == TELEPHONE_FIGURES_MIN:
            return True
    return False


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
def _is_placed(points: CodePoints, tokens: Numbers, first: int, end: int, behind: int) -> bool:
    """Return whether a dateline has a place apart from its first figure, and the place in capitals or an agency in
    brackets: "ROMA, 13 DIC -", "Ostby, 3. Dezember (dpa) -", but not "Ostby Owls 3 - Tarrow Miners 1".
    """
    at = first
    while at < end and tokens[at, KIND] not in (FIGURE, GLUED):
        at += 1
    shouted, is_apart = True, False
    for i in range(first, at):
        shouted &= tokens[i, LETTERS] == tokens[i, CAPITALS]
        is_apart |= i > first and tokens[i, GAP] == GAP_COMMA
    is_apart |= first < at < end and tokens[at, GAP] == GAP_COMMA
    return bool(is_apart and (shouted or (at < end and _is_bracketed(points, tokens[at, START], behind))))


@borrowing
def _is_bracketed(points: CodePoints, start: int, behind: int) -> bool:
    """Return whether a bracket is closed between two places."""
    while start < behind and points[start] != CLOSED:
        start += 1
    return start < behind


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
        if behind == start:
            return
        if not has_figures_of_dates(tokens, first, at, _is_placed(points, tokens, first, at, behind)):
            return
        for i in range(first, at):
            tokens[i, SENTENCE] = -1
        start, first = behind, at
