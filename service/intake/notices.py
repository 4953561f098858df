"""Read from an article whether it corrects or withdraws what was published before, and which article it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from service.languages.en.notices import (
    CORRECTION,
    CORRECTION_SIGNS,
    CORRECTION_TITLE,
    NAMED,
    WITHDRAWAL,
    WITHDRAWAL_SIGNS,
    WITHDRAWAL_TITLE,
    WITHDRAWN_STATUSES,
)
from service.languages.timestamps import fold_word

HEAD_CHARS: Final = 500
TAIL_CHARS: Final = 400
"""Characters at either end of a text that are searched for a notice: inside, a story may be about one."""
ABOUT_MAX: Final = 4
"""Maximum number of ids and slugs that a notice is taken to name."""

Notice = Literal["correction", "withdrawal"]


def read_notice(title: str | None, text: str, status: object) -> Notice | None:
    """Return what kind of notice an article is, if any; `status` is its feed's field of that name."""
    if isinstance(status, str) and status.strip().lower() in WITHDRAWN_STATUSES:
        return "withdrawal"
    head, tail = fold_word(text[:HEAD_CHARS]), fold_word(text[HEAD_CHARS:][-TAIL_CHARS:])
    ends = f"{head}\n{tail}"
    if WITHDRAWAL_TITLE.match(title or "") or (_shows(ends, WITHDRAWAL_SIGNS) and WITHDRAWAL.search(head)):
        return "withdrawal"
    if CORRECTION_TITLE.match(title or ""):
        return "correction"
    if _shows(ends, CORRECTION_SIGNS) and (CORRECTION.search(head) or CORRECTION.search(tail)):
        return "correction"
    return None


def _shows(folded: str, signs: Sequence[str]) -> bool:
    """Return whether one of the signs of a pattern stands in a text: it is searched for only there."""
    return any(map(folded.__contains__, signs))


def named_in(title: str | None, text: str) -> tuple[str, ...]:
    """Return the words in which a notice may name the article it is about: ids or slugs."""
    found = (match[1].rstrip(".:/-") for match in NAMED.finditer(f"{title or ''}\n{text[:HEAD_CHARS]}"))
    return tuple(dict.fromkeys(name for name in found if name))[:ABOUT_MAX]
