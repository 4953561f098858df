"""Tell the furniture of news pages from the story in any of the languages: the lists of all, put together.

Patterns are grouped by the first characters they can match, so that a line is tried against a few of them only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from service.languages.de import furniture as de
from service.languages.en import boilerplate as english
from service.languages.en import furniture as en
from service.languages.es import furniture as es
from service.languages.fr import furniture as fr
from service.languages.it import furniture as it
from service.languages.pt import furniture as pt
from service.languages.ru import furniture as ru
from service.languages.timestamps import fold_word
from service.languages.tr import furniture as tr

_ALL: Final = (en, de, es, fr, it, pt, ru, tr)
_DIGITS: Final = "0123456789"


def _joined(name: str) -> frozenset[str]:
    return frozenset(fold_word(phrase) for language in _ALL for phrase in getattr(language, name))


DOUBTFUL: Final = _joined("DOUBTFUL")
LINES: Final = (_joined("LINES") | english.WHOLE_LINES) - DOUBTFUL
STARTS: Final = _joined("STARTS")
RELATED: Final = _joined("RELATED")
RELATED_DOUBTFUL: Final = _joined("RELATED_DOUBTFUL") - RELATED
CREDITS: Final = _joined("CREDITS")
UPDATED: Final = _joined("UPDATED")
UPDATED_FIRST: Final = frozenset(phrase.split()[0] for phrase in UPDATED)
UPDATED_WORDS_MAX: Final = max(len(phrase.split()) for phrase in UPDATED)
MARKS: Final = tuple(
    (fold_word(mark), re.compile(fold_word(line))) for one in _ALL for mark, line in one.MARKS
)


def _first_characters(pattern: str) -> Iterator[str]:
    """Yield the characters a pattern of the lists may begin with: literals, groups, digits, optional parts."""
    for branch in _branches(pattern):
        rest = branch
        while rest:
            head, optional, rest = _head(rest)
            yield from head
            if not optional:
                break


def _branches(pattern: str) -> Iterator[str]:
    """Yield the alternatives of a pattern that stand in no group."""
    depth, start = 0, 0
    for at, char in enumerate(pattern):
        escaped = pattern[at - 1 : at] == "\\"
        depth += (char == "(" and not escaped) - (char == ")" and not escaped)
        if char == "|" and depth == 0:
            yield pattern[start:at]
            start = at + 1
    yield pattern[start:]


def _head(pattern: str) -> tuple[str, bool, str]:
    """Return the first characters of the first part of a pattern, whether it may be missing, and the rest."""
    if pattern.startswith("(?:"):
        depth, end = 0, 0
        for at, char in enumerate(pattern):
            depth += (char == "(") - (char == ")")
            if depth == 0:
                end = at
                break
        inner = "".join(_first_characters(pattern[3:end]))
        length = end + 1
    elif pattern.startswith("["):
        length = pattern.index("]") + 1
        inner = pattern[1 : length - 1]
    elif pattern.startswith("\\d"):
        inner, length = _DIGITS, 2
    else:
        length = 2 if pattern[0] == "\\" else 1
        inner = pattern[length - 1]
    optional = pattern[length : length + 1] == "?"
    return inner, optional, pattern[length + optional :]


def _by_first_character(name: str) -> dict[str, re.Pattern[str]]:
    groups: dict[str, list[str]] = {}
    for language in _ALL:
        for pattern in map(fold_word, getattr(language, name)):
            for char in set(_first_characters(pattern)):
                groups.setdefault(char, []).append(f"(?:{pattern})")
    return {char: re.compile("|".join(patterns)) for char, patterns in groups.items()}


TEASERS: Final = _by_first_character("TEASERS")
DOUBTFUL_STARTS: Final = _by_first_character("DOUBTFUL_STARTS")
CAPTION_END: Final = re.compile(
    r"[(\[][^()\[\]]{0,80}\b(?:photos?|fotos?|image|bild|getty|via|фото|fotoğraf|handout|courtesy)\b[^()\[\]]{0,60}[)\]]\.?$|"
    r"\[[^()\[\]/]{2,40}/[^()\[\]]{2,40}\]$",
    re.IGNORECASE,
)
BYLINE: Final = re.compile(r"(?:by|von|por|par|di|de|автор:?)\s(?P<names>[^.!?:]{3,70})$", re.IGNORECASE)
NAME_WORD: Final = re.compile(
    r"[A-ZÀ-ÞА-ЯİŞĞÇÖÜ][\w.’'-]*,?|and|und|y|e|et|и|ve|for|in|the|of|[|&/-]|staff|writer|reporter|correspondent"
)
ZONE: Final = re.compile(r"(?:[a-z]{1,2}[sd]?t|utc|gmt|msk|cest|cet|am|pm|uhr|h|[ap]|m|ist|ago|min|read)")
"""Ends of captions, bylines above a text, words of a byline, and what stands beside a date."""
