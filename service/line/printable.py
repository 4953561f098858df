"""Show what strangers wrote without letting it do anything to the screen."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"


def printable(text: str) -> str:
    """Show control, bidirectional and other invisible characters of a text as escapes, on one line.

    Articles come from strangers: an escape sequence in one could recolour, rewrite or retitle the
    terminal of whoever looks at it (CWE-150). Letters of all scripts stay as they are, and so do the
    joiners that Persian, Indic scripts and emoji need; spaces of all kinds become plain ones.

    >>> printable("\\x1b[31mred")
    '\\\\x1b[31mred'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _shown(c) for c in text)


def _shown(character: str) -> str:
    if character in JOINERS:
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode("ascii")
