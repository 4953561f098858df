"""Section headings that scraping glued to the text after them: `Trade TurnoverThe trade between` gets its line."""

from __future__ import annotations

import re

from service.languages.en.headings import BRANDS, SMALL, STARTERS

_GLUED = re.compile(r"[A-Z](?:(?<=[a-z]{3}.)|(?<=[a-z]{3}[\"“‘].)|(?<=[a-z]{3}[\"“‘][\[(].))")
_GLUED_START = re.compile(r"(?:(?<=[a-z0-9”\")\]])|(?<=[A-Z]{2}))[.!?][”’\")\]]*(?=[A-Z0-9])|\n(?=\S)")
"""Where a heading may begin: right after a full stop that lost its blank too, or on a new line."""
_INITIALS = re.compile(r"(?:[A-Z]\.)+|vs\.|St\.")
_WORD = re.compile(r"[^\W_]+")

_HEADING_CHARS_MAX = 120
_HEADING_WORDS_MAX = 14
_POINTS_MAX = 200
"""Glued places looked at in one text; a text with more of them is something else."""


def repair_headings(text: str) -> str:
    """Set headings that stand glued to the sentence after them on lines of their own.

    A capital inside a word is weak evidence ("DreamWorks"), so the heading must be glued to the sentence before
    it as well, or begin a line and be followed by a word that sentences begin with.
    """
    pieces, at = [], 0
    for count, match in enumerate(_GLUED.finditer(text)):
        if count == _POINTS_MAX:
            break
        point = match.start()
        while text[point - 1] in '"“‘[(':
            point -= 1
        start = _heading_start(text, at, point)
        if start is None or not _is_heading(text[start:point]):
            continue
        begins_line = start == 0 or text[start - 1] == "\n"
        if not _opens_sentence(text, point, needs_starter=begins_line):
            continue
        before = text[at:start]
        pieces += [before, "" if begins_line else "\n", text[start:point], "\n"]
        at = point
    pieces.append(text[at:])
    return "".join(pieces)


def _heading_start(text: str, at: int, point: int) -> int | None:
    """Find where the run of words before `point` begins; None if it does not begin as a heading would."""
    low = max(at, point - _HEADING_CHARS_MAX)
    starts = [match.end() for match in _GLUED_START.finditer(text, low, point)]
    if starts:
        return starts[-1]
    return 0 if low == 0 else None


def _is_heading(words_before: str) -> bool:
    """Tell whether these are two or more words in title case, without the punctuation of a sentence."""
    words = words_before.split()
    if not 2 <= len(words) <= _HEADING_WORDS_MAX or len(words[-1]) < 3:
        return False
    if any(mark in words_before for mark in ';"“”') or any(map(_ends_sentence, words)):
        return False
    if not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    return all(
        word[0].isupper() or word[0].isdigit() or word in SMALL or word in "–—-&" for word in words
    ) and (words[-1][0].isupper())


def _ends_sentence(word: str) -> bool:
    """Tell whether a word ends with a full stop that is not that of an abbreviation such as "U.S."."""
    return word[-1] in ".!?" and _INITIALS.fullmatch(word) is None


def _opens_sentence(text: str, point: int, *, needs_starter: bool) -> bool:
    """Tell whether the text from `point` on reads like a sentence that a heading was glued to."""
    ahead = text[point : point + 80]
    word = _WORD.search(ahead)
    if word is None or not any(later[0].islower() for later in ahead.split()[1:6]):
        return False
    begin = point
    while begin and text[begin - 1].isalpha():
        begin -= 1
        if point - begin > 40:
            return False
    if ahead[0] in '"“‘':
        return True
    joint = text[begin : point + word.end()]
    if joint in BRANDS or text.find(joint, text.find(joint) + 1) >= 0:
        return False
    return word.group() in STARTERS or (not needs_starter and _stands_alone(text, word.group()))


def _stands_alone(text: str, word: str) -> bool:
    """Tell whether this word occurs elsewhere in the text with a blank before it."""
    return len(word) > 3 and (f" {word} " in text or f"\n{word} " in text)
