"""Read from an article whether it corrects or withdraws what was published before, and which article it names."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from service.intake.signs import Signs
from service.languages.en.notices import CORRECTION_TITLE, NAMED, WITHDRAWAL_TITLE, WITHDRAWN_STATUSES
from service.languages.notices import (
    CORRECTION,
    CORRECTION_ELSEWHERE,
    CORRECTION_SIGNS,
    WITHDRAWAL,
    WITHDRAWAL_ELSEWHERE,
    WITHDRAWAL_SIGNS,
)
from service.languages.timestamps import fold_word

HEAD_CHARS: Final = 500
TAIL_CHARS: Final = 400
"""Characters at either end of a text that are searched for a notice: inside, a story may be about one."""
ABOUT_MAX: Final = 4
"""Maximum number of ids and slugs that a notice is taken to name."""

_WITHDRAWAL_SIGNS: Final = Signs(WITHDRAWAL_SIGNS)
_CORRECTION_SIGNS: Final = Signs(CORRECTION_SIGNS)

Notice = Literal["correction", "withdrawal"]


class Note(NamedTuple):
    """Hold what an article says it is, and where: the span counts code points of its title or its text."""

    notice: Notice
    where: Literal["title", "text"]
    start: int
    end: int


def read_notice(title: str | None, text: str, status: object) -> Notice | None:
    """Return what kind of notice an article is, if any; `status` is its feed's field of that name."""
    if isinstance(status, str) and status.strip().lower() in WITHDRAWN_STATUSES:
        return "withdrawal"
    note = find_note(title, text)
    return None if note is None else note.notice


def find_note(title: str | None, text: str) -> Note | None:
    """Find the words by which title or text say that an article corrects, or withdraws, another."""
    head, tail = fold_word(text[:HEAD_CHARS]), fold_word(text[HEAD_CHARS:][-TAIL_CHARS:])
    ends = f"{head}\n{tail}"
    headline = fold_word(title or "")
    if found := WITHDRAWAL_TITLE.match(title or "") or _elsewhere(
        headline, _WITHDRAWAL_SIGNS, WITHDRAWAL_ELSEWHERE
    ):
        return Note("withdrawal", "title", *found.span())
    if _WITHDRAWAL_SIGNS.stand_in(ends) and (found := WITHDRAWAL.search(head)):
        return Note("withdrawal", "text", *found.span())
    if found := CORRECTION_TITLE.match(title or "") or _elsewhere(
        headline, _CORRECTION_SIGNS, CORRECTION_ELSEWHERE
    ):
        return Note("correction", "title", *found.span())
    if not _CORRECTION_SIGNS.stand_in(ends):
        return None
    if found := CORRECTION.search(head):
        return Note("correction", "text", *found.span())
    found, before = CORRECTION.search(tail), len(text) - len(tail)
    return None if found is None else Note("correction", "text", before + found.start(), before + found.end())


def _elsewhere(headline: str, signs: Signs, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Search a headline in small letters for a notice in another language than English."""
    return pattern.search(headline) if signs.stand_in(headline) else None


def named_in(title: str | None, text: str) -> tuple[str, ...]:
    """Return the words in which a notice may name the article it is about: ids or slugs."""
    found = (match[1].rstrip(".:/-") for match in NAMED.finditer(f"{title or ''}\n{text[:HEAD_CHARS]}"))
    return tuple(dict.fromkeys(name for name in found if name))[:ABOUT_MAX]
