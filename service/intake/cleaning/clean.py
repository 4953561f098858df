"""Raw text -> clean text, and its coarse normal form: what stands for "the same words"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Literal

from service.intake.cleaning.boilerplate import LINES_MAX, drop_boilerplate
from service.intake.cleaning.characters import (
    repair_controls,
    repair_mojibake,
    repair_unicode,
)
from service.intake.cleaning.headings import repair_headings
from service.intake.cleaning.lines import is_wrapped, repair_lines
from service.intake.cleaning.link_boxes import drop_link_boxes
from service.intake.cleaning.markup import repair_html
from service.intake.cleaning.repeats import drop_copies, may_repeat
from service.intake.cleaning.spacing import repair_lost_blanks, repair_stray_blanks, repair_white_space
from service.sketch import sieve
from service.sketch.normal_form import content_hash, normal_bytes, normal_bytes_of, normal_form
from service.sketch.unicode_guard import distinct_beyond_ascii

__all__ = ["Cleaned", "Repair", "clean", "clean_line", "content_hash", "normal_form"]


class Repair(StrEnum):
    """Name what was done to a record, or had to be left: the closed list behind `Article.repairs`, in this order."""

    LINES = "lines"  # hard-wrapped lines, literal escapes, Markdown, the mark of a cut text
    HTML = "html"  # tags and entities
    CONTROL = "control"  # control characters, odd line ends
    MOJIBAKE = "mojibake"  # UTF-8 that was read as Windows-1252
    UNICODE = "unicode"  # invisible marks, odd spaces, ligatures, canonical composition
    WHITESPACE = "whitespace"  # runs of blanks and empty lines, blanks at line edges
    TITLE = "title"  # the headline, printed again above the body
    BOILERPLATE = "boilerplate"  # share bars, captions and credits, sign-up boxes, related stories
    DOUBLED_BODY = "doubled_body"  # a body that stood twice
    HEADING = "heading"  # section headings run into the text
    SPACING = "spacing"  # blanks lost after a full stop or stray before one
    PARTS_LEFT_OUT = "parts_left_out"  # none: the text came in more parts than are put together
    TIME_UNREAD = "time_unread"  # none: the time of publication was given and not understood
    TIME_AMBIGUOUS = "time_ambiguous"  # none: it may be two times (03/04/2025, IST)


WORDS_TAKEN = frozenset((Repair.TITLE, Repair.BOILERPLATE, Repair.DOUBLED_BODY))
"""Repairs that take words away: articles that are equal only after these are near duplicates, not exact ones."""

_LAYS_OPEN = frozenset(
    (Repair.LINES, Repair.HTML, Repair.MOJIBAKE, Repair.DOUBLED_BODY, Repair.HEADING, Repair.SPACING)
)
_MOVES_LINES = frozenset(
    (Repair.CONTROL, Repair.UNICODE, Repair.WHITESPACE, Repair.TITLE, Repair.BOILERPLATE)
)
_JOINS = frozenset((Repair.CONTROL, Repair.UNICODE))
LONG_TEXT_CHARS = 250_000
"""Length above which a text, 50 times an article, is cleaned only once, and not searched for boxes or a second copy."""
ROUNDS_MAX = 4
"""Maximum number of rounds of repairs: one repair may make work for another."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text, and the repairs that made it so. Paragraphs are separated by one or two line feeds."""

    text: str
    repairs: tuple[str, ...]
    normal: Callable[[], bytes] = field(repr=False, compare=False)  # its normal form in UTF-8


def clean(text: str, *, cleaning: Literal["full", "off"] = "full", title: str | None = None) -> Cleaned:
    """Repair what scraping broke and keep the author's words; never raises, linear in the text's length.

    `cleaning="off"` returns the text as it came, code point for code point. With a `title`, a first line that
    repeats it is dropped. Cleaning a clean text changes nothing.

    >>> clean("The dam held, officials said.The river fell.\\n\\nAdvertisement")
    Cleaned(text='The dam held, officials said. The river fell.', repairs=('boilerplate', 'spacing'))
    """
    if cleaning == "off":
        return Cleaned(text, (), partial(normal_bytes, text))
    work = _Cleaning(text, title)
    for _ in range(ROUNDS_MAX):
        before = work.text
        work.repair_all()
        if work.text == before or len(work.text) > LONG_TEXT_CHARS or not work.may_have_laid_open():
            break
    return Cleaned(work.text, tuple(repair.value for repair in Repair if repair in work.done), work.normal)


class _Cleaning:
    """A text on its way to being clean, and what was done to it."""

    def __init__(self, text: str, title: str | None = None) -> None:
        self.text = text
        self.done: set[Repair] = set()
        self._title = title
        self._left_alone: dict[str, str] = {}  # by names: methods would keep all this until a collection
        self._encoded: bytes | None = None
        self._signs: int | None = None
        self._beyond: frozenset[str] | None = None
        self._normal: bytes | None = None
        self._aligned = 0  # words, over all rounds

    def encoded(self) -> bytes:
        """Encode the text in UTF-8; the bytes are kept until the text changes."""
        if self._encoded is None:
            self._encoded = self.text.encode("utf-8", "surrogatepass")
        return self._encoded

    def shows(self, sign: int) -> bool:
        """Tell whether the text shows a sign (service/sketch/sieve.py) that there may be something to repair."""
        if self._signs is None:
            self._signs = sieve.signs_of(self.encoded())
        return bool(self._signs & sign)

    def normal(self) -> bytes:
        """Compute the normal form of the text; it is kept until the text changes."""
        if self._normal is None:
            self._normal = normal_bytes_of(self.encoded())
        return self._normal

    def repair_all(self) -> None:
        """Do all repairs once, in the order of `Repair`."""
        self._mend(Repair.LINES, _repair_lines)  # told only while indents and empty lines stand as fed
        if self.shows(sieve.MARKUP):
            self._mend(Repair.HTML, repair_html)
        self.repair_characters()
        if self.shows(sieve.WHITE_SPACE) or self._has_edges():
            self._mend(Repair.WHITESPACE, repair_white_space)
        if self.shows(sieve.STRAY_BLANK):
            self._mend(Repair.SPACING, repair_stray_blanks)
        if self._title:
            self._mend(Repair.TITLE, self._drop_title)
        if len(self.text) <= LONG_TEXT_CHARS and self.shows(sieve.LINK_BOX):
            self._mend(Repair.BOILERPLATE, drop_link_boxes)
        self._mend(Repair.BOILERPLATE, self._drop_boilerplate)
        is_long = len(self.text) > LONG_TEXT_CHARS
        if not is_long:
            self._mend(Repair.DOUBLED_BODY, self._drop_repeated_body)
        before = self.text
        if not is_long and self.shows(sieve.GLUED_HEADING):
            self._mend(Repair.HEADING, repair_headings)
        if self.shows(sieve.LOST_BLANK):
            self._mend(Repair.SPACING, repair_lost_blanks, keeps_words=True)
        if self.text is not before:
            self._mend(Repair.BOILERPLATE, self._drop_boilerplate)  # lines that can be told only now

    def repair_characters(self) -> None:
        """Run the repairs that look at single characters."""
        if self.shows(sieve.CONTROL):
            self._mend(Repair.CONTROL, repair_controls)
        if len(self.encoded()) > len(self.text):
            self._mend(Repair.MOJIBAKE, self._repair_mojibake)
            self._mend(Repair.UNICODE, self._repair_unicode)

    def _beyond_ascii(self) -> frozenset[str]:
        if self._beyond is None:
            self._beyond = distinct_beyond_ascii(self.encoded())
        return self._beyond

    def _repair_mojibake(self, text: str) -> str:
        return repair_mojibake(text, self._beyond_ascii())

    def _repair_unicode(self, text: str) -> str:
        return repair_unicode(text, self._beyond_ascii())

    def _drop_title(self, text: str) -> str:
        return drop_title(text, self._title or "")

    def _drop_boilerplate(self, text: str) -> str:
        return drop_boilerplate(text, self.encoded())

    def _drop_repeated_body(self, text: str) -> str:
        if text.count("\n") >= LINES_MAX or not may_repeat(self.normal()):
            return text
        text, self._aligned = drop_copies(text, self._aligned)
        return text

    def _has_edges(self) -> bool:
        """Tell whether white space stands before or after the text."""
        return self.text[:1].isspace() or self.text[-1:].isspace()

    def may_have_laid_open(self) -> bool:
        """Return whether anything that was done could make work for the repairs before it."""
        if not self.done.isdisjoint(_LAYS_OPEN):
            return True
        if not self.done.isdisjoint(_MOVES_LINES) and is_wrapped(self.text):
            return True
        if not self.done.isdisjoint(_JOINS) and ("&" in self.text or "<" in self.text):
            return True
        return Repair.UNICODE in self.done and self._is_misread()

    def _is_misread(self) -> bool:
        """Return whether the text shows mojibake only now: a letter and its accent may have been composed."""
        return self._repair_mojibake(self.text) != self.text

    def _mend(self, repair: Repair, mend: Callable[[str], str], *, keeps_words: bool = False) -> None:
        """Apply one repair, unless it left this very text as it is in the round before."""
        name = mend.__name__
        if self._left_alone.get(name) is self.text:
            return
        repaired = mend(self.text)
        if repaired == self.text:
            self._left_alone[name] = self.text
            return
        self.text = repaired
        self._encoded = self._signs = self._beyond = None
        self.done.add(repair)
        if not keeps_words:
            self._normal = None


def _repair_lines(text: str) -> str:
    return repair_lines(text.replace("\r\n", "\n") if "\r" in text else text)


def drop_title(text: str, title: str) -> str:
    """Drop a first line that says the same as the title. A text of one line stays."""
    first, newline, rest = text.partition("\n")
    if newline and len(first) <= 2 * len(title) and normal_bytes(first) == normal_bytes(title):
        return rest.lstrip("\n")
    return text


def clean_line(text: str) -> str:
    """Clean a headline or a name on one line: no markup, no invisible or control characters."""
    if text.isascii() and text.isprintable() and "&" not in text and "<" not in text:
        return " ".join(text.split())  # most are: there is nothing to look for
    work = _Cleaning(repair_html(text))
    work.repair_characters()
    return " ".join(work.text.split())
