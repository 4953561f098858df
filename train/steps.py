"""The steps of training: word lists, first pass, cross-fitted first pass, second pass, confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.enrich.quotes import columns as c
from service.enrich.quotes import features as f
from service.enrich.quotes.candidates import Candidates
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.crf import Crf
from service.enrich.quotes.inference import Labels
from service.enrich.quotes.model import Model, WordLists, first_crf, second_crf
from service.enrich.quotes.proposals import EVIDENCE_WIDTH, Proposals, propose
from service.enrich.quotes.read import FirstPass, first_pass, second_pass, windows
from service.enrich.quotes.templates import templates_of
from service.enrich.quotes.tokens import Tokens
from service.enrich.quotes.vocabulary import word_hash
from service.languages.en.lexicon import PRONOUNS
from service.languages.lists import words
from train.chain import Recipe, train_often
from train.documents import Document, Gold, cue_owner, owner_of, words_in
from train.heads import head_word
from train.logistic import Doubles, fit
from train.packing import pack

FOLDS = 4
FIRST_RECIPE = Recipe(epochs=20)
SECOND_RECIPE = Recipe(epochs=12, l2=2e-5, dropout=0.5)
TIMES = 2
"""The models that ship are the mean of so many trainings."""
FIRST_FEATURES = 100_000
SECOND_FEATURES = 60_000
"""What is kept of the features; more of them change no score by more than the seed does."""
OVERLAP_MIN = 0.5
"""Jaccard index of the words from which a proposal counts as right when confidence is fitted."""

CUE_SEEN_MIN = 3
CUE_SHARE_MIN = 0.15
_COMMON = PRONOUNS | words(
    "the a an in on at by for from to of and but or if as is was were be been has have had do did does will would "
    "can could may might not so then also with about out up over after before more most very just even"
)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Windows:
    """The second pass's view of a document, and the labels wanted there."""

    candidates: Candidates
    rows: Int32s
    labels: Labels


def harvest_cues(documents: Sequence[Document]) -> Int32s:
    """Hashes of words that stand in annotated cues often, and outside them seldom."""
    inside, anywhere = Counter[int](), Counter[int]()
    common = {word_hash(word) for word in _COMMON}
    for document in documents:
        column = document.tokens.attributes[:, c.WORD]
        shape = document.tokens.attributes[:, c.SHAPE]
        lower = (shape == c.SHAPE_LOWER).tolist()
        hashes = column.tolist()
        anywhere.update(hashes)
        cues = {t for one in document.gold if one.cue for t in range(*one.cue)}
        inside.update(hashes[t] for t in cues if lower[t])
    chosen = [
        word
        for word, seen in inside.items()
        if seen >= CUE_SEEN_MIN and seen >= CUE_SHARE_MIN * anywhere[word] and word not in common
    ]
    return np.array(sorted(chosen), np.int32)


def fit_first(documents: Sequence[Document], times: int = 1, recipe: Recipe = FIRST_RECIPE) -> Crf:
    """The first pass, trained on all paragraphs."""
    attributes = np.concatenate([d.tokens.attributes for d in documents])
    labels = np.concatenate([d.labels for d in documents])
    bounds = [0]
    for document in documents:
        cuts = np.nonzero(np.diff(document.tokens.paragraphs))[0] + 1
        base = bounds[-1]
        bounds += [base + int(cut) for cut in cuts] + [base + len(document.tokens)]
    edges = np.array(bounds, np.int32)
    templates = templates_of(f.FIRST)
    trained = train_often(attributes, edges[:-1], edges[1:], labels, templates, f.FIRST_LABELS, recipe, times)
    return first_crf(pack(trained, FIRST_FEATURES), trained.transitions)


def view(document: Document, first: FirstPass) -> Windows:
    """The candidate windows of a document with the labels that the annotation wants."""
    candidates, rows = windows(document.tokens, first)
    labels = np.zeros(len(rows), np.int8)
    owners = cue_owner(document.gold)
    for k in range(len(candidates)):
        owner = owner_of(owners, int(candidates.firsts[k]), int(candidates.ends[k]))
        if owner is not None:
            low, high = int(candidates.lows[k]), int(candidates.highs[k])
            _mark(labels, document.gold[owner], low, high, int(candidates.offsets[k]) - low)
    return Windows(candidates, rows, labels)


def _mark(labels: Labels, gold: Gold, low: int, high: int, shift: int) -> None:
    spans = [(piece, f.CONTENT2_B) for piece in gold.content]
    spans += [(gold.source, f.SOURCE2_B)] if gold.source is not None else []
    for (first, end), begin in spans:
        a, b = max(first, low), min(end, high)
        if b > a:
            labels[shift + a : shift + b] = begin + 1
            labels[shift + a] = begin


def fit_second(views: Sequence[Windows], times: int = 1, recipe: Recipe = SECOND_RECIPE) -> Crf:
    """The second pass, trained on the windows that a first pass of other documents proposed."""
    rows = np.concatenate([v.rows for v in views])
    labels = np.concatenate([v.labels for v in views])
    edges = [0]
    for one in views:
        edges += [edges[-1] + int(width) for width in np.cumsum(np.diff(one.candidates.offsets))]
    bounds = np.array(edges, np.int32)
    templates = templates_of(f.SECOND)
    trained = train_often(rows, bounds[:-1], bounds[1:], labels, templates, f.SECOND_LABELS, recipe, times)
    return second_crf(pack(trained, SECOND_FEATURES), trained.transitions)


@dataclass(frozen=True, slots=True)
class Judged:
    """Evidence of proposals, and what the annotation says: content right; speaker right, wanted, given."""

    evidence: Doubles
    right: npt.NDArray[np.bool_]
    speaker_right: npt.NDArray[np.bool_]
    speaker_asked: npt.NDArray[np.bool_]


def judge(document: Document, candidates: Candidates, found: Proposals) -> Judged:
    """Every proposal held against the annotation."""
    tokens = document.tokens
    starts = [int(s) for s in tokens.starts]
    wanted = [words_in(starts, [(s, e) for s, e in quote["segments"]]) for quote in document.quotes]
    rows, right, speaker_right, asked = [], [], [], []
    for k in range(len(candidates)):
        if not found.counts[k]:
            continue
        spans = [
            (int(tokens.starts[a]), int(tokens.ends[b - 1])) for a, b in found.pieces[k, : found.counts[k]]
        ]
        proposed = words_in(starts, spans)
        match = next((n for n, want in enumerate(wanted) if _overlap(proposed, want) >= OVERLAP_MIN), None)
        speaker = _mention(tokens, found, k)
        gold = document.quotes[match]["speaker"] if match is not None else None
        rows.append(found.evidence[k])
        right.append(match is not None)
        speaker_right.append(
            gold is not None and speaker is not None and head_word(gold["text"]) == head_word(speaker)
        )
        asked.append(match is not None and speaker is not None)
    return Judged(
        np.array(rows, np.float64).reshape(-1, EVIDENCE_WIDTH),
        np.array(right, np.bool_),
        np.array(speaker_right, np.bool_),
        np.array(asked, np.bool_),
    )


def _overlap(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a & b else 0.0


def _mention(tokens: Tokens, found: Proposals, k: int) -> str | None:
    low, high = found.sources[k].tolist()
    return tokens.text[tokens.starts[low] : tokens.ends[high - 1]] if low >= 0 else None


def fit_model(documents: Sequence[Document], lists: WordLists, say: Say, folds: int = FOLDS) -> Model:
    """All of it. What a later step learns from is always the output of an earlier one on documents it never saw."""
    fold = [document.fold(folds) for document in documents]
    firsts: list[FirstPass | None] = [None] * len(documents)
    for part in range(folds):
        crf = fit_first([d for d, where in zip(documents, fold, strict=True) if where != part])
        for number, document in enumerate(documents):
            if fold[number] == part:
                (firsts[number],) = first_pass(crf, [document.tokens])
        say(f"first pass without part {part}")
    first = fit_first(documents, TIMES)
    say("first pass")
    views = [view(d, seen) for d, seen in zip(documents, firsts, strict=True) if seen is not None]
    judged: list[Judged] = []
    for part in range(folds):
        crf = fit_second([v for v, where in zip(views, fold, strict=True) if where != part])
        for number, document in enumerate(documents):
            seen = firsts[number]
            if fold[number] == part and seen is not None and len(views[number].candidates):
                one = views[number]
                (second,) = second_pass(crf, [(one.candidates, one.rows)])
                found = propose(*second, seen.posteriors, document.tokens.attributes, one.candidates)
                judged.append(judge(document, one.candidates, found))
        say(f"second pass without part {part}")
    second = fit_second(views, TIMES)
    say("second pass")
    evidence = np.concatenate([j.evidence for j in judged])
    right = np.concatenate([j.right for j in judged])
    asked = np.concatenate([j.speaker_asked for j in judged])
    speaker_right = np.concatenate([j.speaker_right for j in judged])
    confidence = fit(evidence, right)
    return Model(lists, first, second, confidence, fit(evidence[asked], speaker_right[asked]))
