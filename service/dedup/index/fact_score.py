"""Score an article against a remembered one: above 0 it has new facts."""

from __future__ import annotations

from typing import Final

import numpy as np

from service.compiled import compiled
from service.dedup.index.fact_evidence import (
    E_ADDED,
    E_FIGURE_SHARE,
    E_FIGURES,
    E_MISREAD,
    E_NEW_SENTENCE,
    E_RUN,
    E_SHORT_FACTS,
    E_TURNED,
    EVIDENCE,
    PASSAGE,
    Evidence,
    evidence,
)
from service.sketch.fact_bits import Features
from service.sketch.hashing import Hashes, Mask

NEW_FIGURES_MIN: Final = 2
NEW_FIGURE_SHARE_MIN: Final = 0.25
"""Number and share of a text's figures that are news if its match does not have them, however noisy the text is."""
NEW_PAIRS_MIN: Final = 3.0
"""Number of new pairs of words that make the one unknown sentence of a text news; a known one counts minus two."""


@compiled
def score_facts(
    features: Features,
    keys: Hashes,
    times: Features,
    first: Mask,
    names: Mask,
    words: int,
    negations: int,
    run_rate: int,
    sums: int,
    row: Hashes,
    hashes: int,
    their_words: int,
    their_negations: int,
    their_run_rate: int,
    their_sums: int,
    weights: Evidence,
    unknown: Mask,
) -> tuple[float, int, int, int, bool]:
    """Return the score, how many features are unknown, and the last fields of `Comparison`."""
    found, news = np.empty(EVIDENCE, np.float64), np.empty(features.size, np.bool_)
    compared, known = evidence(
        features,
        keys,
        times,
        first,
        names,
        words,
        negations,
        run_rate,
        row,
        hashes,
        sums,
        their_words,
        their_negations,
        their_run_rate,
        their_sums,
        unknown,
        news,
        found,
    )
    score, count = 0.0, 0
    for i in range(EVIDENCE):
        score += weights[i] * found[i]
    if is_settled(found):
        score = max(score, 1.0)
    for i in range(unknown.size):
        count += unknown[i] and first[i]
        unknown[i] |= news[i] and has_new_sentence(found)
    return score, count, compared, known, bool(found[E_MISREAD] > 0 and found[E_RUN] < PASSAGE)


@compiled
def is_settled(found: Evidence) -> bool:
    """Return whether there is news whatever the weights say: a figure, a sentence, or words turned round."""
    return bool(has_new_figures(found) or has_new_sentence(found) or found[E_TURNED] > 0)


@compiled
def has_new_figures(found: Evidence) -> bool:
    """Return whether figures settle it: several are unknown, or one is in a text that is not misread; or, of a short
    text, a name.
    """
    figures = found[E_FIGURES]
    many = figures >= NEW_FIGURES_MIN and found[E_FIGURE_SHARE] >= NEW_FIGURE_SHARE_MIN
    return bool(many or (found[E_MISREAD] == 0 and (figures >= 1 or found[E_SHORT_FACTS] >= 1)))


@compiled
def has_new_sentence(found: Evidence) -> bool:
    """Return whether a sentence settles it: one was added to a text that is not misread, or is new in all its words."""
    return bool(found[E_MISREAD] == 0 and (found[E_ADDED] > 0 or found[E_NEW_SENTENCE] >= NEW_PAIRS_MIN))
