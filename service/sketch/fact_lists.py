"""Find the word that a sentence says of one name after another, as a vote in a roll call."""

from __future__ import annotations

from typing import Final

from service.compiled import borrowing
from service.sketch.fact_columns import DOUBTFUL, GAP, GAP_NONE, HASH, KIND, NAME, WORD, WORD_CLASS, Numbers
from service.sketch.fact_words import NEGATION, REVERSING, STOP

LISTED_MIN: Final = 4
"""Minimum number of names of a sentence with one word behind each of them, which is then said of them all."""

LIST_WORDS_MAX: Final = 400
"""Maximum number of words of a sentence that are looked at."""


@borrowing
def listed_word(tokens: Numbers, start: int, end: int) -> int:
    """Return the place of a word that stands often between a name and the next one; -1 without one."""
    candidates, end = 0, min(end, start + LIST_WORDS_MAX)
    for i in range(start + 1, end):
        candidates += _is_said_of_one(tokens, i, end)
    if candidates < LISTED_MIN:
        return -1
    for i in range(start + 1, end):
        if not _is_said_of_one(tokens, i, end):
            continue
        same = 0
        for j in range(i, end):
            same += tokens[j, HASH] == tokens[i, HASH] and _is_said_of_one(tokens, j, end)
        if same >= LISTED_MIN:
            return i
    return -1


@borrowing
def _is_said_of_one(tokens: Numbers, i: int, end: int) -> bool:
    if tokens[i, KIND] != WORD or tokens[i - 1, KIND] not in (NAME, DOUBTFUL):
        return False
    if tokens[i, WORD_CLASS] & (STOP | NEGATION | REVERSING):
        return False
    return bool(i + 1 == end or tokens[i + 1, KIND] != WORD or tokens[i + 1, GAP] != GAP_NONE)
