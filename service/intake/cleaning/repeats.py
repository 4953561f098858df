"""A body that stands twice in one text: found by aligning the text with itself, and left once.

Scrapers print a body twice when a page holds it for two layouts. The second copy may be longer or edited, the
first may have lost its spaces. The share of repeated shingles does not tell such pages from others (a page whose
first copy is a third of the text repeats 40 %, a live blog 30 %); that one stretch of the text runs parallel to
another does: most of its words stand in the other, in the same order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import count, pairwise

import numpy as np
from numpy.typing import NDArray

from service.languages.en.spelling import ABBREVIATED

_ANCHORS = 8
_ANCHOR_BYTES = 24
_ANCHORS_WITHIN = 0.32
_ANCHORS_TWICE_MIN = 2
"""Places sampled from the first third of a text, and how many must stand again after it to align it at all."""

SHINGLE_WORDS = 4
RUN_WORDS_MIN = 10
COPY_WORDS_MIN = 20
COPIES_COVERED_MIN = 0.5
"""Share of the words of one copy that must stand in the other."""
REPEATED_SHARE_MIN = 0.54
"""Share of the whole text that must stand in both copies. Doubled pages reach 0.58 (first copy cut to 45 %) to 1;
of 7,989 articles, those that repeat a summary, a transcript or a post reach 0.49 at most."""
ROUNDS_MAX = 4
WORDS_MAX = 20_000
"""Maximum number of words of a text that is aligned with itself, at 1 µs a word: twice the longest article seen."""

WORDS_AGAIN_MAX = 5_000
"""Number of words, over all rounds, from which a text is not aligned once more after a copy is gone."""

PERIODS_MIN = 2.5
PERIODIC_SHARE_MIN = 0.95
"""Minimum length of a passage that repeats over and over, in lengths of what it repeats, and the minimum share of its
words that stand there one length earlier too. All but its first turn goes at once, not one turn after the other."""

_WORD = re.compile(r"[^\W_]+")

_PIECE_END = re.compile(r"[.!?][\"”’)\]]*\s*(?=[\"“‘(\[]?[A-Z0-9])|\n+")
_GLUED_STOP = re.compile(r"(?<=[a-z0-9])[.!?][\"”’)\]]*(?=[\"“‘(\[]?[A-Z][a-z])")
_OPENING = '"“‘([«'
GLUED_MARGIN = 0.2
FULLER_MARGIN = 0.6
"""A better formed copy is kept unless it is shorter than this share of the other."""
BETWEEN_WORDS_MAX = 12
BETWEEN_SHARE_MAX = 0.15
"""So much text between two copies says nothing about them: a dateline, a caption."""
_SENTENCE_CHARS_MAX = 400
NEW_RUN_WORDS = 8
"""So many words in a row that stand only in the copy to be dropped keep their sentence in the text."""


def may_repeat(normal: bytes) -> bool:
    """Do sampled places of the normal form occur a second time? Cheap, and nearly always the end of it."""
    size = len(normal)
    if size < 2 * _ANCHOR_BYTES:
        return False
    if size > 2 * WORDS_MAX and normal.count(b" ") >= WORDS_MAX:
        return False
    twice = 0
    step = max(1, int(size * _ANCHORS_WITHIN) // _ANCHORS)
    for at in range(step // 2, step * _ANCHORS, step):
        if normal.find(normal[at : at + _ANCHOR_BYTES], at + 1) >= 0:
            twice += 1
    return twice >= _ANCHORS_TWICE_MIN


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


def drop_repeated_body(text: str) -> str:
    """Drop one copy of a body that stands twice: the better formed stays, or else the fuller one.

    Sentences of the other copy that have no counterpart stay where they are, and so does all text around it.
    """
    aligned = 0
    for _ in range(ROUNDS_MAX):
        words = _WORD.findall(text.lower())
        doubling = find_doubling(words)
        if doubling is None:
            break
        text = _without_one_copy(text, [match.span() for match in _WORD.finditer(text)], doubling)
        aligned += len(words)
        if aligned > WORDS_AGAIN_MAX:
            break
    return text


def _without_one_copy(text: str, spans: list[tuple[int, int]], found: Doubling) -> str:
    first = _stretch(text, spans, found.first, found.first_end)
    second = _stretch(text, spans, found.second, found.second_end)
    if _is_first_kept(text[slice(*first)], text[slice(*second)], found):
        dropped, covered, base, kept = second, found.in_second, found.second, first
    else:
        dropped, covered, base, kept = first, found.in_first, found.first, second
    kept_words = set(_WORD.findall(text[slice(*kept)].lower()))
    sentences = _sentences(text, *dropped)
    starts = [start for start, _ in spans]
    remains = ""
    for start, end in sentences:
        word, next_word = bisect_left(starts, start) - base, bisect_left(starts, end) - base
        if _says_more(text[start:end], covered[word:next_word], kept_words):
            remains += text[start:end]
        elif not remains.endswith("\n"):
            remains += "\n"
    around = (text[: sentences[0][0]], remains, text[sentences[-1][1] :]) if sentences else (text,)
    return "\n".join(part.strip() for part in around if part and not part.isspace())


def _stretch(text: str, spans: list[tuple[int, int]], word: int, word_end: int) -> tuple[int, int]:
    """Locate these words in the text, with the punctuation that belongs to them."""
    start, end = spans[word][0], spans[word_end - 1][1]
    while start and text[start - 1] in _OPENING:
        start -= 1
    limit = spans[word_end][0] if word_end < len(spans) else len(text)
    while end < limit and not text[end].isspace() and text[end] not in "“‘([«":
        end += 1
    return start, end


def _is_first_kept(first: str, second: str, found: Doubling) -> bool:
    """Choose the copy to keep: better formed beats fuller, fuller beats better set; of two equals the first stays.

    Much text between the copies is what a cut second one lacks: without the first it would stand out of order.
    """
    if found.is_periodic:
        return True
    between, shorter = found.second - found.first_end, min(len(found.in_first), len(found.in_second))
    if between > max(BETWEEN_WORDS_MAX, BETWEEN_SHARE_MAX * shorter):
        return True
    glued_first, glued_second = _glued_share(first), _glued_share(second)
    lengths = len(first), len(second)
    if abs(glued_first - glued_second) > GLUED_MARGIN and min(lengths) >= FULLER_MARGIN * max(lengths):
        return glued_first < glued_second
    if min(lengths) < 0.98 * max(lengths):
        return len(first) > len(second)
    return second.count("\n") <= 2 * first.count("\n") + 1


def _glued_share(copy: str) -> float:
    """Share of sentence ends that lost their blank."""
    glued = len(_GLUED_STOP.findall(copy))
    return glued / max(1, glued + len(_PIECE_END.findall(copy)))


def _sentences(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Split a stretch into spans of sentences; a full stop after an initial or a title ends none.

    A sentence of which only a few words reach into the stretch belongs to the text around it.
    """
    region = max(0, low - _SENTENCE_CHARS_MAX), min(len(text), high + _SENTENCE_CHARS_MAX)
    ends = [
        match.end()
        for match in _PIECE_END.finditer(text, *region)
        if not ABBREVIATED.search(text[max(0, match.start() - 8) : match.start()])
    ]
    inside = [end for end in ends if low < end < high]
    if inside and low and low not in ends and _few_words(text[low : inside[0]]):
        low = inside[0]
    if inside and high < len(text) and high not in ends and _few_words(text[inside[-1] : high]):
        high = inside[-1]
    return [(a, b) for a, b in pairwise([low, *(end for end in inside if low < end < high), high]) if a < b]


def _few_words(part: str) -> bool:
    return 0 < len(_WORD.findall(part)) <= SHINGLE_WORDS + 1


def _says_more(sentence: str, covered: NDArray[np.bool_], kept_words: set[str]) -> bool:
    """Tell whether a sentence of the copy to be dropped says what the kept copy does not."""
    if covered.all():
        return False
    longest = run = 0
    for is_covered in covered.tolist():
        run = 0 if is_covered else run + 1
        longest = max(longest, run)
    if longest < len(covered):
        return longest >= NEW_RUN_WORDS
    return not kept_words.issuperset(_WORD.findall(sentence.lower()))
