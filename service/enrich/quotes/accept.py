"""Proposals -> those that are believed: confident ones first, none on words that another has."""

from __future__ import annotations

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes import columns as c
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.inference import Labels
from service.enrich.quotes.proposals import Doubles
from service.enrich.quotes.vocabulary import word_hash

CONFIDENCE_MIN = 0.5
PASSAGE_CONFIDENCE_MIN = 0.25
"""Minimum confidence of a proposal of marked passages alone: somebody said these words, and their edges are certain."""
OVERLAP_MAX = 0.3
"""Share of a proposal's tokens that may belong to a more confident one."""
CUT_CONFIDENCE = 0.6
CUT_BACK = 5
"""Maximum number of tokens before the cue of a second clause that are searched for a conjunction."""

AND, BUT, COMMA = word_hash("and"), word_hash("but"), word_hash(",")


@borrowing
def cut_before_next_cue(
    confidence: Doubles,
    pieces: Int32s,
    counts: Int32s,
    firsts: Int32s,
    ends: Int32s,
    attributes: Int32s,
    conjunctions: tuple[int, int, int],
) -> None:
    """End content before a conjunction that leads to another good cue: `he trusts X | and calls her "Q"`."""
    also, but, comma = conjunctions
    for i in range(len(counts)):
        if counts[i] == 0:
            continue
        for j in range(i + 1, min(len(counts), i + 40)):
            if counts[j] == 0 or confidence[j] < CUT_CONFIDENCE or pieces[j, 0, 0] < ends[j]:
                continue
            cue = firsts[j]
            for s in range(counts[i]):
                low, high = pieces[i, s, 0], pieces[i, s, 1]
                if not (firsts[i] < low and low + 1 < cue < high):
                    continue
                at = cue - 1
                while (
                    at > low
                    and at > cue - CUT_BACK
                    and attributes[at, c.WORD] != also
                    and attributes[at, c.WORD] != but
                ):
                    at -= 1
                if attributes[at, c.WORD] == also or attributes[at, c.WORD] == but:
                    if at - 1 > low and attributes[at - 1, c.WORD] == comma:
                        at -= 1
                    if at > low:
                        pieces[i, s, 1] = at
                        counts[i] = s + 1
                        break


@compiled
def accept(
    confidence: Doubles, pieces: Int32s, counts: Int32s, only_passages: Labels, tokens: int
) -> tuple[Labels, Labels]:
    """Choose the proposals that are believed; also mark the tokens that they hold."""
    taken = np.zeros(tokens, np.int8)
    accepted = np.zeros(len(counts), np.int8)
    order = np.argsort(-confidence, kind="mergesort")
    for k in order:
        least = PASSAGE_CONFIDENCE_MIN if only_passages[k] else CONFIDENCE_MIN
        if counts[k] == 0 or confidence[k] < least:
            continue
        held, other = 0, 0
        for s in range(counts[k]):
            for t in range(pieces[k, s, 0], pieces[k, s, 1]):
                held += 1
                other += taken[t]
        if other > OVERLAP_MAX * held:
            continue
        accepted[k] = 1
        for s in range(counts[k]):
            taken[pieces[k, s, 0] : pieces[k, s, 1]] = 1
    return accepted, taken
