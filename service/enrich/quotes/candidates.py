"""First pass -> candidate cues, and for each the window of tokens that the second pass reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes import columns as c
from service.enrich.quotes import features as f
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.inference import Floats, Labels

CUE_MIN = 0.3
"""Posterior from which a token may be a cue: at .2 precision is a point lower, at .4 recall."""
SENTENCES_BACK = 1
SENTENCES_ON = 2
WINDOW_TOKENS = 40
"""Maximum number of tokens of a window to either side of its cue; it never leaves the paragraph."""
FAR = 1_000_000
"""Stands for a marked passage where a neighbouring word is asked for."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Cues [first, end) and their windows [low, high), as token numbers; `offsets` are rows of the windows' tokens."""

    firsts: Int32s
    ends: Int32s
    lows: Int32s
    highs: Int32s
    offsets: Int32s  # [candidates + 1]

    def __len__(self) -> int:
        return len(self.firsts)


def find_candidates(posteriors: Floats, sentences: Int32s, paragraphs: Int32s) -> Candidates:
    """Find runs of tokens that the first pass takes for a cue."""
    return Candidates(*_candidates(posteriors, sentences, paragraphs))


@compiled
def paragraphs_worth_reading(attributes: Int32s, paragraphs: Int32s) -> tuple[Int32s, Int32s]:
    """Bound the paragraphs that hold a cue word or a marked passage; in the others nobody speaks."""
    count = len(attributes)
    lows = np.empty(count, np.int32)
    highs = np.empty(count, np.int32)
    kept, low = 0, 0
    while low < count:
        high = low
        worth = False
        while high < count and paragraphs[high] == paragraphs[low]:
            kind = attributes[high, c.KIND]
            worth = worth or kind <= c.CUES or kind == c.PASSAGE
            high += 1
        if worth:
            lows[kept], highs[kept] = low, high
            kept += 1
        low = high
    return lows[:kept].copy(), highs[:kept].copy()


@compiled
def _candidates(
    posteriors: Floats, sentences: Int32s, paragraphs: Int32s
) -> tuple[Int32s, Int32s, Int32s, Int32s, Int32s]:
    count = len(posteriors)
    firsts, ends = np.empty(count, np.int32), np.empty(count, np.int32)
    lows, highs = np.empty(count, np.int32), np.empty(count, np.int32)
    found, token = 0, 0
    while token < count:
        if posteriors[token, f.CUE_B] + posteriors[token, f.CUE_I] <= CUE_MIN:
            token += 1
            continue
        end = token + 1
        while (
            end < count
            and posteriors[end, f.CUE_B] + posteriors[end, f.CUE_I] > CUE_MIN
            and posteriors[end, f.CUE_B] < 0.5
            and paragraphs[end] == paragraphs[token]
            and end - token < WINDOW_TOKENS
        ):
            end += 1
        low = token
        while (
            low > 0
            and paragraphs[low - 1] == paragraphs[token]
            and sentences[token] - sentences[low - 1] <= SENTENCES_BACK
            and token - low < WINDOW_TOKENS
        ):
            low -= 1
        high = end
        while (
            high < count
            and paragraphs[high] == paragraphs[token]
            and sentences[high] - sentences[token] <= SENTENCES_ON
            and high - end < WINDOW_TOKENS
        ):
            high += 1
        firsts[found], ends[found], lows[found], highs[found] = token, end, low, high
        found += 1
        token = end
    offsets = np.zeros(found + 1, np.int32)
    for k in range(found):
        offsets[k + 1] = offsets[k] + highs[k] - lows[k]
    return firsts[:found].copy(), ends[:found].copy(), lows[:found].copy(), highs[:found].copy(), offsets


def describe_windows(
    attributes: Int32s, sentences: Int32s, labels: Labels, posteriors: Floats, candidates: Candidates
) -> Int32s:
    """Describe the tokens of the windows, one window after the other.

    Returns attributes: int32[offsets[-1], features.SECOND_COLUMNS].
    """
    return _windows(
        attributes,
        sentences,
        labels,
        posteriors,
        candidates.firsts,
        candidates.ends,
        candidates.lows,
        candidates.highs,
        candidates.offsets,
    )


@borrowing
def _signed(distance: int) -> int:
    """Classify a distance, keeping its sign: 0-4 as they are, then 5-6, 7-10, 11-20, more."""
    a = abs(distance)
    a = a if a <= 4 else 5 if a <= 6 else 6 if a <= 10 else 7 if a <= 20 else 8
    return a if distance >= 0 else -a


@borrowing
def _sure(p: float) -> int:
    """Classify a posterior."""
    return 0 if p < 0.03 else 1 if p < 0.2 else 2 if p < 0.5 else 3 if p < 0.8 else 4 if p < 0.97 else 5


@borrowing
def cue_head(attributes: Int32s, first: int, end: int) -> int:
    """Return the cue's verb of saying if it has one, or else its first token."""
    for token in range(first, end):
        if attributes[token, c.KIND] == c.SAYS:
            return token
    return first


@compiled
def _windows(
    attributes: Int32s,
    sentences: Int32s,
    labels: Labels,
    posteriors: Floats,
    firsts: Int32s,
    ends: Int32s,
    lows: Int32s,
    highs: Int32s,
    offsets: Int32s,
) -> Int32s:
    is_cue = np.zeros(len(attributes), np.int8)
    out = np.empty((f.SECOND_COLUMNS, offsets[len(firsts)]), np.int32).T  # each column in one piece of memory
    _copy_tokens(attributes, lows, highs, offsets, out)
    _describe(attributes, sentences, labels, posteriors, firsts, ends, lows, highs, offsets, is_cue, out)
    return out


@borrowing
def _copy_tokens(attributes: Int32s, lows: Int32s, highs: Int32s, offsets: Int32s, out: Int32s) -> None:
    """Copy the columns of the tokens, window by window."""
    sources, targets = attributes.T, out.T
    for column in f.SECOND_WORD_COLUMNS:
        source = sources[column]
        for k in range(len(lows)):
            one, there = source[lows[k] : highs[k]], targets[column, offsets[k] : offsets[k + 1]]
            for i in range(len(one)):
                there[i] = one[i]


@borrowing
def _describe(
    attributes: Int32s,
    sentences: Int32s,
    labels: Labels,
    posteriors: Floats,
    firsts: Int32s,
    ends: Int32s,
    lows: Int32s,
    highs: Int32s,
    offsets: Int32s,
    is_cue: Labels,
    out: Int32s,
) -> None:
    """Fill the columns that say where a token stands relative to its window's cue."""
    for k in range(len(firsts)):
        for t in range(firsts[k], ends[k]):
            is_cue[t] = 1
    for k in range(len(firsts)):
        row, a, b, low, high = offsets[k], firsts[k], ends[k], lows[k], highs[k]
        _repeat_cue(attributes, a, b, low, high, out[row : offsets[k + 1]])
        shows = _shown(sentences, labels, a, b, low, high)
        for t in range(low, high):
            q = row + t - low
            out[q, f.SENTENCE_SHOWS] = shows
            out[q, f.FIRST_LABEL] = labels[t]
            out[q, f.SOURCE_SURE] = _sure(posteriors[t, f.SOURCE_B] + posteriors[t, f.SOURCE_I])
            out[q, f.CONTENT_SURE] = _sure(posteriors[t, f.CONTENT_B] + posteriors[t, f.CONTENT_I])
            side = 0 if t < a else 1 if t < b else 2
            away = sentences[t] - sentences[a]
            out[q, f.SIDE] = side * 8 + (away + 3 if away > -3 else 0)
            out[q, f.RELATIVE] = _signed(t - a) if t < a else 0 if t < b else _signed(t - b + 1)
        _count_between(attributes, labels, is_cue, a - 1, low - 1, -1, out, row - low)
        _count_between(attributes, labels, is_cue, b, high, 1, out, row - low)
        for t in range(a, b):
            q = row + t - low
            out[q, f.SOURCES_BETWEEN], out[q, f.CONTENTS_BETWEEN] = -1, -1
            out[q, f.CUES_BETWEEN], out[q, f.COMMAS_BETWEEN], out[q, f.IS_CUE] = 0, 0, 0
            out[q, f.PASSAGES_BETWEEN], out[q, f.OPENERS_BETWEEN] = 0, 0


@borrowing
def _repeat_cue(attributes: Int32s, a: int, b: int, low: int, high: int, window: Int32s) -> None:
    """Fill the columns that all tokens of a window share: its cue [a, b) and the words beside it."""
    head = cue_head(attributes, a, b)
    following, last = -1, -1
    if b < high:
        following = FAR if attributes[b, c.KIND] == c.PASSAGE else attributes[b, c.WORD]
    if a > low:
        last = FAR if attributes[a - 1, c.KIND] == c.PASSAGE else attributes[a - 1, c.WORD]
    window[:, f.CUE_WORD], window[:, f.CUE_CLUSTER] = attributes[head, c.WORD], attributes[head, c.MIDDLE]
    window[:, f.CUE_KIND], window[:, f.CUE_WIDTH] = attributes[head, c.KIND], min(b - a, 3)
    window[:, f.CUE_NEXT], window[:, f.CUE_LAST] = following, last


@borrowing
def _shown(sentences: Int32s, labels: Labels, a: int, b: int, low: int, high: int) -> int:
    """Tell which of source and content the first pass saw in the cue's sentence.

    Returns bits for what stands before the cue (1: source, 2: content) and after it (4, 8).
    """
    shows = 0
    for t in range(low, high):
        if sentences[t] == sentences[a] and (t < a or t >= b):
            after = 4 if t >= b else 1
            if labels[t] == f.SOURCE_B:
                shows |= after
            if labels[t] >= f.CONTENT_B:
                shows |= 2 * after
    return shows


@borrowing
def _count_between(
    attributes: Int32s,
    labels: Labels,
    is_cue: Labels,
    start: int,
    stop: int,
    step: int,
    out: Int32s,
    shift: int,
) -> None:
    """Walk away from the cue and note what lies between."""
    cues, commas, sources, contents, passages, openers = 0, 0, 0, 0, 0, 0
    in_source, in_content = False, False
    side = 4 if step > 0 else 0
    for t in range(start, stop, step):
        q = shift + t
        source = labels[t] == f.SOURCE_B or labels[t] == f.SOURCE_I
        content = labels[t] >= f.CONTENT_B
        begins = t if step > 0 else t + 1  # where a new span would show that it is one
        if source and (not in_source or labels[begins] == f.SOURCE_B):
            sources += 1
        if content and (not in_content or labels[begins] == f.CONTENT_B):
            contents += 1
        in_source, in_content = source, content
        out[q, f.SOURCES_BETWEEN] = (16 if source else 0) + min(sources, 3) + side
        out[q, f.CONTENTS_BETWEEN] = (16 if content else 0) + min(contents, 3) + side
        out[q, f.CUES_BETWEEN], out[q, f.COMMAS_BETWEEN] = min(cues, 2), min(commas, 3)
        out[q, f.PASSAGES_BETWEEN], out[q, f.OPENERS_BETWEEN] = min(passages, 2), min(openers, 3)
        out[q, f.IS_CUE] = is_cue[t]
        cues += is_cue[t]
        if attributes[t, c.OPENER] == c.COMMA_OPENER:
            commas += 1
        elif attributes[t, c.OPENER] >= 0:
            openers += 1
        passages += attributes[t, c.KIND] == c.PASSAGE
