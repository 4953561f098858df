"""Lists of words as they are best read: many to a line, with blanks between them."""

from __future__ import annotations


def words(*lines: str) -> frozenset[str]:
    """The words of some lines.

    >>> sorted(words("of the", "and"))
    ['and', 'of', 'the']
    """
    return frozenset(word for line in lines for word in line.split())


def phrases(*lines: str) -> frozenset[str]:
    """The phrases of some lines, with bars between them.

    >>> sorted(phrases("read more|read on", "more"))
    ['more', 'read more', 'read on']
    """
    return frozenset(phrase for line in lines for phrase in line.split("|"))
