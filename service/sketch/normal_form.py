"""The coarse normal form of a text, and its hash: what stands for "the same words in the same order"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.sketch.sieve import Bytes
from service.sketch.unicode_guard import (
    DISTINCT_MAX,
    cap_non_starters,
    distinct_beyond_ascii,
    non_starters,
    normalise,
)

LONG_EXPANSION_CHARS = 4
"""Maximum number of characters that NFKC may turn one character into (U+FDFA: 18); others count as separators."""

_REPLACEMENTS_MAX = 80
_PIECES_MAX = 300
"""Maximum number of characters normalised one by one: `normalize` takes 150 ms for 330,000 that become four each."""
_WORD = re.compile(r"[^\W_]+")

_ALONE = re.compile(
    "[\x80-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u20cf\u2100-\u2cee\u3000-\u3029\u3030-\u3098\u309b-\u3130"
    "\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff9d]*"
)
"""Characters that never combine with the one before them: Latin, Greek, Cyrillic, CJK, punctuation, symbols."""

_TABLE_END = 0x3000
_NOT_HERE = 0xFFFF
_BLANK = 0
Table = npt.NDArray[np.uint16]
Points = npt.NDArray[np.uint32]
LETTERS_END = 0x40000
"""First code point above all letters and digits (tested against unicodedata)."""


def normal_form(text: str) -> str:
    """Return the words of a text: guarded, NFKC, lower-case, letters and digits only, one blank between words.

    >>> normal_form("“Well…”, said  Ms. ﬁn-de-siècle.")
    'well said ms fin de siècle'
    """
    return normal_bytes(text).decode("utf-8", "replace")


def normal_bytes(text: str) -> bytes:
    """Return the normal form in UTF-8, in time linear in the length of any text."""
    return normal_bytes_of(text.encode("utf-8", "surrogatepass"))


def normal_bytes_of(encoded: bytes) -> bytes:
    """Return `normal_bytes` of a text that is in UTF-8 already (lone surrogates too)."""
    normal = np.empty(3 * len(encoded), np.uint8)  # two bytes may become two characters of up to three
    size = _fold(np.frombuffer(encoded, np.uint8), *_folded_table(), normal)
    if size >= 0:
        return normal[:size].tobytes()
    text = encoded.decode("utf-8", "surrogatepass")
    beyond = distinct_beyond_ascii(encoded)
    if len(beyond) > DISTINCT_MAX or _ALONE.fullmatch("".join(beyond)) is None:
        return _whole(text, beyond)
    return _one_by_one(text, beyond)


@cache
def _folded_table() -> tuple[Table, Table]:
    """Tabulate what each of the first characters becomes: up to two characters, _BLANK, or _NOT_HERE for more."""
    first, second = np.full(_TABLE_END, _NOT_HERE, np.uint16), np.zeros(_TABLE_END, np.uint16)
    for point in range(_TABLE_END):
        char = chr(point)
        if point >= 0x80 and _ALONE.fullmatch(char) is None:
            continue
        folded = _folded(char) if point >= 0x80 or char.isalnum() else " "
        if folded.isspace():
            first[point] = _BLANK
        elif len(folded) <= 2 and folded.isalnum() and max(folded) < "\uffff":
            first[point] = ord(folded[0])
            second[point] = ord(folded[1:] or "\0")
    return first, second


@compiled
def _fold(encoded: Bytes, first: Table, second: Table, out: Bytes) -> int:
    """Write the normal form to `out` and return its size; -1 where a character is not in the tables."""
    size, at = 0, 0
    is_open = False  # a word is
    while at < encoded.size:
        point = int(encoded[at])
        if point < 0x80:
            at += 1
        elif point < 0xE0:
            point = (point & 0x1F) << 6 | encoded[at + 1] & 0x3F
            at += 2
        elif point < 0xF0:
            point = (point & 0x0F) << 12 | (encoded[at + 1] & 0x3F) << 6 | encoded[at + 2] & 0x3F
            at += 3
        else:
            return -1
        if point >= first.size or first[point] == _NOT_HERE:
            return -1
        if first[point] == _BLANK:
            is_open = False
            continue
        if not is_open and size:
            out[size] = 0x20
            size += 1
        is_open = True
        size = _put(int(first[point]), out, size)
        if second[point]:
            size = _put(int(second[point]), out, size)
    return size


@compiled
def _put(point: int, out: Bytes, size: int) -> int:
    """Append a code point of the basic plane in UTF-8; returns the new size."""
    if point < 0x80:
        out[size] = point
        return size + 1
    if point < 0x800:
        out[size] = 0xC0 | point >> 6
    else:
        out[size] = 0xE0 | point >> 12
        size += 1
        out[size] = 0x80 | point >> 6 & 0x3F
    out[size + 1] = 0x80 | point & 0x3F
    return size + 2


@lru_cache(maxsize=65_536)
def _folded(char: str) -> str:
    """Return what replaces one character: its letters and digits, a blank for anything else."""
    compatible = unicodedata.normalize("NFKC", char)
    if len(compatible) > LONG_EXPANSION_CHARS:
        return " "
    return "".join(part if part.isalnum() else " " for part in _one_i(compatible.casefold()))


def _one_i(folded: str) -> str:
    """Return a text in small letters with the forms of i as one: Turkish capitals are told by nothing."""
    return folded.replace("i\u0307", "i").replace("ı", "i")


@cache
def _growing() -> frozenset[str]:
    planes = map(chr, range(0x80, 0x20000))
    return frozenset(
        char for char in planes if len(unicodedata.normalize("NFKC", char)) > LONG_EXPANSION_CHARS
    )


def _one_by_one(text: str, beyond: frozenset[str]) -> bytes:
    """Fold a text with many letters beyond ASCII: only letters that change are replaced."""
    changed = {char: folded for char in beyond if (folded := _folded(char)) != char}
    if len(changed) > _REPLACEMENTS_MAX:
        return _whole(text, beyond)
    for char, folded in changed.items():
        text = text.replace(char, folded)
    return _spelt(text.casefold())


def _whole(text: str, beyond: frozenset[str]) -> bytes:
    """Fold a text whose characters combine: slower, still linear."""
    many = len(beyond) > DISTINCT_MAX
    for char in _growing() if many else beyond & _growing():
        text = text.replace(char, " ")
    if many or not beyond.isdisjoint(non_starters()):
        text = cap_non_starters(text)
    if len(beyond) <= _PIECES_MAX:
        for char in beyond:
            text = text.replace(char, unicodedata.normalize("NFKC", char))
    return _spelt(_one_i(normalise("NFKC", text).casefold()))


def _spelt(folded: str) -> bytes:
    """Return the words of a text that is folded already."""
    points = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32)
    words = np.empty(5 * len(points), np.uint8)
    return words[: _spell(points, _in_words(), words)].tobytes()


@cache
def _in_words() -> npt.NDArray[np.bool_]:
    """Tabulate whether each code point is a letter or a digit; none is from LETTERS_END on."""
    table = np.zeros(LETTERS_END, np.bool_)
    for run in _WORD.finditer("".join(map(chr, range(LETTERS_END)))):
        table[slice(*run.span())] = True
    return table


@compiled
def _spell(points: Points, in_words: npt.NDArray[np.bool_], out: Bytes) -> int:
    """Write the words to `out` in UTF-8, a blank between two, and return its size."""
    size = 0
    is_open = False  # a word is
    for point in points:
        if point >= len(in_words) or not in_words[point]:
            is_open = False
            continue
        if not is_open and size:
            out[size] = 0x20
            size += 1
        is_open = True
        if point < 0x10000:
            size = _put(int(point), out, size)
        else:
            out[size] = 0xF0 | point >> 18
            out[size + 1] = 0x80 | point >> 12 & 0x3F
            out[size + 2] = 0x80 | point >> 6 & 0x3F
            out[size + 3] = 0x80 | point & 0x3F
            size += 4
    return size


def content_hash(text: str) -> str:
    """Return 32 hex digits (BLAKE2b-128) of the normal form: equal for the same words in the same order."""
    return hash_of(normal_bytes(text))


def hash_of(normal: bytes) -> str:
    """Return 32 hex digits (BLAKE2b-128) of a normal form."""
    return blake2b(normal, digest_size=16).hexdigest()
