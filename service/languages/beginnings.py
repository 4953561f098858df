"""Tell with which characters the matches of a pattern can begin, so that few lines are tried against it.

The patterns are those of the lists in these folders: literals, groups without capture, classes, `\\d`, quantifiers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_OPEN: Final = "\0"
"""Ends a beginning behind which anything may stand."""

_DIGITS: Final = "0123456789"


def beginnings(pattern: str, size: int) -> set[str]:
    """Return what a match can begin with: strings of `size` characters, shorter ones where more cannot be told.

    >>> sorted(beginnings("(?:an? )?owl|emu .*", 3))
    ['a o', 'an ', 'emu', 'owl']
    """
    return {found.removesuffix(_OPEN) for found in _beginnings(pattern, size)}


def _beginnings(pattern: str, size: int) -> set[str]:
    return {found for branch in _branches(pattern) for found in _of_branch(branch, size)}


def _of_branch(branch: str, size: int) -> set[str]:
    complete: set[str] = set()
    heads, rest = {""}, branch
    while rest and heads:
        parts, rest = _first_part(rest, size)
        longer = {(head + part)[:size] for head in heads for part in parts}
        complete |= {head for head in longer if _is_complete(head, size)}
        heads = {head for head in longer if not _is_complete(head, size)}
    return complete | heads


def _is_complete(head: str, size: int) -> bool:
    return len(head) >= size or head.endswith(_OPEN)


def _branches(pattern: str) -> Iterator[str]:
    """Yield the alternatives of a pattern that stand in no group."""
    depth, start = 0, 0
    for at, char in enumerate(pattern):
        escaped = pattern[at - 1 : at] == "\\"
        depth += (char == "(" and not escaped) - (char == ")" and not escaped)
        if char == "|" and depth == 0:
            yield pattern[start:at]
            start = at + 1
    yield pattern[start:]


def _first_part(pattern: str, size: int) -> tuple[set[str], str]:
    """Return what the first part of a pattern can begin with, "" where it may be missing, and the rest."""
    parts, length = _one(pattern, size)
    quantifier = pattern[length : length + 1]
    if quantifier == "?":
        return parts | {""}, pattern[length + 1 :]
    if quantifier and quantifier in "*+{":
        may_be_missing = quantifier == "*" or pattern.startswith("{0", length)
        opened = {part.removesuffix(_OPEN) + _OPEN for part in parts}
        return (opened | {_OPEN} if may_be_missing else opened), ""
    return parts, pattern[length:]


def _one(pattern: str, size: int) -> tuple[set[str], int]:
    """Return what the first part matches, without its quantifier, and the length of that part."""
    if pattern.startswith("(?:"):
        end = _end_of_group(pattern)
        return _beginnings(pattern[3:end], size), end + 1
    if pattern[0] == "[":
        end = pattern.index("]", 1)
        inner = pattern[1:end]
        is_plain = not set(inner) & set("^\\-") or inner in ("- ", " -")
        return (set(inner) if is_plain else {_OPEN}), end + 1
    if pattern[0] == "\\":
        if pattern[1] in "dwsWSDbB":
            return {"d": set(_DIGITS), "b": {""}}.get(pattern[1], {_OPEN}), 2
        return {pattern[1]}, 2
    if pattern[0] in ".$^(":
        return {_OPEN}, 1
    return {pattern[0]}, 1


def _end_of_group(pattern: str) -> int:
    depth = 0
    for at, char in enumerate(pattern):
        escaped = pattern[at - 1 : at] == "\\"
        depth += (char == "(" and not escaped) - (char == ")" and not escaped)
        if depth == 0:
            return at
    return len(pattern)
