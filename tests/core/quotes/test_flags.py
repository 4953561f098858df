"""Negation and hedging, read from the words."""

from __future__ import annotations

import pytest

from service.core.quotes.flags import flags_of


@pytest.mark.parametrize(
    ("content", "cue", "negated", "hedged"),
    [
        ("the terminal is late", "said", False, False),
        ("the terminal is not late", "said", True, False),
        ("“It isn’t late”", "said", True, False),
        ("the terminal was late", "denied", True, False),
        ("it may rain", "said", False, True),
        ("in May it rained", "said", False, False),
        ("it could rain", "said", False, True),
        ("it rained", "reportedly said", False, True),
        ("a notable knot", "said", False, False),
    ],
)
def test_flags_follow_from_the_words(content: str, cue: str, negated: bool, hedged: bool) -> None:
    assert flags_of(content, cue) == (negated, hedged)
