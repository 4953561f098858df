"""Read lists of words as they are best written down: many words to a line."""

from __future__ import annotations


def words(*lines: str) -> frozenset[str]:
    """Return the words of some lines as a set.

    >>> sorted(words("of the", "and"))
    ['and', 'of', 'the']
    """
    return frozenset(word for line in lines for word in line.split())


def phrases(*lines: str) -> frozenset[str]:
    """Return the phrases of some lines, which bars separate.

    >>> sorted(phrases("read more|read on", "more"))
    ['more', 'read more', 'read on']
    """
    return frozenset(phrase for line in lines for phrase in line.split("|"))


def listed(*lines: str) -> list[str]:
    """Return the words of some lines, in order.

    >>> listed("one two", "three")
    ['one', 'two', 'three']
    """
    return [word for line in lines for word in line.split()]


def named(*lines: str) -> dict[str, str]:
    """Map each word of "name: word word" lines to its name; a word in two lines keeps the first.

    >>> named("metre: metre metres", "mile: mile")
    {'metre': 'metre', 'metres': 'metre', 'mile': 'mile'}
    """
    meanings: dict[str, str] = {}
    for line in lines:
        name, _, members = line.partition(": ")
        for word in members.split():
            meanings.setdefault(word, name)
    return meanings


def numbered(*lines: str) -> dict[str, float]:
    """Map each word of "value: word word" lines to its value.

    >>> numbered("12: dozen", "0.5: half")
    {'dozen': 12.0, 'half': 0.5}
    """
    return {word: float(value) for word, value in named(*lines).items()}


def ranked(line: str, first: int = 0) -> dict[str, int]:
    """Map each word of a line to its rank; words joined by "|" share one.

    >>> ranked("january|jan february|feb", first=1)
    {'january': 1, 'jan': 1, 'february': 2, 'feb': 2}
    """
    return {word: rank for rank, group in enumerate(line.split(), start=first) for word in group.split("|")}
