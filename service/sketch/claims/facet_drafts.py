"""Draft the facets of claims: which words of the text each one compares, and where its figures stand among them."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_figures import FIGURE, Figures
from service.sketch.claims.claim_words import Words
from service.sketch.claims.facet_words import (
    CLAIM,
    DATES,
    FIGURE_ROWS,
    FIGURES,
    FIRST_WORD,
    FLAGS,
    HEAD_COLUMNS,
    KIND,
    LAST_WORD,
    PLACE_COLUMNS,
    QUOTATION,
    RANGES,
    SPEAKER,
    STATEMENT,
    TERM_SHIFT,
    THIN,
    WORDS_MAX,
    Places,
)
from service.sketch.claims.quoted import PASSAGES_MAX, passages
from service.sketch.claims.word_codes import Bytes, Points, Starts

FACETS_MAX: Final = 400
"""Maximum number of facets of an article: transcripts that hold every quotation of the day have more."""
TERM_WORDS_MAX: Final = 6
TOLD_EACH: Final = 2
"""Maximum number of words between marks, and words of the claim for each of them at least, where a quotation is
compared with statements too."""

(NUMBER, NO_WORDS, QUOTE, NOTED, WHO, WHEN, FIGURE_COUNT) = range(7)
(START, END, SENTENCE_START, SENTENCE_END, PAGE) = range(7, 12)
CLAIM_COLUMNS: Final = 12
"""Columns of a claim. NO_WORDS: it is a figure, and its words are not compared. NOTED: flags of its facets. WHO, WHEN:
hashes of its speaker and its dates. START to SENTENCE_END: places of it and of its sentence in the text. PAGE: what of
it is furniture of a page."""

CLAIM_IS_PAGE: Final = 1
SENTENCE_IS_PAGE: Final = 2
_LENGTH_MAX: Final = 255
"""Largest number that the columns of a figure's place hold."""


class Drafts(NamedTuple):
    """Facets before their words are cut."""

    heads: Words
    places: Places  # [facets, PLACE_COLUMNS]
    ranges: Places  # [ranges, 2]: words of the text that are compared
    figures: Figures


@compiled
def drafted(
    claims: Places, meanings: Figures, spans: Places, starts: Starts, points: Points, kinds: Bytes
) -> tuple[Words, Places, Places, Figures]:
    """Make drafts of the facets of claims, the first FACETS_MAX. `meanings` and `spans` are their figures, in order."""
    most = min(FACETS_MAX, 2 * claims.shape[0])
    heads, places = np.zeros((most, HEAD_COLUMNS), np.uint32), np.empty((most, PLACE_COLUMNS), np.int64)
    ranges = np.empty((most * (2 * PASSAGES_MAX + 1), 2), np.int64)
    rows = np.empty(2 * meanings.size, FIGURE)
    doubles, quoted = np.empty((PASSAGES_MAX, 2), np.int64), np.empty((PASSAGES_MAX, 2), np.int64)
    count = range_count = row_count = figure = 0
    for n in range(claims.shape[0]):
        claim = claims[n]
        first_figure, figure = figure, figure + claim[FIGURE_COUNT]
        if count < most and not claim[NO_WORDS]:
            first, last = _bounds(starts, claim[START], claim[END])
            passage_count = 0
            if claim[QUOTE]:
                passage_count = passages(points, kinds, claim[START], claim[END], doubles, quoted)
            before = range_count
            range_count, quoted_words = _ranges(starts, quoted, passage_count, first, last, ranges, before)
            head = heads[count]
            head[KIND] = QUOTATION if claim[QUOTE] else STATEMENT
            head[FLAGS] = claim[NOTED] | quoted_words << TERM_SHIFT
            if claim[PAGE] & CLAIM_IS_PAGE:
                head[FLAGS] |= np.uint32(THIN)
            elif not claim[QUOTE]:
                row_count = _place_all(
                    meanings, spans, first_figure, figure, starts, first, last, rows, row_count
                )
                head[FIGURE_ROWS] = claim[FIGURE_COUNT]
            _complete(claim, head, places[count], first, last, range_count - before)
            count += 1
        if count < most and claim[FIGURE_COUNT] and not claim[PAGE] & SENTENCE_IS_PAGE:
            first, last = _bounds(starts, claim[SENTENCE_START], claim[SENTENCE_END])
            ranges[range_count, 0], ranges[range_count, 1] = first, last
            range_count += 1
            head = heads[count]
            head[KIND], head[FLAGS], head[FIGURE_ROWS] = FIGURES, claim[NOTED], claim[FIGURE_COUNT]
            row_count = _place_all(
                meanings, spans, first_figure, figure, starts, first, last, rows, row_count
            )
            _complete(claim, head, places[count], first, last, 1)
            count += 1
    return heads[:count], places[:count], ranges[:range_count], rows[:row_count]


@borrowing
def _complete(claim: Places, head: Words, place: Places, first: int, last: int, ranges: int) -> None:
    head[CLAIM], head[SPEAKER], head[DATES] = claim[NUMBER], claim[WHO], claim[WHEN]
    place[FIRST_WORD], place[LAST_WORD], place[RANGES] = first, last, ranges


@borrowing
def _word(starts: Starts, at: int) -> int:
    """Return the first word that begins at a place or after it."""
    low, high = 0, starts.size
    while low < high:
        middle = (low + high) >> 1
        if starts[middle] < at:
            low = middle + 1
        else:
            high = middle
    return low


@borrowing
def _bounds(starts: Starts, start: int, end: int) -> tuple[int, int]:
    """Return the first word compared of text[start:end], and the one after the last."""
    first, last = _word(starts, start), _word(starts, end)
    return first, max(first, min(last, first + 4 * WORDS_MAX))


@borrowing
def _ranges(
    starts: Starts, quoted: Places, count: int, first: int, last: int, out: Places, end: int
) -> tuple[int, int]:
    """Write the words compared of a claim: those between marks, all of them if there are none.

    Where it is told in the reporter's words but for a term between marks, the others follow. Return where the ranges
    end, and how many words stand between marks then, else 0.
    """
    if count == 0:
        out[end, 0], out[end, 1] = first, last
        return end + 1, 0
    begun, words = end, 0
    for n in range(count):
        out[end, 0], out[end, 1] = _word(starts, quoted[n, 0]), _word(starts, quoted[n, 1])
        words += out[end, 1] - out[end, 0]
        end += 1
    if not 0 < words <= TERM_WORDS_MAX or last - first < TOLD_EACH * words:
        return end, 0
    start = first
    for n in range(begun, begun + count):
        if start < out[n, 0]:
            out[end, 0], out[end, 1] = start, out[n, 0]
            end += 1
        start = out[n, 1]
    if start < last:
        out[end, 0], out[end, 1] = start, last
        end += 1
    return end, words


@borrowing
def _place_all(
    meanings: Figures,
    spans: Places,
    figure: int,
    end: int,
    starts: Starts,
    first: int,
    last: int,
    out: Figures,
    count: int,
) -> int:
    """Copy the figures of a claim with their places among the words from `first` to `last`; return the new count."""
    for n in range(figure, end):
        row, meaning = out[count], meanings[n]
        row.value, row.low, row.high = meaning.value, meaning.low, meaning.high
        row.unit, row.key, row.digits, row.flags = meaning.unit, meaning.key, meaning.digits, meaning.flags
        begins, ends = _word(starts, spans[n, 0]), _word(starts, spans[n, 1])
        row.start = row.length = 0
        if first <= begins and ends <= last and begins - first <= _LENGTH_MAX:
            row.start, row.length = begins - first, min(_LENGTH_MAX, ends - begins)
        count += 1
    return count
