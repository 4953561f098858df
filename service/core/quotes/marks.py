"""Quotation marks -> marked passages. Pairing starts afresh in every paragraph and never looks far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PASSAGE_CHARS_MAX = 5_000
UNCLOSED_CHARS_MAX = 2_000
"""A mark that is never closed runs to the end of its paragraph, but no farther than this."""
SINGLE_EVENTS_AHEAD = 40
"""How many marks ahead a single opening mark may look for its closing one."""

_MARK = re.compile(
    r"\n|[“”„«»\"]|''|``"
    r"|(?<!\w)[‘'](?=[\w\[“\"])(?!\d0s\b|(?:em|til|tis|twas|cause|n)\b)"
    r"|(?<=[\w.,!?…;:\-—\])”\"])[’'](?!\w)"
)
_ENDS_SAYING = frozenset('.,!?…;:—-”"]')
_OPENERS = frozenset("“„«")
_CLOSERS = frozenset("”»")


@dataclass(frozen=True, slots=True)
class Passage:
    """A marked passage, marks included; `closed` is False where the closing mark is missing."""

    start: int
    end: int
    closed: bool = True


@dataclass(frozen=True, slots=True)
class _Event:
    start: int
    end: int
    mark: str

    @property
    def single(self) -> bool:
        return self.mark in "‘’'"


def find_passages(text: str) -> list[Passage]:
    """Passages in text order, none inside another. Linear in the text, whatever it holds.

    >>> [(p.start, p.end) for p in find_passages('He said "yes" and left.')]
    [(8, 13)]
    """
    passages: list[Passage] = []
    paragraph: list[_Event] = []
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark != "\n":
            paragraph.append(_Event(match.start(), match.end(), mark))
        elif paragraph:
            passages.extend(_pair(text, paragraph, match.start()))
            paragraph = []
    if paragraph:
        passages.extend(_pair(text, paragraph, len(text)))
    return passages


def _pair(text: str, events: list[_Event], paragraph_end: int) -> list[Passage]:
    """Passages of one paragraph: double marks first, unless it is written in single marks."""
    singles = [event for event in events if event.single]
    if not singles:
        return list(_doubles(text, events, paragraph_end))
    doubles = [event for event in events if not event.single]
    outer = list(_singles(text, singles))
    speech = [p for p in outer if text[p.end - 2] in _ENDS_SAYING]
    if speech and any(speech[0].start < event.start < speech[0].end for event in doubles):
        doubles = [e for e in doubles if not any(p.start < e.start < p.end for p in outer)]
        found = outer + list(_doubles(text, doubles, paragraph_end))
        return _without_nesting(found)
    found = list(_doubles(text, doubles, paragraph_end))
    free = [e for e in singles if not any(p.start < e.start < p.end for p in found)]
    return _without_nesting(found + list(_singles(text, free)))


def _without_nesting(passages: list[Passage]) -> list[Passage]:
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (p.start, -p.end)):
        if not kept or passage.start >= kept[-1].end:
            kept.append(passage)
    return kept


def _doubles(text: str, events: list[_Event], paragraph_end: int) -> Iterator[Passage]:
    """Double marks of any style, one state; a reopened mark inside a passage belongs to it."""
    opened: _Event | None = None
    for event in events:
        if opened is not None and event.start - opened.start > PASSAGE_CHARS_MAX:
            opened = None
        if opened is None:
            if _opens(text, event):
                opened = event
        elif _closes(text, opened, event):
            if event.start > opened.end:
                yield Passage(opened.start, event.end)
            opened = None
    if opened is not None and 2 < paragraph_end - opened.start <= UNCLOSED_CHARS_MAX:
        end = opened.start + len(text[opened.start : paragraph_end].rstrip())
        if end - opened.end >= 2:
            yield Passage(opened.start, end, closed=False)


def _opens(text: str, event: _Event) -> bool:
    """Whether a mark can open: what stands after it is not white space, and a straight one follows no word."""
    if event.mark in _OPENERS or event.mark == "``":
        return True
    if event.mark in _CLOSERS:
        return False
    after = text[event.end : event.end + 1]
    before = text[event.start - 1 : event.start]
    if not after or after.isspace():
        return False
    return not (before.isalnum() or (before in ",.?!" and before and not _glued(text, event)))


def _glued(text: str, event: _Event) -> bool:
    """Scraping lost the space: `factors."The sides` or `said."[The`."""
    after = text[event.end : event.end + 1]
    return after.isupper() or after == "["


def _closes(text: str, opened: _Event, event: _Event) -> bool:
    if event.mark in _CLOSERS or event.mark == "''":
        return True
    if event.mark == "“":  # typed for a closing mark: nothing word-like follows; „…“ closes so
        after = text[event.end : event.end + 1]
        return opened.mark == "„" or (opened.mark == "“" and not (after.isalnum() or after in "‘'[$"))
    return event.mark == '"' and opened.mark in '"“'


def _singles(text: str, events: list[_Event]) -> Iterator[Passage]:
    """Single marks: an apostrophe looks the same, so the closing one is chosen by what stands before it."""
    position = 0
    while position < len(events):
        event = events[position]
        position += 1
        if not _is_single_opening(text, event):
            continue
        closing = _closing_single(text, events, position)
        if closing is not None:
            yield Passage(event.start, events[closing].end)
            position = closing + 1


def _is_single_opening(text: str, event: _Event) -> bool:
    before = text[event.start - 1 : event.start]
    return event.mark in "‘'" and not (
        before.isalnum() or (before in _ENDS_SAYING and before != "—" and before)
    )


def _closing_single(text: str, events: list[_Event], first: int) -> int | None:
    fallback: int | None = None
    for position in range(first, min(len(events), first + SINGLE_EVENTS_AHEAD)):
        event = events[position]
        if event.start - events[first - 1].start > PASSAGE_CHARS_MAX or _is_single_opening(text, event):
            break
        if event.mark == "‘":
            continue
        if text[event.start - 1] in _ENDS_SAYING:
            return position
        possessive = text[event.start - 1] == "s" and text[event.end : event.end + 2].strip().isalpha()
        if fallback is None and not possessive:
            fallback = position
    return fallback
