"""Raw text -> clean text, and its coarse normal form: what stands for "the same words"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Literal

from service.core.boilerplate import drop_boilerplate
from service.core.characters import distinct_beyond_ascii, repair_controls, repair_mojibake, repair_unicode
from service.core.guards import cap_non_starters, non_starters
from service.core.headings import repair_headings
from service.core.markup import repair_html
from service.core.repeats import drop_repeated_body, may_repeat
from service.core.spacing import letter_classes, repair_lost_blanks, repair_stray_blanks, repair_white_space


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
        if text == before:
            break
    return Cleaned(text, tuple(repair.value for repair in Repair if repair in done))


def _clean_once(text: str, title: str | None, done: set[Repair]) -> str:
    def step(repair: Repair, repaired: str) -> str:
        if repaired != text:
            done.add(repair)
        return repaired

    if "<" in text or "&" in text:
        text = step(Repair.HTML, repair_html(text))
    beyond = distinct_beyond_ascii(text)
    if beyond:
        text = step(Repair.MOJIBAKE, repair_mojibake(text, beyond))
        if Repair.MOJIBAKE in done:
            beyond = distinct_beyond_ascii(text)
        text = step(Repair.UNICODE, repair_unicode(text, beyond))
    text = step(Repair.CONTROL, repair_controls(text))
    text = step(Repair.WHITESPACE, repair_white_space(text))
    if title:
        text = step(Repair.TITLE, drop_title(text, title))
    lines = text.split("\n")
    kept = drop_boilerplate(lines)
    if len(kept) != len(lines):
        text = step(Repair.BOILERPLATE, repair_white_space("\n".join(kept)))
    if may_repeat(normal_bytes(text)):
        text = step(Repair.DOUBLED_BODY, drop_repeated_body(text))
    text = step(Repair.SPACING, repair_stray_blanks(text))
    classes = letter_classes(text)
    text = step(Repair.SPACING, repair_lost_blanks(text, classes))
    return step(Repair.HEADING, repair_headings(text, classes))


def drop_title(text: str, title: str) -> str:
    """The text without a first line that says the same as the title. A text of one line stays."""
    first, newline, rest = text.partition("\n")
    if newline and len(first) <= 2 * len(title) and normal_bytes(first) == normal_bytes(title):
        return rest.lstrip("\n")
    return text


def clean_line(text: str) -> str:
    """A headline or a name on one line: no markup, no invisible or control characters."""
    text = repair_html(text)
    beyond = distinct_beyond_ascii(text)
    if beyond:
        text = repair_unicode(repair_mojibake(text, beyond), distinct_beyond_ascii(text))
    return " ".join(repair_controls(text).split())


_SEPARATOR = 0x20
_LOWER = bytes(
    byte + 32 if 65 <= byte <= 90 else byte if 97 <= byte <= 122 or 48 <= byte <= 57 else _SEPARATOR
    for byte in range(128)
) + bytes(range(128, 256))
_WORD = re.compile(r"[^\W_]+")
_FREQUENT = "“”‘’–—… •"
LONG_EXPANSION_CHARS = 4
"""NFKC turns one U+FDFA into 18 characters; characters that grow beyond this count as separators."""


def normal_form(text: str) -> str:
    """The words of a text: guarded, NFKC, lower-case, letters and digits only, one blank between words.

    >>> normal_form("“Well…”, said  Ms. ﬁn-de-siècle.")
    'well said ms fin de siècle'
    """
    return normal_bytes(text).decode("utf-8", "replace")


def normal_bytes(text: str) -> bytes:
    """The normal form in UTF-8."""
    if not text.isascii():
        for char in _FREQUENT:
            if char in text:
                text = text.replace(char, " ")
    if text.isascii():
        return b" ".join(text.encode().translate(_LOWER).split())
    return " ".join(_WORD.findall(_compatible(text).casefold())).encode("utf-8", "replace")


def _compatible(text: str) -> str:
    """NFKC at bounded cost: runs of marks are capped, characters that grow long are taken out first."""
    beyond = distinct_beyond_ascii(text)
    for char in beyond:
        if len(unicodedata.normalize("NFKC", char)) > LONG_EXPANSION_CHARS:
            text = text.replace(char, " ")
    if beyond & non_starters():
        text = cap_non_starters(text)
    return unicodedata.normalize("NFKC", text)


def content_hash(text: str) -> str:
    """32 hex digits (BLAKE2b-128) over the normal form: equal for texts with the same words in the same order."""
    return blake2b(normal_bytes(text), digest_size=16).hexdigest()
