"""Drop the furniture of pages: share bars, captions and credits, sign-up boxes, consent notes, links to other stories.

Every rule looks at whole lines, so a sentence that merely mentions a newsletter stays. Lines such as "Home" or
"Subscribe now" may be the story's own: they go only beside other furniture, or at an end of the text. A list below a
heading such as "Top stories" goes only where it ends the text and the story before it is longer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from service.intake.cleaning.furniture_lines import (
    EDGE,
    HEAD_CHARS_MAX,
    LINE_CHARS_MAX,
    Verdict,
    verdict_of,
)
from service.intake.cleaning.line_sieve import lines_in_doubt
from service.languages import furniture

ROUNDS_MAX: Final = 4
"""Maximum number of times that lines are judged: what was dropped brings others to the top or the end."""

LINES_MAX: Final = 2_000
"""Maximum number of lines of a text that is looked at; a text with more is no article and left as it is."""

RELATED_TITLES_MAX: Final = 12
"""Maximum number of titles below a heading of a list of other stories."""

RELATED_WORDS_MAX: Final = 25
"""Maximum number of words of such a title; a longer line is prose again."""

BYLINE_LINES_MAX: Final = 4
"""Maximum number of lines of a text above which a byline may stand."""

_RAW_HEAD_CHARS: Final = 2 * furniture.HEAD_CHARS + 2
"""Characters of which the first folded ones are made, two at most for each."""

_LAST: Final = frozenset(")].")
_SENTENCE_END: Final = '.!?”"’»'
_LIST_MARK: Final = re.compile(r"[-–—*•·>]\s*|\d{1,2}[.)]\s+")


def drop_boilerplate(text: str, encoded: bytes | None = None) -> str:
    """Return the text without the lines that are no part of the story, and without the empty lines around them.

    `encoded` is the text in UTF-8 where the caller has it.
    """
    if text.count("\n") >= LINES_MAX:
        return text
    encoded = text.encode("utf-8", "surrogatepass") if encoded is None else encoded
    lines = text.split("\n")
    doubtful = _doubtful_lines(lines, encoded)
    for _ in range(ROUNDS_MAX):
        verdicts = _Verdicts(lines, doubtful).decided() if doubtful else ()
        if not any(verdicts):
            break
        kept = _kept(lines, verdicts)
        if len(kept) == len(lines):
            break
        if not kept and _may_be_one_caption(lines):
            break
        places = {at: new for new, at in enumerate(kept)}
        lines = [lines[at] for at in kept]
        doubtful = [(places[at], has_sign) for at, has_sign in doubtful if at in places]
    return text if len(lines) == text.count("\n") + 1 else "\n".join(lines)


def _kept(lines: Sequence[str], verdicts: Sequence[Verdict]) -> list[int]:
    """Return the places of the lines that stay, without empty lines at the ends and behind other empty lines."""
    kept: list[int] = []
    before, drop = "", Verdict.DROP
    for at, (line, verdict) in enumerate(zip(lines, verdicts, strict=True)):
        if verdict is not drop and (line or before):
            kept.append(at)
            before = line
    if kept and not before:
        kept.pop()
    return kept


def _may_be_one_caption(lines: Sequence[str]) -> bool:
    """Tell whether a text all of whose lines are furniture may be a story in one line with a caption behind it."""
    return any("caption" in line or "mediabank" in line for line in lines)


def _doubtful_lines(lines: Sequence[str], encoded: bytes) -> list[tuple[int, bool]]:
    """Return the places of the lines that may be furniture; all others are prose, as most lines of most texts are.

    A line is told by its first characters, its last two, and the signs in it; whether it has one stands beside it.
    """
    picked = lines_in_doubt(encoded)
    return [(at, has_sign > 0) for at, has_sign in picked if has_sign or _may_be_furniture(lines[at])]


def _may_be_furniture(line: str) -> bool:
    """Return whether a line, not empty, begins or ends as furniture does."""
    if len(line) > LINE_CHARS_MAX:
        return False
    last = line[-1]
    return (
        _begins(furniture.fold_line(line[:_RAW_HEAD_CHARS]))
        or (last in _LAST and (last != "." or line[-2:-1] in _LAST))
        or (line[0] in EDGE and _begins(furniture.fold_line(line.lstrip(EDGE)[:_RAW_HEAD_CHARS])))
        or last.isdigit()
    )


def _begins(head: str) -> bool:
    """Return whether the folded beginning of a line is one of furniture, or the whole of a short line."""
    return len(head) <= furniture.HEAD_CHARS or not furniture.HEADS.isdisjoint(
        (head[:4], head[:3], head[:2], head[:1])
    )


class _Verdicts:
    """What is to become of each line of a text."""

    def __init__(self, lines: Sequence[str], doubtful: Sequence[tuple[int, bool]]) -> None:
        self._lines = lines
        self._doubtful = doubtful
        self._verdicts = [Verdict.KEEP] * len(lines)
        self._prose_words = 0
        self._prose_lines = 0
        self._counted = 0

    def decided(self) -> list[Verdict]:
        """Return a verdict for each line, none of them in doubt."""
        behind = seen = counted = 0
        for at, has_sign in self._doubtful:
            if at < behind:
                continue
            line = self._lines[at]
            if seen <= BYLINE_LINES_MAX:
                seen += sum(map(bool, self._lines[counted : at + 1]))
                counted = at + 1
            end = self._end_of_links(line, at)
            if end > at + 1:
                self._verdicts[at:end] = [Verdict.DROP] * (end - at)
                behind = counted = end
                continue
            self._verdicts[at] = verdict_of(line, is_top=seen <= BYLINE_LINES_MAX, has_sign=has_sign)
        if Verdict.DOUBT in self._verdicts:
            self._settle_doubts()
        return self._verdicts

    def _count_prose(self, end: int) -> None:
        """Count the lines kept before a place that end a sentence, and their words."""
        for at in range(self._counted, end):
            line = self._lines[at]
            if line and line[-1] in _SENTENCE_END and self._verdicts[at] is Verdict.KEEP:
                self._prose_lines += 1
                self._prose_words += line.count(" ") + 1
        self._counted = max(self._counted, end)

    def _end_of_links(self, line: str, place: int) -> int:
        """Return the index behind the titles below a heading of other stories; that of the next line without any."""
        at = place + 1
        if len(line) > HEAD_CHARS_MAX:
            return at
        heading = furniture.fold_line(line).strip(EDGE)
        if heading in furniture.RELATED:
            return _end_of_titles(self._lines, at)[0]
        if heading not in furniture.RELATED_DOUBTFUL:
            return at
        self._count_prose(place)
        end, words = _end_of_titles(self._lines, at)
        ends_text = not any(line and verdict_of(line) is Verdict.KEEP for line in self._lines[end : end + 8])
        return end if ends_text and self._prose_lines >= 2 and self._prose_words > words else at

    def _settle_doubts(self) -> None:
        """Drop a doubtful line beside a dropped one, from both sides, or where only such lines lie before or after."""
        places = [at for at, line in enumerate(self._lines) if line]
        if all(self._verdicts[at] is not Verdict.KEEP for at in places):
            self._verdicts = [Verdict.DROP if line else Verdict.KEEP for line in self._lines]
            return
        for order in (places, places[::-1]):
            before = Verdict.DROP
            for at in order:
                if self._verdicts[at] is Verdict.DOUBT and before is Verdict.DROP:
                    self._verdicts[at] = Verdict.DROP
                before = self._verdicts[at]
        self._verdicts = [Verdict.KEEP if one is Verdict.DOUBT else one for one in self._verdicts]


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
