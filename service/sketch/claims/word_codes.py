"""Code points -> words and their codes, in one compiled pass. What a code is: service/sketch/claims/word_flags.py.

A word is a run of letters and digits, with decimals and groups behind it ("3.5", "12,500") and a possessive ("Lund's").
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.languages.en import threading as english
from service.sketch.claims.word_flags import CONTENT, HASH_SHIFT, NAME, NUMBER, Words

Points = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

STEM_CHARS_MIN: Final = 4
STEM_CHARS_MAX: Final = 7
GROUPS_MAX: Final = 6
GROUP_DIGITS_MAX: Final = 9
"""Maximum number of groups or decimals behind a word, and of digits of each."""

_WORD, _DIGIT = 1, 2
"""Flags of a character: letter or digit, decimal digit."""
_CHARACTERS: Final = 0x110000
_ASCII_END: Final = 0x80
_DOT, _COMMA, _UNDERSCORE, _STRAIGHT, _CURLED = map(ord, ".,_'’")
_A, _Z, _S, _ZERO, _NINE, _TO_LOWER = 0x41, 0x5A, 0x73, 0x30, 0x39, 0x20
_ALL_BITS: Final = 0xFFFFFFFF
_STOP_SLOTS: Final = 2_048
"""Number of slots of the table of stop words; a sixth are used."""


class Tables(NamedTuple):
    """What the pass looks up."""

    kinds: Bytes  # flags of every character
    crc: Words  # what CRC-32 adds for a byte
    endings: Bytes  # [endings, characters], from the last character of an ending to its first, then 0
    stops: Words  # CRC-32 of the stop words, 0 = free


@cache
def tables() -> Tables:
    """Make the tables once in a process."""
    characters = np.arange(_CHARACTERS, dtype=np.uint32).view("U1")
    kinds = np.char.isalnum(characters) * np.uint8(_WORD) | np.char.isdecimal(characters) * np.uint8(_DIGIT)
    crc = [zlib.crc32(bytes([byte]), _ALL_BITS) ^ _ALL_BITS for byte in range(256)]
    width = max(map(len, english.ENDINGS)) + 1
    endings = [list(ending[::-1].encode().ljust(width, b"\0")) for ending in english.ENDINGS]
    stops = np.zeros(_STOP_SLOTS, np.uint32)
    for word in sorted(english.STOP):
        hashed = zlib.crc32(word.encode())
        slot = hashed % _STOP_SLOTS
        while stops[slot]:
            slot = (slot + 1) % _STOP_SLOTS
        stops[slot] = hashed
    return Tables(kinds, np.array(crc, np.uint32), np.array(endings, np.uint8), stops)


@compiled
def read(
    points: Points, kinds: Bytes, crc: Words, endings: Bytes, stops: Words
) -> tuple[Words, Places, Places]:
    """Find the words: their codes, and the place where each begins.

    The code of a word with a letter or digit beyond ASCII is left to the caller: rows of its number, start and end.
    """
    codes, starts = np.empty(len(points), np.uint32), np.empty(len(points), np.int32)
    others = np.empty((len(points), 3), np.int32)
    count, left, at = 0, 0, 0
    while at < len(points):
        if not kinds[points[at]] & _WORD:
            at += 1
            continue
        start = at
        at = _word_end(points, kinds, start)
        word_end = at
        if _is_possessive(points, kinds, at):
            at += 2
        starts[count] = start
        plain = True
        for place in range(start, word_end):
            plain &= points[place] < _ASCII_END
        if plain:
            codes[count] = _code(points, start, word_end, at, crc, endings, stops)
        else:
            others[left, 0], others[left, 1], others[left, 2] = count, start, at
            left += 1
        count += 1
    return codes[:count].copy(), starts[:count].copy(), others[:left].copy()


@borrowing
def _word_end(points: Points, kinds: Bytes, start: int) -> int:
    """Find where the word ends that begins at `start`, its decimals and groups with it."""
    at, last = start, len(points)
    while at < last and kinds[points[at]] & _WORD:
        at += 1
    for _ in range(GROUPS_MAX):
        if at + 1 >= last or (points[at] != _DOT and points[at] != _COMMA):
            break
        if not kinds[points[at + 1]] & _DIGIT:
            break
        at += 1
        limit = min(last, at + GROUP_DIGITS_MAX)
        while at < limit and kinds[points[at]] & _DIGIT:
            at += 1
    return at


@borrowing
def _is_possessive(points: Points, kinds: Bytes, at: int) -> bool:
    """Tell whether `'s` stands at a place, and ends there."""
    if at + 1 >= len(points) or (points[at] != _STRAIGHT and points[at] != _CURLED) or points[at + 1] != _S:
        return False
    return at + 2 >= len(points) or not (kinds[points[at + 2]] & _WORD or points[at + 2] == _UNDERSCORE)


@borrowing
def _lower(point: int) -> int:
    return point | _TO_LOWER if _A <= point <= _Z else point


@borrowing
def _crc(points: Points, start: int, end: int, crc: Words, value: np.uint32) -> np.uint32:
    """Continue the CRC-32 of a word of ASCII in lower case, all bits turned."""
    for place in range(start, end):
        value = crc[(value ^ np.uint32(_lower(points[place]))) & np.uint32(0xFF)] ^ (value >> np.uint32(8))
    return value


@borrowing
def _stem_end(points: Points, start: int, end: int, endings: Bytes) -> int:
    """Find where the stem of a word of ASCII ends."""
    if end - start <= STEM_CHARS_MIN:
        return end
    for k in range(len(endings)):
        length = 0
        while endings[k, length]:
            place = end - 1 - length
            if place < start or _lower(points[place]) != endings[k, length]:
                break
            length += 1
        if not endings[k, length] and end - length - start >= STEM_CHARS_MIN:
            return min(end - length, start + STEM_CHARS_MAX)
    return min(end, start + STEM_CHARS_MAX)


@borrowing
def _code(
    points: Points, start: int, word_end: int, end: int, crc: Words, endings: Bytes, stops: Words
) -> int:
    """Return the code of a word of ASCII: points[start:word_end], up to `end` with its possessive."""
    is_number = _ZERO <= points[start] <= _NINE
    is_name = _A <= points[start] <= _Z and end - start > 1
    stem_end = word_end if is_number else _stem_end(points, start, word_end, endings)
    stem = _crc(points, start, stem_end, crc, np.uint32(_ALL_BITS))
    whole = _crc(points, stem_end, word_end, crc, stem) ^ np.uint32(_ALL_BITS)
    stem ^= np.uint32(_ALL_BITS)
    slot = whole % _STOP_SLOTS
    while stops[slot] != 0 and stops[slot] != whole:
        slot = (slot + 1) % _STOP_SLOTS
    tells = stops[slot] == 0 and (word_end - start > 1 or is_number)
    flags = is_number * NUMBER | is_name * NAME | tells * CONTENT
    return (int(stem) >> HASH_SHIFT << HASH_SHIFT) | int(flags)
