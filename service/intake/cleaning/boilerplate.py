"""Drop the furniture of pages: share bars, captions and credits, sign-up boxes, consent notes, links to other stories.

Every rule looks at whole lines, so a sentence that merely mentions a newsletter stays. Lines such as "Home" or
"Subscribe now" may be the story's own: they go only beside other furniture, or at an end of the text. A list below a
heading such as "Top stories" goes only where it ends the text and the story before it is longer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from service.languages import furniture
from service.languages.en.boilerplate import BETWEEN_SHARE_WORDS, CAPTION_BOX, RULES, SHARE_WORDS
from service.languages.timestamps import MONTHS, SMALL_WORDS, WEEKDAYS, fold_word

ROUNDS_MAX: Final = 4
"""Maximum number of times that lines are judged: what was dropped brings others to the top or the end."""

LINE_CHARS_MAX: Final = 400
"""Maximum length of furniture, in characters; longer lines are prose with something in it."""

LINES_MAX: Final = 20_000
"""Maximum number of lines of a text that is looked at; a text with more is no article and left as it is."""

SHORT_CHARS_MAX: Final = 60
"""Maximum length of a line that is furniture as a whole, in characters."""

LINK_CHARS_MAX: Final = 220
"""Maximum length of a link to another story with what stands before it, in characters."""

HEAD_CHARS_MAX: Final = 48
"""Maximum length of what stands before the colon or bar of such a link, and of a heading, in characters."""

RELATED_TITLES_MAX: Final = 12
"""Maximum number of titles below a heading of a list of other stories."""

RELATED_WORDS_MAX: Final = 25
"""Maximum number of words of such a title; a longer line is prose again."""

CREDIT_WORDS_MAX: Final = 8
"""Maximum number of words of a credit behind its colon."""

BYLINE_LINES_MAX: Final = 4
"""Maximum number of lines of a text above which a byline may stand."""

_EDGE: Final = " \t:;.,!|-–—>»›…*•[]()\"'"
_SENTENCE_END: Final = '.!?”"’»'
_IMAGE_LINE: Final = re.compile(r".{0,400} - [\w .]{2,40}, \d{3,4}, \d\d\.\d\d\.\d{4}$")
_LIST_MARK: Final = re.compile(r"[-–—*•·>]\s*|\d{1,2}[.)]\s+")
_LINK: Final = re.compile(r"(?P<head>[^:|»›>–—]{2,48}?)\s*(?P<mark>[:|»›>–—])\s*(?P<rest>\S.{0,200})$")
_RULE_LINE: Final = re.compile(r"[_=*~-]{3,80}$")
_DATE_PART: Final = re.compile(r"[\s,;:|/.()–—-]+")


class _Verdict(IntEnum):
    KEEP = 0
    DOUBT = 1
    DROP = 2


def drop_boilerplate(text: str) -> str:
    """Return the text without the lines that are no part of the story, and without the empty lines around them."""
    for _ in range(ROUNDS_MAX):
        left = _drop_once(text)
        if left == text:
            break
        text = left
    return text


def _drop_once(text: str) -> str:
    if text.count("\n") >= LINES_MAX:
        return text
    lines = text.split("\n")
    verdicts = _Verdicts(lines).decided()
    if not any(verdicts):
        return text
    kept: list[str] = []
    for line, verdict in zip(lines, verdicts, strict=True):
        if verdict is not _Verdict.DROP and (line or (kept and kept[-1])):
            kept.append(line)
    left = "\n".join(kept).strip("\n")
    if not left and (
        "caption" in text or "mediabank" in text
    ):  # a story in one line with a caption behind it
        return text
    return text if len(kept) == len(lines) else left


class _Verdicts:
    """What is to become of each line of a text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._verdicts = [_Verdict.KEEP] * len(lines)
        self._prose_words = 0
        self._prose_lines = 0

    def decided(self) -> list[_Verdict]:
        """Return a verdict for each line, none of them in doubt."""
        at, seen = 0, 0
        while at < len(self._lines):
            line = self._lines[at]
            if line:
                seen += 1
                end = self._end_of_links(line, at + 1)
                if end > at + 1:
                    self._verdicts[at:end] = [_Verdict.DROP] * (end - at)
                    at = end
                    continue
                self._verdicts[at] = verdict = verdict_of(line, is_top=seen <= BYLINE_LINES_MAX)
                if verdict is _Verdict.KEEP and line[-1] in _SENTENCE_END:
                    self._prose_lines += 1
                    self._prose_words += line.count(" ") + 1
            at += 1
        self._settle_doubts()
        return self._verdicts

    def _end_of_links(self, line: str, at: int) -> int:
        """Return the index behind the titles below a heading of other stories; `at` where there are none."""
        if len(line) > HEAD_CHARS_MAX:
            return at
        heading = fold_word(line).strip(_EDGE)
        if heading in furniture.RELATED:
            return _end_of_titles(self._lines, at)[0]
        if heading not in furniture.RELATED_DOUBTFUL:
            return at
        end, words = _end_of_titles(self._lines, at)
        ends_text = not any(line and verdict_of(line) is _Verdict.KEEP for line in self._lines[end : end + 8])
        return end if ends_text and self._prose_lines >= 2 and self._prose_words > words else at

    def _settle_doubts(self) -> None:
        """Drop a doubtful line beside a dropped one, from both sides, or where only such lines lie before or after."""
        places = [at for at, line in enumerate(self._lines) if line]
        if all(self._verdicts[at] is not _Verdict.KEEP for at in places):
            self._verdicts = [_Verdict.DROP if line else _Verdict.KEEP for line in self._lines]
            return
        for order in (places, places[::-1]):
            before = _Verdict.DROP
            for at in order:
                if self._verdicts[at] is _Verdict.DOUBT and before is _Verdict.DROP:
                    self._verdicts[at] = _Verdict.DROP
                before = self._verdicts[at]
        self._verdicts = [_Verdict.KEEP if one is _Verdict.DOUBT else one for one in self._verdicts]


def is_boilerplate(line: str) -> bool:
    """Return whether this whole line, stripped, is furniture wherever it stands."""
    return verdict_of(line) is _Verdict.DROP


def verdict_of(line: str, *, is_top: bool = False) -> _Verdict:
    """Judge one line, not empty, by itself; `is_top` where a byline may stand."""
    if len(line) > LINE_CHARS_MAX:
        return _Verdict.KEEP
    folded = fold_word(line)
    first = folded.partition(" ")[0]
    if len(line) <= SHORT_CHARS_MAX:
        bare = folded.strip(_EDGE)
        if bare in furniture.LINES:
            return _Verdict.DROP
        if bare in furniture.DOUBTFUL:
            return _Verdict.DOUBT
        if is_top and _is_byline(line):
            return _Verdict.DROP
    rule = RULES.get(first)
    if rule is not None and rule.match(line):
        return _Verdict.DROP
    if (
        _is_teaser(folded)
        or _is_marked(line, folded)
        or (len(line) <= LINK_CHARS_MAX and _is_link(line, folded))
    ):
        return _Verdict.DROP
    if first in SHARE_WORDS and len(line) <= 120 and _is_share_bar(line):
        return _Verdict.DROP
    doubtful = furniture.DOUBTFUL_STARTS.get(folded[0])
    return _Verdict.DOUBT if doubtful is not None and doubtful.match(folded) else _Verdict.KEEP


def _is_teaser(folded: str) -> bool:
    pattern = furniture.TEASERS.get(folded[0])
    if pattern is not None and pattern.match(folded):
        return True
    return any(mark in folded and line.match(folded) for mark, line in furniture.MARKS)


def _is_marked(line: str, folded: str) -> bool:
    """Return whether a line shows by its ends that it is a caption, a row of hashtags, an image's data or a rule."""
    last = line[-1]
    if last in ")].":
        if "caption" in line and _is_caption_box(line):
            return True
        return line.rstrip(".")[-1:] in (")", "]") and furniture.CAPTION_END.search(line) is not None
    if "aption" in line or "the mediabank" in line:
        return _is_caption_box(line)
    if line[0] == "#":
        return _is_hashtags(line)
    if line[0] == "_":
        return _RULE_LINE.match(line) is not None
    return last.isdigit() and _IMAGE_LINE.match(line) is not None


def _is_link(line: str, folded: str) -> bool:
    """Return whether a line is a link to another story, a credit or a date of publication, by what it begins with."""
    if folded.partition(" ")[0].rstrip(":,") in furniture.UPDATED_FIRST and _is_publication_date(folded):
        return True
    start = line[: HEAD_CHARS_MAX + 2]
    match = _LINK.match(line) if any(mark in start for mark in ":|»›>–—") else None
    if match is None:
        return False
    head, rest = fold_word(match["head"]).strip(_EDGE), match["rest"]
    if head in furniture.STARTS and not rest[0].islower():
        return " " in head or match["mark"] in "|»" or rest[-1] not in ".!?"
    return match["mark"] == ":" and head in furniture.CREDITS and _is_credit(rest)


def _is_credit(rest: str) -> bool:
    """Return whether words behind "Photo:" name people and agencies only: no sentence, no small words."""
    names = rest.replace("/", " / ").split()
    if len(names) > CREDIT_WORDS_MAX or rest[-1] in "!?":
        return False
    return all(
        not name[0].islower() or name in ("via", "by", "dpa", "of", "de", "von", "and") for name in names
    )


def _is_publication_date(folded: str) -> bool:
    """Return whether a line is "Updated", "Published on" or the like, and a date with nothing behind it."""
    parts = [part for part in _DATE_PART.split(folded) if part]
    for size in range(min(furniture.UPDATED_WORDS_MAX, len(parts) - 1), 0, -1):
        if " ".join(parts[:size]) in furniture.UPDATED:
            rest = parts[size:]
            return any(part[0].isdigit() for part in rest) and all(map(_is_date_part, rest))
    return False


def _is_date_part(part: str) -> bool:
    return (
        part[0].isdigit()
        or part in MONTHS
        or part in WEEKDAYS
        or part in SMALL_WORDS
        or bool(furniture.ZONE.fullmatch(part))
    )


def _is_byline(line: str) -> bool:
    match = furniture.BYLINE.match(line)
    return match is not None and all(furniture.NAME_WORD.fullmatch(word) for word in match["names"].split())


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


def _end_of_titles(lines: Sequence[str], at: int) -> tuple[int, int]:
    """Return the index behind the titles of other stories that begin here, and the number of their words."""
    end, titles, words = at, 0, 0
    while at < len(lines) and titles < RELATED_TITLES_MAX:
        line = lines[at]
        at += 1
        if not line:
            continue
        if not _is_title_like(line):
            break
        titles += 1
        words += line.count(" ") + 1
        end = at
    return end, words


def _is_title_like(line: str) -> bool:
    if line.count(" ") >= RELATED_WORDS_MAX:
        return False
    return _LIST_MARK.match(line) is not None or line[-1] not in ".”\"'’!:;,"
