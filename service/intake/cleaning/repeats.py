"""Drop one copy of a body that stands twice in a text.

Scrapers print a body twice when a page holds it for two layouts. The second copy may be longer or edited, the
first may have lost its spaces. The share of repeated shingles does not tell such pages from others (a page whose
first copy is a third of the text repeats 40 %, a live blog 30 %); that one stretch of the text runs parallel to
another does: most of its words stand in the other, in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from service.intake.cleaning.doubling import SHINGLE_WORDS, WORDS_MAX, Doubling, find_doubling
from service.languages.en.spelling import ABBREVIATED

_ANCHORS = 8
"""Number of places that are sampled, in the first _ANCHORS_WITHIN of a text, before it is aligned."""
_ANCHOR_BYTES = 24
_ANCHORS_WITHIN = 0.32
_ANCHORS_TWICE_MIN = 2
"""Minimum number of sampled places that occur a second time in a text worth aligning."""

ROUNDS_MAX = 4
WORDS_AGAIN_MAX = 5_000
"""Number of words, over all rounds of all repairs, from which a text is not aligned once more."""

_WORD = re.compile(r"[^\W_]+")

_PIECE_END = re.compile(r"[.!?][\"”’)\]]*\s*(?=[\"“‘(\[]?[A-Z0-9])|\n+")
_GLUED_STOP = re.compile(r"(?<=[a-z0-9])[.!?][\"”’)\]]*(?=[\"“‘(\[]?[A-Z][a-z])")
_OPENING = '"“‘([«'
GLUED_MARGIN = 0.2
FULLER_MARGIN = 0.6
"""Minimum length of a better formed copy that is kept, as a share of the other copy."""
BETWEEN_WORDS_MAX = 12
BETWEEN_SHARE_MAX = 0.15
"""Maximum length of the text between two copies that says nothing about them, such as a dateline or a caption: in
words, and as a share of the shorter copy."""
_SENTENCE_CHARS_MAX = 400
NEW_RUN_WORDS = 8
"""Number of words in a row, found only in the copy to be dropped, from which their sentence stays in the text."""


def may_repeat(normal: bytes) -> bool:
    """Tell whether sampled places of the normal form occur a second time: a cheap test that few texts pass."""
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


def drop_repeated_body(text: str) -> str:
    """Drop one copy of a body that stands twice: the better formed stays, or else the fuller one.

    Sentences of the other copy that have no counterpart stay where they are, and so does all text around it.
    """
    return drop_copies(text)[0]


def drop_copies(text: str, aligned: int = 0) -> tuple[str, int]:
    """Do it where `aligned` words were aligned before; return the text, and how many are now."""
    for _ in range(ROUNDS_MAX):
        if aligned > WORDS_AGAIN_MAX:
            break
        words = _WORD.findall(text.lower())
        aligned += len(words)
        doubling = find_doubling(words)
        if doubling is None:
            break
        text = _without_one_copy(text, [match.span() for match in _WORD.finditer(text)], doubling)
    return text, aligned


def _without_one_copy(text: str, spans: list[tuple[int, int]], found: Doubling) -> str:
    first = _stretch(text, spans, found.first, found.first_end)
    second = _stretch(text, spans, found.second, found.second_end)
    if _is_first_kept(text[slice(*first)], text[slice(*second)], found):
        dropped, covered, base, kept = second, found.in_second, found.second, first
    else:
        dropped, covered, base, kept = first, found.in_first, found.first, second
    kept_words = set(_WORD.findall(text[slice(*kept)].lower()))
    sentences = _sentences(text, *dropped)
    first_words, next_words = _words_of(sentences, spans, base)
    unsaid = [0, *np.cumsum(~covered).tolist()]  # words up to each that the kept copy has not
    remains = ""
    for (start, end), word, next_word in zip(sentences, first_words, next_words, strict=True):
        says_more = unsaid[word] < unsaid[next_word] and _says_more(
            text[start:end], covered[word:next_word], kept_words
        )
        if says_more:
            remains += text[start:end]
        elif not remains.endswith("\n"):
            remains += "\n"
    around = (text[: sentences[0][0]], remains, text[sentences[-1][1] :]) if sentences else (text,)
    return "\n".join(part.strip() for part in around if part and not part.isspace())


def _words_of(
    sentences: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]], base: int
) -> tuple[list[int], list[int]]:
    """Return the places of the first word of each sentence and of the word behind it, counted from word `base`."""
    starts = np.fromiter((start for start, _ in spans), np.int64, len(spans))
    bounds = np.array(sentences, np.int64).reshape(-1, 2)
    words = np.searchsorted(starts, bounds) - base
    return words[:, 0].tolist(), words[:, 1].tolist()


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
    """Compute the share of sentence ends that lost their blank."""
    glued = len(_GLUED_STOP.findall(copy))
    return glued / max(1, glued + len(_PIECE_END.findall(copy)))


def _sentences(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """Split a stretch into spans of sentences; a full stop after an initial or a title ends none.

    A sentence of which only a few words reach into the stretch belongs to the text around it.
    """
    region = max(0, low - _SENTENCE_CHARS_MAX), min(len(text), high + _SENTENCE_CHARS_MAX)
    abbreviated = {match.end() for match in ABBREVIATED.finditer(text, *region)}
    ends = [match.end() for match in _PIECE_END.finditer(text, *region) if match.start() not in abbreviated]
    inside = [end for end in ends if low < end < high]
    if inside and low and low not in ends and _few_words(text[low : inside[0]]):
        low = inside[0]
    if inside and high < len(text) and high not in ends and _few_words(text[inside[-1] : high]):
        high = inside[-1]
    return [(a, b) for a, b in pairwise([low, *(end for end in inside if low < end < high), high]) if a < b]


def _few_words(part: str) -> bool:
    return 0 < len(_WORD.findall(part)) <= SHINGLE_WORDS + 1


def _says_more(sentence: str, covered: NDArray[np.bool_], kept_words: set[str]) -> bool:
    """Tell whether a sentence of the copy to be dropped, not all `covered`, says what the kept copy does not."""
    longest = run = 0
    for is_covered in covered.tolist():
        run = 0 if is_covered else run + 1
        longest = max(longest, run)
    if longest < len(covered):
        return longest >= NEW_RUN_WORDS
    return not kept_words.issuperset(_WORD.findall(sentence.lower()))
