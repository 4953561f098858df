"""The compiled pass over code points behind `Tokens`: where tokens start and end, and which listed word each is.

Words are found by a 64-bit FNV-1a hash of their lower-case letters in an open-addressing table; two words with one
hash would be taken for the same (one chance in 10^16 for a text). http://www.isthe.com/chongo/tech/comp/fnv/
"""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing
from service.enrich.lexer.codes import CODES, ENDS_IN_ED, ENDS_IN_S, LAST_TRIGGER, NUMBER

GAP_NONE, GAP_SPACE, GAP_LINE = 0, 1, 2
"""What stands before a token: nothing, white space, a line end (or the start of the text)."""
LOWER, TITLE, UPPER, SYMBOL = 0, 1, 2, 3
"""The case of a word; TITLE is any word with some capitals."""
PADDING = 24
"""Empty tokens behind the last one, so that a grammar may look ahead, or one step back, without asking."""
PLAIN, GROUPED, DECIMAL, MALFORMED = 0, 1, 2, 3
"""The shape of a number: digits only, with commas, with decimals, or none (1.2.3, too long)."""
NUMBER_CHARS_MAX = 40
"""Maximum characters of a number; a longer run of digits is an identifier, which gets no value."""

_SPACE, _NEWLINE, _LETTER, _DIGIT, _OTHER = 0, 1, 2, 3, 4
_KNOWN_POINTS = 0x3000  # beyond lie ideographs: letters
_SLOTS = 4096  # of the word table: about a third are used, so a look-up takes one or two steps
_OFFSET, _PRIME = 0xCBF29CE484222325, 0x100000001B3
_GROUPS_MAX = 6  # groups of two digits, as in 12,34,56,789: a bound for looking ahead
_COMMA, _DOT, _COLON, _SLASH, _HASH, _AT = (ord(char) for char in ",.:/#@")
_QUOTE, _APOSTROPHE = ord("'"), ord("’")
_A, _Z, _A_GRAVE, _THORN, _TO_LOWER = ord("A"), ord("Z"), 0xC0, 0xDE, 32
_SMALL_D, _SMALL_E, _SMALL_I, _SMALL_S, _SMALL_U = (ord(char) for char in "deisu")
_FRACTION_CHARS = "½¼¾⅓⅔⅕⅛⅜⅝⅞²³¹ªº"


def _classes() -> npt.NDArray[np.uint8]:
    row = np.empty(_KNOWN_POINTS, dtype=np.uint8)
    for point in range(_KNOWN_POINTS):
        char = chr(point)
        category = unicodedata.category(char)
        if char in "\n\r\v\f\x85\u2028\u2029":
            row[point] = _NEWLINE
        elif char.isspace() or category in ("Cf", "Cc"):
            row[point] = _SPACE
        elif "0" <= char <= "9":
            row[point] = _DIGIT
        elif category[0] in "LMN" and char not in _FRACTION_CHARS:
            row[point] = _LETTER
        else:
            row[point] = _OTHER
    return row


def fnv1a(word: str) -> int:
    """Hash the code points of a word (64-bit FNV-1a)."""
    value = _OFFSET
    for char in word:
        value = ((value ^ ord(char)) * _PRIME) & 0xFFFFFFFFFFFFFFFF
    return value


def _word_table() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int16]]:
    keys = np.zeros(_SLOTS, dtype=np.uint64)
    codes = np.zeros(_SLOTS, dtype=np.int16)
    for word, code in CODES.items():
        key = fnv1a(word)
        slot = key % _SLOTS
        while codes[slot]:
            slot = (slot + 1) % _SLOTS
        keys[slot], codes[slot] = key, code
    return keys, codes


_CLASSES = _classes()
_KEYS, _CODES = _word_table()
_FIXED = np.array([LAST_TRIGGER, CODES[ENDS_IN_ED], CODES[ENDS_IN_S]], dtype=np.int64)
"""Codes that change with the vocabulary. An argument, because compiled code keeps the globals it was built with, and
its cache is renewed only when this file changes."""
_WWW = np.uint64(fnv1a("www"))


@borrowing
def _kind(point: int, classes: Any) -> int:
    """Look up the class of a code point."""
    if point < _KNOWN_POINTS:
        return int(classes[point])
    return _SPACE if point == _KNOWN_POINTS else _LETTER  # U+3000 is the ideographic space


@borrowing
def _digits(points: Any, j: int, n: int, classes: Any) -> int:
    """Count the digits from `j` on, up to four."""
    count = 0
    while count < 4 and j + count < n and _kind(points[j + count], classes) == _DIGIT:
        count += 1
    return count


@borrowing
def _groups_end(points: Any, j: int, lead: int, n: int, classes: Any) -> int:
    """Return the end of "1,234,567", "1'234'567" or "12,34,567" whose first group ends at `j`; `j` without one."""
    if lead > 3 or j == n:
        return j
    k = j
    mark = points[j]
    if mark in (_COMMA, _QUOTE, _APOSTROPHE):
        while k < n and points[k] == mark and _digits(points, k + 1, n, classes) == 3:
            k += 4
    if k > j or lead > 2:
        return k
    groups = 0
    while groups < _GROUPS_MAX and k < n and points[k] == _COMMA and _digits(points, k + 1, n, classes) == 2:
        k += 3
        groups += 1
    if groups and k < n and points[k] == _COMMA and _digits(points, k + 1, n, classes) == 3:
        return k + 4
    return j


@borrowing
def _number_end(points: Any, i: int, n: int, classes: Any) -> tuple[int, int]:
    """End and shape of the number whose first digit is at `i`."""
    j = i
    while j < n and _kind(points[j], classes) == _DIGIT:
        j += 1
    k = _groups_end(points, j, j - i, n, classes)
    shape = GROUPED if k > j else PLAIN
    dots = 0
    while k + 1 < n and points[k] == _DOT and _kind(points[k + 1], classes) == _DIGIT:
        k += 1
        dots += 1
        while k < n and _kind(points[k], classes) == _DIGIT:
            k += 1
    if dots == 1:
        shape = DECIMAL
    if dots > 1 or k - i > NUMBER_CHARS_MAX:
        shape = MALFORMED
    return k, shape


@borrowing
def _ending(points: Any, start: int, end: int, mark: int, fixed: Any) -> int:
    """Return the code of an unlisted word by its ending: a verb in -ed, a plural in -s; 0 for any other."""
    last = points[end - 1]
    before = points[end - 2]
    if last == _SMALL_D and before == _SMALL_E and mark == LOWER:
        return int(fixed[1])
    if (
        last == _SMALL_S
        and end - start > 3
        and before != _SMALL_S
        and before != _SMALL_U
        and before != _SMALL_I
    ):
        return int(fixed[2])
    return 0


@borrowing
def _scan(
    points: Any,
    classes: Any,
    keys: Any,
    listed: Any,
    www: Any,
    fixed: Any,
    places: Any,
    codes: Any,
    marks: Any,
    hits: Any,
) -> tuple[int, int]:
    """Fill `places` (start, end), `codes`, `marks` (case, gap) and `hits`; return how many tokens and hits."""
    n = points.shape[0]
    count = 0
    found = 0
    gap = GAP_LINE
    i = 0
    while i < n:
        point = points[i]
        kind = _kind(point, classes)
        if kind <= _NEWLINE:
            if kind == _NEWLINE:
                gap = GAP_LINE
            elif gap == GAP_NONE:
                gap = GAP_SPACE
            i += 1
            continue
        start = i
        code = 0
        mark = SYMBOL
        step_over = False
        if kind == _DIGIT:
            i, mark = _number_end(points, i, n, classes)
            code = NUMBER
        else:
            value = np.uint64(_OFFSET)
            if kind == _LETTER:
                capitals = 0
                while kind == _LETTER:
                    if _A <= point <= _Z:
                        capitals += 1
                        point += _TO_LOWER
                    elif _A_GRAVE <= point <= _THORN:
                        capitals += 1
                    value = (value ^ np.uint64(point)) * np.uint64(_PRIME)
                    i += 1
                    if i == n:
                        break
                    point = points[i]
                    kind = _kind(point, classes)
                mark = LOWER
                if capitals:
                    mark = UPPER if capitals == i - start and capitals > 1 else TITLE
                step_over = value == www and i < n and point == _DOT
            else:
                i += 1
                value = (value ^ np.uint64(point)) * np.uint64(_PRIME)
                if i < n:
                    if point == _COLON:
                        step_over = i + 1 < n and points[i] == _SLASH and points[i + 1] == _SLASH
                    elif point in (_HASH, _AT):
                        step_over = _LETTER <= _kind(points[i], classes) <= _DIGIT
            slot = np.int64(value & np.uint64(_SLOTS - 1))
            while listed[slot] != 0:
                if keys[slot] == value:
                    code = listed[slot]
                    break
                slot = (slot + 1) & (_SLOTS - 1)
            if code == 0 and i - start > 2 and mark != SYMBOL:
                code = _ending(points, start, i, mark, fixed)
        if step_over:
            while i < n and _kind(points[i], classes) > _NEWLINE:
                i += 1
            code = 0
        places[0, count] = start
        places[1, count] = i
        codes[count] = code
        marks[0, count] = mark
        marks[1, count] = gap
        if 0 < code <= fixed[0]:
            hits[found] = count
            found += 1
        count += 1
        gap = GAP_NONE
    for k in range(count, count + PADDING):
        places[0, k] = n
        places[1, k] = n
        codes[k] = 0
        marks[0, k] = LOWER
        marks[1, k] = GAP_LINE
    return count, found


def scan(
    points: npt.NDArray[np.uint32],
    places: npt.NDArray[np.int32],
    codes: npt.NDArray[np.int32],
    marks: npt.NDArray[np.uint8],
    hits: npt.NDArray[np.int32],
) -> tuple[int, int]:
    """Tokenise `points` into the arrays, which are `PADDING` longer than the text; tokens and hits found."""
    return _scan(points, _CLASSES, _KEYS, _CODES, _WWW, _FIXED, places, codes, marks, hits)
