"""Take facets up into memory: those just decided, and those of a log that is read again.

Both go through one function, so a rebuilt index is the live one.
"""

from __future__ import annotations

import numpy as np

from service.compiled import compiled
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
)
from service.sketch.claims.stem_weights import Shorts
from service.threads.index.facet_ring import FLOOR, Rows, go_on, packed_flags, store
from service.threads.index.packed_words import Bytes
from service.threads.index.postings import Places, Table, post
from service.threads.index.quoted_phrases import Phrases, phrases_of, post_phrases
from service.threads.index.thread_candidates import keys_of
from service.threads.index.verdict_columns import OPENS, RELATION, SERIAL, THREAD


@compiled
def take_up(
    head: Places,
    own: Words,
    own_figures: Figures,
    asked: Words,
    said: Words,
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
    phrases: Phrases,
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
    post_phrases(said, phrases, verdict[THREAD])


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
    phrases: Phrases,
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
        said = phrases_of(own, head[KIND], head[FLAGS], slots, weights)
        take_up(
            head, own, own_figures, asked, said, article, story, day, verdict[SERIAL] >= 0, verdict,
            rows, words, figures, counters, small, table, blocks, owners, posted, phrases,
        )  # fmt: skip
