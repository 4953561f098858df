"""A change that leaves furniture of pages in, or takes lines of stories out, fails: floors on pages of our own."""

from __future__ import annotations

import pytest

from tests.quality.marked_pages import languages, score

LINES_MIN = 39
RECALL_MIN = 0.97


@pytest.mark.parametrize("language", languages())
def test_furniture_goes_and_stories_stay(language: str) -> None:
    counts = score(language)
    assert min(counts.furniture, counts.story) >= LINES_MIN
    assert counts.recall >= RECALL_MIN
    assert counts.story_dropped == 0


def test_there_are_pages_in_eight_languages() -> None:
    counts = [score(language) for language in languages()]
    assert len(counts) == 8
    assert sum(one.furniture for one in counts) >= 300
    assert sum(one.story for one in counts) >= 300
