"""Lines that are no part of the story: share buttons, captions and credits, sign-up boxes, related stories.

Every rule looks at whole lines, so a sentence that merely mentions a newsletter stays. A line is looked at closely
only when its first word is one that such lines begin with, or when it carries a mark such as "toggle caption".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.languages.en.boilerplate import (
    BETWEEN_SHARE_WORDS,
    CAPTION_BOX,
    RELATED_HEADINGS,
    RULES,
    SHARE_WORDS,
    WHOLE_LINES,
)

LINE_CHARS_MAX = 400
"""Longer lines are prose with something in it, not boilerplate."""
LINES_MAX = 20_000
"""A text with more lines is no article, and is left as it is."""

_EDGE = " \t:;.,!|-–—>»›…*•[]()\"'"

HEADING_CHARS_MAX = 40
RELATED_TITLES_MAX = 12
RELATED_WORDS_MAX = 25
"""A title in a list of related stories is shorter; a longer line is prose again."""


_IMAGE_LINE = re.compile(r".{0,400} - [\w .]{2,40}, \d{3,4}, \d\d\.\d\d\.\d{4}$")
_LIST_MARK = re.compile(r"[-–—*•·>]\s*|\d{1,2}[.)]\s+")


def drop_boilerplate(text: str) -> str:
    """The text without the lines that are no part of the story, and without the empty lines around them."""
    lines = text.split("\n")
    kept: list[str] = []
    at, count = 0, len(lines)
    if count > LINES_MAX:
        return text
    may_hold_captions = "caption" in text or "mediabank" in text
    while at < count:
        line = lines[at]
        at += 1
        if not line:
            if kept and kept[-1]:
                kept.append(line)
        elif len(line) > LINE_CHARS_MAX:
            kept.append(line)
        elif len(line) <= HEADING_CHARS_MAX and line.lower().strip(_EDGE) in RELATED_HEADINGS:
            after = _end_of_related(lines, at)
            if after == at:
                kept.append(line)
            at = after
        elif not (is_boilerplate(line) or (may_hold_captions and _is_caption_box(line))):
            kept.append(line)
    left = "\n".join(kept).strip("\n")
    if not left and may_hold_captions:  # a story in one line with its picture's caption behind it
        return text
    return text if len(kept) == count else left


def is_boilerplate(line: str) -> bool:
    """Is this whole line, stripped, none of the author's words?"""
    first = line.partition(" ")[0].lower()
    rule = RULES.get(first)
    if rule is not None and rule.match(line):
        return True
    if len(line) <= 60 and line.lower().strip(_EDGE) in WHOLE_LINES:
        return True
    if first in SHARE_WORDS and len(line) <= 120 and _is_share_bar(line):
        return True
    if line[0] == "#" and _is_hashtags(line):
        return True
    return line[-1].isdigit() and _IMAGE_LINE.match(line) is not None


def _is_caption_box(line: str) -> bool:
    return "the mediabank" in line or ("aption" in line and CAPTION_BOX.search(line) is not None)


def _is_share_bar(line: str) -> bool:
    parts = [part.strip(_EDGE) for part in line.lower().replace("|", " ").split()]
    others = [part for part in parts if part and part not in SHARE_WORDS]
    return len(parts) - len(others) >= 2 and all(
        part in BETWEEN_SHARE_WORDS or part.isdigit() for part in others
    )


def _is_hashtags(line: str) -> bool:
    return all(tag[0] == "#" and len(tag) > 1 and not tag[1:].isdigit() for tag in line.split())


def _end_of_related(lines: Sequence[str], at: int) -> int:
    """Index of the first line after the titles that follow a heading such as "Related posts"."""
    end, titles = at, 0
    while at < len(lines) and titles < RELATED_TITLES_MAX:
        line = lines[at]
        at += 1
        if not line:
            continue
        if not _is_title_like(line):
            break
        titles += 1
        end = at
    return end


def _is_title_like(line: str) -> bool:
    if line.count(" ") >= RELATED_WORDS_MAX:
        return False
    return _LIST_MARK.match(line) is not None or line[-1] not in ".”\"'’!:;,"
