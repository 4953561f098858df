"""Mark the tokens of a repeated headline and of a lead in capitals, and capitalised words that are no names."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.fact_characters import C_DASH, Kinds
from service.sketch.fact_columns import (
    CAPITALS,
    DOUBTFUL,
    END,
    FIGURE,
    GAP,
    GAP_LINE,
    GLUED,
    HASH,
    KIND,
    LETTERS,
    NAME,
    ORDINARY,
    SENTENCE,
    START,
    WORD,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_reading import is_shouted
from service.sketch.fact_words import SERIES
from service.sketch.hashing import CodePoints

SHOUTED_MIN: Final = 3
SHOUTED_MAX: Final = 24
"""Number of words in capitals that a text may begin with; more of them are a text in capitals."""


SITE_WORDS_MAX: Final = 8
SITE_NAME_WORDS_MAX: Final = 4
"""Maximum number of words that a page puts behind its headline: behind bars, and behind a dash."""
HEADLINE_WORDS_MIN: Final = 3
"""Minimum number of words of the headline before them."""
BAR, DASH = 1, 2


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
def mark_site(title: CodePoints, kinds: Kinds, heads: Numbers) -> None:
    """Give what pages and agencies put around a headline a negative sentence: "UPDATE 1-", "| News | Harlow Times".

    Behind a dash only few words with capitals are taken for a site's name.
    """
    size = heads.shape[0]
    is_numbered = size > 2 and heads[0, WORD_CLASS] & SERIES and heads[0, LETTERS] == heads[0, CAPITALS]
    if is_numbered and heads[1, KIND] == FIGURE and _is_dash(title, kinds, heads[1, END]):
        if heads[2, START] == heads[1, END] + 1:
            heads[0, SENTENCE] = heads[1, SENTENCE] = -1
    for i in range(size - 1, HEADLINE_WORDS_MIN - 1, -1):
        if heads[i, KIND] in (FIGURE, GLUED) or size - i > SITE_WORDS_MAX:
            break
        mark = _mark_before(title, kinds, heads, i)
        if mark == BAR or (mark == DASH and _are_capitalised(heads, i)):
            for j in range(i, size):
                heads[j, SENTENCE] = -1


@borrowing
def _is_dash(title: CodePoints, kinds: Kinds, at: int) -> bool:
    return bool(title[at] < 0x10000 and kinds[title[at]] == C_DASH)


@borrowing
def _mark_before(title: CodePoints, kinds: Kinds, heads: Numbers, i: int) -> int:
    """Return whether a bar, or a dash with blanks around it, stands before a word."""
    found = 0
    for at in range(heads[i - 1, END], heads[i, START]):
        if title[at] == ord("|"):
            return BAR
        if _is_dash(title, kinds, at) and title[at - 1] == title[at + 1] == ord(" "):
            found = DASH
    return found


@borrowing
def _are_capitalised(heads: Numbers, start: int) -> bool:
    for i in range(start, heads.shape[0]):
        if heads[i, KIND] == WORD:
            return False
    return bool(heads.shape[0] - start <= SITE_NAME_WORDS_MAX)


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
