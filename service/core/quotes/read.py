"""Tokens -> drafts: both passes of the model, confidence, acceptance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from service.core.quotes.accept import AND, BUT, COMMA, accept, cut_before_next_cue
from service.core.quotes.candidates import (
    Candidates,
    describe_windows,
    find_candidates,
    paragraphs_worth_reading,
)
from service.core.quotes.codepoints import Int32s
from service.core.quotes.crf import Crf, Floats, Labels
from service.core.quotes.drafts import Draft
from service.core.quotes.model import Model
from service.core.quotes.proposals import Doubles, Proposals, propose
from service.core.quotes.tokens import Tokens

SPEAKER_CONFIDENCE_MIN = 0.3
"""A speaker less sure than this is not named: a wrong one is worse than none."""


@dataclass(frozen=True, slots=True)
class FirstPass:
    """Labels and posteriors of the described tokens."""

    labels: Labels
    posteriors: Floats


def first_pass(crf: Crf, tokens: Tokens) -> FirstPass:
    """Cues, sources and contents, paragraph by paragraph."""
    lows, highs = paragraphs_worth_reading(tokens.attributes, tokens.paragraphs)
    return FirstPass(*crf.tag(tokens.attributes, lows, highs))


def windows(tokens: Tokens, first: FirstPass) -> tuple[Candidates, Int32s]:
    """The candidate cues and the attributes of their windows."""
    candidates = find_candidates(first.posteriors, tokens.sentences, tokens.paragraphs)
    rows = describe_windows(tokens.attributes, tokens.sentences, first.labels, first.posteriors, candidates)
    return candidates, rows


def proposals(crf: Crf, tokens: Tokens, first: FirstPass, candidates: Candidates, rows: Int32s) -> Proposals:
    """What the second pass makes of every candidate."""
    labels, posteriors = crf.tag(rows, candidates.offsets[:-1], candidates.offsets[1:])
    return propose(labels, posteriors, first.posteriors, tokens.attributes, candidates)


def sure(evidence: Doubles, weights: Doubles) -> Doubles:
    """Evidence -> probability."""
    return np.asarray(1.0 / (1.0 + np.exp(-(evidence @ weights[:-1] + weights[-1]))))


def read(model: Model, tokens: Tokens) -> tuple[list[Draft], FirstPass, Labels]:
    """Believed proposals by their first token; the first pass; and which tokens are content already."""
    first = first_pass(model.first, tokens)
    candidates, rows = windows(tokens, first)
    found = proposals(model.second, tokens, first, candidates, rows)
    confidence = sure(found.evidence, model.confidence)
    speaker = sure(found.evidence, model.speaker_confidence)
    cut_before_next_cue(
        confidence,
        found.pieces,
        found.counts,
        candidates.firsts,
        candidates.ends,
        tokens.attributes,
        (AND, BUT, COMMA),
    )
    accepted, taken = accept(confidence, found.pieces, found.counts, found.only_passages, tokens.described)
    drafts = [_draft(k, candidates, found, confidence, speaker) for k in np.nonzero(accepted)[0].tolist()]
    drafts.sort(key=lambda draft: draft.content[0])
    return drafts, first, taken


def _draft(k: int, candidates: Candidates, found: Proposals, confidence: Doubles, speaker: Doubles) -> Draft:
    pieces = sorted((int(a), int(b)) for a, b in found.pieces[k, : found.counts[k]].tolist())
    low, high = found.sources[k].tolist()
    named = low >= 0 and speaker[k] >= SPEAKER_CONFIDENCE_MIN
    return Draft(
        content=pieces,
        source=(low, high) if named else None,
        cue=(int(candidates.firsts[k]), int(candidates.ends[k])),
        only_passages=bool(found.only_passages[k]),
        confidence=float(confidence[k]),
        speaker_confidence=float(speaker[k]),
    )
