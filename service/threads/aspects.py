"""Tell in which respect a figure is meant: "needs 1,237", "won 845" and "12 others" are three measures."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing
from service.languages.en import aspects as english
from service.sketch.claims.claim_words import HASH_SHIFT, Words, stem_hash
from service.threads.parties import is_of

Figure = Any
"""One row of FIGURE, as compiled code sees it."""

BEFORE_WORDS: Final = 6
BEHIND_WORDS: Final = 4
"""Number of words in front of and behind a figure among which stands in which respect it is meant."""
BESIDE_WORDS: Final = 3
"""Number of words to either side of a figure among which stands how often it is counted, or that it is a part."""


def _table(lines: tuple[frozenset[str], ...]) -> tuple[Words, npt.NDArray[np.int64]]:
    """Return the stems of all lines, and the bit of each stem's line."""
    bit_of = {stem_hash(word): 1 << number for number, line in enumerate(lines) for word in line}
    return np.array(list(bit_of), np.uint32), np.array(list(bit_of.values()), np.int64)


_ASPECTS, _ASPECT_BITS = _table(english.ASPECTS)
_RATES, _RATE_BITS = _table(english.RATES)
_FATES, _FATE_BITS = _table(english.FATES)
_PARTS: Final = np.array(sorted({stem_hash(word) for word in english.PARTS}), np.uint32)
_MORE: Final = stem_hash(english.MORE)
_THAN: Final = stem_hash(english.THAN)
_RATES_SHIFT: Final = len(english.ASPECTS)
_EVERYWHERE: Final = np.array(sorted({stem_hash(word) for word in english.EVERYWHERE}), np.uint32)
_HARM: Final = (1 << english.HARM_LINES) - 1


@borrowing
def _bits(words: Words, start: int, end: int, stems: Words, bits: npt.NDArray[np.int64]) -> int:
    """Return the bits of the words between two places, of which either may lie outside."""
    found = 0
    for at in range(max(0, start), min(words.size, end)):
        for n in range(stems.size):
            if stems[n] == words[at] >> HASH_SHIFT:
                found |= bits[n]
    return found


@borrowing
def _counts_part(words: Words, f: Figure) -> bool:
    """Tell whether a figure counts a part, or what is added: "including 12", "12 more", "12 other voters"."""
    start, end = f.start, f.start + f.length
    for at in range(max(0, start - 2), min(words.size, end + 1)):
        if at < end and is_of(words[at], _PARTS):
            return True
        is_more = at >= start and words[at] >> HASH_SHIFT == _MORE
        if is_more and not (at + 1 < words.size and words[at + 1] >> HASH_SHIFT == _THAN):
            return True
    return False


@borrowing
def fates_of(words: Words, f: Figure) -> int:
    """Return, as bits, what is said to become of what a figure counts."""
    if f.length == 0:
        return 0
    return _bits(words, f.start - BEFORE_WORDS, f.start + f.length + BEHIND_WORDS, _FATES, _FATE_BITS)


@borrowing
def harm_of(words: Words, f: Figure) -> int:
    """Return, as bits, which harm is said to be done to the people whom a figure counts."""
    return fates_of(words, f) & _HARM


@borrowing
def _strict(words: Words, f: Figure) -> int:
    if f.length == 0:
        return 0
    end = f.start + f.length
    found = _bits(words, f.start - BEFORE_WORDS, end + BEHIND_WORDS, _ASPECTS, _ASPECT_BITS)
    rates = _bits(words, f.start - BESIDE_WORDS, end + BESIDE_WORDS, _RATES, _RATE_BITS)
    return found | rates << _RATES_SHIFT


@borrowing
def are_of_one_aspect(a: Words, b: Words, f: Figure, g: Figure) -> bool:
    """Tell whether two figures can be meant in one respect."""
    strict_a, strict_b = _strict(a, f), _strict(b, g)
    if (strict_a | strict_b) != 0 and strict_a & strict_b == 0:
        return False
    fates_a, fates_b = fates_of(a, f), fates_of(b, g)
    if (fates_a | fates_b) & _HARM != 0 and fates_a & fates_b & _HARM == 0:
        return False
    if fates_a != 0 and fates_b != 0 and fates_a & fates_b == 0:
        return False
    return _counts_part(a, f) == _counts_part(b, g)


@borrowing
def _says_everywhere(words: Words) -> bool:
    found = False
    for word in words:
        found |= is_of(word, _EVERYWHERE)
    return found


@borrowing
def are_of_all_places(a: Words, b: Words) -> bool:
    """Tell whether both sentences count in all places: "worldwide", "around the globe"."""
    return _says_everywhere(a) and _says_everywhere(b)
