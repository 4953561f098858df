"""Runs of capitalised words: where a text may name someone, and which of the words are a title."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from service.core.compiled import borrowing, compiled
from service.core.quotes import columns as c
from service.core.quotes.codepoints import Int32s
from service.core.quotes.view import View

WORD_CHARS_MAX = 40


class Run(Struct, gc=False):
    """Tokens [first, end); `name` is the words from token `name_from` on, where titles end, without full stops."""

    first: int
    end: int
    name_from: int
    name: tuple[str, ...]


def name_runs(view: View) -> list[Run]:
    """All runs in text order. Words that carry a capital only at the head of a sentence are left out."""
    tokens = view.tokens
    found = _runs(tokens.attributes, tokens.flags, tokens.starts, tokens.ends).tolist()
    seen: dict[str, tuple[str, ...]] = {}
    runs: list[Run] = []
    text, starts, ends = view.text, view.starts, view.ends
    for first, end, name_from in found:
        wording = text[starts[name_from] : ends[end - 1]] if name_from < end else ""
        if end - name_from == 1:
            runs.append(Run(first, end, name_from, (wording,)))
            continue
        name = seen.get(wording)
        if name is None:
            name = seen[wording] = _words(wording, view, name_from, end)
        runs.append(Run(first, end, name_from, name))
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


@compiled
def _runs(attributes: Int32s, flags: Int32s, starts: Int32s, ends: Int32s) -> Int32s:
    count = len(attributes)
    found = np.empty((count, 3), np.int32)
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
        runs += 1
    return found[:runs].copy()
