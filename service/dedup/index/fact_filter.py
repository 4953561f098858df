"""The facts of a remembered article as a Bloom filter of a fixed size, and what an article says beyond it.

Bloom 1970, https://doi.org/10.1145/362686.362692: a fact that the article has is always found; one that it has not is
taken for known once in a few hundred.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.dedup.index.boilerplate_memory import Counts
from service.dedup.index.boilerplate_memory import Tags as CountedTags
from service.sketch.facts import (
    F_AUXILIARY,
    F_DOUBTFUL,
    F_FIGURE,
    F_GLUED,
    F_NAME,
    F_NEGATION,
    F_NOUN,
    F_REVERSING,
    F_RUN,
    F_SUBJECT,
    HASH_BITS,
    HASH_MASK,
    IN_QUOTES,
    IN_TITLE,
    KIND_SHIFT,
    KNOWN_ONLY,
    STARTS,
    Features,
)
from service.sketch.hashing import Hashes, Mask, mix

FILTER_WORDS: Final = 24
"""Words of 64 bits in the filter of an article."""
FILTER_BITS: Final = 64 * FILTER_WORDS
HASHES_MAX: Final = 6
"""Maximum number of bits that a fact sets; fewer where an article has many facts."""

SMALL_MIN: Final = 3
"""Number of articles that write a word small before its capital at the start of a sentence means nothing."""
SMALL_BITS: Final = 20

Filters = npt.NDArray[np.uint64]
Evidence = npt.NDArray[np.float64]

(
    E_ONE,
    E_FIGURES,
    E_FIGURES_CLEAN,
    E_FIGURE_SHARE,
    E_OFTEN,
    E_OFTEN_CLEAN,
    E_NAMES_CLEAN,
    E_NAME_SHARE,
    E_NOISE,
    E_RUN,
    E_RUN_CLEAN,
    E_NOTE,
    E_TITLE,
    E_TITLE_NOUN,
    E_REVERSING,
    E_REVERSING_CLEAN,
    E_NEGATIONS,
    E_FEWER_NEGATIONS,
    E_BROKEN,
    E_NOUNS_CLEAN,
    E_NOUNS,
    E_LENGTH,
    E_QUOTED_CLEAN,
    E_SENTENCES,
    E_SENTENCES_CLEAN,
    E_SENTENCE,
    E_SUBJECT,
    E_TITLE_NAME,
    E_LEAD,
    E_SHORT,
    E_SHORT_FACTS,
    E_SHORT_RUNS,
    E_LEAD_FIGURES,
    E_TITLE_DOUBTFUL,
    E_PURE,
    E_PURE_WORDS,
    E_QUOTED_SENTENCE,
) = range(37)
EVIDENCE: Final = 37


@compiled
def fact_key(feature: np.uint32) -> np.uint64:
    """Return what a filter keeps of a feature: hash and kind; doubtful names and glued figures count as plain."""
    kind = feature >> np.uint32(KIND_SHIFT)
    if kind == F_DOUBTFUL:
        kind = np.uint32(F_NAME)
    elif kind == F_GLUED:
        kind = np.uint32(F_FIGURE)
    return np.uint64(mix(np.uint64(kind) << np.uint64(32) | np.uint64(feature & np.uint32(HASH_MASK))))


@compiled
def hashes_for(facts: int) -> int:
    """Return how many bits a fact sets in the filter of an article with this number of facts."""
    return max(1, min(HASHES_MAX, (69 * FILTER_BITS + 50 * max(1, facts)) // (100 * max(1, facts))))


@compiled
def is_in(row: Hashes, key: np.uint64, hashes: int) -> bool:
    """Return whether a filter holds a fact."""
    at, step = key & np.uint64(0xFFFFFFFF), key >> np.uint64(32) | np.uint64(1)
    for _ in range(hashes):
        bit = (at & np.uint64(0xFFFFFFFF)) * np.uint64(FILTER_BITS) >> np.uint64(32)
        if not row[bit >> np.uint64(6)] >> (bit & np.uint64(63)) & np.uint64(1):
            return False
        at += step
    return True


@compiled
def distinct_keys(features: Features, names: Mask, keys: Hashes, times: Features, first: Mask) -> int:
    """Fill in the key of each feature, how often it occurs, and whether it occurs first; return how many do.

    Features that `names` says are no names count nothing.
    """
    slots = 16
    while slots < 2 * features.size:
        slots *= 2
    table = np.full(slots, -1, np.int64)
    distinct = 0
    for i in range(features.size):
        keys[i] = fact_key(features[i])
        first[i] = False
        if not names[i]:
            continue
        slot = np.int64(keys[i] >> np.uint64(20)) & (slots - 1)
        while table[slot] >= 0 and keys[table[slot]] != keys[i]:
            slot = (slot + 1) & (slots - 1)
        first[i] = table[slot] < 0
        if first[i]:
            table[slot] = i
            times[i] = 0
            distinct += 1
        times[table[slot]] += np.uint32(1)
    for i in range(features.size):
        if not names[i]:
            continue
        slot = np.int64(keys[i] >> np.uint64(20)) & (slots - 1)
        while keys[table[slot]] != keys[i]:
            slot = (slot + 1) & (slots - 1)
        times[i] = times[table[slot]]
    return distinct


@compiled
def fill(keys: Hashes, first: Mask, hashes: int, row: Hashes) -> None:
    """Set the bits of all facts in an empty filter."""
    for i in range(keys.size):
        if first[i]:
            at, step = keys[i] & np.uint64(0xFFFFFFFF), keys[i] >> np.uint64(32) | np.uint64(1)
            for _ in range(hashes):
                bit = (at & np.uint64(0xFFFFFFFF)) * np.uint64(FILTER_BITS) >> np.uint64(32)
                row[bit >> np.uint64(6)] |= np.uint64(1) << (bit & np.uint64(63))
                at += step


@compiled
def evidence(
    features: Features,
    keys: Hashes,
    times: Features,
    first: Mask,
    names: Mask,
    words: int,
    negations: int,
    run_rate: int,
    row: Hashes,
    hashes: int,
    their_words: int,
    their_negations: int,
    their_run_rate: int,
    note: int,
    unknown: Mask,
    out: Evidence,
) -> tuple[int, int, int]:
    """Fill in what speaks for and against new facts, and which features are unknown to the filter.

    Returns how many features of the text are compared and how many of them are known, occurrences counted, and in how
    many runs of known and of unknown ones they come.

    `names` tells which features count as what they are: False for a doubtful name that is an ordinary word.
    """
    limit = (1 << HASH_BITS) // max(run_rate, their_run_rate)
    n, u = np.zeros(16, np.int64), np.zeros(16, np.int64)
    often, head_facts, head_nouns, head_names, head_doubtful, quoted = 0, 0, 0, 0, 0, 0
    for i in range(features.size):
        unknown[i] = False
        kind = features[i] >> np.uint32(KIND_SHIFT)
        if (
            features[i] & np.uint32(KNOWN_ONLY)
            or not names[i]
            or (kind == F_RUN and (features[i] & np.uint32(HASH_MASK)) >= limit)
        ):
            continue
        unknown[i] = not is_in(row, keys[i], hashes)
        in_title = (features[i] & np.uint32(IN_TITLE)) != 0
        if kind == F_DOUBTFUL:
            head_doubtful += in_title and unknown[i]
            kind = np.uint32(F_NAME)
        elif kind == F_NAME:
            head_names += in_title and unknown[i]
        if in_title:
            if unknown[i]:
                head_facts += kind in (F_FIGURE, F_NAME)
                head_nouns += kind == F_NOUN
            continue
        if first[i]:
            n[kind] += 1
            u[kind] += unknown[i]
            often += unknown[i] and kind == F_NAME and times[i] >= 2
            quoted += unknown[i] and (features[i] & np.uint32(IN_QUOTES)) != 0 and kind != F_NOUN
    noise = (u[F_RUN] + 0.3) / (n[F_RUN] + 2)
    base = min(0.6, max(0.01, noise))
    p = max(0.75, (1 + base) / 2)
    up, down = math.log(p / base), math.log((1 - p) / (1 - base))
    best, now = 0.0, 0.0
    sentences, best_sentence, sentence, of_sentence, said_sentence, hard = 0, 0.0, 0, 0, 0, 0
    compared, known, runs, was_unknown = 0, 0, 0, False
    lead, lead_figures, in_quotes, quoted_sentences = 0, 0, 0, 0
    for i in range(features.size + 1):
        if i == features.size or features[i] & np.uint32(STARTS):
            if sentence >= 3 and sentence >= 4 * (of_sentence - sentence) and hard > 0:
                sentences += 1
                quoted_sentences += in_quotes > 0
            best_sentence = max(best_sentence, sentence - 3.0 * (of_sentence - sentence))
            sentence, of_sentence, hard, in_quotes = 0, 0, 0, 0
            if i < features.size and not features[i] & np.uint32(IN_TITLE):
                said_sentence += 1
        if i == features.size:
            break
        kind = features[i] >> np.uint32(KIND_SHIFT)
        skipped = kind == F_NOUN or not names[i] or features[i] & np.uint32(KNOWN_ONLY) != 0
        if (
            skipped
            or features[i] & np.uint32(IN_TITLE)
            or (kind == F_RUN and (features[i] & np.uint32(HASH_MASK)) >= limit)
        ):
            continue
        runs += compared == 0 or unknown[i] != was_unknown
        was_unknown = unknown[i]
        compared += 1
        known += not unknown[i]
        now = max(0.0, now + (up if unknown[i] else down))
        best = max(best, now)
        of_sentence += 1
        if unknown[i]:
            sentence += 1
            in_quotes += (features[i] & np.uint32(IN_QUOTES)) != 0
            hard += kind in (F_FIGURE, F_NAME, F_DOUBTFUL) or (features[i] & np.uint32(IN_QUOTES)) != 0
            if said_sentence <= 5 and first[i]:
                lead += 1
                lead_figures += kind == F_FIGURE
    c, v, segment = max(0.0, 1 - noise / 0.15), max(0.0, 1 - noise / 0.05), min(best, 25.0)
    nouns = max(0, u[F_NOUN] - u[F_FIGURE])
    ratio = words / max(1, their_words)
    is_short = 1.0 if words < 60 else 0.0
    out[E_ONE] = 1
    out[E_FIGURES] = min(u[F_FIGURE], 4)
    out[E_FIGURES_CLEAN] = min(u[F_FIGURE], 2) * c
    out[E_FIGURE_SHARE] = u[F_FIGURE] / max(1, n[F_FIGURE])
    out[E_OFTEN] = min(often, 3)
    out[E_OFTEN_CLEAN] = min(often, 2) * c
    out[E_NAMES_CLEAN] = min(u[F_NAME], 6) * c
    out[E_NAME_SHARE] = u[F_NAME] / max(1, n[F_NAME])
    out[E_NOISE] = noise
    out[E_RUN] = segment
    out[E_RUN_CLEAN] = segment * c
    out[E_NOTE] = note
    out[E_TITLE] = min(head_facts, 3)
    out[E_TITLE_NOUN] = min(head_nouns, 1)
    out[E_REVERSING] = min(u[F_REVERSING], 2)
    out[E_REVERSING_CLEAN] = min(u[F_REVERSING], 2) * c
    out[E_NEGATIONS] = min(max(0, negations - their_negations), 2) * c
    out[E_FEWER_NEGATIONS] = 1.0 if negations < their_negations and 0.985 < ratio < 1.015 else 0.0
    out[E_BROKEN] = 1.0 if 0 < u[F_NEGATION] + u[F_AUXILIARY] <= 2 and u[F_RUN] == 0 else 0.0
    out[E_NOUNS_CLEAN] = min(nouns, 3) * v
    out[E_NOUNS] = min(nouns, 3)
    out[E_LENGTH] = min(1.0, ratio)
    out[E_QUOTED_CLEAN] = min(quoted, 4) * c
    out[E_SENTENCES] = min(sentences, 2)
    out[E_SENTENCES_CLEAN] = min(sentences, 2) * c
    out[E_SENTENCE] = min(8.0, max(0.0, best_sentence))
    out[E_SUBJECT] = min(u[F_SUBJECT], 2) * v
    out[E_TITLE_NAME] = min(head_names, 2)
    out[E_LEAD] = min(lead, 4) * c
    out[E_SHORT] = is_short
    out[E_SHORT_FACTS] = is_short * min(3, u[F_FIGURE] + u[F_NAME])
    out[E_SHORT_RUNS] = is_short * u[F_RUN] / max(1, n[F_RUN])
    out[E_LEAD_FIGURES] = min(lead_figures, 2)
    pure = 1.0 if u[F_RUN] == 0 and not is_short else 0.0
    out[E_PURE] = pure * min(3, u[F_FIGURE] + nouns + u[F_NAME])
    out[E_PURE_WORDS] = pure * min(2, u[F_REVERSING] + u[F_NEGATION] + u[F_AUXILIARY])
    out[E_QUOTED_SENTENCE] = min(2, quoted_sentences) * c
    out[E_TITLE_DOUBTFUL] = min(head_doubtful, 2)
    return compared, known, runs


@compiled
def count_names(features: Features, small_tags: CountedTags, small_counts: Counts, out: Mask) -> None:
    """Fill in whether each feature counts: all but doubtful names that the collection writes small."""
    for i in range(features.size):
        out[i] = True
        if features[i] >> np.uint32(KIND_SHIFT) == F_DOUBTFUL:
            h = mix(np.uint64(features[i] & np.uint32(HASH_MASK)))
            slot = np.int64(h >> np.uint64(64 - SMALL_BITS))
            out[i] = not (
                small_tags[slot] == np.uint16(h & np.uint64(0xFFFF)) and small_counts[slot] >= SMALL_MIN
            )
