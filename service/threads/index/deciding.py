"""Join the facets of an article to threads, one after the other."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_facets import FIGURES, QUOTATION, THIN
from service.sketch.claims.claim_figures import Figures
from service.sketch.claims.claim_words import Words
from service.sketch.claims.facet_words import (
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
    NEXT,
    Rows,
    carries,
    figures_of_row,
    flags_of_row,
    words_of_row,
)
from service.threads.index.packed_words import Bytes
from service.threads.index.postings import Places, Table
from service.threads.index.quoted_phrases import Phrases, phrases_of, threads_with
from service.threads.index.reasons import reasons_for
from service.threads.index.taking_up import take_up
from service.threads.index.thread_candidates import candidates, keys_of
from service.threads.index.verdict_columns import (
    FIGURE_JOINED,
    IN_STORY,
    LINK_COLUMNS,
    LINK_FACET,
    LINK_KIND,
    LINK_OTHER,
    LINK_OWN,
    LINK_REASONS,
    LINK_THREAD,
    LINKS,
    LINKS_MAX,
    NEAREST,
    OPENS,
    RELATED,
    RELATION,
    REPEATS,
    SERIAL,
    SURENESS,
    THREAD,
    VARIANT,
    VERDICT_COLUMNS,
    WHO,
)
from service.threads.pairs import DENIED, compare
from service.threads.said import SURE, same_speaker
from service.threads.same_figure import DISPUTED, SAME

REPEAT_MIN: Final = 950
"""How sure a facet must be to say nothing new, in thousandths."""
MORE_MIN: Final = 1_100
"""Weight of a quotation that says something new, where it holds all of another one, in thousandths of that one's."""
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
    phrases: Phrases,
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
        said = phrases_of(own, head[KIND], head[FLAGS], slots, weights)
        phrased = threads_with(said, phrases, counters[NEXT])
        threads = candidates(asked, strength, phrased, least, day, window, rows, counters, table, blocks)
        most = 0
        for thread in threads:
            if effort >= EFFORT_MAX:
                break
            cost, most = _ask(
                thread, most, head, own, own_figures, article, story, day, verdict,
                rows, words, figures, counters, small, scratch, slots, weights,
            )  # fmt: skip
            effort += cost
        if verdict[THREAD] < 0:
            verdict[RELATION], verdict[SURENESS] = OPENS, SURE
        else:
            says_new = verdict[SURENESS] < REPEAT_MIN or _says_more(head, rows[verdict[NEAREST] % rows.size])
            verdict[RELATION] = VARIANT if says_new else REPEATS
        keeps = verdict[RELATION] == OPENS or (
            verdict[RELATION] == VARIANT and rows[verdict[THREAD] % rows.size].members < MEMBERS_MAX
        )
        take_up(
            head, own, own_figures, asked, said, article, story, day, keeps, verdict,
            rows, words, figures, counters, small, table, blocks, owners, posted, phrases,
        )  # fmt: skip
    return verdicts


@borrowing
def _says_more(head: Places, row: Any) -> bool:
    """Tell whether a quotation holds more than the one that it is surest to be: that may be a cut of it."""
    is_longer = head[MASS_ALL] * SURE > np.int64(row.mass_all) * MORE_MIN
    return bool(head[KIND] == QUOTATION and row.kind == QUOTATION and is_longer)


@compiled
def _ask(
    thread: int,
    most: int,
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
) -> tuple[int, int]:
    """Compare a facet with those kept of a thread, and note in the verdict what it has most in common with.

    `most`: what it has in common with the best so far. Return the effort, and the new `most`.
    """
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
        found, sure, first, second, common = compare(
            own, their_words, own_figures, their_figures,
            mine, theirs, abs(day - row.day), same_story, slots, weights,
        )  # fmt: skip
        if found == SAME:
            rank = common if head[KIND] == QUOTATION else sure
            if rank > most or verdict[THREAD] < 0:
                most = rank
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
            return effort, most
        serial += row.next
        if serial >= counters[NEXT]:
            return effort, most


@borrowing
def _link(verdict: Places, kind: int, thread: int, facet: int, reasons: int, own: int, other: int) -> None:
    count = verdict[LINKS]
    if count == LINKS_MAX:
        return
    at = LINKS + 1 + count * LINK_COLUMNS
    verdict[at + LINK_KIND], verdict[at + LINK_THREAD], verdict[at + LINK_FACET] = kind, thread, facet
    verdict[at + LINK_REASONS], verdict[at + LINK_OWN], verdict[at + LINK_OTHER] = reasons, own, other
    verdict[LINKS] = count + 1
