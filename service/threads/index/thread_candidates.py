"""Find the threads that share the rarest keys of a facet.

Rare keys are asked first and asking ends after so many postings: frequent keys cost most and say least. So the work
for a facet has a bound, whatever words a feeder repeats.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import compiled
from service.sketch.claims.claim_facets import FIGURES, QUOTATION
from service.sketch.claims.claim_figures import CURRENCY, Figures
from service.sketch.claims.claim_words import HASH_SHIFT, Words
from service.sketch.claims.facet_words import CONTENT_MAX
from service.sketch.claims.stem_weights import UNIT, Shorts, weight
from service.threads.index.facet_ring import FLOOR, NEXT, Rows, last_day_of
from service.threads.index.postings import Places, Table, mixed, newest

OF_WORDS: Final = 1
OF_FIGURES: Final = 2
VALUE: Final = 3
MONEY_OF_STORY: Final = 4
SPEAKER_OF_STORY: Final = 5
"""Uses of a key."""

NEWEST_MAX: Final = 24
"""Maximum number of postings asked of one key, the newest."""
ASKED_MAX: Final = 96
"""Number of postings after which no further key is asked."""
CANDIDATES_MAX: Final = 6
"""Maximum number of threads compared with a facet."""

PHRASE_VOTES: Final = 5 * UNIT
"""Vote of a phrase in common: with it alone a thread is compared, unless others have more."""

_VOTED_MAX: Final = ASKED_MAX + NEWEST_MAX + CONTENT_MAX
_SLOTS: Final = 256
"""Room for the threads that postings name, and slots of the table in which they are looked up."""
KEYS_LIMIT: Final = 40


@compiled
def keys_of(
    kind: int, speaker: int, story: int, keys: Words, figures: Figures, slots: Words, weights: Shorts
) -> tuple[Words, Places]:
    """Return the keys of a facet in the order they are asked, and the vote that each gives."""
    out, votes = np.empty(KEYS_LIMIT, np.uint32), np.empty(KEYS_LIMIT, np.int64)
    count = 0
    if kind == QUOTATION and speaker != 0:
        out[count], votes[count] = mixed(speaker ^ (story * 31 & 0xFFFFFFFF), SPEAKER_OF_STORY), 5 * UNIT
        count += 1
    if kind == FIGURES:
        for i in range(figures.size):
            if figures[i].flags & CURRENCY:
                money = mixed(figures[i].unit ^ (story * 31 & 0xFFFFFFFF), MONEY_OF_STORY)
                seen = False
                for j in range(count):
                    seen |= out[j] == money
                if not seen:
                    out[count], votes[count] = money, 8 * UNIT
                    count += 1
        for i in range(figures.size):
            out[count] = mixed(figures[i].key, VALUE)
            votes[count] = int(UNIT * min(9.0, 2.0 + 1.7 * figures[i].digits))
            count += 1
    salt = OF_FIGURES if kind == FIGURES else OF_WORDS
    for i in range(keys.size):
        out[count] = mixed(keys[i], salt)
        votes[count] = weight(slots, weights, keys[i] << HASH_SHIFT)
        count += 1
    return out[:count], votes[:count]


@compiled
def candidates(
    asked: Words,
    strength: Places,
    phrased: Places,
    floor_votes: int,
    day: int,
    window: int,
    rows: Rows,
    counters: Places,
    table: Table,
    blocks: Table,
) -> Places:
    """Return the threads with the most votes, at most CANDIDATES_MAX; of equals the older one first.

    `phrased`: the threads that phrases name, which vote before the keys.
    """
    threads, votes = np.empty(_VOTED_MAX, np.int64), np.zeros(_VOTED_MAX, np.int64)
    places = np.zeros(_SLOTS, np.int16)
    held = np.empty(NEWEST_MAX, np.int64)
    voted = total = 0
    for k in range(-1, asked.size):
        count = phrased.size
        if k >= 0:
            count = newest(table, blocks, asked[k], counters[NEXT], held, NEWEST_MAX)
        for n in range(count):
            thread = held[n] if k >= 0 else phrased[n]
            if thread < counters[FLOOR]:
                continue
            at = (thread * 0x9E3779B1) & (_SLOTS - 1)
            while places[at] != 0 and threads[places[at] - 1] != thread:
                at = (at + 1) & (_SLOTS - 1)
            if places[at] == 0:
                threads[voted] = thread
                voted += 1
                places[at] = voted
            votes[places[at] - 1] += strength[k] if k >= 0 else PHRASE_VOTES
        total += count if k >= 0 else 0
        if total >= ASKED_MAX:
            break
    return _best(threads[:voted], votes[:voted], floor_votes, day, window, rows)


@compiled
def _best(threads: Places, votes: Places, floor_votes: int, day: int, window: int, rows: Rows) -> Places:
    """Return the threads with the most votes whose last day lies in the window."""
    out = np.empty(CANDIDATES_MAX, np.int64)
    count = 0
    while count < CANDIDATES_MAX:
        best = -1
        for i in range(threads.size):
            if votes[i] < floor_votes:
                continue
            if best < 0 or votes[i] > votes[best] or (votes[i] == votes[best] and threads[i] < threads[best]):
                best = i
        if best < 0:
            break
        votes[best] = -1
        if abs(day - last_day_of(rows[threads[best] % rows.size])) <= window:
            out[count] = threads[best]
            count += 1
    return out[:count]
