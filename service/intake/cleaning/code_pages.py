"""Undo UTF-8 that was read in another code page ("Ð£" and "вЂ™" for letters and quotation marks), page by page."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

LETTERS_MIN: Final = 2
"""Minimum number of letters and signs that have to come out; one alone may be meant as it stands."""

GOOD_FOR_EACH_BAD: Final = 8
"""Minimum number of letters that come out for each piece that is no UTF-8: an editor's own quotation mark."""

_LEADS: Final = (*range(0xC2, 0xE0), *range(0xE1, 0xF0))
"""Bytes that begin a letter or a sign of two or three bytes in UTF-8."""

_IN_WORDS: Final = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f]")
_RARE: Final = frozenset("ùûåøæœÿþðŝĝĉĵŭďťũĩĭŏĕġķļņģ¤¦¨¬¯±¶¸¹")
"""What a wrong page puts into words: capital letters and signs behind small ones, and letters of few languages."""

_QUOTES: Final = frozenset("’”»“‘…–—‐·\xad\xa0")

_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")


class _Page(NamedTuple):
    name: str
    bytes_of: dict[str, int]
    trails: frozenset[str]


def _page(name: str) -> _Page:
    """Return a code page with the bytes it leaves open read as controls, as browsers read them."""
    bytes_of: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        try:
            bytes_of[bytes((byte,)).decode(name)] = byte
        except UnicodeDecodeError:
            bytes_of[chr(byte)] = byte
    for byte in range(0x80, 0xA0):
        bytes_of.setdefault(chr(byte), byte)
    return _Page(name, bytes_of, frozenset(char for char, byte in bytes_of.items() if byte < 0xC0))


_PAGES: Final = tuple(
    map(
        _page,
        "cp1252 cp1251 mac_roman cp437 cp850 cp1250 cp1254 iso8859_2 koi8_r cp1253 cp1256 cp1257".split(),
    )
)
"""Code pages of Windows, macOS, DOS and Unix in which news is stored; Latin-1 is read as Windows-1252."""

_PAGES_OF_LEAD: Final[dict[str, list[_Page]]] = {}
for _one in _PAGES:
    for _char, _byte in _one.bytes_of.items():
        if _byte in _LEADS:
            _PAGES_OF_LEAD.setdefault(_char, []).append(_one)

LEADS: Final = frozenset(_PAGES_OF_LEAD)
"""Characters with which misread UTF-8 may begin; most of them are letters of some language."""


def read_anew(text: str, beyond: frozenset[str]) -> str:
    """Return a text that was read in one of the pages as the UTF-8 it was, any other text as it is.

    `beyond` holds the characters of the text that are not ASCII. Nearly all of them have to be UTF-8 in one page:
    letters that only happen to stand side by side are not.
    """
    readings: dict[str, str] = {}
    for lead in sorted(beyond & LEADS):
        at = text.find(lead) + 1
        behind = text[at : at + 1]
        if behind <= "\x7f":
            continue
        for page in _PAGES_OF_LEAD[lead]:
            if behind in page.trails and page.name not in readings:
                readings[page.name] = _read_in(page, text)
    found = [reading for reading in readings.values() if reading]
    return min(found, key=_oddity) if found else text


def _oddity(text: str) -> int:
    """Return how often a reading has what a wrong page puts into words, or leaves: two pages may both give UTF-8."""
    odd = 0
    for match in _IN_WORDS.finditer(text):
        char, before = match.group(), text[match.start() - 1]
        odd += 4 * ((not char.isalnum() and char not in _QUOTES) or (char.isupper() and before.islower()))
    return odd + sum(map(text.count, _RARE))


def _read_in(page: _Page, text: str) -> str:
    """Return the text as it was before it was read in this page, "" where too little of it is UTF-8 there."""
    parts: list[str] = []
    good = bad = end = 0
    for match in _BEYOND_ASCII.finditer(text):
        read = _utf8(page, match.group())
        good += len(read)
        bad += not read
        if bad * GOOD_FOR_EACH_BAD > good + 2 * GOOD_FOR_EACH_BAD:
            return ""
        parts += (text[end : match.start()], read or match.group())
        end = match.end()
    if good < LETTERS_MIN or bad * GOOD_FOR_EACH_BAD > good:
        return ""
    return "".join((*parts, text[end:]))


def _utf8(page: _Page, piece: str) -> str:
    try:
        return bytes([page.bytes_of[char] for char in piece]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return ""
