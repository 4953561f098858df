"""Find what texts say in lists: one word of many names or of each, as votes in a roll call, and scores of matches."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing
from service.sketch.fact_bits import F_LISTED, KIND_SHIFT, Features
from service.sketch.fact_columns import (
    DOUBTFUL,
    EXPONENT,
    FIGURE,
    GAP,
    GAP_COMMA,
    GAP_LINE,
    GAP_NONE,
    HASH,
    JOINED,
    KIND,
    MANTISSA,
    NAME,
    SENTENCE,
    WORD,
    WORD_CLASS,
    Numbers,
)
from service.sketch.fact_hashes import first_of_two, pair_hash, second_of_two, short_hash
from service.sketch.fact_words import DATE, NEGATION, REVERSING, STOP

LISTED_HASH: Final = np.uint64(1)
"""Stands for a sentence that says one word of many names, whichever word."""

SCORE_HASH: Final = np.uint64(2)
"""Stands for a score, whichever."""

LISTED_MIN: Final = 4
"""Minimum number of names of a sentence with one word behind each of them, which is then said of them all."""

LIST_WORDS_MAX: Final = 400
"""Maximum number of words of a sentence that are looked at."""

LINE_WORDS_MAX: Final = 4
"""Maximum number of words of a line that says one word of a name."""

RESULT_WORDS_MAX: Final = 4
"""Maximum number of words from one name's score to the next one's."""

GOALS_MAX: Final = 200
"""Lowest number that is no half of a score."""


@borrowing
def put_list_features(
    tokens: Numbers, i: int, is_listed: bool, in_title: bool, features: Features, count: int
) -> int:
    """Append what a token tells as part of a list; return how many features there are now.

    `is_listed`: the word is said of many names.
    """
    if is_listed:
        count = _put(LISTED_HASH, np.uint64(tokens[i, HASH]), features, count)
    if in_title or tokens[i, SENTENCE] < 0:
        return count
    said = word_of_line(tokens, i)
    if said >= 0:
        told = pair_hash(tokens[i, HASH], tokens[said, HASH])
        count = _put(np.uint64(tokens[i, HASH]), told, features, count)
    elif is_score(tokens, i):
        count = _put(SCORE_HASH, pair_hash(tokens[i, HASH], tokens[i + 1, HASH]), features, count)
    return count


@borrowing
def _put(told: np.uint64, what: np.uint64, features: Features, count: int) -> int:
    """Append that a text tells of something, and what: asked for only where the match tells of it, too."""
    features[count] = first_of_two(short_hash(told)) | np.uint32(F_LISTED << KIND_SHIFT)
    features[count + 1] = second_of_two(short_hash(what)) | np.uint32(F_LISTED << KIND_SHIFT)
    return count + 2


@borrowing
def listed_word(tokens: Numbers, start: int, end: int) -> int:
    """Return the place of a word that stands often between a name and the next one; -1 without one."""
    names, candidates, end = 0, 0, min(end, start + LIST_WORDS_MAX)
    for i in range(start, end):
        names += (tokens[i, KIND] == NAME) | (tokens[i, KIND] == DOUBTFUL)
    if names < LISTED_MIN:  # as most sentences
        return -1
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
    """Return whether a word stands behind a name and no word behind it; no branch, as for `small_words`."""
    before, after = tokens[i - 1, KIND], min(i + 1, end - 1)
    is_between = (tokens[i, KIND] == WORD) & ((before == NAME) | (before == DOUBTFUL))
    is_said = tokens[i, WORD_CLASS] & (STOP | NEGATION | REVERSING) == 0
    is_last = (i + 1 == end) | (tokens[after, KIND] != WORD) | (tokens[after, GAP] != GAP_NONE)
    return bool(is_between & is_said & is_last)


@borrowing
def word_of_line(tokens: Numbers, i: int) -> int:
    """Return the place of the one small word behind the colon of a line that begins here, "Harte: no"; -1 if none."""
    if tokens[i, KIND] not in (NAME, DOUBTFUL) or (i and tokens[i, GAP] < GAP_LINE):
        return -1
    end = i + 1
    while end < tokens.shape[0] and end <= i + LINE_WORDS_MAX and tokens[end, GAP] < GAP_LINE:
        end += 1
    last = end - 1
    is_one = last > i and end <= i + LINE_WORDS_MAX and tokens[last, GAP] == GAP_COMMA
    return last if is_one and tokens[last, KIND] == WORD else -1


@borrowing
def is_result(tokens: Numbers, i: int) -> bool:
    """Return whether a figure is what a name scored: "Rovers 3, Vale 2", but not "Harlow 12 people"."""
    if i == 0 or tokens[i, KIND] != FIGURE or tokens[i, GAP] != GAP_NONE or not _is_goals(tokens, i):
        return False
    if tokens[i - 1, KIND] not in (NAME, DOUBTFUL) or tokens[i - 1, WORD_CLASS] & DATE:
        return False
    is_last = i + 1 == tokens.shape[0] or tokens[i + 1, GAP] != GAP_NONE
    return bool(is_last or tokens[i + 1, KIND] in (NAME, DOUBTFUL))


@borrowing
def is_among_results(tokens: Numbers, i: int) -> bool:
    """Return whether the score of another name stands a few words before a score, or behind it."""
    for j in range(max(1, i - RESULT_WORDS_MAX), min(tokens.shape[0], i + RESULT_WORDS_MAX + 1)):
        if j != i and is_result(tokens, j):
            return True
    return False


@borrowing
def is_score(tokens: Numbers, i: int) -> bool:
    """Return whether a figure and the next one, with only a dash between them, may be a score: "3-1"."""
    if i + 1 >= tokens.shape[0] or tokens[i, KIND] != FIGURE or tokens[i + 1, KIND] != FIGURE:
        return False
    return bool(tokens[i + 1, JOINED] and _is_goals(tokens, i) and _is_goals(tokens, i + 1))


@borrowing
def _is_goals(tokens: Numbers, i: int) -> bool:
    exponent = tokens[i, EXPONENT]
    return bool(0 <= exponent <= 2 and tokens[i, MANTISSA] * 10**exponent < GOALS_MAX)
