"""Which language a text is read as: English (`en`), or none that is served (`und`, BCP 47 for "undetermined").

The evidence is how many words the model's vocabulary knows: some 22,000 words of English news. Running English has 85
to 100 % of them, the nearest other languages 20 to 60 %. The commonest words of English count more, and so do those of
other languages and letters of other scripts. Names say nothing about the language around them, so words with a capital
count only where hardly any others stand. Where nothing speaks against English, as in a text of figures, the text is
read as English.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from service.compiled import compiled
from service.enrich.quotes import codepoints as p
from service.enrich.quotes import columns as c
from service.enrich.quotes import vocabulary as v
from service.enrich.quotes.codepoints import Bytes, Int32s, Points, classes, folds
from service.enrich.quotes.vocabulary import Int16s, Vocabulary, hash_points
from service.languages.en import ENGLISH

UNDETERMINED: Final = "und"

UNKNOWN_WEIGHT = 2
"""Weight of an unknown word against English; a known one has 1 for it, so that two thirds must be known."""
COMMON_WEIGHT = 2
"""Weight of one of the commonest English words, beside that of a known one."""
STRANGE_WEIGHT = 2
"""Weight of a word that speaks for another language, beside that of an unknown one."""
UNTAGGED_START = 2
"""Evidence for English of a text whose record names no language: one unknown word alone says nothing."""
ENGLISH_START = 3
"""Evidence for English of a text whose record says so; one known word more, and it outweighs two unknown ones."""
OTHER_START = -4
"""Evidence for English of a text whose record names another language; four known words outweigh it."""
FOREIGN_MAX = 0.5
"""Share of known words below which a paragraph of an English text is in another language."""
WORDS_MIN = 3
"""Minimum number of words in lower case; with fewer, those with a capital count too."""
WORDS_COUNTED = 120
"""Number of words from the beginning of a text that are counted all."""
PARAGRAPH_WORDS_COUNTED = 12
"""Maximum number of words counted of each paragraph behind them: a look-up costs a cache miss."""
PARAGRAPH_WORDS_MIN = 6
"""Minimum number of words in lower case that tell a paragraph in another language inside an English text."""
ENGLISH_TAGS: Final = ("en", "eng", "english")

COLUMNS = 9
START, END, WORDS, KNOWN, COMMON, NAMES, NAMES_KNOWN, NAMES_COMMON, STRANGE = range(COLUMNS)
"""Columns of a paragraph: its place, its words in lower case, how many of them the vocabulary knows and how many are of
the commonest, the same of words with a capital, and words in lower case or another script that speak for another
language."""
ZERO, NINE = 0x30, 0x39
"""Code points of the first and the last digit."""
ASCII_END = 0x80
"""First code point behind the letters of English."""
LATIN_END, MORE_LATIN, MORE_LATIN_END = 0x370, 0x1E00, 0x1F00
"""Bounds of Latin letters: the first code point behind most of them, and the block that has the others."""


class Identified(NamedTuple):
    """What a text is read as, and the paragraphs of an English text that are not: int32[paragraphs, 2]."""

    tag: str
    foreign: Int32s | None = None


def identify(points: Points, vocabulary: Vocabulary, tag: str | None = None) -> Identified:
    """Identify the language of a text by its words; `tag` (BCP 47, of the record) decides where they leave doubt.

    A text in several languages is English if at least half of its words stand in paragraphs that may be English, and
    these are; the others come back as `foreign`.
    """
    sums, foreign = _read(points, classes(), folds(), vocabulary.keys, vocabulary.values)
    counted, strange = sums.tolist()
    if strange[WORDS] > counted[WORDS]:
        return Identified(UNDETERMINED)
    if not counted[WORDS] + counted[NAMES] and not _has_digit(points):
        return Identified(UNDETERMINED)
    if not _is_english(counted, _start(tag)):
        return Identified(UNDETERMINED)
    return Identified(ENGLISH.tag, foreign if len(foreign) else None)


def _is_english(counted: list[int], start: int) -> bool:
    """Return whether the words of a text, and what its record says (`start`), speak for English."""
    words, known, common = counted[WORDS : COMMON + 1]
    if words < WORDS_MIN:
        words, known, common = (
            words + counted[NAMES],
            known + counted[NAMES_KNOWN],
            common + counted[NAMES_COMMON],
        )
    in_favour = start + known + COMMON_WEIGHT * common
    return in_favour >= UNKNOWN_WEIGHT * (words - known) + STRANGE_WEIGHT * counted[STRANGE]


def _start(tag: str | None) -> int:
    """Return what the language of a record counts for English."""
    if not tag:
        return UNTAGGED_START
    is_english = tag.lower().replace("_", "-").split("-")[0] in ENGLISH_TAGS
    return ENGLISH_START if is_english else OTHER_START


def _has_digit(points: Points) -> bool:
    return bool(((points >= ZERO) & (points <= NINE)).any())


@compiled
def _read(
    points: Points, table: Bytes, folded: Points, keys: Int32s, values: Int16s
) -> tuple[Int32s, Int32s]:
    """Count the words of the paragraphs that may be English, and of those in another language.

    Returns both sums: int32[2, COLUMNS], and the places of the latter: int32[paragraphs, 2].
    """
    paragraphs = _count(points, table, folded, keys, values)
    sums, foreign, found = np.zeros((2, COLUMNS), np.int32), np.empty((len(paragraphs), 2), np.int32), 0
    for k in range(len(paragraphs)):
        one = paragraphs[k]
        strange = one[WORDS] >= PARAGRAPH_WORDS_MIN and one[KNOWN] < FOREIGN_MAX * one[WORDS]
        sums[1 if strange else 0] += one
        if strange:
            foreign[found, 0], foreign[found, 1] = one[START], one[END]
            found += 1
    return sums, foreign[:found].copy()


@compiled
def _count(points: Points, table: Bytes, folded: Points, keys: Int32s, values: Int16s) -> Int32s:
    """Count the words of every paragraph: int32[paragraphs, COLUMNS].

    A word is a run of letters, but for one Latin letter alone and Latin letters next to a digit: "1.5bn", "Q4". A word
    is known if the vocabulary has it, and not as one of another language. Such a word, and one with a letter
    that English does not have, is strange.
    """
    lines = 1
    for point in points:
        lines += point == 0x0A
    found = np.zeros((lines, COLUMNS), np.int32)
    line, at, count = 0, 0, len(points)
    mask, left = len(keys) - 1, WORDS_COUNTED
    while at < count:
        kind = table[min(points[at], len(table) - 1)]
        if kind > p.LETTER:
            if kind == p.LINE:
                found[line, END] = at
                line += 1
                found[line, START] = at + 1
                left = max(left, PARAGRAPH_WORDS_COUNTED)
            at += 1
            continue
        if left == 0:
            while at < count and points[at] != 0x0A:
                at += 1
            continue
        left -= 1
        start, of_english, of_latin = at, True, True
        while at < count and table[min(points[at], len(table) - 1)] <= p.LETTER:
            of_english &= points[at] < ASCII_END
            of_latin &= points[at] < LATIN_END or MORE_LATIN <= points[at] < MORE_LATIN_END
            at += 1
        if of_latin:
            by_digit = start > 0 and table[min(points[start - 1], len(table) - 1)] == p.DIGIT
            by_digit |= at < count and table[min(points[at], len(table) - 1)] == p.DIGIT
            if by_digit or at - start == 1:
                continue
        hashed = hash_points(points, start, at, folded, False)
        slot = hashed & mask
        while keys[slot] != 0 and keys[slot] != hashed:
            slot = (slot + 1) & mask
        first = NAMES if kind == p.UPPER and of_latin else WORDS
        flags = values[slot, v.FLAGS] if keys[slot] != 0 else 0
        known = keys[slot] != 0 and flags & c.FOREIGN == 0
        found[line, first] += 1
        found[line, first + 1] += known
        found[line, first + 2] += flags & c.COMMON != 0
        found[line, STRANGE] += first == WORDS and not known and (flags & c.FOREIGN != 0 or not of_english)
    found[line, END] = count
    return found
