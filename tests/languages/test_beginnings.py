"""What matches of a pattern begin with is told from the pattern alone."""

from __future__ import annotations

import pytest

from service.languages import furniture
from service.languages.beginnings import beginnings


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("read more", {"read"}),
        ("ad|by", {"ad", "by"}),
        ("(?:an? )?owl", {"a ow", "an o", "owl"}),
        (r"\(?with (?:agencies|ann)", {"(wit", "with"}),
        ("s[ií]ga?", {"sig", "siga", "síg", "síga"}),
        (r"a\b.{0,9}z", {"a"}),
        ("ab+c", {"ab"}),
        ("(?:ab){0,2}c", {"", "ab"}),
        (r"(?:a.c|bcd)e", {"a", "bcde"}),
        (r"\w+ more", {""}),
    ],
)
def test_beginnings_are_as_long_as_can_be_told(pattern: str, found: set[str]) -> None:
    assert beginnings(pattern, 4) == found


def test_a_digit_is_any_of_ten() -> None:
    assert beginnings(r"\d+ comments?$", 4) == set("0123456789")


def test_the_beginnings_of_furniture_leave_most_prose_out() -> None:
    assert "" not in furniture.HEADS
    prose = "the she it was they in a we he no one an when while after before there who officials".split()
    assert not [word for word in prose if any(f"{word} fe"[:size] in furniture.HEADS for size in range(1, 5))]
