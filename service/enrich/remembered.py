"""Answers about short pieces of text that come again in every article: "said", "he", "the minister"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

ANSWERS_MAX = 2_048
"""Number of answers after which those not asked for since as many others are forgotten."""
CHARS_MAX = 60
"""Maximum length of a piece whose answer is kept, in characters: longer ones seldom come twice."""


class _Answers(dict[str, T]):
    """The answers that were given lately; asking for one that is kept runs no Python."""

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function
        self._older: dict[str, T] = {}

    def __missing__(self, text: str) -> T:
        older = self._older
        answer = older[text] if text in older else self._function(text)
        if len(text) <= CHARS_MAX:
            if len(self) >= ANSWERS_MAX:
                self._older = dict(self)
                self.clear()
            self[text] = answer
        return answer


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Keep the last answers of a function, which must depend on nothing but its argument."""
    return _Answers(function).__getitem__
