"""Remembered facets: a ring of rows, with rings of their words and figures.

A facet has a serial number. It is remembered while its row, its words and its figures are; `floor` is the oldest one.
A thread is known by the serial number of the facet that opened it, and ends at the latest when that is forgotten.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.sketch.claims.claim_figures import FIGURE, Figures
from service.sketch.claims.claim_words import Words
from service.threads.index.postings import Places

Rows = npt.NDArray[np.void]

WORDS_EACH: Final = 24
FIGURES_EACH: Final = 0.45
POSTINGS_EACH: Final = 6
"""Room for words, figures and postings of a facet: what claims of news take."""

ROW: Final = np.dtype(
    [
        ("words", "<i8"),
        ("figures", "<i8"),
        ("next", "<u4"),
        ("article", "<u4"),
        ("number", "<u2"),
        ("speaker", "<u4"),
        ("dates", "<u4"),
        ("story", "<u4"),
        ("day", "<i4"),
        ("last_day", "<i4"),
        ("last_article", "<u4"),
        ("mass", "<u2"),
        ("mass_all", "<u2"),
        ("word_count", "u1"),
        ("figure_count", "u1"),
        ("kind", "u1"),
        ("flags", "u1"),
        ("members", "u1"),
    ]
)
"""A facet: where its words and figures begin, counted from the first ever.
`next`: distance to the next facet kept of the thread, 0 = none. `article` is a number of articles, `number` that of the
claim in it. `last_day`, `last_article` and `members` are of the thread, in the row of its opener."""

NEXT: Final = 0
FLOOR: Final = 1
WORDS_END: Final = 2
FIGURES_END: Final = 3
COUNTERS: Final = 4
"""Counters: the serial number of the next facet, of the oldest one, and the ends of the rings."""


class Facets(NamedTuple):
    """The arrays."""

    rows: Rows
    words: Words
    figures: Figures
    counters: Places

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return sum(array.nbytes for array in self)


def facets_for(capacity: int) -> Facets:
    """Return room for so many facets."""
    return Facets(
        np.zeros(capacity, ROW),
        np.zeros(max(1_000, capacity * WORDS_EACH), np.uint32),
        np.zeros(max(100, int(capacity * FIGURES_EACH)), FIGURE),
        np.zeros(COUNTERS, np.int64),
    )


@compiled
def room(ring: int, end: int, count: int) -> int:
    """Return the next place in a ring of this size from which `count` elements lie in a row."""
    return end if end % ring + count <= ring else end + ring - end % ring


@compiled
def store(rows: Rows, words: Words, figures: Figures, counters: Places, own: Words, values: Figures) -> int:
    """Make room for a facet and copy its words and figures; return its serial number. The caller fills the rest."""
    serial = counters[NEXT]
    row = rows[serial % rows.size]
    place = room(words.size, counters[WORDS_END], own.size)
    counters[WORDS_END] = place + own.size
    figure_place = room(figures.size, counters[FIGURES_END], values.size)
    counters[FIGURES_END] = figure_place + values.size
    floor = max(counters[FLOOR], serial + 1 - rows.size)
    words_floor, figures_floor = counters[WORDS_END] - words.size, counters[FIGURES_END] - figures.size
    while floor < serial:
        oldest = rows[floor % rows.size]
        if oldest.words >= words_floor and (oldest.figure_count == 0 or oldest.figures >= figures_floor):
            break
        floor += 1
    counters[FLOOR] = floor
    for i in range(own.size):
        words[place % words.size + i] = own[i]
    for i in range(values.size):
        figures[figure_place % figures.size + i] = values[i]
    row.words, row.figures = place, figure_place
    row.word_count, row.figure_count = own.size, values.size
    counters[NEXT] = serial + 1
    return int(serial)
