"""What is one too many of the windows and of the drafts of a text, counted in their order."""

from __future__ import annotations

import numpy as np

from service.enrich.quotes.candidates import Candidates
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.excess import (
    CANDIDATE_TOKENS,
    DRAFT_EFFORT,
    DRAFT_EFFORT_PER_CHAR,
    SPEAKER_TOKEN_EFFORT,
    WINDOW_TOKENS_PER_CHAR,
    excess_of_drafts,
    excess_of_windows,
)
from service.enrich.quotes.view import Range


def windows_of(*sizes: int) -> Candidates:
    """Candidates at every tenth token, with windows of these sizes."""
    firsts = np.arange(len(sizes), dtype=np.int32) * 10
    offsets = np.cumsum([0, *sizes], dtype=np.int32)
    return Candidates(firsts, firsts + 1, firsts, firsts + 1, offsets)


def draft(first: int, speaker: Range | None) -> Draft:
    return Draft([(first, first + 2)], speaker, (first + 2, first + 3), False, 0.9, 0.9)


def test_windows_are_counted_by_their_tokens_and_each_by_itself() -> None:
    each = 80 + CANDIDATE_TOKENS
    chars = int(3 * each / WINDOW_TOKENS_PER_CHAR) + 1
    assert excess_of_windows(windows_of(80, 80, 80), chars) == -1
    assert excess_of_windows(windows_of(80, 80, 80, 1), chars) == 30
    assert excess_of_windows(windows_of(80, 280, 80), chars) == 10
    assert excess_of_windows(windows_of(), chars) == -1


def test_drafts_are_counted_each_by_itself_and_by_the_tokens_of_its_speaker() -> None:
    short = DRAFT_EFFORT + 2 * SPEAKER_TOKEN_EFFORT
    chars = int(3 * short / DRAFT_EFFORT_PER_CHAR) + 1
    drafts = [draft(10 * n, (10 * n + 4, 10 * n + 6)) for n in range(4)]
    assert excess_of_drafts(drafts[:3], chars) == -1
    assert excess_of_drafts(drafts, chars) == 30
    assert excess_of_drafts([draft(0, (4, 14)), *drafts[1:3]], chars) == 20
    assert excess_of_drafts([draft(0, None), *drafts[1:]], chars) == 30


def test_a_text_ends_before_the_speaker_of_the_draft_that_is_too_many() -> None:
    chars = int(DRAFT_EFFORT / DRAFT_EFFORT_PER_CHAR) + 1
    assert excess_of_drafts([draft(0, None), draft(20, (14, 16))], chars) == 14
