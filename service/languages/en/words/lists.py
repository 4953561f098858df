"""How the lists are written down: many words to a line, read once at import."""

from __future__ import annotations


def listed(*lines: str) -> list[str]:
    """The words of some lines, in order.

    >>> listed("one two", "three")
    ['one', 'two', 'three']
    """
    return [word for line in lines for word in line.split()]


def named(*lines: str) -> dict[str, str]:
    """ "name: word word" lines -> word -> name; a word in two lines keeps the first.

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
    """ "value: word word" lines -> word -> value.

    >>> numbered("12: dozen", "0.5: half")
    {'dozen': 12.0, 'half': 0.5}
    """
    return {word: float(value) for word, value in named(*lines).items()}


def ranked(line: str, first: int = 0) -> dict[str, int]:
    """Words in order -> word -> rank; words joined by "|" share one.

    >>> ranked("january|jan february|feb", first=1)
    {'january': 1, 'jan': 1, 'february': 2, 'feb': 2}
    """
    return {word: rank for rank, group in enumerate(line.split(), start=first) for word in group.split("|")}
