"""Tell the furniture of news pages from the story in any of the languages: the lists of all, put together.

Patterns are grouped by the first characters they can match, so that a line is tried against a few of them only.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Final

from service.languages.beginnings import beginnings
from service.languages.de import furniture as de
from service.languages.en import boilerplate as english
from service.languages.en import credits as english_credits
from service.languages.en import furniture as en
from service.languages.es import furniture as es
from service.languages.fr import furniture as fr
from service.languages.it import furniture as it
from service.languages.pt import furniture as pt
from service.languages.ru import furniture as ru
from service.languages.timestamps import fold_word
from service.languages.tr import furniture as tr

_ALL: Final = (en, de, es, fr, it, pt, ru, tr)

HEAD_CHARS: Final = 4
"""Maximum length of the beginnings by which a line is told to be prose, in characters."""


def fold_line(text: str) -> str:
    """Return a line as the lists below have it: small letters, one form of i, straight apostrophes.

    >>> fold_line("Écouter l’article")
    "écouter l'article"
    """
    return fold_word(text).replace("’", "'")


def _joined(name: str) -> frozenset[str]:
    return frozenset(fold_word(phrase) for language in _ALL for phrase in getattr(language, name))


DOUBTFUL: Final = _joined("DOUBTFUL")
LINES: Final = (_joined("LINES") | english.WHOLE_LINES) - DOUBTFUL
STARTS: Final = _joined("STARTS")
RELATED: Final = _joined("RELATED")
RELATED_DOUBTFUL: Final = _joined("RELATED_DOUBTFUL") - RELATED
CREDITS: Final = _joined("CREDITS")
SAID: Final = _joined("SAID")
PAGE_SIGNS: Final = tuple(sorted(_joined("PAGE_SIGNS")))
UPDATED: Final = _joined("UPDATED")
UPDATED_FIRST: Final = frozenset(phrase.split()[0] for phrase in UPDATED)
UPDATED_WORDS_MAX: Final = max(len(phrase.split()) for phrase in UPDATED)
MARKS: Final = tuple(
    (fold_word(mark), re.compile(fold_word(line))) for one in _ALL for mark, line in one.MARKS
)
CREDITED: Final = tuple(
    (fold_word(mark), re.compile(line, re.IGNORECASE)) for mark, line in english_credits.CREDITED
)
ATTRIBUTED: Final = re.compile(english_credits.ATTRIBUTED)


def _by_first_character(name: str) -> dict[str, re.Pattern[str]]:
    groups: dict[str, list[str]] = {}
    for language in _ALL:
        for pattern in map(fold_word, getattr(language, name)):
            for char in beginnings(pattern, 1):
                groups.setdefault(char, []).append(f"(?:{pattern})")
    return {char: re.compile("|".join(patterns)) for char, patterns in groups.items()}


TEASERS: Final = _by_first_character("TEASERS")
DOUBTFUL_STARTS: Final = _by_first_character("DOUBTFUL_STARTS")
CAPTION_END: Final = re.compile(
    r"[(\[][^()\[\]]{0,80}\b(?:photos?|(?:archiv|symbol)?fotos?|image|(?:archiv|symbol)?bild|getty|via|фото|fotoğraf|handout|courtesy)\b[^()\[\]]{0,60}(?<![.!?])[)\]]\.?$|"
    r"\[[^()\[\]/]{2,40}/[^()\[\]]{2,40}\]$",
    re.IGNORECASE,
)
BYLINE_WORDS: Final = ("by", "von", "por", "par", "di", "de", "автор", "автор:")
BYLINE: Final = re.compile(rf"(?:{'|'.join(BYLINE_WORDS)})\s(?P<names>[^.!?:]{{3,70}})$", re.IGNORECASE)
NAME_WORD: Final = re.compile(
    r"[A-ZÀ-ÞА-ЯİŞĞÇÖÜ][\w.’'-]*,?|and|und|y|e|et|и|ve|for|in|the|of|[|&/-]|staff|writer|reporter|correspondent"
)
ZONE: Final = re.compile(r"(?:[a-z]{1,2}[sd]?t|utc|gmt|msk|cest|cet|am|pm|uhr|h|[ap]|m|ist|ago|min|read)")
"""Ends of captions, bylines above a text, words of a byline, and what stands beside a date."""


def _heads() -> frozenset[str]:
    """Return what furniture begins with that is told by its beginning, but for marks around whole lines."""
    phrases = DOUBTFUL | LINES | STARTS | RELATED | RELATED_DOUBTFUL | CREDITS | UPDATED_FIRST
    firsts = {f"{word} " for word in (*english.RULES, *english.SHARE_WORDS, *BYLINE_WORDS)}
    patterns = [fold_word(one) for language in _ALL for one in (*language.TEASERS, *language.DOUBTFUL_STARTS)]
    found = {phrase[:HEAD_CHARS] for phrase in phrases | firsts}
    return frozenset(found.union("#_", *(beginnings(pattern, HEAD_CHARS) for pattern in patterns)))


HEADS: Final = _heads()
"""Beginnings of furniture in small letters, HEAD_CHARS long; shorter ones stand for all that begin with them."""


def _written(mark: str) -> set[bytes]:
    """Return how a mark may stand in UTF-8 whose ASCII letters are small; `i` and `k` are cut off: they have twins."""
    piece = max(re.split("[ik]", mark), key=len)
    choices = ((char,) if char.isascii() else (char, char.upper()) for char in piece)
    return {"".join(chosen).encode() for chosen in product(*choices)}


SIGNS: Final = tuple(
    sorted({b"aption", b"mediabank"}.union(*(_written(mark) for mark, _ in (*MARKS, *CREDITED))))
)
"""In UTF-8 with small ASCII letters: one of them stands in every line of furniture not told by its beginning or end."""
