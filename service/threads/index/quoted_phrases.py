"""Find threads by two words that stand together in a quotation, where neither is rare enough to find them alone.

A cut of a quotation may hold none of its rarest words. Each slot of the table has the newest thread with one of the
phrases that fall there: phrases are many, and what is quoted again mostly is within days.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_words import CONTENT, HASH_SHIFT, Words
from service.sketch.claims.facet_words import CONTENT_MAX, KEY_WEIGHT_MIN, QUOTATION, TERM_SHIFT
from service.sketch.claims.stem_weights import Shorts, weight
from service.threads.index.packed_words import Bytes
from service.threads.index.postings import Places, mixed

POSTED_MAX: Final = 5
"""Maximum number of phrases by which a quotation is found, those with the lowest hashes: of a cut and of the whole
mostly the same. Asked are all."""
FIRST_WORD: Final = 6
SECOND_WORD: Final = 7
SLOT: Final = 8
"""Uses of a hash, beside those of keys (service/threads/index/thread_candidates.py)."""
_CHECKS: Final = 255
"""Number of values that tell phrases of one slot apart; 0 is a slot without a thread."""
_LOW_BITS: Final = 0xFFFFFFFF


class Phrases(NamedTuple):
    """The arrays."""

    threads: Words  # uint32[slots]: the lower half of a thread's serial number
    checks: Bytes  # uint8[slots]: what phrase it is of

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return self.threads.nbytes + self.checks.nbytes


def phrases_for(count: int) -> Phrases:
    """Return room for so many phrases."""
    count = max(64, count)
    return Phrases(np.zeros(count, np.uint32), np.zeros(count, np.uint8))


@compiled
def phrases_of(words: Words, kind: int, flags: int, slots: Words, weights: Shorts) -> Words:
    """Return the hashes of the phrases between the marks, the lowest first: two words that say something, one after
    the other, unless both are keys already. What is no quotation has none."""
    if kind != QUOTATION:
        return words[:0].copy()
    term = flags >> TERM_SHIFT
    count = min(term, words.size) if term else words.size  # of a facet that was not kept no words are left
    out, end = np.empty(CONTENT_MAX, np.uint32), 0
    before, is_key = 0, True
    for i in range(count):
        if not words[i] & CONTENT:
            continue
        stem, own_is_key = int(words[i] >> HASH_SHIFT), weight(slots, weights, words[i]) >= KEY_WEIGHT_MIN
        if before != 0 and not (is_key and own_is_key) and end < CONTENT_MAX:
            out[end] = mixed(before, FIRST_WORD) ^ mixed(stem, SECOND_WORD)
            end += 1
        before, is_key = stem, own_is_key
    return np.sort(out[:end])


@borrowing
def _slot(hashed: np.uint32, count: int) -> int:
    return int((np.uint64(hashed) * np.uint64(count)) >> np.uint64(32))


@borrowing
def _check(hashed: np.uint32) -> int:
    return int(1 + np.int64(hashed) % _CHECKS)


@compiled
def threads_with(said: Words, phrases: Phrases, following: int) -> Places:
    """Return the threads that have phrases, one for each phrase found. All are below `following`."""
    out, count = np.empty(said.size, np.int64), 0
    for phrase in said:
        hashed = mixed(int(phrase), SLOT)
        at = _slot(hashed, phrases.threads.size)
        if phrases.checks[at] == _check(hashed):
            out[count] = following - ((following - np.int64(phrases.threads[at])) & _LOW_BITS)
            count += 1
    return out[:count]


@borrowing
def post_phrases(said: Words, phrases: Phrases, thread: int) -> None:
    """Note that a thread has phrases, the first of those given."""
    for n in range(min(said.size, POSTED_MAX)):
        hashed = mixed(int(said[n]), SLOT)
        at = _slot(hashed, phrases.threads.size)
        phrases.threads[at], phrases.checks[at] = thread & _LOW_BITS, _check(hashed)
