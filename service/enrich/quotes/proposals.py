"""Second pass -> one proposal a cue: which tokens are its content, which its source, and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.enrich.quotes import columns as c
from service.enrich.quotes import features as f
from service.enrich.quotes.candidates import Candidates
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.inference import Floats, Labels

PIECES_MAX = 8
CONTENT_MIN = 0.15
SOURCE_MIN = 0.05
"""Minimum posteriors of the likeliest content and source, proposed where the best labelling has none."""
NEAR_BEST = 0.6
"""Minimum posterior of a token that belongs to a proposed place, as a share of the highest."""

_KINDS = 12
EVIDENCE = (
    "content_mean content_min cue begins ends labelled overlapped mostly_overlapped source source_labelled "
    "has_passage only_passages one_word few_words long several_pieces after_cue cue_width then_mark "
    "content_and_cue no_source"
).split()
"""What a proposal's confidence is computed from; after these, which kind of word the cue is."""
EVIDENCE_WIDTH = len(EVIDENCE) + _KINDS

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Proposals:
    """One row a candidate. No piece: nothing proposed. Source -1: none."""

    pieces: Int32s  # [candidates, PIECES_MAX, 2] token ranges
    counts: Int32s
    sources: Int32s  # [candidates, 2]
    evidence: Doubles  # [candidates, EVIDENCE_WIDTH]
    only_passages: Labels


def propose(
    labels: Labels, posteriors: Floats, first_posteriors: Floats, attributes: Int32s, candidates: Candidates
) -> Proposals:
    """Read the second pass's windows (`labels`, `posteriors`) for every candidate."""
    return Proposals(
        *propose_all(
            labels,
            posteriors,
            first_posteriors,
            attributes,
            candidates.firsts,
            candidates.ends,
            candidates.lows,
            candidates.highs,
            candidates.offsets,
        )
    )


@borrowing
def _logit(p: float) -> float:
    return float(np.log((p + 1e-3) / (1 - p + 1e-3)))


@borrowing
def _likeliest(posteriors: Floats, row: int, length: int, begin: int) -> tuple[int, int, float]:
    """Find the stretch around the highest posterior of labels `begin` and `begin + 1`, and how high it is."""
    top, at = np.float32(0), -1
    for i in range(length):
        p = posteriors[row + i, begin] + posteriors[row + i, begin + 1]
        if p > top:
            top, at = p, i
    if at < 0:
        return 0, 0, 0.0
    low, high = at, at + 1
    while (
        low > 0 and posteriors[row + low - 1, begin] + posteriors[row + low - 1, begin + 1] > NEAR_BEST * top
    ):
        low -= 1
    while (
        high < length and posteriors[row + high, begin] + posteriors[row + high, begin + 1] > NEAR_BEST * top
    ):
        high += 1
    return low, high, float(top)


@borrowing
def _mean(posteriors: Floats, row: int, low: int, high: int, begin: int) -> float:
    total = np.float32(0)
    for i in range(low, high):
        total += posteriors[row + i, begin] + posteriors[row + i, begin + 1]
    return float(total) / (high - low)


@compiled
def propose_all(
    labels: Labels,
    posteriors: Floats,
    first_posteriors: Floats,
    attributes: Int32s,
    firsts: Int32s,
    ends: Int32s,
    lows: Int32s,
    highs: Int32s,
    offsets: Int32s,
) -> tuple[Int32s, Int32s, Int32s, Doubles, Labels]:
    """Propose for every candidate. Returns the fields of `Proposals`."""
    count, tokens = len(firsts), len(attributes)
    pieces = np.full((count, PIECES_MAX, 2), -1, np.int32)
    counts = np.zeros(count, np.int32)
    sources = np.full((count, 2), -1, np.int32)
    evidence = np.zeros((count, EVIDENCE_WIDTH), np.float64)
    only_passages = np.zeros(count, np.int8)
    strength = np.zeros(count, np.float64)
    strongest = np.zeros(tokens, np.float64)
    for k in range(count):
        row, low, length = offsets[k], lows[k], highs[k] - lows[k]
        found, i = 0, 0
        while i < length:
            if labels[row + i] >= f.CONTENT2_B:
                end = i + 1
                while end < length and labels[row + end] == f.CONTENT2_I:
                    end += 1
                if found < PIECES_MAX:
                    pieces[k, found, 0], pieces[k, found, 1] = low + i, low + end
                    found += 1
                i = end
            else:
                i += 1
        labelled = found > 0
        if not labelled:
            first, end, top = _likeliest(posteriors, row, length, f.CONTENT2_B)
            if top < CONTENT_MIN:
                continue
            pieces[k, 0, 0], pieces[k, 0, 1] = low + first, low + end
            found = 1
        counts[k] = found
        source_mean, source_labelled, i = 0.0, False, 0
        while i < length:
            if labels[row + i] == f.SOURCE2_B or labels[row + i] == f.SOURCE2_I:
                end = i + 1
                while end < length and labels[row + end] == f.SOURCE2_I:
                    end += 1
                mean = _mean(posteriors, row, i, end, f.SOURCE2_B)
                if mean > source_mean:
                    source_mean, source_labelled = mean, True
                    sources[k, 0], sources[k, 1] = low + i, low + end
                i = end
            else:
                i += 1
        if not source_labelled:
            first, end, top = _likeliest(posteriors, row, length, f.SOURCE2_B)
            if top > SOURCE_MIN:
                sources[k, 0], sources[k, 1] = low + first, low + end
                source_mean = _mean(posteriors, row, first, end, f.SOURCE2_B)
        total, least, held, passages, only = 0.0, 1.0, 0, 0, 1
        for s in range(found):
            a, b = pieces[k, s, 0], pieces[k, s, 1]
            for t in range(a, b):
                p = float(posteriors[row + t - low, f.CONTENT2_B] + posteriors[row + t - low, f.CONTENT2_I])
                total += p
                least = min(least, p)
                held += 1
                passages += attributes[t, c.KIND] == c.PASSAGE
            if b - a != 1 or attributes[a, c.KIND] != c.PASSAGE:
                only = 0
        mean = total / held
        only_passages[k] = only
        cue = 0.0
        head = firsts[k]
        for t in range(ends[k] - 1, firsts[k] - 1, -1):
            cue = max(cue, float(first_posteriors[t, f.CUE_B] + first_posteriors[t, f.CUE_I]))
            if attributes[t, c.KIND] == c.SAYS:
                head = t
        begin, end = pieces[k, 0, 0], pieces[k, found - 1, 1]
        begins = float(posteriors[row + begin - low, f.CONTENT2_B])
        leaves = 1.0
        if end < highs[k]:
            at = row + end - low
            leaves = 1.0 - float(posteriors[at, f.CONTENT2_B]) - float(posteriors[at, f.CONTENT2_I])
        strength[k] = mean * cue
        for s in range(found):
            for t in range(pieces[k, s, 0], pieces[k, s, 1]):
                strongest[t] = max(strongest[t], strength[k])
        x = evidence[k]
        x[0], x[1], x[2], x[3], x[4] = (
            _logit(mean),
            _logit(least),
            _logit(cue),
            _logit(begins),
            _logit(leaves),
        )
        x[5], x[8], x[9] = labelled, _logit(source_mean), source_labelled
        x[10], x[11] = passages > 0, only
        x[12] = end - begin == 1 and passages == 0
        x[13] = end - begin <= 3 and passages == 0
        x[14], x[15], x[16] = end - begin > 40, found > 1, begin >= ends[k]
        x[17] = min(ends[k] - firsts[k], 5) / 5
        x[18] = end < tokens and (
            attributes[end, c.KIND] == c.PUNCTUATION or attributes[end, c.KIND] == c.NEWLINE
        )
        x[19], x[20] = x[0] * x[2] / 5, sources[k, 0] < 0
        x[21 + attributes[head, c.KIND]] = 1
    for k in range(count):
        beaten, held = 0, 0
        for s in range(counts[k]):
            for t in range(pieces[k, s, 0], pieces[k, s, 1]):
                held += 1
                beaten += strongest[t] > strength[k] + 1e-9
        if held:
            evidence[k, 6], evidence[k, 7] = beaten / held, beaten > 0.5 * held
    return pieces, counts, sources, evidence, only_passages
