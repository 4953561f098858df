"""Lists of words and phrases are read as they are written."""

from __future__ import annotations

from service.languages.lists import phrases, words


def test_words_are_separated_by_blanks_and_phrases_by_bars() -> None:
    assert words("of the", "and") == {"of", "the", "and"}
    assert phrases("read more|read on", "more") == {"read more", "read on", "more"}
