"""Tokens -> drafts: both passes of the model, confidence, acceptance.

Texts are read a batch at a time, each step for all of them before the next step begins: code and weights of a step stay
in the processor's cache, and an article costs a fifth less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.enrich.quotes.believing import PIECES, Believed, choose
from service.enrich.quotes.candidates import (
    Candidates,
    describe_windows,
    find_candidates,
    paragraphs_worth_reading,
)
from service.enrich.quotes.checks.word_classes import Classes
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.crf import Crf
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.inference import Floats, Labels
from service.enrich.quotes.model import Model
from service.enrich.quotes.tokens import Tokens
from service.enrich.quotes.view import Range


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
    believed = choose(
        second, first.posteriors, tokens, candidates, model.confidence, model.speaker_confidence
    )
    return Read(_drafts(believed), first, believed.taken, believed.classes)


def _drafts(believed: Believed) -> list[Draft]:
    rows = zip(believed.rows.tolist(), believed.sure.tolist(), strict=True)
    return [_draft(row, confidence, speaker_confidence) for row, (confidence, speaker_confidence) in rows]


def _draft(row: list[int], confidence: float, speaker_confidence: float) -> Draft:
    count, source, source_end, cue, cue_end, only_passages, checks, first, end = row[: PIECES + 2]
    return Draft(  # by position: by name it takes several times as long
        [(first, end)] if count == 1 else _pieces(row, count),
        (source, source_end) if source >= 0 else None,
        (cue, cue_end),
        only_passages == 1,
        confidence,
        speaker_confidence,
        "model",
        None,
        False,
        [],
        checks,
    )


def _pieces(row: list[int], count: int) -> list[Range]:
    edges = iter(row[PIECES : PIECES + 2 * count])
    return list(zip(edges, edges, strict=True))
