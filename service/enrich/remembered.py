"""Answers about short pieces of text that come again in every article: "said", "he", "the minister"."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")

ANSWERS_MAX = 4_096
CHARS_MAX = 60
"""Maximum length of a piece whose answer is kept, in characters: longer ones seldom come twice."""


def remembered(function: Callable[[str], T]) -> Callable[[str], T]:
    """Keep the last answers of a function, which must depend on nothing but its argument."""
    known = lru_cache(maxsize=ANSWERS_MAX)(function)

    @wraps(function)
    def ask(text: str) -> T:
        return known(text) if len(text) <= CHARS_MAX else function(text)

    return ask
