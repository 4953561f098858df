"""Mark the tokens of a repeated headline and of a lead in capitals, and capitalised words that are no names."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.fact_characters import Kinds
from service.sketch.fact_columns import (
    CAPITALS,
    DOUBTFUL,
    GAP,
    GAP_LINE,
    HASH,
    KIND,
    LETTERS,
    NAME,
    ORDINARY,
    SENTENCE,
    WORD,
    Numbers,
)
from service.sketch.fact_reading import is_shouted

SHOUTED_MIN: Final = 3
SHOUTED_MAX: Final = 24
"""Number of words in capitals that a text may begin with; more of them are a text in capitals."""


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
