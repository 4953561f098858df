"""Code points -> words and their codes, in one compiled pass. What a code is: service/sketch/claims/word_flags.py.

A word is a run of letters and digits, with decimals and groups behind it ("3.5", "12,500") and a possessive ("Lund's").
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.languages.en import threading as english
from service.sketch.claims.word_flags import CONTENT, HASH_SHIFT, NAME, NUMBER, Words

Points = npt.NDArray[np.uint32]
Starts = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.uint8]

STEM_CHARS_MIN: Final = 4
STEM_CHARS_MAX: Final = 7
GROUPS_MAX: Final = 6
GROUP_DIGITS_MAX: Final = 9
"""Maximum number of groups or decimals behind a word, and of digits of each."""

WORD, _DIGIT = 1, 2
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
    endings: Bytes  # [endings, characters], by last character; from the last character to the first, then 0
    ending_in: (
        Bytes  # [character of ASCII, 2]: the first of the endings with this last character, one behind them
    )
    stops: Words  # CRC-32 of the stop words, 0 = free


@cache
def tables() -> Tables:
    """Make the tables once in a process."""
    characters = np.arange(_CHARACTERS, dtype=np.uint32).view("U1")
    kinds = np.char.isalnum(characters) * np.uint8(WORD) | np.char.isdecimal(characters) * np.uint8(_DIGIT)
    crc = [zlib.crc32(bytes([byte]), _ALL_BITS) ^ _ALL_BITS for byte in range(256)]
    width = max(map(len, english.ENDINGS)) + 1
    ordered = sorted(english.ENDINGS, key=lambda ending: ending[-1])
    endings = [list(ending[::-1].encode().ljust(width, b"\0")) for ending in ordered]
    last = [ending[-1] for ending in ordered]
    ending_in = [
        (last.index(c), last.index(c) + last.count(c)) if c in last else (0, 0) for c in map(chr, range(128))
    ]
    stops = np.zeros(_STOP_SLOTS, np.uint32)
    for word in sorted(english.STOP):
        hashed = zlib.crc32(word.encode())
        slot = hashed % _STOP_SLOTS
        while stops[slot]:
            slot = (slot + 1) % _STOP_SLOTS
        stops[slot] = hashed
    return Tables(
        kinds, np.array(crc, np.uint32), np.array(endings, np.uint8), np.array(ending_in, np.uint8), stops
    )


@compiled
def read(
    points: Points, kinds: Bytes, crc: Words, endings: Bytes, ending_in: Bytes, stops: Words
) -> tuple[Words, Starts, Starts]:
    """Find the words: their codes, and the place where each begins.

    The code of a word with a letter or digit beyond ASCII is left to the caller: rows of its number, start and end.
    """
    codes, starts = np.empty(len(points), np.uint32), np.empty(len(points), np.int32)
    others = np.empty((len(points), 3), np.int32)
    beginnings = np.zeros(STEM_CHARS_MAX + 1, np.uint32)  # CRC-32 of the first letters of a word, by how many
    count, left, at = 0, 0, 0
    while at < len(points):
        if not kinds[points[at]] & WORD:
            at += 1
            continue
        start, seen, crc_so_far = at, np.uint32(0), np.uint32(_ALL_BITS)
        while at < len(points) and kinds[points[at]] & WORD:
            point = points[at]
            seen |= point
            crc_so_far = _next(crc, crc_so_far, point)
            at += 1
            if at - start <= STEM_CHARS_MAX:
                beginnings[at - start] = crc_so_far
        behind = at
        at = _groups_end(points, kinds, at)
        word_end = at
        if _is_possessive(points, kinds, at):
            at += 2
        starts[count] = start
        for place in range(behind, word_end):
            seen |= points[place]
            crc_so_far = _next(crc, crc_so_far, points[place])
            if place + 1 - start <= STEM_CHARS_MAX:
                beginnings[place + 1 - start] = crc_so_far
        if seen < _ASCII_END:
            codes[count] = _code(
                points, start, word_end, at, crc_so_far, beginnings, endings, ending_in, stops
            )
        else:
            others[left, 0], others[left, 1], others[left, 2] = count, start, at
            left += 1
        count += 1
    return codes[:count].copy(), starts[:count].copy(), others[:left].copy()


@borrowing
def _groups_end(points: Points, kinds: Bytes, at: int) -> int:
    """Find where the decimals and groups end that stand behind the letters and digits up to a place."""
    last = len(points)
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
    return at + 2 >= len(points) or not (kinds[points[at + 2]] & WORD or points[at + 2] == _UNDERSCORE)


@borrowing
def _lower(point: int) -> int:
    return point | _TO_LOWER if _A <= point <= _Z else point


@borrowing
def _next(crc: Words, value: Any, point: Any) -> Any:
    """Continue the CRC-32 of a word of ASCII in lower case, all bits turned."""
    return crc[(value ^ np.uint32(_lower(point))) & np.uint32(0xFF)] ^ (value >> np.uint32(8))


@borrowing
def _stem_end(points: Points, start: int, end: int, endings: Bytes, ending_in: Bytes) -> int:
    """Find where the stem of a word of ASCII ends."""
    if end - start <= STEM_CHARS_MIN:
        return end
    last = _lower(points[end - 1])
    for k in range(ending_in[last, 0], ending_in[last, 1]):
        length = 1
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
    points: Points,
    start: int,
    word_end: int,
    end: int,
    whole: np.uint32,
    beginnings: Words,
    endings: Bytes,
    ending_in: Bytes,
    stops: Words,
) -> int:
    """Return the code of a word of ASCII: points[start:word_end], up to `end` with its possessive."""
    is_number = _ZERO <= points[start] <= _NINE
    is_name = _A <= points[start] <= _Z and end - start > 1
    stem_end = word_end if is_number else _stem_end(points, start, word_end, endings, ending_in)
    stem = whole if stem_end == word_end else beginnings[stem_end - start]
    stem, whole = stem ^ np.uint32(_ALL_BITS), whole ^ np.uint32(_ALL_BITS)
    slot = whole % _STOP_SLOTS
    while stops[slot] != 0 and stops[slot] != whole:
        slot = (slot + 1) % _STOP_SLOTS
    tells = stops[slot] == 0 and (word_end - start > 1 or is_number)
    flags = is_number * NUMBER | is_name * NAME | tells * CONTENT
    return (int(stem) >> HASH_SHIFT << HASH_SHIFT) | int(flags)
