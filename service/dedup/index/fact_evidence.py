"""What speaks for and against new facts in an article, compared with a remembered one."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.dedup.index.fact_filter import (
    HAS_SENTENCES,
)
from service.dedup.index.fact_sentences import unknown_sentences
from service.dedup.index.fact_unknown import forget_turned, mark_unknown
from service.sketch.fact_bits import (
    F_AUXILIARY,
    F_DOUBTFUL,
    F_FIGURE,
    F_GLUED,
    F_NAME,
    F_NEGATION,
    F_NOUN,
    F_RECKONED,
    F_REVERSING,
    F_RUN,
    F_SUBJECT,
    F_UNIT,
    F_WORD,
    HASH_BITS,
    IN_QUOTES,
    IN_TITLE,
    KIND_SHIFT,
    KNOWN_ONLY,
    STARTS,
    Features,
)
from service.sketch.fact_features import OPPOSED_WORDS_MAX, SHORT_WORDS
from service.sketch.hashing import Hashes, Mask

MISREAD_MIN: Final = 2
"""Number of unknown figures with letters at them ("c0uncil") that makes a text a misread one."""

TURNED_NOISE_MAX: Final = 0.15
"""Share of unknown pairs of words from which on a text is reworded, so a word in another place says nothing."""

PASSAGE: Final = 12.0
PASSAGE_STEP: Final = 3.0
"""Log-likelihood that a run of unknown facts is a new passage rather than noise: hardly a reworded copy reaches it."""

Evidence = npt.NDArray[np.float64]

(
    E_ONE,
    E_FIGURES,
    E_FIGURE_SHARE,
    E_OFTEN_CLEAN,
    E_NAMES_CLEAN,
    E_NOISE,
    E_MISREAD,
    E_RUN,
    E_PASSAGE,
    E_TITLE,
    E_TITLE_DOUBTFUL,
    E_REVERSING_CLEAN,
    E_NEGATIONS,
    E_FEWER_NEGATIONS,
    E_NOUNS_CLEAN,
    E_LENGTH,
    E_SENTENCES,
    E_SENTENCE,
    E_SUBJECT,
    E_LEAD,
    E_SWAPPED_FIGURES,
    E_SWAPPED_WORDS,
    E_SWAPPED_NAMES,
    E_SHORT_FACTS,
    E_ADDED,
    E_NEW_SENTENCE,
    E_TURNED,
) = range(27)
EVIDENCE: Final = 27


@compiled
def fact_sums(features: Features, keys: Hashes) -> int:
    """Return how often figures, reversing words and names occur in a text, and a sum over them, 8 bits each.

    Where an article has as many of them as another, all known, and another sum, one has taken the place of another.
    """
    sums = np.zeros(3, np.int64)
    for i in range(features.size):
        if features[i] & np.uint32(KNOWN_ONLY | IN_TITLE):
            continue
        kind = features[i] >> np.uint32(KIND_SHIFT)
        at = 0 if kind == F_FIGURE else (1 if kind == F_REVERSING else (2 if kind == F_NAME else -1))
        if at >= 0:
            sums[at] = ((sums[at] >> 8) + 1 & 0xFF) << 8 | (
                sums[at] + np.int64(keys[i] >> np.uint64(56))
            ) & 0xFF
    return int(sums[0] | sums[1] << 16 | sums[2] << 32)


@borrowing
def is_as_long(words: int, their_words: int) -> bool:
    """Return whether two texts have nearly the same number of words, so that counts of facts are comparable."""
    return 0.985 < words / max(1, their_words) < 1.015


class Passages(NamedTuple):
    """Hold what is said of unknown features in their order."""

    run: float  # log-likelihood of the likeliest new passage
    sentences: int  # that are nearly all new and name something
    sentence: float  # unknown features of the newest sentence, less three times the known ones
    lead: int  # unknown features of the first five sentences
    compared: int  # features
    known: int


@borrowing
def _find_passages(features: Features, first: Mask, asked: Mask, unknown: Mask, noise: float) -> Passages:
    """Find the run of unknown features that is the likeliest new passage, and sentences that are new."""
    base = min(0.6, max(0.01, noise))
    p = max(0.75, (1 + base) / 2)
    up, down = math.log(p / base), math.log((1 - p) / (1 - base))
    best, now, best_sentence = 0.0, 0.0, 0.0
    sentences, sentence, of_sentence, said_sentence, hard = 0, 0, 0, 0, 0
    compared, known, lead = 0, 0, 0
    for i in range(features.size + 1):
        if i == features.size or features[i] & np.uint32(STARTS):
            if sentence >= 3 and sentence >= 4 * (of_sentence - sentence) and hard > 0:
                sentences += 1
            best_sentence = max(best_sentence, sentence - 3.0 * (of_sentence - sentence))
            sentence, of_sentence, hard = 0, 0, 0
            if i < features.size and not features[i] & np.uint32(IN_TITLE):
                said_sentence += 1
        if i == features.size:
            break
        kind = features[i] >> np.uint32(KIND_SHIFT)
        if kind in (F_NOUN, F_UNIT, F_WORD) or features[i] & np.uint32(IN_TITLE) or not asked[i]:
            continue
        compared += 1
        known += not unknown[i]
        now = max(0.0, now + (up if unknown[i] else down))
        best = max(best, now)
        of_sentence += 1
        if unknown[i]:
            sentence += 1
            hard += (
                kind in (F_FIGURE, F_RECKONED, F_NAME, F_DOUBTFUL)
                or (features[i] & np.uint32(IN_QUOTES)) != 0
            )
            lead += said_sentence <= 5 and first[i]
    return Passages(best, sentences, best_sentence, lead, compared, known)


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
    sums: int,
    their_words: int,
    their_negations: int,
    their_run_rate: int,
    their_sums: int,
    unknown: Mask,
    news: Mask,
    out: Evidence,
) -> tuple[int, int]:
    """Fill in what speaks for and against new facts, and which features are unknown to the filter.

    `news` says which sentences are unknown and tell something.

    Returns how many features of the text are compared and how many of them are known, occurrences counted.

    `names` tells which features count as what they are: False for a doubtful name that is an ordinary word.
    """
    limit = (1 << HASH_BITS) // max(run_rate, their_run_rate)
    n, u = np.zeros(16, np.int64), np.zeros(16, np.int64)
    is_short = words < SHORT_WORDS
    with_order = not is_short or their_words < SHORT_WORDS
    asked = np.empty(features.size, np.bool_)
    often, head_facts, head_doubtful, is_turned, turned = mark_unknown(
        features, keys, times, first, names, limit, with_order, is_short, row, hashes, unknown, asked, n, u
    )
    noise = (u[F_RUN] + 0.3) / (n[F_RUN] + 2)
    is_noisy = noise >= TURNED_NOISE_MAX or u[F_GLUED] >= MISREAD_MIN
    if (
        is_noisy or their_words >= OPPOSED_WORDS_MAX
    ):  # the filter of a long text holds those of its headline only
        turned = forget_turned(features, unknown, is_noisy)
    found = _find_passages(features, first, asked, unknown, noise)
    misread = 1.0 if u[F_GLUED] >= MISREAD_MIN else 0.0
    c, v = max(0.0, 1 - misread * noise / 0.15), max(0.0, 1 - noise / 0.05)
    ratio = words / max(1, their_words)
    as_long = is_as_long(words, their_words)
    out[E_ONE] = 1
    out[E_FIGURES] = min(u[F_FIGURE], 4)
    out[E_FIGURE_SHARE] = u[F_FIGURE] / max(1, n[F_FIGURE])
    out[E_OFTEN_CLEAN] = min(often, 2) * c
    out[E_NAMES_CLEAN] = min(u[F_NAME], 6) * c
    out[E_NOISE] = noise
    out[E_MISREAD] = misread * noise
    out[E_RUN] = min(found.run, PASSAGE)
    out[E_PASSAGE] = 0.0 if misread else min(1.0, max(0.0, (found.run - PASSAGE) / PASSAGE_STEP + 1))
    out[E_TITLE] = min(head_facts, 3)
    out[E_TITLE_DOUBTFUL] = min(head_doubtful, 2)
    out[E_REVERSING_CLEAN] = min(u[F_REVERSING], 2) * c
    denied = u[F_NEGATION] + u[F_AUXILIARY]  # two witnesses: a filter takes one in thirty for known
    out[E_NEGATIONS] = min(max(0, negations - their_negations), denied, 2) * c
    out[E_FEWER_NEGATIONS] = 1.0 if negations < their_negations and as_long else 0.0
    out[E_NOUNS_CLEAN] = min(max(0, u[F_NOUN] - u[F_FIGURE]), 3) * v
    out[E_LENGTH] = min(1.0, ratio)
    out[E_SENTENCES] = min(found.sentences, 2)
    out[E_SENTENCE] = min(8.0, max(0.0, found.sentence))
    out[E_SUBJECT] = min(u[F_SUBJECT], 2) * v
    out[E_LEAD] = min(found.lead, 4) * c
    for i, column in enumerate((E_SWAPPED_FIGURES, E_SWAPPED_WORDS, E_SWAPPED_NAMES)):
        mine, theirs = sums >> 16 * i & 0xFFFF, their_sums >> 16 * i & 0xFFFF
        out[column] = c if as_long and mine >> 8 == theirs >> 8 and mine != theirs else 0.0
    out[E_SHORT_FACTS] = min(3, u[F_FIGURE] + u[F_NAME] + u[F_SUBJECT] + u[F_WORD]) if is_short else 0
    out[E_TURNED] = 1.0 if turned or (is_turned and not head_facts + head_doubtful) else 0.0
    out[E_ADDED], out[E_NEW_SENTENCE] = 0.0, 0.0
    news[:] = False
    if hashes & HAS_SENTENCES:
        told = unknown_sentences(features, keys, unknown, asked, row, hashes, words - their_words, news)
        out[E_ADDED] = 1.0 if told.added else 0.0
        out[E_NEW_SENTENCE] = min(6.0, max(0.0, told.newest)) / max(1, told.unknown)
    return found.compared, found.known
