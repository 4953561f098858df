"""Negation and hedging, read from the words."""

from __future__ import annotations

import pytest

from service.enrich.quotes.codepoints import points_of
from service.enrich.quotes.flags import Flags


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
        ("NOBODY WON’T", "said", True, False),
        ("“It won't", "said", True, False),
        ("there is no doubt that it rained", "said", False, False),
        ("“She is our No. 1 choice", "said", False, False),
        ("not only the pier is closed", "said", False, False),
        ("it opens no later than Friday", "said", False, False),
        ("“I can’t wait to start", "said", False, False),
        ("“Why not build it?", "asked", False, False),
        ("it opened earlier than expected", "said", False, False),
        ("the bridge was safe", "did not say", True, False),
        ("the bridge was safe", "never said", True, False),
        ("the bridge was safe", "didn’t say", True, False),
        ("no ferry left", "said", True, False),
    ],
)
def test_flags_follow_from_the_words(content: str, cue: str, negated: bool, hedged: bool) -> None:
    before, after = "It is not so, perhaps. ", " Nobody may say."
    text = before + content + after
    assert Flags(text, points_of(text)).of([(len(before), len(before) + len(content))], cue) == (
        negated,
        hedged,
    )


def test_words_between_the_segments_do_not_count() -> None:
    text = "“We grew,” she may not say, “a bit.”"
    ends = text.index("”") + 1, len(text)
    assert Flags(text, points_of(text)).of([(0, ends[0]), (text.index("“a"), ends[1])], "say") == (
        False,
        False,
    )
    assert Flags(text, points_of(text)).of([(0, ends[1])], "say") == (True, True)
