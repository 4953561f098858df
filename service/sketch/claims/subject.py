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

Floats = npt.NDArray[np.float32]

READ_CHARS: Final = 2_200
"""Number of characters read: a story tells at its beginning what it is about."""
STEMS_MAX: Final = 60
TERMS_MAX: Final = 8
"""Maximum number of words shown."""


class Subject(NamedTuple):
    """The heaviest stems first: `stems`: uint32, `values`: float32 of length 1 together, and some of them as words."""

    stems: Words
    values: Floats
    terms: tuple[str, ...]


def subject_of(title: str | None, text: str, words: TextWords) -> Subject:
    """Return what an article is about; `words` are those of `text`."""
    _, last = words.between(0, READ_CHARS)
    head = words_of((title or "")[:READ_CHARS])
    table = english_weights()
    stems, values, places = _heaviest(words.codes[:last], head.codes, table.stems, table.weights)
    shown = [place for place in places.tolist() if place >= 0 and not words.codes[place] & NUMBER]
    terms = [word_at(text, words.starts[place]) for place in shown[:TERMS_MAX]]
    return Subject(stems, values, tuple(terms))


@compiled
def _heaviest(
    body: Words, head: Words, slots: Words, weights: Shorts
) -> tuple[Words, Floats, npt.NDArray[np.int64]]:
    """Return the heaviest stems, their values and where each stands first in the body, -1 if only in the title."""
    count = 0
    size = body.size + head.size
    keys = np.empty(size, np.int64)
    for i in range(size):
        code = body[i] if i < body.size else head[i - body.size]
        if code & CONTENT:
            keys[count] = np.int64(code >> HASH_SHIFT) << 32 | i
            count += 1
    ordered = np.sort(keys[:count])
    stems, scores = np.empty(count, np.uint32), np.empty(count, np.float64)
    places = np.empty(count, np.int64)
    found, at = 0, 0
    while at < count:
        stem, first = ordered[at] >> 32, ordered[at] & 0xFFFFFFFF
        times, in_head, is_name = 0.0, False, False
        while at < count and ordered[at] >> 32 == stem:
            i = ordered[at] & 0xFFFFFFFF
            if i < body.size:
                times += 1.0
                is_name |= i > 0 and body[i] & NAME != 0
            elif not in_head:
                in_head = True
                times += 2.0
            at += 1
        score = (1 + math.log(times)) * weight(slots, weights, stem << HASH_SHIFT) / UNIT
        score *= (2.0 if is_name else 1.0) * (1.25 if in_head else 1.0)
        stems[found], scores[found] = stem, score
        places[found] = first if first < body.size else -1
        found += 1
    order = np.argsort(-scores[:found], kind="mergesort")[:STEMS_MAX]
    total = 0.0
    for i in order:
        total += scores[i] * scores[i]
    length = math.sqrt(total) if total > 0 else 1.0
    values = np.empty(order.size, np.float32)
    for i in range(order.size):
        values[i] = scores[order[i]] / length
    return stems[order], values, places[order]
