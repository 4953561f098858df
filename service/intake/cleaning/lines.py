"""Undo what tools did to a text's lines and escapes: hard-wrapped copy, literal escapes, Markdown, cut texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from service.intake.cleaning.escapes import repair_escapes

WIDTH_MAX: Final = 100
"""Maximum length of a hard-wrapped line, in characters; lines of pages are whole paragraphs and longer."""

WIDTH_MIN: Final = 40
"""Minimum length of the longest line of hard-wrapped copy, in characters; shorter lines are a list or verse."""

JOINTS_MIN: Final = 2
"""Minimum number of line ends inside sentences that show a text to be hard-wrapped."""

JOINTS_SHARE_MIN: Final = 0.5
"""Minimum share of line ends that stand inside a sentence; lists and tables have few."""

LOWER_SHARE_MIN: Final = 0.25
"""Minimum share of lines that begin with a small letter among those behind such ends."""

FULL_SHARE: Final = 0.9
"""Length from which a line is full, its next word counted in, as a share of the longest line of its text."""

FULL_LINES_SHARE_MIN: Final = 0.5
"""Minimum share of lines that could not have taken the next word, among those that end inside a sentence: verse ends
its lines earlier."""

_INDENTS: Final = ("  ", "\t")
_SENTENCE_END: Final = '.!?:;"”’»)'
_SHORTCODE: Final = re.compile(
    r"\[(caption|embed|video|audio|playlist)\b[^\[\]]{0,400}\][^\[\]]{0,2000}\[/\1\]|"
    r"\[/?(?:gallery|caption|embed|video|audio|playlist|vc_\w{1,30}|et_pb_\w{1,30})(?: [^\[\]]{0,400})?/?\]"
)
"""Marks that WordPress replaces by pictures and players, with the captions in them."""
_DIVIDED: Final = re.compile(r"([^\W\d_]{2,40})-$")
_WORD: Final = re.compile(r"\w+")
_WORD_END: Final = re.compile(r"[^\W\d_A-Z]{2,40}")
_CHARS_LEFT: Final = re.compile(r"\s*(?:…|\.{3})?\s*\[\+?\d{1,7} (?:chars|characters)\]\s*$")

_IMAGE: Final = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{1,2000}(?: \"[^\"]{0,300}\")?\)")
_LINK: Final = re.compile(
    r"\[([^\[\]]{1,500})\]\((?:https?:|/|#|mailto:)[^()\s]{0,2000}(?: \"[^\"]{0,300}\")?\)"
)
_BBCODE: Final = re.compile(
    r"\[/?(?:url|quote|size|color|center|img|list|\*)(?:=[^\[\]]{0,500})?\]", re.IGNORECASE
)
_BBCODE_STYLE: Final = re.compile(r"\[([bius])\]([^\[\]]{0,2000})\[/\1\]", re.IGNORECASE)
"""In pairs only: editors write "[I] was there" and "[S]he"."""
_WIKI_LINK: Final = re.compile(r"\[\[(?:[^\[\]|:]{1,200}\|)?([^\[\]|:]{1,200})\]\]")
_WIKI_STRONG: Final = re.compile(r"'''([^'\n]{1,300})'''")
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1")
_EMPHASIS: Final = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,300}?)(?<=[^\s*_])\1(?![\w*])")
_HEADING: Final = re.compile(r"^#{1,6} +(.{1,300}?)(?: +#{1,6})?$", re.MULTILINE)
_QUOTED: Final = re.compile(r"^> ?", re.MULTILINE)


def _without_bbcode(text: str) -> str:
    return _BBCODE.sub("", _BBCODE_STYLE.sub(r"\2", text))


def repair_lines(text: str) -> str:
    """Return the text with literal escapes resolved, Markdown read, and hard-wrapped lines joined."""
    text = repair_escapes(text)
    if text[-32:].rstrip().endswith(("chars]", "characters]")):
        text = _CHARS_LEFT.sub("…", text)
    has_bracket = "[" in text  # one character is found many times faster than two
    if has_bracket and ('="' in text or "[/" in text):
        text = _SHORTCODE.sub("", text)
    if has_bracket and ("[/" in text or "[[" in text):
        text = _WIKI_STRONG.sub(r"\1", _WIKI_LINK.sub(r"\1", _without_bbcode(text)))
    if (has_bracket and "](" in text) or ("*" in text and "**" in text and _STRONG.search(text)):
        text = read_markdown(text)
    if text[:1] == ">":
        text = _unquoted(text)
    return unwrap(text)


def read_markdown(text: str) -> str:
    """Return the words of a Markdown text: links without addresses, no images, no marks of headings and emphasis."""
    found = _LINK.sub(r"\1", _IMAGE.sub("", text))
    if found == text and not _STRONG.search(text):
        return text
    found = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", found))
    return _QUOTED.sub("", _HEADING.sub(r"\1", found))


def _unquoted(text: str) -> str:
    """Return the text without the marks that mail puts before every line it quotes."""
    lines = text.split("\n")
    if any(line and line[0] != ">" for line in lines):
        return text
    return "\n".join(line[1:].removeprefix(" ") for line in lines)


def is_wrapped(text: str) -> bool:
    """Return whether a text is hard-wrapped."""
    return bool(_wrapped_lines(text))


def _wrapped_lines(text: str) -> list[str]:
    """Return the lines of a hard-wrapped text, of others none; most are told by the average length of lines alone."""
    breaks = text.count("\n")
    if breaks < JOINTS_MIN or len(text) > WIDTH_MAX * (breaks + 1):
        return []
    lines = text.split("\n")
    return lines if _has_joints(lines) else []


def unwrap(text: str) -> str:
    """Join the lines of hard-wrapped copy; paragraphs are told by indents or empty lines.

    >>> lead = "The ferry will not run on Thursday, since\\nthe shaft was found to be cracked, the office\\n"
    >>> unwrap(lead + "said.\\n  Nobody was hurt when it stood still in the\\nbay.").split("\\n")[1]
    'Nobody was hurt when it stood still in the bay.'
    """
    lines = _wrapped_lines(text)
    if not lines:
        return text
    has_indents = any(line.startswith(_INDENTS) for line in lines)
    has_marks = has_indents or "\n\n" in text
    width = max(map(len, map(str.rstrip, lines)))
    words: set[str] = set()
    paragraphs: list[list[str]] = []
    before = ""
    for line in lines:
        ended = line.rstrip()
        bare = ended.lstrip()
        is_new = line.startswith(_INDENTS) if has_marks else before and not _is_open(before, width)
        if is_new or not before or not bare:
            paragraphs.append([bare if has_indents else ended])
        elif before[-1] != "-":
            paragraphs[-1] += (" ", bare)
        else:
            words = words or set(_WORD.findall(text))
            paragraphs[-1] += _behind_hyphen(paragraphs[-1].pop(), bare, words)
        before = ended
    return "\n".join(map("".join, paragraphs))


def _is_open(line: str, width: int) -> bool:
    """Return whether a line ends inside a sentence, or is as wide as lines get."""
    return line[-1] not in _SENTENCE_END or len(line) > 0.8 * width


def _behind_hyphen(before: str, line: str, words: set[str]) -> tuple[str, str]:
    """Return two lines as they join; a word that a hyphen divides loses it where the text has it in one piece too."""
    head, tail = _DIVIDED.search(before), _WORD_END.match(line)
    if head is None or tail is None:
        return before, f" {line}"
    return before[:-1] if head[1] + tail[0] in words else before, line


def _has_joints(lines: Sequence[str]) -> bool:
    """Return whether most line ends between lines of a paragraph stand inside sentences."""
    if not WIDTH_MIN <= max(map(len, lines)) <= WIDTH_MAX + 20:
        return False
    ends = joints = lower = full = 0
    ended = list(map(str.rstrip, lines))
    width = FULL_SHARE * max(map(len, ended))
    for before, line in pairwise(ended):
        if not before or not line or line.startswith(_INDENTS):
            continue
        ends += 1
        if before[-1] not in _SENTENCE_END:
            joints += 1
            bare = line.lstrip()
            lower += bare[0].islower()
            full += len(before) + 1 + len(bare.partition(" ")[0]) >= width
    if joints < JOINTS_MIN or joints < JOINTS_SHARE_MIN * ends or full < FULL_LINES_SHARE_MIN * joints:
        return False
    return lower >= LOWER_SHARE_MIN * joints or all(map(str.isupper, filter(str.strip, lines)))
