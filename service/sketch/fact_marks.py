"""Mark the tokens of a repeated headline and of a lead in capitals, and capitalised words that are no names."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

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
from service.sketch.fact_words import NEGATION, OUTLET, REVERSING, SERIES, STOP
from service.sketch.hashing import CodePoints

SHOUTED_MIN: Final = 3
SHOUTED_MAX: Final = 24
"""Number of words in capitals that a text may begin with; more of them are a text in capitals."""


SITE_WORDS_MAX: Final = 4
"""Maximum number of words that a page puts behind its headline, behind one bar or dash."""
HEADLINE_WORDS_MIN: Final = 3
"""Minimum number of words of the headline before them."""
SLOTS_PER_NAME: Final = 8
"""Minimum number of slots of the table for each doubtful name. With most of them free, few names collide."""

Places = npt.NDArray[np.int32]


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

    Only words that end as names of papers and sites do are taken for one: all else may be news.
    """
    size = heads.shape[0]
    is_numbered = size > 2 and heads[0, WORD_CLASS] & SERIES and heads[0, LETTERS] == heads[0, CAPITALS]
    is_glued = is_numbered and heads[1, KIND] == FIGURE and heads[2, START] == heads[1, END] + 1
    if is_glued and _is_dash(title, kinds, heads[1, END]):
        heads[0, SENTENCE] = heads[1, SENTENCE] = -1
    end = size
    for i in range(size - 1, HEADLINE_WORDS_MIN - 1, -1):
        if end - i > SITE_WORDS_MAX:
            break
        if _is_marked_before(title, kinds, heads, i):
            if not _is_site(title, heads, i, end):
                break
            for j in range(i, end):
                heads[j, SENTENCE] = -1
            end = i


@borrowing
def _is_dash(title: CodePoints, kinds: Kinds, at: int) -> bool:
    return bool(title[at] < 0x10000 and kinds[title[at]] == C_DASH)


@borrowing
def _is_marked_before(title: CodePoints, kinds: Kinds, heads: Numbers, i: int) -> bool:
    """Return whether a bar, or a dash with blanks around it, stands before a word."""
    for at in range(heads[i - 1, END], heads[i, START]):
        if title[at] == ord("|"):
            return True
        if _is_dash(title, kinds, at) and title[at - 1] == title[at + 1] == ord(" "):
            return True
    return False


@borrowing
def _is_site(title: CodePoints, heads: Numbers, start: int, end: int) -> bool:
    """Return whether a few words name a paper, a station or a site: "Harlow Times", "harlowtimes.com"."""
    if not heads[end - 1, WORD_CLASS] & OUTLET:
        return False
    is_address = end - start > 1
    for i in range(start + 1, end):
        is_address = (
            is_address and heads[i, START] == heads[i - 1, END] + 1 and title[heads[i - 1, END]] == ord(".")
        )
    for i in range(start, end):
        kind, bits = heads[i, KIND], heads[i, WORD_CLASS]
        if kind in (FIGURE, GLUED) or bits & (NEGATION | REVERSING):
            return False
        if kind == WORD and not bits & STOP and not is_address:
            return False
    return True


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
    of_heads, of_tokens = np.empty(heads.shape[0] + 1, np.int32), np.empty(tokens.shape[0] + 1, np.int32)
    n_heads, n_tokens = _note_doubtful(heads, of_heads), _note_doubtful(tokens, of_tokens)
    bits = 6
    while 1 << bits < SLOTS_PER_NAME * (n_heads + n_tokens):
        bits += 1
    keys, seen = np.zeros(1 << bits, np.int64), np.zeros(1 << bits, np.uint8)
    for i in range(n_heads):
        _enter(heads[of_heads[i], HASH], keys)
    for i in range(n_tokens):
        _enter(tokens[of_tokens[i], HASH], keys)
    _see(heads, keys, seen)
    _see(tokens, keys, seen)
    _mark(heads, of_heads[:n_heads], keys, seen)
    _mark(tokens, of_tokens[:n_tokens], keys, seen)


@borrowing
def _note_doubtful(tokens: Numbers, places: Places) -> int:
    """Fill in where the doubtful names are, and return how many; no branch, for nobody can foresee them."""
    count = 0
    for i in range(tokens.shape[0]):
        places[count] = i
        count += tokens[i, KIND] == DOUBTFUL
    return count


@borrowing
def _slot(h: int, keys: Numbers) -> int:
    """Return the slot of a hash in a table whose size is a power of two, or the empty one where it belongs."""
    mask = keys.size - 1
    slot = (h ^ h >> 29) & mask
    while (keys[slot] != 0) & (keys[slot] != h):  # one branch: a third of the words find one that is theirs
        slot = (slot + 1) & mask
    return slot


@borrowing
def _enter(h: int, keys: Numbers) -> None:
    keys[_slot(h, keys)] = h


@borrowing
def _see(tokens: Numbers, keys: Numbers, seen: Kinds) -> None:
    """Note how else the words of the table are written: 1 for small, 2 for a name."""
    for i in range(tokens.shape[0]):
        kind, h = tokens[i, KIND], tokens[i, HASH]
        slot = _slot(h, keys)
        is_known = (keys[slot] == h) & (h != 0)
        # No branch on what is found: a third of the words are, and nobody can foresee which.
        seen[slot] |= np.uint8(((kind == WORD) | (kind == NAME) << 1) * is_known)


@borrowing
def _mark(tokens: Numbers, places: Places, keys: Numbers, seen: Kinds) -> None:
    for i in places:
        if seen[_slot(tokens[i, HASH], keys)] == 1:
            tokens[i, KIND] = ORDINARY
