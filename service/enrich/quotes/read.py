"""Tokens -> drafts: both passes of the model, confidence, acceptance.

Texts are read a batch at a time, each step for all of them before the next step begins: code and weights of a step stay
in the processor's cache, and an article costs a fifth less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from service.enrich.quotes.accept import AND, BUT, COMMA, accept, cut_before_next_cue
from service.enrich.quotes.candidates import (
    Candidates,
    describe_windows,
    find_candidates,
    paragraphs_worth_reading,
)
from service.enrich.quotes.checks.may_act import may_act
from service.enrich.quotes.checks.word_classes import Classes, classes_of
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.crf import Crf
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.inference import Floats, Labels
from service.enrich.quotes.model import Model
from service.enrich.quotes.proposals import Doubles, Proposals, propose
from service.enrich.quotes.tokens import Tokens

SPEAKER_CONFIDENCE_MIN = 0.3
"""Minimum confidence of a speaker that is named: a wrong one is worse than none."""


@dataclass(frozen=True, slots=True)
class FirstPass:
    """Labels and posteriors of the described tokens."""

    labels: Labels
    posteriors: Floats


Windows = tuple[Candidates, Int32s]


@dataclass(frozen=True, slots=True)
class Read:
    """Believed proposals by their first token; the first pass; which tokens are content already; classes of words."""

    drafts: list[Draft]
    first: FirstPass
    taken: Labels
    classes: Classes


def first_pass(crf: Crf, texts: Sequence[Tokens]) -> list[FirstPass]:
    """Label cues, sources and contents, paragraph by paragraph."""
    worth = [
        (tokens.attributes, *paragraphs_worth_reading(tokens.attributes, tokens.paragraphs))
        for tokens in texts
    ]
    return [FirstPass(*tagged) for tagged in crf.tag_all(worth)]


def windows(tokens: Tokens, first: FirstPass) -> Windows:
    """Find the candidate cues, and describe the tokens of their windows."""
    candidates = find_candidates(first.posteriors, tokens.sentences, tokens.paragraphs)
    rows = describe_windows(tokens.attributes, tokens.sentences, first.labels, first.posteriors, candidates)
    return candidates, rows


def second_pass(crf: Crf, found: Sequence[Windows]) -> list[tuple[Labels, Floats]]:
    """Label the words of each window as content, source and cue of its one candidate."""
    return crf.tag_all([(rows, cues.offsets[:-1], cues.offsets[1:]) for cues, rows in found])


def sure(evidence: Doubles, weights: Doubles) -> Doubles:
    """Convert evidence to a probability (logistic regression)."""
    return np.asarray(1.0 / (1.0 + np.exp(-(evidence @ weights[:-1] + weights[-1]))))


def read(model: Model, texts: Sequence[Tokens], firsts: Sequence[FirstPass] | None = None) -> list[Read]:
    """Read texts: label them twice, the second time only where `firsts` are given, and choose which to believe."""
    firsts = firsts or first_pass(model.first, texts)
    found = [windows(tokens, first) for tokens, first in zip(texts, firsts, strict=True)]
    seconds = second_pass(model.second, found)
    return [
        believe(model, tokens, first, candidates, second)
        for tokens, first, (candidates, _), second in zip(texts, firsts, found, seconds, strict=True)
    ]


def believe(
    model: Model, tokens: Tokens, first: FirstPass, candidates: Candidates, second: tuple[Labels, Floats]
) -> Read:
    """Choose the proposals of the second pass that are sure enough and do not contradict a surer one."""
    found = propose(*second, first.posteriors, tokens.attributes, candidates)
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
    classes = classes_of(tokens.attributes)
    drafts = _drafts(tokens, classes, accepted, candidates, found, confidence, speaker)
    return Read(drafts, first, taken, classes)


def _drafts(
    tokens: Tokens,
    classes: Classes,
    accepted: Labels,
    candidates: Candidates,
    found: Proposals,
    confidence: Doubles,
    speaker: Doubles,
) -> list[Draft]:
    chosen = np.nonzero(accepted)[0]
    if not len(chosen):
        return []
    found.sources[speaker < SPEAKER_CONFIDENCE_MIN] = -1
    counts = found.counts[chosen].tolist()
    rows = zip(
        found.pieces[chosen, : max(counts, default=0)].tolist(),
        counts,
        found.sources[chosen].tolist(),
        candidates.firsts[chosen].tolist(),
        candidates.ends[chosen].tolist(),
        found.only_passages[chosen].tolist(),
        confidence[chosen].tolist(),
        speaker[chosen].tolist(),
        may_act(tokens, classes, found, confidence, candidates, chosen).tolist(),
        strict=True,
    )
    drafts = [
        Draft(
            content=[(low, high) for low, high in pieces[:count]],
            source=(source[0], source[1]) if source[0] >= 0 else None,
            cue=(first, end),
            only_passages=bool(only),
            confidence=believed,
            speaker_confidence=sure,
            checks=checks,
        )
        for pieces, count, source, first, end, only, believed, sure, checks in rows
    ]
    return sorted(drafts, key=lambda draft: draft.content[0])
