"""Join the facets of an article to threads, one after the other, or follow what was decided before.

Both take a facet up with the same function, so a rebuilt index is the live one.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_facets import FIGURES, THIN
from service.sketch.claims.claim_figures import Figures
from service.sketch.claims.claim_words import Words
from service.sketch.claims.facet_words import (
    CLAIM,
    DATES,
    FIGURE_ROWS,
    FLAGS,
    KEYS,
    KIND,
    MASS,
    MASS_ALL,
    SPEAKER,
    WORDS,
    WORDS_MAX,
)
from service.sketch.claims.stem_weights import UNIT, Shorts
from service.threads.index.facet_ring import (
    FLOOR,
    NEXT,
    Rows,
    carries,
    figures_of_row,
    flags_of_row,
    go_on,
    packed_flags,
    store,
    words_of_row,
)
from service.threads.index.packed_words import Bytes
from service.threads.index.postings import Places, Table, post
from service.threads.index.reasons import reasons_for
from service.threads.index.thread_candidates import candidates, keys_of
from service.threads.pairs import DENIED, compare
from service.threads.said import SURE, same_speaker
from service.threads.same_figure import DISPUTED, SAME

(SERIAL, THREAD, RELATION, SURENESS, NEAREST, WHO, IN_STORY, FIGURE_JOINED, LINKS) = range(9)
LINKS_MAX: Final = 4
LINK_COLUMNS: Final = 6
(LINK_KIND, LINK_THREAD, LINK_FACET, LINK_REASONS, LINK_OWN, LINK_OTHER) = range(LINK_COLUMNS)
VERDICT_COLUMNS: Final = LINKS + 1 + LINKS_MAX * LINK_COLUMNS
"""Columns of a verdict. SERIAL: of the facet, -1 where it is not kept. THREAD: serial number of the thread's opener, -1
where the facet is compared with none. NEAREST: the facet it is most alike. FIGURE_JOINED: row of the figure that is the
same as one of that. Then links to other threads."""

OPENS: Final = 0
REPEATS: Final = 1
VARIANT: Final = 2
"""Relations of a facet to its thread."""
RELATED: Final = 4
"""Kind of a link beside DISPUTED and DENIED: another thread that says the same."""

REPEAT_MIN: Final = 950
"""How sure a facet must be to say nothing new, in thousandths."""
MEMBERS_MAX: Final = 4
"""Maximum number of facets kept of a thread."""
EFFORT_MAX: Final = 12_000
"""Maximum effort of comparing the facets of an article: one for a facet kept, and one for each two figures. The facets
left then are compared with none. With half of it 7,037 articles of news give the same records."""
VOTES_MIN: Final = 5 * UNIT
FIGURE_VOTES_MIN: Final = 8 * UNIT


@compiled
def decide_article(
    heads_raw: Words,
    words_in: Words,
    keys_in: Words,
    figures_in: Figures,
    article: int,
    story: int,
    day: int,
    window: int,
    rows: Rows,
    words: Bytes,
    figures: Figures,
    counters: Places,
    small: Words,
    table: Table,
    blocks: Table,
    owners: Words,
    posted: Places,
    slots: Words,
    weights: Shorts,
) -> Places:
    """Decide on the facets of an article and take them up; return their verdicts: int64[facets, VERDICT_COLUMNS]."""
    heads_in = heads_raw.astype(np.int64)
    verdicts = np.zeros((heads_in.shape[0], VERDICT_COLUMNS), np.int64)
    scratch = np.empty(WORDS_MAX, np.uint32)
    word = key = figure = effort = 0
    for n in range(heads_in.shape[0]):
        head, verdict = heads_in[n], verdicts[n]
        own = words_in[word : word + head[WORDS]]
        own_keys = keys_in[key : key + head[KEYS]]
        own_figures = figures_in[figure : figure + head[FIGURE_ROWS]]
        word, key, figure = word + head[WORDS], key + head[KEYS], figure + head[FIGURE_ROWS]
        verdict[SERIAL], verdict[THREAD], verdict[NEAREST] = -1, -1, -1
        if head[FLAGS] & THIN:
            continue
        asked, strength = keys_of(head[KIND], head[SPEAKER], story, own_keys, own_figures, slots, weights)
        least = max(VOTES_MIN, int(0.15 * min(head[MASS], 40 * UNIT)))
        if head[KIND] == FIGURES:
            least = FIGURE_VOTES_MIN
        threads = candidates(asked, strength, least, day, window, rows, counters, table, blocks)
        for thread in threads:
            if effort >= EFFORT_MAX:
                break
            effort += _ask(
                thread, head, own, own_figures, article, story, day, verdict,
                rows, words, figures, counters, small, scratch, slots, weights,
            )  # fmt: skip
        if verdict[THREAD] < 0:
            verdict[RELATION], verdict[SURENESS] = OPENS, SURE
        else:
            verdict[RELATION] = REPEATS if verdict[SURENESS] >= REPEAT_MIN else VARIANT
        keeps = verdict[RELATION] == OPENS or (
            verdict[RELATION] == VARIANT and rows[verdict[THREAD] % rows.size].members < MEMBERS_MAX
        )
        take_up(
            head, own, own_figures, asked, article, story, day, keeps, verdict,
            rows, words, figures, counters, small, table, blocks, owners, posted,
        )  # fmt: skip
    return verdicts


@compiled
def _ask(
    thread: int,
    head: Places,
    own: Words,
    own_figures: Figures,
    article: int,
    story: int,
    day: int,
    verdict: Places,
    rows: Rows,
    words: Bytes,
    figures: Figures,
    counters: Places,
    small: Words,
    scratch: Words,
    slots: Words,
    weights: Shorts,
) -> int:
    """Compare a facet with those kept of a thread, and note what is best in the verdict; return the effort."""
    mine = (head[KIND], head[FLAGS], head[SPEAKER], head[MASS], head[MASS_ALL], head[DATES])
    serial = thread
    linked, effort = False, 0
    while True:
        row = rows[serial % rows.size]
        their_words = words_of_row(row, words, counters, small, scratch)
        their_figures = figures_of_row(row, figures, counters)
        theirs = (
            np.int64(row.kind), flags_of_row(row), np.int64(row.speaker),
            np.int64(row.mass), np.int64(row.mass_all), np.int64(row.dates),
        )  # fmt: skip
        same_story = row.story == story
        found, sure, first, second = compare(
            own, their_words, own_figures, their_figures,
            mine, theirs, abs(day - row.day), same_story, slots, weights,
        )  # fmt: skip
        if found == SAME:
            if sure > verdict[SURENESS] or verdict[THREAD] < 0:
                if verdict[THREAD] >= 0 and verdict[THREAD] != thread:
                    _link(verdict, RELATED, verdict[THREAD], verdict[NEAREST], 0, 0, 0)
                verdict[THREAD], verdict[SURENESS], verdict[NEAREST] = thread, sure, serial
                verdict[WHO] = same_speaker(head[SPEAKER], row.speaker)
                verdict[IN_STORY], verdict[FIGURE_JOINED] = same_story, first
            elif verdict[THREAD] != thread and not linked:
                _link(verdict, RELATED, thread, serial, 0, 0, 0)
                linked = True
        elif found in (DISPUTED, DENIED) and not linked and not carries(rows, thread, serial, article):
            reasons = 0
            if found == DISPUTED:
                reasons = reasons_for(
                    own_figures[first], their_figures[second], head, row, abs(day - row.day)
                )
            _link(verdict, found, thread, serial, reasons, first, second)
            linked = True
        effort += 1 + own_figures.size * their_figures.size
        if row.next == 0:
            return effort
        serial += row.next
        if serial >= counters[NEXT]:
            return effort


@borrowing
def _link(verdict: Places, kind: int, thread: int, facet: int, reasons: int, own: int, other: int) -> None:
    count = verdict[LINKS]
    if count == LINKS_MAX:
        return
    at = LINKS + 1 + count * LINK_COLUMNS
    verdict[at + LINK_KIND], verdict[at + LINK_THREAD], verdict[at + LINK_FACET] = kind, thread, facet
    verdict[at + LINK_REASONS], verdict[at + LINK_OWN], verdict[at + LINK_OTHER] = reasons, own, other
    verdict[LINKS] = count + 1


@compiled
def take_up(
    head: Places,
    own: Words,
    own_figures: Figures,
    asked: Words,
    article: int,
    story: int,
    day: int,
    keeps: bool,
    verdict: Places,
    rows: Rows,
    words: Bytes,
    figures: Figures,
    counters: Places,
    small: Words,
    table: Table,
    blocks: Table,
    owners: Words,
    posted: Places,
) -> None:
    """Remember the day of a facet's thread and, if it `keeps`, the facet itself. Completes the verdict.

    The opener of the thread may be forgotten: by a rebuild whose log no longer reaches back to it.
    """
    thread = verdict[THREAD]
    opens = verdict[RELATION] == OPENS
    if not opens and thread >= counters[FLOOR]:
        go_on(rows[thread % rows.size], day, article)
    if not keeps:
        return
    serial = store(rows, words, figures, counters, small, own, own_figures)
    row = rows[serial % rows.size]
    row.article, row.number, row.speaker, row.dates = article, head[CLAIM], head[SPEAKER], head[DATES]
    row.story, row.day, row.kind, row.flags = story, day, head[KIND], packed_flags(head[FLAGS])
    row.mass, row.mass_all = min(head[MASS], 65_535), min(head[MASS_ALL], 65_535)
    row.next, row.members, row.later, row.last_article = 0, 1, 0, article
    verdict[SERIAL] = serial
    if opens:
        verdict[THREAD] = serial
    elif thread >= counters[FLOOR]:
        last = thread
        while rows[last % rows.size].next != 0:
            last += rows[last % rows.size].next
        rows[last % rows.size].next = serial - last
        rows[thread % rows.size].members += 1
    for key in asked:
        post(table, blocks, owners, posted, key, verdict[THREAD])


@compiled
def follow_article(
    heads_raw: Words,
    words_in: Words,
    keys_in: Words,
    figures_in: Figures,
    verdicts_read: Places,
    article: int,
    story: int,
    day: int,
    rows: Rows,
    words: Bytes,
    figures: Figures,
    counters: Places,
    small: Words,
    table: Table,
    blocks: Table,
    owners: Words,
    posted: Places,
    slots: Words,
    weights: Shorts,
) -> None:
    """Take up the facets of an article as their verdicts say; of those not kept only the heads are needed."""
    heads_in, verdicts = heads_raw.astype(np.int64), verdicts_read.copy()
    word = key = figure = 0
    for n in range(heads_in.shape[0]):
        head, verdict = heads_in[n], verdicts[n]
        own = words_in[word : word + head[WORDS]]
        own_keys = keys_in[key : key + head[KEYS]]
        own_figures = figures_in[figure : figure + head[FIGURE_ROWS]]
        word, key, figure = word + head[WORDS], key + head[KEYS], figure + head[FIGURE_ROWS]
        if verdict[THREAD] < 0:
            continue
        asked, _ = keys_of(head[KIND], head[SPEAKER], story, own_keys, own_figures, slots, weights)
        take_up(
            head, own, own_figures, asked, article, story, day, verdict[SERIAL] >= 0, verdict,
            rows, words, figures, counters, small, table, blocks, owners, posted,
        )  # fmt: skip
