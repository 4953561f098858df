"""The words of claims that are compared, and the keys by which they are found: of an article's facets in one pass."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_figures import Figures
from service.sketch.claims.claim_words import (
    CONTENT,
    FIRST,
    HASH_SHIFT,
    NAME,
    NUMBER,
    TAKEN,
    Words,
    stem_hash,
)
from service.sketch.claims.stem_weights import Shorts, weight

WORDS_MAX: Final = 80
"""Maximum number of words compared."""
CONTENT_MAX: Final = 48
"""Maximum number of words that say something, of those."""
KEYS_MAX: Final = 16
KEYS_MIN: Final = 6
"""Maximum number of stems by which a facet is found, the rarest, and how many of them whatever they weigh."""
KEY_WEIGHT_MIN: Final = 160
"""Weight that makes a stem a key, in sixty-fourths."""

HEADLINE_CAPITALS_MIN: Final = 4
"""Words with a capital letter that make a headline, if four in five words have one."""
NAMES_MAX: Final = 24
"""Maximum number of names of a claim whose words are flagged."""


VERSUS: Final = stem_hash("vs")
ROW_STEMS: Final = 4
"""What a row of a table sets between its figures, and the number of different stems from which on it says of what."""

QUOTATION: Final = 0
STATEMENT: Final = 1
FIGURES: Final = 2
"""Kinds of facets."""

THIN: Final = 4
"""Flag of a facet that says too little to be compared; service/sketch/claims/claim_facets.py has the others."""
TERM_SHIFT: Final = 8
"""Bits of flags below the number of words between marks, where the others of the claim follow them. 0: none do."""

(CLAIM, KIND, FLAGS, SPEAKER, DATES, MASS, MASS_ALL, WORDS, KEYS, FIGURE_ROWS) = range(10)
HEAD_COLUMNS: Final = 10
"""Columns of a facet's head. CLAIM: number of the claim in its article. SPEAKER: hash of the last name, 0 = unknown.
DATES: hash of the dates in it, 0 = none. MASS: weight of its different stems. MASS_ALL: weight of its stems, each as
often as it stands there. WORDS, KEYS and FIGURE_ROWS count its elements in the arrays of the article."""

(FIRST_WORD, LAST_WORD, RANGES) = range(3)
PLACE_COLUMNS: Final = 3
"""Columns that say which words of the text are a facet's, and how many ranges of them are compared."""

Places = npt.NDArray[np.int64]


@compiled
def compared(
    heads: Words,
    places: Places,
    ranges: Places,
    figures: Figures,
    codes: Words,
    slots: Words,
    weights: Shorts,
) -> tuple[Words, Words]:
    """Return the words of all facets and their keys, one facet after the other, and complete the heads."""
    words = np.empty(heads.shape[0] * WORDS_MAX, np.uint32)
    found = np.empty(heads.shape[0] * KEYS_MAX, np.uint32)
    names = np.empty(NAMES_MAX, np.uint32)
    word = key = figure = part = 0
    for n in range(heads.shape[0]):
        head, place = heads[n], places[n]
        own_figures = figures[figure : figure + head[FIGURE_ROWS]]
        own_ranges = ranges[part : part + place[RANGES]]
        figure, part = figure + head[FIGURE_ROWS], part + place[RANGES]
        count = _cut(
            codes, place[FIRST_WORD], place[LAST_WORD], own_ranges, head[KIND] == FIGURES, names,
            words[word : word + WORDS_MAX],
        )  # fmt: skip
        own = words[word : word + count]
        _take(own, own_figures)
        mass, mass_all, plain, stems = masses(own, slots, weights)
        head[MASS], head[MASS_ALL], head[WORDS] = mass, mass_all, count
        word += count
        if (
            plain == 0
            or stems < (2 if head[KIND] == QUOTATION else 3)
            or (head[KIND] == STATEMENT and plain < 2)
            or (head[KIND] == FIGURES and _is_row_of_results(own))
        ):
            head[FLAGS] |= np.uint32(THIN)
        if head[FLAGS] & THIN:
            continue
        first_key = key
        term = head[FLAGS] >> np.uint32(TERM_SHIFT)
        if term:  # by what stands between marks first, then by all
            key = _add_keys(keys(own[:term], slots, weights), found, first_key, key)
        key = _add_keys(keys(own, slots, weights), found, first_key, key)
        head[KEYS] = key - first_key
    return words[:word], found[:key]


@borrowing
def _add_keys(own: Words, found: Words, first: int, end: int) -> int:
    """Add the keys that a facet has not yet, up to KEYS_MAX in all; return where they end."""
    for key in own:
        known = end - first >= KEYS_MAX
        for at in range(first, end):
            known |= found[at] == key
        if not known:
            found[end] = key
            end += 1
    return end


@borrowing
def _cut(
    codes: Words,
    first: int,
    last: int,
    ranges: Places,
    may_be_headline: bool,
    names: Words,
    out: Words,
) -> int:
    """Write the words of a claim with their flags; `ranges` are those compared, the others tell names too.

    Return how many there are. In a headline each word begins with a capital letter: none is taken for a name.
    """
    named = 0
    capital = lower = 0
    for i in range(first, last):
        if codes[i] & NAME:
            capital += 1
        elif not codes[i] & NUMBER:
            lower += 1
    is_headline = may_be_headline and capital >= HEADLINE_CAPITALS_MIN and lower * 4 <= capital
    for i in range(last if is_headline else first + 1, last):
        if codes[i] & NAME and codes[i] & CONTENT and named < NAMES_MAX:
            names[named] = codes[i] >> HASH_SHIFT
            named += 1
    count = telling = 0
    for part in range(ranges.shape[0]):
        for i in range(ranges[part, 0], ranges[part, 1]):
            if count == WORDS_MAX:
                return count
            code = codes[i] & ~np.uint32(NAME | CONTENT)
            if codes[i] & CONTENT and telling < CONTENT_MAX:
                telling += 1
                code |= np.uint32(CONTENT | FIRST)
                stem = code >> HASH_SHIFT
                for j in range(named):
                    if names[j] == stem:
                        code |= np.uint32(NAME)
                for j in range(count):
                    if out[j] & CONTENT and out[j] >> HASH_SHIFT == stem:
                        code &= ~np.uint32(FIRST)
            out[count] = code
            count += 1
    return count


@borrowing
def _take(words: Words, figures: Figures) -> None:
    """Flag the words that belong to a figure; of one behind the words that are kept the place is taken away."""
    for j in range(figures.size):
        start = np.int64(figures[j].start)
        if start + figures[j].length > words.size:
            figures[j].start = figures[j].length = 0
        for i in range(start, min(words.size, start + figures[j].length)):
            words[i] |= np.uint32(TAKEN)


@borrowing
def _is_row_of_results(words: Words) -> bool:
    """Tell whether a sentence sets figures against each other with no name and hardly a word: only the table says of
    whom."""
    versus, stems = False, 0
    for word in words:
        if word & NAME:
            return False
        versus |= word >> HASH_SHIFT == VERSUS
        stems += word & FIRST != 0 and not word & (NUMBER | TAKEN)
    return versus and stems < ROW_STEMS


@borrowing
def masses(codes: Words, slots: Words, weights: Shorts) -> tuple[int, int, int, int]:
    """Return the weight of different stems, that of all, and how many different ones are plain, and are there."""
    mass = mass_all = plain = stems = 0
    for code in codes:
        if code & CONTENT:
            one = weight(slots, weights, code)
            mass_all += one
            if code & FIRST:
                mass += one
                stems += 1
                plain += 0 if code & (NAME | NUMBER) else 1
    return mass, mass_all, plain, stems


@compiled
def keys(codes: Words, slots: Words, weights: Shorts) -> Words:
    """Return the stems by which a facet is found, the rarest first; of equals the lower hash."""
    rarest, count = np.empty(KEYS_MAX, np.int64), 0
    for code in codes:
        if not code & FIRST or code & NUMBER:
            continue
        rank = (np.int64(0xFFFF) - weight(slots, weights, code)) << 32 | np.int64(code >> HASH_SHIFT)
        if count == KEYS_MAX and rank >= rarest[KEYS_MAX - 1]:
            continue
        count = min(KEYS_MAX, count + 1)
        at = count - 1
        while at > 0 and rarest[at - 1] > rank:
            rarest[at] = rarest[at - 1]
            at -= 1
        rarest[at] = rank
    out, kept = np.empty(count, np.uint32), 0
    for i in range(count):
        if kept < KEYS_MIN or 0xFFFF - (rarest[i] >> 32) >= KEY_WEIGHT_MIN:
            out[kept] = np.uint32(rarest[i] & 0x7FFFFFF)
            kept += 1
    return out[:kept]
