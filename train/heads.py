"""When two mentions name the same speaker: their head words agree."""

from __future__ import annotations

import re

_CUT = re.compile(
    r",|\(|\s(?:of|who|for|at|in|from|with|on|to|that|whose|and|during|as|the)\s", re.IGNORECASE
)
_WORD = re.compile(r"\w[\w'’.-]*")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})


def head_word(mention: str) -> str:
    """The surname of a person, the last word of anything else, in lower case.

    >>> head_word("Ada Brandt, the harbour's director"), head_word("the ministry")
    ('brandt', 'ministry')
    """
    first = next(
        (part for part in _CUT.split(re.sub(r"['’]s\b", "", mention)) if _WORD.search(part)), mention
    )
    words = _WORD.findall(first)
    if len(words) > 1 and words[-1].lower().strip(".") in _SUFFIXES:
        words.pop()
    if not words:
        return ""
    capitals = [word for word in words if word[0].isupper()]
    head: str = capitals[-1] if words[-1][0].isupper() else words[-1]
    return head.lower().strip(".'’-")
