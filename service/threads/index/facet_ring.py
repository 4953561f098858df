"""Remembered facets: a ring of rows, with rings of their words and figures.

A facet has a serial number. It is remembered while its row, its words and its figures are; `floor` is the oldest one.
A thread is known by the serial number of the facet that opened it, and ends at the latest when that is forgotten.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_figures import FIGURE, Figures
from service.sketch.claims.claim_words import Words
from service.sketch.claims.facet_words import TERM_SHIFT
from service.threads.index.packed_words import PACKED_MAX, Bytes, pack, small_words, unpack
from service.threads.index.postings import Places

Rows = npt.NDArray[np.void]

WORD_BYTES_EACH: Final = 65
FIGURES_EACH: Final = 0.45
KEYS_EACH: Final = 0.8
FREQUENT_EACH: Final = 0.18
PHRASES_EACH: Final = 0.8
"""Room for words, figures, keys, frequent keys and phrases of a facet: what claims of news take. Of phrases only the
newest third of a memory's is wanted."""

ROW: Final = np.dtype(
    [
        ("words", "<u4"),
        ("figures", "<u4"),
        ("next", "<u4"),
        ("article", "<u4"),
        ("number", "<u2"),
        ("speaker", "<u4"),
        ("dates", "<u4"),
        ("story", "<u4"),
        ("day", "<i4"),
        ("later", "<u2"),
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
"""A facet: where its words (bytes of them) and figures begin, the lower 32 bits of what is counted from the first ever.
`next`: distance to the next facet kept of the thread, 0 = none. `article` is a number of articles, `number` that of the
claim in it. `later` (days from `day` to the last one), `last_article` and `members` are of the thread, in its opener's
row. `flags`: `packed_flags`."""

LATER_MAX: Final = 65_535
"""Days of a thread, at most; beyond, it has ended as far as memory is concerned."""
_FLAGS: Final = 7
_FLAGS_BITS: Final = 3
"""Flags beside the number of words between marks, and their bits."""

NEXT: Final = 0
FLOOR: Final = 1
WORDS_END: Final = 2
FIGURES_END: Final = 3
COUNTERS: Final = 4
"""Counters: the serial number of the next facet, of the oldest one, and the ends of the rings."""


class Facets(NamedTuple):
    """The arrays."""

    rows: Rows
    words: Bytes
    figures: Figures
    counters: Places
    small: Words

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return sum(array.nbytes for array in self)


def facets_for(capacity: int) -> Facets:
    """Return room for so many facets."""
    return Facets(
        np.zeros(capacity, ROW),
        np.zeros(max(8_000, capacity * WORD_BYTES_EACH), np.uint8),
        np.zeros(max(100, int(capacity * FIGURES_EACH)), FIGURE),
        np.zeros(COUNTERS, np.int64),
        small_words(),
    )


@borrowing
def packed_flags(flags: int) -> int:
    """Return the flags of a facet that is kept in a byte: five bits for the words between marks, which are few."""
    return flags & _FLAGS | (flags >> TERM_SHIFT) << _FLAGS_BITS


@borrowing
def flags_of_row(row: Any) -> int:
    """Return the flags of a facet as they were before packing."""
    flags = np.int64(row.flags)
    return int(flags & _FLAGS | (flags >> _FLAGS_BITS) << TERM_SHIFT)


@borrowing
def last_day_of(row: Any) -> int:
    """Return the last day of the thread that a facet opened."""
    return int(np.int64(row.day) + np.int64(row.later))


@borrowing
def go_on(opener: Any, day: int, article: int) -> None:
    """Note that an article joins the thread of an opener."""
    opener.later = min(LATER_MAX, max(np.int64(opener.later), day - np.int64(opener.day)))
    opener.last_article = article


@borrowing
def carries(rows: Rows, thread: int, facet: int, article: int) -> bool:
    """Tell whether an article carries a thread itself: one that says both disputes nothing."""
    opener = rows[thread % rows.size]
    return bool(rows[facet % rows.size].article == article or opener.last_article == article)


@borrowing
def room(ring: int, end: int, count: int) -> int:
    """Return the next place in a ring of this size from which `count` elements lie in a row."""
    return end if end % ring + count <= ring else end + ring - end % ring


@borrowing
def whole(low: Any, following: Any) -> Any:
    """Return a number below `following` from its lower 32 bits."""
    return following - ((following - low) & 0xFFFFFFFF)


@compiled
def store(
    rows: Rows, words: Bytes, figures: Figures, counters: Places, small: Words, own: Words, values: Figures
) -> int:
    """Make room for a facet and copy its words and figures; return its serial number. The caller fills the rest."""
    serial = counters[NEXT]
    row = rows[serial % rows.size]
    packed = np.empty(PACKED_MAX, np.uint8)
    size = pack(own, small, packed)
    place = room(words.size, counters[WORDS_END], size)
    words_end = place + size
    figure_place = room(figures.size, counters[FIGURES_END], values.size)
    figures_end = figure_place + values.size
    floor = max(counters[FLOOR], serial + 1 - rows.size)
    words_floor, figures_floor = words_end - words.size, figures_end - figures.size
    while floor < serial:
        oldest = rows[floor % rows.size]
        if whole(oldest.words, words_end) >= words_floor and (
            oldest.figure_count == 0 or whole(oldest.figures, figures_end) >= figures_floor
        ):
            break
        floor += 1
    counters[FLOOR], counters[WORDS_END], counters[FIGURES_END] = floor, words_end, figures_end
    at = place % words.size
    for i in range(size):
        words[at + i] = packed[i]
    for i in range(values.size):
        figures[figure_place % figures.size + i] = values[i]
    row.words, row.figures = place & 0xFFFFFFFF, figure_place & 0xFFFFFFFF
    row.word_count, row.figure_count = own.size, values.size
    counters[NEXT] = serial + 1
    return int(serial)


@compiled
def words_of_row(row: Any, words: Bytes, counters: Places, small: Words, out: Words) -> Words:
    """Return the words of a facet that is remembered; `out` has room for WORDS_MAX."""
    place = whole(np.int64(row.words), counters[WORDS_END])
    return unpack(words, place % words.size, row.word_count, small, out)


@compiled
def figures_of_row(row: Any, figures: Figures, counters: Places) -> Figures:
    """Return the figures of a facet that is remembered."""
    at = whole(np.int64(row.figures), counters[FIGURES_END]) % figures.size
    return figures[at : at + row.figure_count]
