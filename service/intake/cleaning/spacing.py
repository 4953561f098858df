"""White space that scraping lost or added: `said.The`, `RegionWhen`, `hotel .`, runs of blanks."""

from __future__ import annotations

import re
from string import ascii_letters

from service.languages.en.spelling import INITIALISMS, TOP_DOMAINS

_LOST = re.compile(r"[.!?][\"”’)\]]*(?=[\"“‘(\[]?[A-Z](?:[a-z' ’]|[A-Z]{2}))")
_GLUED_MAX = 10_000
"""Places looked at in one text; one with more of them is no article."""
_EMPTY_LINES = re.compile(r"\n\n\n+")  # begins with what is found fast
_TOKEN_CHARS_MAX = 64


def repair_white_space(text: str) -> str:
    """Leave one blank between words, none at line edges, and one empty line at most between paragraphs."""
    while "  " in text:
        text = text.replace("  ", " ")
    if " \n" in text:
        text = text.replace(" \n", "\n")
    if "\n " in text:
        text = text.replace("\n ", "\n")
    if "\n\n\n" in text:
        text = _EMPTY_LINES.sub("\n\n", text)
    return text.strip()


def repair_stray_blanks(text: str) -> str:
    """Remove a blank that link markup left before a full stop or comma: `hotel .` -> `hotel.`"""
    marks = "," if " . ." in text else ",."  # dots with blanks between them are an ellipsis
    for mark in marks:
        if f" {mark}" not in text:
            continue
        while f" {mark} " in text:
            text = text.replace(f" {mark} ", f"{mark} ")
        text = text.replace(f" {mark}\n", f"{mark}\n")
        if text.endswith(f" {mark}"):
            text = text[:-2] + mark
    return text


def repair_lost_blanks(text: str) -> str:
    """Insert lost blanks: `said.The presidents` -> `said. The presidents`; not `U.S.A`, `example.Com`, `3.5`."""
    return _SpaceAfterStop(text).repaired()


class _SpaceAfterStop:
    """Inserts the blank; counts straight quotation marks on the way to know which side of one it belongs to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.counted_to = 0
        self.marks = 0  # straight double quotation marks in this line before counted_to

    def repaired(self) -> str:
        return _LOST.sub(self._replace, self.text, count=_GLUED_MAX)

    def _replace(self, match: re.Match[str]) -> str:
        stop = match.group()
        is_open = self._is_inside_quotation(match.start())
        if not self._is_sentence_end(match):
            return stop
        if stop.endswith('"') and not is_open:
            return f'{stop[:-1]} "'
        return f"{stop} "

    def _is_inside_quotation(self, at: int) -> bool:
        newline = self.text.rfind("\n", self.counted_to, at)
        if newline >= 0:
            self.counted_to, self.marks = newline, 0
        self.marks += self.text.count('"', self.counted_to, at)
        self.counted_to = at
        return self.marks % 2 == 1

    def _is_sentence_end(self, match: re.Match[str]) -> bool:
        text, start, end = self.text, match.start(), match.end()
        near = text[max(0, start - _TOKEN_CHARS_MAX) : start]
        before = near[max(near.rfind(" "), near.rfind("\n")) + 1 :]
        if "@" in before or "//" in before or before.startswith("www.") or not before:
            return False
        ahead = text[end : end + _TOKEN_CHARS_MAX]
        if "@" in ahead[: ahead.find(" ")]:
            return False
        after = ahead.lstrip('"“‘([')
        word_after = _leading_word(after)
        if not (
            (len(word_after) == 1 and after[1:2] in " '’") or word_after[1:2].islower() or len(word_after) > 2
        ):
            return False
        if word_after.lower() in TOP_DOMAINS and text[start] == ".":
            return False
        word = before[len(before.rstrip(ascii_letters)) :] or (before[-1] if before[-1].isalpha() else "")
        if not word:
            return before[-1] in "0123456789%)]”’\"'." and word_after[1:2].islower()
        if len(word) == 1 and word.isascii():
            return before[-3:] in INITIALISMS
        if word.isupper():
            return word_after[1:2].islower()
        return len(word_after) < 3 or word_after[1:2].islower() or word.islower()


def _leading_word(text: str) -> str:
    for at, char in enumerate(text):
        if not char.isalpha():
            return text[:at]
    return text
