"""Second pass -> the proposals that are believed, with what may still act on them: one compiled pass over a text."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.enrich.quotes.accept import AND, BUT, COMMA, accept, cut_before_next_cue
from service.enrich.quotes.candidates import Candidates
from service.enrich.quotes.checks.may_act import EVERYTHING, ask_all, is_spelt_unlike
from service.enrich.quotes.checks.word_classes import Classes, look_up, table
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.inference import Floats, Labels
from service.enrich.quotes.proposals import Doubles, propose_all
from service.enrich.quotes.tokens import Tokens

SPEAKER_CONFIDENCE_MIN = 0.3
"""Minimum confidence of a speaker that is named: a wrong one is worse than none."""
COUNT, SOURCE, SOURCE_END, CUE, CUE_END, ONLY_PASSAGES, CHECKS, PIECES = range(8)
"""Columns of a believed proposal: how many pieces, its source (-1: none), its cue, whether it is marked passages alone,
the checks that may act on it; from PIECES on first token and end of each piece."""
CONFIDENCE, SPEAKER_CONFIDENCE = range(2)


class Believed(NamedTuple):
    """What is believed of a text, by its first token; which tokens it holds; in which lists each token stands.

    rows: int32[believed, PIECES + 2 * most pieces]; sure: float64[believed, 2].
    """

    rows: Int32s
    sure: Doubles
    taken: Labels
    classes: Classes


def choose(
    second: tuple[Labels, Floats],
    first_posteriors: Floats,
    tokens: Tokens,
    candidates: Candidates,
    confidence: Doubles,
    speaker_confidence: Doubles,
) -> Believed:
    """Choose the proposals of the second pass that are sure enough and do not contradict a surer one."""
    return Believed(
        *_choose(
            *second,
            first_posteriors,
            tokens.attributes,
            tokens.sentences,
            candidates.firsts,
            candidates.ends,
            candidates.lows,
            candidates.highs,
            candidates.offsets,
            confidence,
            speaker_confidence,
            *table(),
            is_spelt_unlike(tokens.text),
        )
    )


@compiled
def _choose(
    labels: Labels,
    posteriors: Floats,
    first_posteriors: Floats,
    attributes: Int32s,
    sentences: Int32s,
    firsts: Int32s,
    ends: Int32s,
    lows: Int32s,
    highs: Int32s,
    offsets: Int32s,
    confidence_weights: Doubles,
    speaker_weights: Doubles,
    keys: Int32s,
    values: Classes,
    ask_everything: bool,
) -> tuple[Int32s, Doubles, Labels, Classes]:
    pieces, counts, sources, evidence, only_passages = propose_all(
        labels, posteriors, first_posteriors, attributes, firsts, ends, lows, highs, offsets
    )
    confidence = np.empty(len(firsts), np.float64)
    for k in range(len(firsts)):
        confidence[k] = sure(evidence[k], confidence_weights)
    cut_before_next_cue(confidence, pieces, counts, firsts, ends, attributes, (AND, BUT, COMMA))
    accepted, taken = accept(confidence, pieces, counts, only_passages, len(attributes))
    chosen = _in_order(accepted, pieces)
    certain = np.empty((len(chosen), 2), np.float64)
    for number, k in enumerate(chosen):
        certain[number, CONFIDENCE] = confidence[k]
        certain[number, SPEAKER_CONFIDENCE] = sure(evidence[k], speaker_weights)
        if certain[number, SPEAKER_CONFIDENCE] < SPEAKER_CONFIDENCE_MIN:
            sources[k] = -1
    classes = look_up(attributes, keys, values)
    checks = np.full(len(chosen), EVERYTHING, np.int32)
    if not ask_everything:
        checks = ask_all(
            attributes,
            sentences,
            classes,
            chosen,
            pieces,
            counts,
            sources,
            firsts,
            ends,
            only_passages,
            confidence,
        )
    most = 0
    for k in chosen:
        most = max(most, counts[k])
    rows = np.empty((len(chosen), PIECES + 2 * most), np.int32)
    for number, k in enumerate(chosen):
        row = rows[number]
        row[COUNT], row[SOURCE], row[SOURCE_END] = counts[k], sources[k, 0], sources[k, 1]
        row[CUE], row[CUE_END], row[ONLY_PASSAGES] = firsts[k], ends[k], only_passages[k]
        row[CHECKS] = checks[number]
        for s in range(most):
            row[PIECES + 2 * s], row[PIECES + 2 * s + 1] = pieces[k, s, 0], pieces[k, s, 1]
    return rows, certain, taken, classes


@borrowing
def sure(evidence: Doubles, weights: Doubles) -> float:
    """Convert the evidence of one proposal to a probability (logistic regression); the last weight is the constant."""
    total = 0.0
    for i in range(len(evidence)):
        total += evidence[i] * weights[i]
    return float(1.0 / (1.0 + np.exp(-(total + weights[len(evidence)]))))


@compiled
def _in_order(accepted: Labels, pieces: Int32s) -> npt.NDArray[np.int64]:
    """List the accepted proposals by their first piece."""
    chosen = np.nonzero(accepted)[0]
    order = np.argsort(
        np.array([pieces[k, 0, 0] << 32 | pieces[k, 0, 1] for k in chosen], np.int64), kind="mergesort"
    )
    return chosen[order]
