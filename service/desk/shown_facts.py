"""What the later of two articles says beyond the earlier one, as the page and `copydesk explain` show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from service.intake.notices import find_note
from service.records import NewFact


class ShownFact(NamedTuple):
    """A fact, or the note of a notice, and where in title or text it stands."""

    kind: str
    text: str
    start: int
    end: int
    where: str


def shown_facts(
    title: str | None, text: str, facts: Iterable[NewFact], *, is_notice: bool
) -> list[ShownFact]:
    """Return the facts; before them the words by which a correction or a withdrawal says that it is one."""
    shown = [ShownFact(fact.kind, fact.text, fact.start, fact.end, fact.where) for fact in facts]
    note = find_note(title, text) if shown and is_notice else None
    if note is None:
        return shown
    words = ((title or "") if note.where == "title" else text)[note.start : note.end]
    others = [
        fact for fact in shown if fact.where != note.where or fact.start < note.start or note.end < fact.end
    ]
    return [ShownFact("note", words, note.start, note.end, note.where), *others]
