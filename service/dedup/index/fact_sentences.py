"""Tell a sentence that was added from one that was reworded, where all that it names is known."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from service.compiled import borrowing
from service.dedup.index.fact_filter import is_in
from service.sketch.fact_bits import (
    F_DOUBTFUL,
    F_FIGURE,
    F_GLUED,
    F_NAME,
    F_RECKONED,
    F_SENTENCE,
    HASH_MASK,
    IN_QUOTES,
    IN_TITLE,
    KIND_SHIFT,
    KNOWN_ONLY,
    STARTS,
    Features,
)
from service.sketch.fact_hashes import LENGTH_MASK
from service.sketch.hashing import Hashes, Mask

ADDED_WORDS_MIN: Final = 8
"""Minimum number of words of a sentence that is news by itself."""
FEWER_WORDS_MAX: Final = 2
MORE_WORDS_MAX: Final = 5
"""By how many words fewer or more than its unknown sentences have a text may have grown, for these to be added ones."""
ADDED_MAX: Final = 4
"""Maximum number of unknown sentences that may be added ones; more are the work of an editor or of a bad scanner."""
FRESH_PAIRS_MIN: Final = 2
"""Minimum number of new pairs of words of a sentence that is news only where the text is longer by just it."""
INSERTED_WORDS_OFF: Final = 1
"""By how many words the length of a text's only unknown sentence may differ from what the text has grown by."""
LISTED_NAMES_MIN: Final = 4
"""Minimum number of known names, first and last ones, of a sentence that lists people."""
JOINING_WORDS_MAX: Final = 1
"""Maximum number of words that come into a sentence with a name: "and"."""


class Sentences(NamedTuple):
    """Hold what is said of the sentences that a match does not have."""

    unknown: int
    added: bool  # the text is longer by just these, or by new names in a list
    newest: float  # new pairs of words in the newest of them, less twice the known ones


@borrowing
def unknown_sentences(
    features: Features,
    keys: Hashes,
    unknown: Mask,
    asked: Mask,
    row: Hashes,
    hashes: int,
    longer: int,
    news: Mask,
) -> Sentences:
    """Compare whole sentences with a filter. `longer`: by how many words the text is longer than the match.

    Fills `news`: the features that stand for unknown sentences of some length which name somebody that the match does
    not, or name or quote something and have mostly unknown pairs of words; and the only one, where a text is longer by
    it.
    """
    count, words, telling, newest = 0, 0, 0, 0.0
    listed, plain = 0, -1
    at, size = 0, features.size
    while at < size:
        end = at + 1
        while end < size and not features[end] & np.uint32(STARTS):
            end += 1
        whole, fresh, known, names, newcomer = -1, 0, 0, False, False
        for i in range(at, end):
            kind = features[i] >> np.uint32(KIND_SHIFT)
            if features[i] & np.uint32(IN_TITLE | KNOWN_ONLY):
                continue
            if kind == F_SENTENCE:
                whole = i
            elif asked[i]:
                is_hard = kind in (F_FIGURE, F_RECKONED, F_GLUED, F_NAME, F_DOUBTFUL)
                newcomer |= kind == F_NAME and unknown[i]
                names |= is_hard or (features[i] & np.uint32(IN_QUOTES)) != 0
                fresh += not is_hard and unknown[i]
                known += not is_hard and not unknown[i]
        if newcomer and whole >= 0:  # a line of a few names is a credit
            listed += _new_in_list(features, unknown, at, end)
        if whole >= 0 and not is_in(row, features[whole], keys[whole], hashes):
            length = int(np.int64(features[whole] & np.uint32(HASH_MASK & LENGTH_MASK)))
            count += 1
            words += length
            if length >= ADDED_WORDS_MIN:
                if names and (fresh > known or newcomer):  # furniture that was cleaned away is known
                    telling += 1
                    news[whole] = True
                    newest = max(newest, fresh - 2.0 * known)
                elif fresh >= FRESH_PAIRS_MIN and 2 * fresh >= known:
                    plain = whole
        at = end
    added = 0 < count <= ADDED_MAX and telling > 0 and -FEWER_WORDS_MAX <= longer - words <= MORE_WORDS_MAX
    inserted = count == 1 and plain >= 0 and abs(longer - words) <= INSERTED_WORDS_OFF
    joined = count <= 1 and 0 < listed <= longer <= listed + JOINING_WORDS_MAX
    if inserted:
        news[plain] = True
    return Sentences(count, added or inserted or joined, newest)


@borrowing
def _new_in_list(features: Features, unknown: Mask, start: int, end: int) -> int:
    """Return how many unknown names a sentence has, if they stand in a list: beside a known one of many."""
    known, found, beside = 0, 0, False
    for i in range(start, end):
        is_name = features[i] >> np.uint32(KIND_SHIFT) == F_NAME
        known += is_name and not unknown[i]
        if is_name and unknown[i]:
            is_last = i + 1 == end or features[i + 1] >> np.uint32(KIND_SHIFT) != F_NAME
            beside |= i > start and features[i - 1] >> np.uint32(KIND_SHIFT) == F_NAME and not unknown[i - 1]
            beside |= not is_last and not unknown[i + 1]
            found += 1
    return found if beside and known >= LISTED_NAMES_MIN else 0
