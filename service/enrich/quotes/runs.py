"""Runs of capitalised words: where a text may name someone, and which of the words are a title."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from service.compiled import borrowing, compiled
from service.enrich.quotes import columns as c
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import word_hash

WORD_CHARS_MAX = 40
ROLE_WORDS_BEFORE = 6
ROLE_WORDS_AFTER = 16
ROLE_NAMED_AFTER = ROLE_WORDS_AFTER // 2
"""Between the commas behind a name the word for what someone does comes among so many."""

TITLE_BEFORE, TITLE_AFTER = 1, 2
_COMMA = word_hash(",")


class Run(Struct, gc=False):
    """Tokens [first, end); `name` is the words from token `name_from` on, where titles end, without full stops.

    `titles`: whether a word like "minister" stands close before the name, or behind a comma that follows it. Only
    there can a role be read, and most names have neither.
    """

    first: int
    end: int
    name_from: int
    titles: int
    name: tuple[str, ...]


def name_runs(view: View) -> list[Run]:
    """All runs in text order. Words that carry a capital only at the head of a sentence are left out."""
    tokens = view.tokens
    found = _runs(tokens.attributes, tokens.flags, tokens.starts, tokens.ends).tolist()
    seen: dict[str, tuple[str, ...]] = {}
    runs: list[Run] = []
    text = view.text
    for first, end, name_from, titles, start, stop in found:
        wording = text[start:stop]
        if end - name_from == 1:
            runs.append(Run(first, end, name_from, titles, (wording,)))
            continue
        name = seen.get(wording)
        if name is None:
            name = seen[wording] = _words(wording, view, name_from, end)
        runs.append(Run(first, end, name_from, titles, name))
    return runs


def _words(wording: str, view: View, first: int, end: int) -> tuple[str, ...]:
    words = wording.split()
    if len(words) == end - first and "." not in words:  # nearly always: blanks alone part the tokens
        return tuple(words)
    return tuple(word for token in range(first, end) if (word := view[token]) != ".")


@borrowing
def _is_capital(attributes: Int32s, starts: Int32s, ends: Int32s, token: int) -> bool:
    """A verb of saying with a capital is a headline's, not a name's."""
    shape = attributes[token, c.SHAPE]
    capital = shape == c.SHAPE_CAPITAL or shape == c.SHAPE_CAPITALS
    return bool(
        capital and attributes[token, c.KIND] > c.CUES and ends[token] - starts[token] < WORD_CHARS_MAX
    )


@borrowing
def _joins(flags: Int32s, starts: Int32s, ends: Int32s, token: int) -> bool:
    """Whether a token may stand between two capitals of a run: an initial's or title's full stop, a particle."""
    if flags[token] & c.PARTICLE:
        return True
    if not flags[token] & c.ENDS or token == 0:
        return False
    return bool(ends[token - 1] - starts[token - 1] == 1 or flags[token - 1] & c.TITLED)


@borrowing
def _titles(attributes: Int32s, flags: Int32s, name: int, end: int) -> int:
    found = 0
    for token in range(max(0, name - ROLE_WORDS_BEFORE), name):
        if flags[token] & c.TITLED:
            found |= TITLE_BEFORE
    if end < len(attributes) and attributes[end, c.WORD] == _COMMA:
        for token in range(end + 1, min(end + ROLE_NAMED_AFTER + 1, len(attributes))):
            if flags[token] & c.TITLED:
                found |= TITLE_AFTER
    return found


@compiled
def _runs(attributes: Int32s, flags: Int32s, starts: Int32s, ends: Int32s) -> Int32s:
    """Rows of first and end token, the name's first token, titles, and where the name stands in the text."""
    count = len(attributes)
    found = np.empty((count, 6), np.int32)
    runs, token = 0, 0
    while token < count:
        if not _is_capital(attributes, starts, ends, token):
            token += 1
            continue
        first, end = token, token + 1
        while end < count and starts[end] - ends[end - 1] <= 1:
            if _is_capital(attributes, starts, ends, end):
                end += 1
            elif (
                end + 1 < count
                and _joins(flags, starts, ends, end)
                and starts[end + 1] - ends[end] <= 1
                and _is_capital(attributes, starts, ends, end + 1)
            ):
                end += 2
            else:
                break
        token = end
        while first < end and flags[first] & c.NEVER_NAMES:
            first += 1
        if first == end:
            continue
        name = first
        for at in range(first, end):
            dot = flags[at] & c.ENDS and name == at and at > first
            if flags[at] & c.TITLED or dot:
                name = at + 1
        found[runs, 0], found[runs, 1], found[runs, 2] = first, end, name
        found[runs, 3] = _titles(attributes, flags, name, end)
        found[runs, 4] = starts[name] if name < end else ends[end - 1]  # a title alone names nobody
        found[runs, 5] = ends[end - 1]
        runs += 1
    return found[:runs].copy()
