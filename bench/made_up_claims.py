"""Made-up articles ready for threads, fast enough to fill a memory of millions of claims.

Everything but ids is drawn in one compiled pass for a batch of articles. Stems are drawn as often as news has them, by
the shipped weights, and one in twelve is rare, drawn from all there can be. Small words stand between them. One in
thirty facets repeats an earlier one, within the last 5,000, so that memories of any size join as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from service.compiled import compiled
from service.languages.en import threading as english
from service.records import ClaimKind, Origin, Prepared, PreparedClaim
from service.sketch.claims.claim_facets import FIGURES, QUOTATION, STATEMENT
from service.sketch.claims.claim_figures import FIGURE, Figures
from service.sketch.claims.claim_words import CONTENT, FIRST, HASH_SHIFT, NAME, Words, code_of
from service.sketch.claims.facet_words import HEAD_COLUMNS, KEYS_MAX, WORDS_MAX, keys, masses
from service.sketch.claims.stem_weights import UNIT, Shorts, english_weights
from service.threads.index.postings import Places

FACETS_EACH: Final = 17
"""Facets of an article, as articles of news have on average."""
BATCH: Final = 1_000
"""Articles that are drawn at once."""
STEMS_LEAST, STEMS_MOST = 5, 17
SMALL_PERCENT: Final = 140
"""Stems of a facet, and small words for each hundred of them."""
NAMES_PERCENT: Final = 20
RARE_PERCENT: Final = 8
REPEATS_ONE_IN: Final = 30
FIGURES_PERCENT: Final = 40
SUBJECT_STEMS: Final = 60
OUTLETS: Final = 300
SPEAKERS_COUNT: Final = 3_000
RECENT: Final = 5_000
"""Facets of which one may be repeated."""
_DRAWS: Final = 1 << 16


class Batch(NamedTuple):
    """The facets of a batch of articles, one after the other; `firsts` says where each article begins."""

    heads: Places
    words: Words
    keys: Words
    figures: Figures
    subjects: Words
    ends: Places  # [articles, 3]: of words, keys and figures


class Maker:
    """Made-up articles; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.table = english_weights()
        used = self.table.stems != 0
        often = np.exp(-self.table.weights[used].astype(np.float64) / UNIT)
        share = np.cumsum(often / often.sum())
        places = np.searchsorted(share, (np.arange(_DRAWS) + 0.5) / _DRAWS)
        self.stems = self.table.stems[used][np.minimum(places, share.size - 1)]
        self.small = np.array(sorted({code_of(word) for word in english.STOP}), np.uint32)
        self.dice = np.array([seed], np.uint64)
        self.recent = np.zeros((RECENT, WORDS_MAX), np.uint32)
        self.recent_counts = np.zeros(RECENT, np.int64)
        self.recent_figures = np.zeros(RECENT, np.float64)
        self.made = np.zeros(1, np.int64)

    def articles(self, count: int) -> Iterator[Prepared]:
        """Make articles."""
        number = 0
        while number < count:
            batch = self._batch()
            for place in range(min(BATCH, count - number)):
                yield self._article(batch, place, number)
                number += 1

    def _batch(self) -> Batch:
        facets = BATCH * FACETS_EACH
        heads = np.zeros((facets, HEAD_COLUMNS), np.int64)
        words, own_keys = np.empty(facets * WORDS_MAX, np.uint32), np.empty(facets * KEYS_MAX, np.uint32)
        figures, ends = np.zeros(facets, FIGURE), np.zeros((BATCH + 1, 3), np.int64)
        subjects = np.empty((BATCH, SUBJECT_STEMS), np.uint32)
        _fill(
            self.dice, self.stems, self.small, self.recent, self.recent_counts, self.recent_figures, self.made,
            heads, words, own_keys, figures, ends, subjects, self.table.stems, self.table.weights,
        )  # fmt: skip
        return Batch(heads, words, own_keys, figures, subjects, ends)

    def _article(self, batch: Batch, place: int, number: int) -> Prepared:
        (word, key, figure), (last_word, last_key, last_figure) = batch.ends[place : place + 2].tolist()
        heads = batch.heads[place * FACETS_EACH : (place + 1) * FACETS_EACH]
        stems = np.unique(batch.subjects[place])
        return Prepared(
            article_id=f"made-up-article-{number:08d}",
            cluster_id=f"made-up-article-{number:08d}",
            collection="default",
            content_hash=f"{number:032x}",
            origin=Origin("articles.raw", 0, number),
            revision=1,
            source=f"Outlet {number % OUTLETS}",
            reported_by=f"Outlet {number % OUTLETS}",
            title=None,
            published_at=None,
            replaces=(),
            claims=tuple([_claim(number, head[0], head[3] - 1) for head in heads.tolist()]),
            heads=heads.astype(np.uint32).tobytes(),
            words=batch.words[word:last_word].tobytes(),
            keys=batch.keys[key:last_key].tobytes(),
            figures=batch.figures[figure:last_figure].tobytes(),
            stems=stems.tobytes(),
            values=np.full(stems.size, 1 / np.sqrt(stems.size), np.float32).tobytes(),
            terms=(),
        )


def _claim(number: int, claim: int, speaker: int) -> PreparedClaim:
    name = f"Speaker {speaker}" if claim % 2 else None
    return PreparedClaim(f"{number:016x}{claim:016x}", ClaimKind.QUOTE, "A text of a claim " * 5, name)


@compiled
def _roll(dice: Words, below: int) -> int:
    """Return a number from 0 on (SplitMix64)."""
    dice[0] += np.uint64(0x9E3779B97F4A7C15)
    z = dice[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64((z ^ (z >> np.uint64(31))) >> np.uint64(11)) % below


@compiled
def _stem(dice: Words, stems: Words) -> np.uint32:
    if _roll(dice, 100) < RARE_PERCENT:
        return np.uint32(1 + _roll(dice, (1 << 27) - 1))
    return np.uint32(stems[_roll(dice, stems.size)])


@compiled
def _words(dice: Words, stems: Words, small: Words, out: Words) -> int:
    """Write the words of a facet, stems that differ and small words in any order; return how many."""
    wanted = STEMS_LEAST + _roll(dice, STEMS_MOST - STEMS_LEAST)
    left, gaps, count = wanted, wanted * SMALL_PERCENT // 100, 0
    while left + gaps > 0:
        if _roll(dice, left + gaps) < left:
            left -= 1
            code = np.uint32(_stem(dice, stems) << np.uint32(HASH_SHIFT)) | np.uint32(CONTENT | FIRST)
            if _roll(dice, 100) < NAMES_PERCENT:
                code |= np.uint32(NAME)
            for i in range(count):
                if out[i] >> HASH_SHIFT == code >> HASH_SHIFT:
                    code &= ~np.uint32(FIRST)
        else:
            gaps -= 1
            code = small[min(_roll(dice, small.size), _roll(dice, small.size))]
        out[count] = code
        count += 1
    return count


@compiled
def _fill(
    dice: Words,
    stems: Words,
    small: Words,
    recent: Words,
    recent_counts: Places,
    recent_figures: Places,
    made: Places,
    heads: Places,
    words: Words,
    out_keys: Words,
    figures: Figures,
    ends: Places,
    subjects: Words,
    slots: Words,
    weights: Shorts,
) -> None:
    word = key = figure = 0
    for n in range(heads.shape[0]):
        place = made[0] % recent_counts.size
        if made[0] >= recent_counts.size and _roll(dice, REPEATS_ONE_IN) == 0:
            place = _roll(dice, recent_counts.size)
        else:
            made[0] += 1
            recent_counts[place] = _words(dice, stems, small, recent[place])
            has_figure = _roll(dice, 100) < FIGURES_PERCENT
            recent_figures[place] = np.floor(np.exp(_roll(dice, 2_000) / 100.0)) if has_figure else 0.0
        own = recent[place, : recent_counts[place]]
        mass, mass_all, _, _ = masses(own, slots, weights)
        own_keys = keys(own, slots, weights)
        head, claim, value = heads[n], n % FACETS_EACH, recent_figures[place]
        head[0], head[3] = claim, 1 + _roll(dice, SPEAKERS_COUNT)
        head[1] = FIGURES if value > 0 else QUOTATION if claim % 3 else STATEMENT
        head[5], head[6], head[7], head[8], head[9] = mass, mass_all, own.size, own_keys.size, value > 0
        words[word : word + own.size] = own
        out_keys[key : key + own_keys.size] = own_keys
        word, key = word + own.size, key + own_keys.size
        if value > 0:
            row = figures[figure]
            row.value, row.low, row.high, row.unit = value, value * 0.994, value * 1.006, 7
            row.key = np.int64(value * 32) & 0xFFFFFFE0
            row.length, row.digits = 1, 3
            figure += 1
        if claim == FACETS_EACH - 1:
            article = n // FACETS_EACH
            ends[article + 1, 0], ends[article + 1, 1], ends[article + 1, 2] = word, key, figure
            for i in range(subjects.shape[1]):
                subjects[article, i] = _stem(dice, stems)
