"""Text -> word hashes -> shingle hashes: the arithmetic that must never change within an algorithm version.

All hashes are unsigned 64-bit integers, all sums and products are taken modulo 2^64. Constants come from
splitmix64 (https://prng.di.unimi.it/splitmix64.c), so that no library's random generator is part of the format.
"""

from __future__ import annotations

import sys
import unicodedata
from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import compiled

Hashes = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]
CodePoints = npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
Classes = npt.NDArray[np.uint32]

SHINGLE_WORDS: Final = 4
"""Number of consecutive words in a shingle. At 3, a quarter of the shingles are too frequent to tell stories apart."""

GRAM_CHARS: Final = 5
"""Number of characters in a token of Chinese or Japanese: four tokens then span 8 characters, about 5 words."""
LONG_GRAM_CHARS: Final = 9
"""Number of characters in a token of Thai, Lao, Khmer and Burmese, whose words have twice as many letters."""

SEPARATOR: Final = 0
SKIPPED: Final = 0xFFFFFFFF
"""Class of characters that vanish from inside a word: soft hyphen, joiners, byte order mark."""
GRAM_FLAG: Final = 0x40000000
LONG_GRAM_FLAG: Final = 0x80000000

_ORDER: Final = "le" if sys.byteorder == "little" else "be"
_MASK: Final = (1 << 64) - 1
_INVISIBLE: Final = (0x00AD, 0x200C, 0x200D, 0x2060, 0xFEFF)
_UNSPACED: Final = (
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),  # iteration mark, closing mark, zero
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),  # Katakana extensions
    (0x3400, 0x4DBF),  # Han extension A
    (0x4E00, 0x9FFF),  # Han
    (0xF900, 0xFAFF),  # Han, compatibility
    (0xFF66, 0xFF9F),  # halfwidth Katakana
)
_UNSPACED_LONG: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
)


_VOWEL_SIGNS: Final = (
    (0x0591, 0x05C7),  # Hebrew points and accents
    (0x0610, 0x061A),  # Arabic signs
    (0x064B, 0x065F),  # Arabic vowels
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),  # Koranic marks
)
"""Ranges whose marks are written in some editions of a text only."""
_TATWEEL: Final = 0x0640
_SPELT_AS: Final = {
    "ı": "i",  # capitals of Turkish are told from those of other languages by nothing
    "ё": "е",
    "ς": "σ",
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىی", "ي"),
    "ک": "ك",
    "ة": "ه",
}
"""Letters that careful and quick spellings of the same word differ in."""
_GREEK: Final = ((0x0370, 0x03FF), (0x1F00, 0x1FFF))  # capitals have no accents


def splitmix64(index: int) -> int:
    """Number `index` of the splitmix64 sequence with seed 0.

    >>> hex(splitmix64(1))
    '0xe220a8397b1dcdaf'
    """
    z = (index * 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


SHINGLE_MULTIPLIERS: Final = np.array([splitmix64(1 + j) | 1 for j in range(SHINGLE_WORDS)], np.uint64)
_STEP: Final = np.uint64(splitmix64(101) | 1)
_FEW: Final = np.uint64(splitmix64(102))


def _class_of(point: int) -> int:
    char = chr(point)
    category = unicodedata.category(char)
    if point in _INVISIBLE:
        return SKIPPED
    if category[0] not in "LNM":
        return SEPARATOR
    if point == _TATWEEL or (category == "Mn" and _is_among(point, _VOWEL_SIGNS)):
        return SKIPPED
    folded = ord(_spelling(char.lower()[0]))
    if _is_among(point, _UNSPACED):
        return folded | GRAM_FLAG
    if _is_among(point, _UNSPACED_LONG):
        return folded | LONG_GRAM_FLAG
    return folded


def _spelling(letter: str) -> str:
    """Return the letter or digit that stands for a small letter and for what is written in its place."""
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    if _is_among(ord(letter), _GREEK):
        letter = unicodedata.normalize("NFD", letter)[0]
    return _SPELT_AS.get(letter, letter)


def _is_among(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= point <= high for low, high in ranges)


def _character_classes() -> Classes:
    return np.array([_class_of(point) for point in range(0x10000)], np.uint32)


CHARACTER_CLASSES: Final = _character_classes()
"""For each code point of the basic plane: separator, skipped, or the small letter it is spelt as, with its flags."""


def code_points(text: str) -> CodePoints:
    """Return the code points of a text, in 16 bits if they fit. Lone surrogates stay, and count as separators."""
    narrow = np.frombuffer(text.encode(f"utf-16-{_ORDER}", "surrogatepass"), np.uint16)
    if narrow.size == len(text):
        return narrow
    return np.frombuffer(text.encode(f"utf-32-{_ORDER}", "surrogatepass"), np.uint32)


@compiled
def mix(x: np.uint64) -> np.uint64:
    """Mix the bits of x with the finaliser of splitmix64: every bit of the result depends on every bit of x."""
    x ^= x >> np.uint64(30)
    x *= np.uint64(0xBF58476D1CE4E5B9)
    x ^= x >> np.uint64(27)
    x *= np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@compiled
def _astral_class(point: np.uint32) -> np.uint32:
    """Classify a code point beyond the basic plane: ideograph, separator, or letter of a rare script."""
    if 0x20000 <= point < 0x40000:
        return np.uint32(point | GRAM_FLAG)
    if 0x1D000 <= point < 0x20000 or point >= 0xE0000:
        return np.uint32(SEPARATOR)
    return point


@compiled
def _gram(ring: Classes, seen: int, width: int) -> np.uint64:
    """Hash the last `width` unspaced characters, fewer at the start of a text."""
    h = np.uint64(0)
    for back in range(min(seen, width)):
        h = (h ^ np.uint64(ring[(seen - 1 - back) & 15])) * _STEP
    return mix(h)


@compiled
def token_hashes(points: CodePoints, classes: Classes, tokens: Hashes, words: Hashes) -> int:
    """Fill in `tokens` (what shingles are made of) and `words` (what single words are told by); returns how many.

    A word is a run of letters, digits and marks, folded to lower case; both its hashes are the same. A character
    of a script without spaces is a token of its own: the hash of the few characters that end with it, and its
    word is the pair that ends with it. Both outputs must hold one entry per code point.
    """
    ring = np.zeros(16, np.uint32)
    seen = 0
    count = 0
    h = np.uint64(0)
    inside = False
    for point in points:
        kind = classes[point] if point < 0x10000 else _astral_class(point)
        if kind == SKIPPED:
            continue
        unspaced = kind & np.uint32(GRAM_FLAG | LONG_GRAM_FLAG)
        if kind != SEPARATOR and unspaced == 0:
            h = (h ^ np.uint64(kind)) * _STEP
            inside = True
            continue
        if inside:
            tokens[count] = words[count] = mix(h)
            count += 1
            h = np.uint64(0)
            inside = False
        if unspaced:
            ring[seen & 15] = kind
            seen += 1
            tokens[count] = _gram(ring, seen, LONG_GRAM_CHARS if unspaced == LONG_GRAM_FLAG else GRAM_CHARS)
            words[count] = _gram(ring, seen, 2)
            count += 1
    if inside:
        tokens[count] = words[count] = mix(h)
        count += 1
    return count


@compiled
def token_spans(
    points: CodePoints, classes: Classes, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> int:
    """Fill in where the tokens of `token_hashes` are, in code points, ends exclusive; return their number."""
    count = 0
    inside = False
    for i in range(points.size):
        kind = classes[points[i]] if points[i] < 0x10000 else _astral_class(points[i])
        if kind == SKIPPED:
            continue
        unspaced = kind & np.uint32(GRAM_FLAG | LONG_GRAM_FLAG)
        if inside and (kind == SEPARATOR or unspaced != 0):
            count += 1
            inside = False
        if unspaced:
            starts[count], ends[count] = i, i + 1
            count += 1
        elif kind != SEPARATOR:
            if not inside:
                starts[count] = i
            ends[count] = i + 1
            inside = True
    return count + int(inside)


@compiled
def shingle_hashes(tokens: Hashes, multipliers: Hashes) -> Hashes:
    """Hash every run of four tokens, in the order of the text; fewer than four tokens give one hash of all,
    whatever their order; of none an empty array."""
    width = multipliers.size
    if tokens.size == 0:
        return np.empty(0, np.uint64)
    if tokens.size < width:
        whole = _FEW
        for token in tokens:
            whole += mix(token)
        return np.array([mix(whole)], np.uint64)
    out = np.empty(tokens.size - width + 1, np.uint64)
    for i in range(out.size):
        h = np.uint64(0)
        for j in range(width):
            h += tokens[i + j] * multipliers[j]
        out[i] = mix(h)
    return out
