"""Tell which features of an article a remembered one lacks."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing
from service.dedup.index.fact_filter import (
    HAS_UNITS,
    fact_key,
    has_other,
    has_twin,
    is_in,
    is_later,
    is_opposed,
)
from service.sketch.fact_bits import (
    F_DOUBTFUL,
    F_FIGURE,
    F_HEADLINE,
    F_LISTED,
    F_NAME,
    F_NOUN,
    F_RECKONED,
    F_RUN,
    F_SENTENCE,
    F_SUBJECT,
    F_UNIT,
    F_WORD,
    HASH_MASK,
    IN_TITLE,
    KIND_SHIFT,
    KNOWN_ONLY,
    TWIN,
    Features,
)
from service.sketch.hashing import Hashes, Mask

RECASED_FEATURES: Final = 4
"""Number of features behind a name that the match writes small, among which are its pairs with other names."""

Counts = npt.NDArray[np.int64]


@borrowing
def is_compared(feature: np.uint32, counts_as: bool, limit: int, with_order: bool) -> bool:
    """Return whether a feature is one that a match is asked for.

    Runs of words count up to the `limit` of both texts; the order of names counts `with_order` only: long texts do not
    keep it.
    """
    kind = feature >> np.uint32(KIND_SHIFT)
    if not counts_as or feature & np.uint32(KNOWN_ONLY) or kind == F_SENTENCE:
        return False
    if kind == F_RUN:
        return bool(np.int64(feature & np.uint32(HASH_MASK)) < limit)
    return with_order or bool(kind != F_SUBJECT and kind != F_WORD)


@borrowing
def mark_unknown(
    features: Features,
    keys: Hashes,
    times: Features,
    first: Mask,
    names: Mask,
    limit: int,
    with_order: bool,
    is_short: bool,
    row: Hashes,
    hashes: int,
    unknown: Mask,
    asked: Mask,
    all_of: Counts,
    new_of: Counts,
) -> tuple[int, int, int, bool, int]:
    """Tell which features the filter lacks, and count them by kind, each distinct one once: all, and the unknown.

    Returns the number of unknown names that occur twice, of unknown facts in the headline, and of doubtful ones there;
    whether the headline has just the words of the match's, but for negations; and how many words took the place of
    others of another side.
    """
    often, head_facts, head_doubtful, turned = 0, 0, 0, 0
    has_first, is_turned, recased = False, False, -99
    for i in range(features.size):
        unknown[i] = False
        asked[i] = is_compared(features[i], names[i], limit, with_order)
        asked[i] &= hashes & HAS_UNITS != 0 or not is_later(features[i])
        if not asked[i]:
            continue
        unknown[i] = not is_in(row, features[i], keys[i], hashes)
        kind = features[i] >> np.uint32(KIND_SHIFT)
        if has_twin(features[i]):  # the twin stands behind
            is_other = has_first and unknown[i] and features[i] & np.uint32(TWIN) != 0
            has_first = not unknown[i]
            unknown[i] = is_other
            if kind == F_HEADLINE:
                is_turned |= is_other
            asked[i] = is_other and kind == F_LISTED
            if not asked[i]:
                continue
        if is_opposed(features[i]):
            asked[i] = False
            unknown[i] = unknown[i] and has_other(row, features[i], hashes)
            turned += unknown[i]
            continue
        if kind == F_UNIT:
            kind = np.uint32(F_FIGURE if unknown[i] and has_other(row, features[i], hashes) else F_NOUN)
        elif unknown[i] and is_short and kind in (F_NAME, F_DOUBTFUL) and hashes & HAS_UNITS:
            word = np.uint32(F_WORD << KIND_SHIFT) | features[i] & np.uint32(HASH_MASK)  # "Prime Minister"
            unknown[i] = not (with_order and is_in(row, word, fact_key(word), hashes))
            recased = i if not unknown[i] else recased
        elif kind == F_SUBJECT and i - recased <= RECASED_FEATURES:
            unknown[i] = False
        elif kind == F_RECKONED:
            kind = np.uint32(F_FIGURE)
        if features[i] & np.uint32(IN_TITLE) and not is_short:
            head_facts += unknown[i] and kind in (F_FIGURE, F_NAME)
            head_doubtful += unknown[i] and kind == F_DOUBTFUL
            continue
        if kind == F_DOUBTFUL:
            kind = np.uint32(F_NAME)
        elif kind == F_LISTED:
            kind = np.uint32(F_FIGURE)
        if first[i]:
            all_of[kind] += 1
            new_of[kind] += unknown[i]
            often += unknown[i] and kind == F_NAME and times[i] >= 2
    return often, head_facts, head_doubtful, is_turned, turned


@borrowing
def forget_turned(features: Features, unknown: Mask, in_title: bool) -> int:
    """Take back that words of the text, and `in_title` those of the headline, are turned; return how many are left."""
    left = 0
    for i in range(features.size):
        if is_opposed(features[i]):
            unknown[i] = unknown[i] and not in_title and features[i] & np.uint32(IN_TITLE) != 0
            left += unknown[i]
    return left
