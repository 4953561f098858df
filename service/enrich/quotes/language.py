"""Which language a text is read as: English (`en`), or none that is served (`und`, BCP 47 for "undetermined").

The evidence is the share of words that the model's vocabulary knows: some 22,000 words of English news. Running English
has 85 to 100 % of them, the nearest other languages 20 to 60 %. Names say nothing about the language around them, so
words with a capital count only where hardly any others stand.
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

KNOWN_MIN = 0.7
"""Minimum share of known words of an English text."""
KNOWN_SURE = 0.85
"""Share of known words from which a text is English whatever its record says, however short it is."""
DOUBT_MIN = 0.6
"""Minimum share of known words of a text that is English if its record says so."""
FOREIGN_MAX = 0.5
"""Share of known words below which a paragraph of an English text is in another language."""
WORDS_SURE = 10
"""Number of words from which KNOWN_MIN suffices, whatever the record says."""
WORDS_MIN = 3
"""Minimum number of words in lower case; with fewer, those with a capital count too."""
WORDS_COUNTED = 120
"""Number of words from the beginning of a text that are counted all."""
PARAGRAPH_WORDS_COUNTED = 12
"""Maximum number of words counted of each paragraph behind them: a look-up costs a cache miss."""
PARAGRAPH_WORDS_MIN = 6
"""Minimum number of words in lower case that tell a paragraph in another language inside an English text."""
ENGLISH_TAGS: Final = ("en", "eng", "english")

START, END, WORDS, KNOWN, NAMES, NAMES_KNOWN = range(6)
"""Columns of a paragraph: its place, its words in lower case and how many are known, the same of other words."""


class Identified(NamedTuple):
    """What a text is read as, and the paragraphs of an English text that are not: int32[paragraphs, 2]."""

    tag: str
    foreign: Int32s | None = None


def identify(points: Points, vocabulary: Vocabulary, tag: str | None = None) -> Identified:
    """Identify the language of a text by its words; `tag` (BCP 47, of the record) decides where they leave doubt.

    A text in several languages is English if at least half of its words stand in paragraphs that may be English, and
    these are; the others come back as `foreign`.
    """
    paragraphs = _count(points, classes(), folds(), vocabulary.keys, vocabulary.values)
    words, known = paragraphs[:, WORDS], paragraphs[:, KNOWN]
    strange = (words >= PARAGRAPH_WORDS_MIN) & (known < FOREIGN_MAX * words)
    if 2 * words[strange].sum() > words.sum():
        return Identified(UNDETERMINED)
    if not _is_english(paragraphs[~strange].sum(axis=0).tolist(), tag):
        return Identified(UNDETERMINED)
    return Identified(ENGLISH.tag, paragraphs[strange, START : END + 1] if strange.any() else None)


def _is_english(counted: list[int], tag: str | None) -> bool:
    words, known = counted[WORDS], counted[KNOWN]
    if words < WORDS_MIN:
        words, known = words + counted[NAMES], known + counted[NAMES_KNOWN]
    tagged = None if not tag else tag.lower().replace("_", "-").split("-")[0] in ENGLISH_TAGS
    if words < WORDS_MIN and tagged is not None:
        return tagged and known >= DOUBT_MIN * words
    if not words or known < DOUBT_MIN * words:
        return False
    if known >= KNOWN_SURE * words or (known >= KNOWN_MIN * words and words >= WORDS_SURE):
        return True
    return known >= KNOWN_MIN * words if tagged is None else tagged


@compiled
def _count(points: Points, table: Bytes, folded: Points, keys: Int32s, values: Int16s) -> Int32s:
    """Count the words of every paragraph: int32[paragraphs, 6].

    A word is a run of letters, but for one Latin letter alone. A word is known if the vocabulary has it, and not as
    one of another language.
    """
    lines = 1
    for point in points:
        lines += point == 0x0A
    found = np.zeros((lines, 6), np.int32)
    line, at, count = 0, 0, len(points)
    mask, left = len(keys) - 1, WORDS_COUNTED
    while at < count:
        kind = table[min(points[at], len(table) - 1)]
        if kind > p.LETTER:
            if kind == p.LINE:
                found[line, 1] = at
                line += 1
                found[line, 0] = at + 1
                left = max(left, PARAGRAPH_WORDS_COUNTED)
            at += 1
            continue
        if left == 0:
            while at < count and points[at] != 0x0A:
                at += 1
            continue
        left -= 1
        start = at
        while at < count and table[min(points[at], len(table) - 1)] <= p.LETTER:
            at += 1
        if at - start == 1 and points[start] < 0x250:
            continue
        hashed = hash_points(points, start, at, folded, False)
        slot = hashed & mask
        while keys[slot] != 0 and keys[slot] != hashed:
            slot = (slot + 1) & mask
        column = 4 if kind == p.UPPER else 2
        found[line, column] += 1
        if keys[slot] != 0 and values[slot, v.FLAGS] & c.FOREIGN == 0:
            found[line, column + 1] += 1
    found[line, 1] = count
    return found
