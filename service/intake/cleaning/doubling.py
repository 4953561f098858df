"""Find a stretch that stands twice in a text, by aligning the words of the text with themselves."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

SHINGLE_WORDS = 4
RUN_WORDS_MIN = 10
"""Minimum length of a run of repeated words that begins or ends a copy, in words: set phrases are shorter."""
COPY_WORDS_MIN = 20
"""Minimum number of words of a copy that stand in the other."""
COPIES_COVERED_MIN = 0.5
"""Minimum share of the words of one copy that stand in the other."""
REPEATED_SHARE_MIN = 0.54
"""Minimum share of the whole text that stands in both copies. Doubled pages reach 0.58 (first copy cut to 45 %) to 1;
of 7,989 articles, those that repeat a summary, a transcript or a post reach 0.49 at most."""
WORDS_MAX = 20_000
"""Maximum number of words of a text that is aligned with itself, at 1 µs a word: twice the longest article seen."""

PERIODS_MIN = 2.5
PERIODIC_SHARE_MIN = 0.95
"""Minimum length of a passage that repeats over and over, in lengths of what it repeats, and the minimum share of its
words that stand there one length earlier too. All but its first turn goes at once, not one turn after the other."""


@dataclass(frozen=True, slots=True)
class Doubling:
    """Two parallel stretches of a text, in words: [first, first_end) and [second, second_end)."""

    first: int
    first_end: int
    second: int
    second_end: int
    in_first: NDArray[np.bool_]  # per word of the first stretch: does it stand in the second?
    in_second: NDArray[np.bool_]
    is_periodic: bool = False  # the second stretch is the first, over and over


def find_doubling(words: list[str]) -> Doubling | None:
    """Find the stretch that stands twice in a text, given as its lower-case words; None if there is none."""
    size = len(words)
    if not 2 * COPY_WORDS_MIN <= size <= WORDS_MAX:
        return None
    ids = _numbers(words)
    shingles = _shingles(ids)
    earlier, later = _longest_chain(*_repeated_places(shingles))
    if len(earlier) < COPY_WORDS_MIN // 2:
        return None
    # which words of each side stand on the other, wherever: a phrase may stand twice in one copy alone
    split = _best_split(earlier, later)
    before, after = shingles[: max(0, split - SHINGLE_WORDS + 1)], shingles[split:]
    in_before, in_after = _covered(np.isin(before, after)), _covered(np.isin(after, before))
    first, second = _extent(in_before), _extent(in_after)
    if first is None or second is None:
        return None
    in_first, in_second = in_before[slice(*first)], in_after[slice(*second)]
    if min(in_first.sum(), in_second.sum()) < COPY_WORDS_MIN:
        return None
    if max(in_first.mean(), in_second.mean()) < COPIES_COVERED_MIN:
        return None
    if in_first.sum() + in_second.sum() < REPEATED_SHARE_MIN * size:
        return None
    end = second[1] + split
    is_periodic = _is_periodic(ids[first[0] : end], int(np.median(later - earlier)))
    return Doubling(first[0], first[1], second[0] + split, end, in_first, in_second, is_periodic)


def _is_periodic(ids: NDArray[np.uint64], period: int) -> bool:
    """Tell whether a passage repeats the same `period` words over and over."""
    if len(ids) < PERIODS_MIN * period:
        return False
    return bool((ids[period:] == ids[:-period]).mean() >= PERIODIC_SHARE_MIN)


def _numbers(words: list[str]) -> NDArray[np.uint64]:
    """Give every word a number; only ever compared within one text."""
    numbers: dict[str, int] = {}
    return np.fromiter(map(numbers.setdefault, words, count()), np.uint64, len(words))


def _shingles(ids: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Hash every SHINGLE_WORDS words in a row."""
    size = len(ids) - SHINGLE_WORDS + 1
    shingles = ids[:size].copy()
    for step in range(1, SHINGLE_WORDS):
        shingles = shingles * np.uint64(0x9E3779B97F4A7C15) + ids[step : size + step]
        shingles ^= shingles >> np.uint64(29)
    return shingles


def _repeated_places(shingles: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair the places (i, j) of a shingle that occurs again: i is its first place, j its second; sorted by i."""
    order = np.argsort(shingles, kind="stable")
    ordered = shingles[order]
    same = ordered[1:] == ordered[:-1]
    opens = same & ~np.concatenate(([False], same[:-1]))  # the first pair of each run of equals
    earlier, later = order[:-1][opens], order[1:][opens]
    by_place = np.argsort(earlier, kind="stable")
    return earlier[by_place].astype(np.int64), later[by_place].astype(np.int64)


def _longest_chain(
    earlier: NDArray[np.int64], later: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find the longest run of pairs that advances in both copies (longest increasing subsequence, n log n)."""
    tails: list[int] = []
    tail_at: list[int] = []
    before: list[int] = []
    values: list[int] = later.tolist()
    for at, value in enumerate(values):
        place = bisect_right(tails, value - 1)
        before.append(tail_at[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            tail_at.append(at)
        else:
            tails[place] = value
            tail_at[place] = at
    chain: list[int] = []
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    picked = np.array(chain[::-1], dtype=np.int64)
    return earlier[picked], later[picked]


def _best_split(earlier: NDArray[np.int64], later: NDArray[np.int64]) -> int:
    """Choose the word at which the second copy may begin: the most pairs have one end on each side of it."""
    ends = np.concatenate((earlier, later))
    change = np.concatenate((np.ones(len(earlier), np.int64), -np.ones(len(later), np.int64)))
    order = np.lexsort((change, ends))
    best = int(np.argmax(np.cumsum(change[order])))
    last_begin, next_end = int(ends[order][best]), int(ends[order][best + 1])
    return min(last_begin + SHINGLE_WORDS, next_end)


def _covered(starts: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark the words that stand in one of the shingles that begin where `starts` is true."""
    covered = np.zeros(len(starts) + SHINGLE_WORDS - 1, dtype=np.bool_)
    for step in range(SHINGLE_WORDS):
        covered[step : step + len(starts)] |= starts
    return covered


def _extent(is_twice: NDArray[np.bool_]) -> tuple[int, int] | None:
    """Bound a copy: from the first to the last long run of words that stand in the other copy too.

    Short runs do not count: they are set phrases.
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([False], is_twice, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    is_long = ends - starts >= RUN_WORDS_MIN
    if not is_long.any():
        return None
    return int(starts[is_long][0]), int(ends[is_long][-1])
