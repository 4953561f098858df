"""Read all facets of an article: how much they hold, which of them tell, and what a rebuild needs of them."""

from __future__ import annotations

import numpy as np

from service.compiled import compiled
from service.sketch.claims.claim_figures import Figures
from service.sketch.claims.claim_words import Words
from service.sketch.claims.facet_words import CLAIM, FIGURE_ROWS, KEYS, WORDS
from service.threads.index.postings import Places
from service.threads.index.verdict_columns import LINKS, OPENS, RELATION, SERIAL


@compiled
def kept_parts(
    heads: Words, words: Words, keys: Words, figures: Figures, verdicts: Places
) -> tuple[Words, Words, Words, Figures]:
    """Return heads, words, keys and figures with only the elements of the facets that are kept."""
    out_heads, out_words, out_keys, out_figures = heads.copy(), words.copy(), keys.copy(), figures.copy()
    word = key = figure = last_word = last_key = last_figure = 0
    for n in range(heads.shape[0]):
        counts = int(heads[n, WORDS]), int(heads[n, KEYS]), int(heads[n, FIGURE_ROWS])
        if verdicts[n, SERIAL] >= 0:
            for i in range(counts[0]):
                out_words[last_word + i] = words[word + i]
            for i in range(counts[1]):
                out_keys[last_key + i] = keys[key + i]
            for i in range(counts[2]):
                out_figures[last_figure + i] = figures[figure + i]
            last_word, last_key, last_figure = (
                last_word + counts[0], last_key + counts[1], last_figure + counts[2],
            )  # fmt: skip
        else:
            out_heads[n, WORDS], out_heads[n, KEYS], out_heads[n, FIGURE_ROWS] = 0, 0, 0
        word, key, figure = word + counts[0], key + counts[1], figure + counts[2]
    return out_heads, out_words[:last_word], out_keys[:last_key], out_figures[:last_figure]


@compiled
def measured(heads: Words) -> tuple[int, int, int, int]:
    """Return the number of claims, up to the last one that has a facet, and of words, keys and figures."""
    claims = words = keys = figures = 0
    for head in heads:
        claims = max(claims, int(head[CLAIM]) + 1)
        words += int(head[WORDS])
        keys += int(head[KEYS])
        figures += int(head[FIGURE_ROWS])
    return claims, words, keys, figures


@compiled
def telling(verdicts: Places) -> Places:
    """Return the facets that join a thread or link theirs with another: most do neither."""
    found, count = np.empty(verdicts.shape[0], np.int64), 0
    for n in range(verdicts.shape[0]):
        if verdicts[n, RELATION] != OPENS or verdicts[n, LINKS] > 0:
            found[count] = n
            count += 1
    return found[:count]
