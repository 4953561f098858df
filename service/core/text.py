"""Raw text -> clean text, and its coarse normal form: what stands for "the same words"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from service.core.boilerplate import drop_boilerplate
from service.core.characters import repair_controls, repair_mojibake, repair_unicode
from service.core.guards import distinct_beyond_ascii
from service.core.headings import repair_headings
from service.core.markup import repair_html
from service.core.normal import content_hash, normal_bytes, normal_form
from service.core.repeats import drop_repeated_body, may_repeat
from service.core.spacing import letter_classes, repair_lost_blanks, repair_stray_blanks, repair_white_space

__all__ = ["Cleaned", "Repair", "clean", "clean_line", "content_hash", "normal_form"]


class Repair(StrEnum):
    """What cleaning did to a text: the closed list behind `Article.repairs`, in the order it is done."""

    HTML = "html"  # tags and entities
    MOJIBAKE = "mojibake"  # UTF-8 that was read as Windows-1252
    CONTROL = "control"  # control characters, odd line ends
    UNICODE = "unicode"  # invisible marks, odd spaces, ligatures, canonical composition
    WHITESPACE = "whitespace"  # runs of blanks and empty lines, blanks at line edges
    TITLE = "title"  # the headline, printed again above the body
    BOILERPLATE = "boilerplate"  # share bars, captions and credits, sign-up boxes, related stories
    DOUBLED_BODY = "doubled_body"  # a body that stood twice
    SPACING = "spacing"  # blanks lost after a full stop or stray before one
    HEADING = "heading"  # section headings run into the text


_LAYS_OPEN = frozenset((Repair.HTML, Repair.MOJIBAKE, Repair.DOUBLED_BODY, Repair.HEADING))
ROUNDS_MAX = 4
"""One repair may lay open what another has to do; after so many rounds the text is left as it is."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text, and the repairs that made it so. Paragraphs are separated by one or two line feeds."""

    text: str
    repairs: tuple[str, ...] = ()


def clean(text: str, *, cleaning: Literal["full", "off"] = "full", title: str | None = None) -> Cleaned:
    """Repair what scraping broke and keep the author's words; never raises, linear in the text's length.

    `cleaning="off"` returns the text as it came, code point for code point. With a `title`, a first line that
    repeats it is dropped. Cleaning a clean text changes nothing.

    >>> clean("The dam held, officials said.The river fell.\\n\\nAdvertisement")
    Cleaned(text='The dam held, officials said. The river fell.', repairs=('boilerplate', 'spacing'))
    """
    if cleaning == "off":
        return Cleaned(text)
    done: set[Repair] = set()
    for _ in range(ROUNDS_MAX):
        before = text
        text = _clean_once(text, title, done)
        if text == before or not _may_have_laid_open(text, done):
            break
    return Cleaned(text, tuple(repair.value for repair in Repair if repair in done))


def _may_have_laid_open(text: str, done: set[Repair]) -> bool:
    """Is there anything among what was done that could make work for the repairs before it?"""
    if not done.isdisjoint(_LAYS_OPEN):
        return True
    return "&" in text or "<" in text


def _clean_once(text: str, title: str | None, done: set[Repair]) -> str:
    def step(repair: Repair, repaired: str) -> str:
        if repaired != text:
            done.add(repair)
        return repaired

    if "<" in text or "&" in text:
        text = step(Repair.HTML, repair_html(text))
    text = _repair_characters(text, done)
    text = step(Repair.WHITESPACE, repair_white_space(text))
    if title:
        text = step(Repair.TITLE, drop_title(text, title))
    text = step(Repair.BOILERPLATE, drop_boilerplate(text))
    if may_repeat(normal_bytes(text)):
        text = step(Repair.DOUBLED_BODY, drop_repeated_body(text))
    text = step(Repair.SPACING, repair_stray_blanks(text))
    classes = letter_classes(text.encode("utf-8", "surrogatepass"))
    text = step(Repair.SPACING, repair_lost_blanks(text, classes))
    return step(Repair.HEADING, repair_headings(text, classes))


def _repair_characters(text: str, done: set[Repair]) -> str:
    encoded = text.encode("utf-8", "surrogatepass")
    if len(encoded) > len(text):
        beyond = distinct_beyond_ascii(encoded)
        read = repair_mojibake(text, beyond)
        if read != text:
            done.add(Repair.MOJIBAKE)
            encoded = read.encode("utf-8", "surrogatepass")
            beyond = distinct_beyond_ascii(encoded)
        text = repair_unicode(read, beyond)
        if text != read:
            done.add(Repair.UNICODE)
    plain = repair_controls(text, encoded)
    if plain != text:
        done.add(Repair.CONTROL)
    return plain


def drop_title(text: str, title: str) -> str:
    """The text without a first line that says the same as the title. A text of one line stays."""
    first, newline, rest = text.partition("\n")
    if newline and len(first) <= 2 * len(title) and normal_bytes(first) == normal_bytes(title):
        return rest.lstrip("\n")
    return text


def clean_line(text: str) -> str:
    """A headline or a name on one line: no markup, no invisible or control characters."""
    text = _repair_characters(repair_html(text), set())
    return " ".join(text.split())
