"""Repairs are not run again on a text that they left alone, and lines of a paragraph join in one pass."""

from __future__ import annotations

from unittest.mock import patch

from service.intake.cleaning.boilerplate import drop_boilerplate
from service.intake.cleaning.clean import clean
from service.intake.cleaning.lines import unwrap

STORY = "The lock at Tarnhill stays shut, the canal office said . A gate had jammed on a sunken cart."


def test_a_text_is_searched_for_furniture_once_where_only_a_second_round_follows() -> None:
    with patch("service.intake.cleaning.clean.drop_boilerplate", wraps=drop_boilerplate) as search:
        found = clean(STORY)
    assert found.repairs == ("spacing",)  # which makes a second round
    assert search.call_count == 1


def test_a_divided_word_is_looked_up_among_the_words_of_the_text() -> None:
    lines = [
        f"The harbour office of Skerrow number {at} would not com-\nment on the closed lock"
        for at in range(900)
    ]
    text = "\n".join(["They comment seldom.", *lines])
    with patch("service.intake.cleaning.lines.re.search") as search:
        joined = unwrap(text)
    assert "would not comment on the closed lock" in joined
    assert not search.called
