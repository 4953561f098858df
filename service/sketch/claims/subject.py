"""Article -> what it is about: its heaviest stems, by which articles of one event are found."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.sketch.claims.claim_words import (
    CONTENT,
    HASH_SHIFT,
    NAME,
    NUMBER,
    TextWords,
    Words,
    word_at,
    words_of,
)
from service.sketch.claims.stem_weights import UNIT, Shorts, english_weights, weight
from service.sketch.claims.word_codes import Starts

Floats = npt.NDArray[np.float32]

READ_CHARS: Final = 2_200
"""Number of characters read: a story tells at its beginning what it is about."""
STEMS_MAX: Final = 60
TERMS_MAX: Final = 8
"""Maximum number of stems kept, and of words shown."""


class Subject(NamedTuple):
    """The heaviest stems first: `stems`: uint32, `values`: float32 of length 1 together, and some of them as words."""

    stems: Words
    values: Floats
    terms: tuple[str, ...]


def subject_of(title: str | None, text: str, words: TextWords) -> Subject:
    """Return what an article is about; `words` are those of `text`."""
    head = words_of((title or "")[:READ_CHARS])
    table = english_weights()
    stems, values, places = _heaviest(
        words.codes, words.starts, head.codes, table.stems, table.weights, STEMS_MAX
    )
    return Subject(stems, values, tuple([word_at(text, place) for place in places.tolist()]))


@compiled
def _heaviest(
    words: Words, starts: Starts, head: Words, slots: Words, weights: Shorts, most: int
) -> tuple[Words, Floats, Starts]:
    """Return the heaviest stems, their values, and where the words begin in the body that are shown."""
    body = words[: np.searchsorted(starts, READ_CHARS)]
    keys = _stems_in(body, head)
    stems, scores = np.empty(most, np.uint32), np.zeros(most, np.float64)
    places = np.empty(most, np.int64)
    held = at = 0
    while at < keys.size:
        stem, first = keys[at] >> 32, keys[at] & 0xFFFFFFFF
        times, in_head, is_name = 0.0, False, False
        while at < keys.size and keys[at] >> 32 == stem:
            i = keys[at] & 0xFFFFFFFF
            if i < body.size:
                times += 1.0
                is_name |= i > 0 and body[i] & NAME != 0
            elif not in_head:
                in_head = True
                times += 2.0
            at += 1
        score = (1 + math.log(times)) * weight(slots, weights, stem << HASH_SHIFT) / UNIT
        score *= (2.0 if is_name else 1.0) * (1.25 if in_head else 1.0)
        if held == most and score <= scores[most - 1]:
            continue
        held = min(most, held + 1)
        place = held - 1
        while place > 0 and scores[place - 1] < score:
            stems[place], scores[place], places[place] = (
                stems[place - 1], scores[place - 1], places[place - 1],
            )  # fmt: skip
            place -= 1
        stems[place], scores[place], places[place] = stem, score, first
    total = 0.0
    for i in range(held):
        total += scores[i] * scores[i]
    length = math.sqrt(total) if total > 0 else 1.0
    shown, count = np.empty(TERMS_MAX, np.int32), 0
    for i in range(held):
        if count < TERMS_MAX and places[i] < body.size and not body[places[i]] & NUMBER:
            shown[count] = starts[places[i]]
            count += 1
    return stems[:held], (scores[:held] / length).astype(np.float32), shown[:count]


@compiled
def _stems_in(body: Words, head: Words) -> npt.NDArray[np.int64]:
    """Return the words that say something, by stem and then by place: the stem above 32 bits of the place."""
    keys, count = np.empty(body.size + head.size, np.int64), 0
    for i in range(keys.size):
        code = body[i] if i < body.size else head[i - body.size]
        if code & CONTENT:
            keys[count] = np.int64(code >> HASH_SHIFT) << 32 | i
            count += 1
    return np.sort(keys[:count])
