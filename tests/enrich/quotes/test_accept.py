"""Which proposals are believed: sure ones first, and none on words that a surer one holds."""

from __future__ import annotations

import numpy as np
import pytest

from service.enrich.quotes import columns as c
from service.enrich.quotes.accept import (
    AND,
    BUT,
    COMMA,
    CONFIDENCE_MIN,
    PASSAGE_CONFIDENCE_MIN,
    accept,
    cut_before_next_cue,
)
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.proposals import PIECES_MAX

Pieces = list[tuple[int, int]]


def rows_of(proposals: list[Pieces]) -> tuple[Int32s, Int32s]:
    """Pack the pieces of proposals: int32[proposals, PIECES_MAX, 2], and how many each has."""
    rows = np.full((len(proposals), PIECES_MAX, 2), -1, np.int32)
    for row, pieces in zip(rows, proposals, strict=True):
        row[: len(pieces)] = np.array(pieces, np.int32).reshape(-1, 2)
    return rows, np.array([len(pieces) for pieces in proposals], np.int32)


def accepted(
    proposals: list[Pieces], confidence: list[float], passages: list[int] | None = None, tokens: int = 100
) -> tuple[list[int], list[int]]:
    """Return the numbers of the believed proposals, and the tokens they hold."""
    rows, counts = rows_of(proposals)
    only = np.array(passages or [0] * len(proposals), np.int8)
    believed, taken = accept(np.array(confidence), rows, counts, only, tokens)
    return np.nonzero(believed)[0].tolist(), np.nonzero(taken)[0].tolist()


def test_a_proposal_is_believed_from_a_least_confidence_on() -> None:
    apart: list[Pieces] = [[(0, 5)], [(10, 15)]]
    assert accepted(apart, [CONFIDENCE_MIN, CONFIDENCE_MIN - 0.01]) == ([0], [0, 1, 2, 3, 4])


def test_marked_passages_alone_are_believed_earlier() -> None:
    apart: list[Pieces] = [[(0, 1)], [(10, 11)], [(20, 21)]]
    low = PASSAGE_CONFIDENCE_MIN
    assert accepted(apart, [low, low, low - 0.01], [1, 0, 1])[0] == [0]


def test_the_surer_of_two_on_the_same_words_is_believed() -> None:
    assert accepted([[(0, 10)], [(2, 12)]], [0.7, 0.9]) == ([1], list(range(2, 12)))


def test_a_small_overlap_is_no_hindrance() -> None:
    assert accepted([[(0, 10)], [(8, 18)]], [0.9, 0.7]) == ([0, 1], list(range(18)))
    assert accepted([[(0, 10)], [(6, 16)]], [0.9, 0.7])[0] == [0]


def test_of_equals_the_first_is_believed() -> None:
    assert accepted([[(5, 9)], [(5, 9)]], [0.8, 0.8])[0] == [0]


def test_all_pieces_of_a_proposal_count() -> None:
    assert accepted([[(0, 4), (6, 10)], [(6, 10)]], [0.9, 0.8]) == ([0], [0, 1, 2, 3, 6, 7, 8, 9])


def test_a_proposal_without_pieces_is_none() -> None:
    assert accepted([[], [(3, 4)]], [0.99, 0.99]) == ([1], [3])


def cut(
    words: dict[int, int], proposals: list[Pieces], cues: list[int], confidence: list[float]
) -> list[Pieces]:
    """Return the pieces after the cut; `words` are hashes by token, cues have one token each."""
    rows, counts = rows_of(proposals)
    attributes = np.zeros((100, c.COLUMNS), np.int32)
    for token, hashed in words.items():
        attributes[token, c.WORD] = hashed
    firsts = np.array(cues, np.int32)
    cut_before_next_cue(np.array(confidence), rows, counts, firsts, firsts + 1, attributes, (AND, BUT, COMMA))
    return [[(int(a), int(b)) for a, b in row[:count]] for row, count in zip(rows, counts, strict=True)]


@pytest.mark.parametrize(
    ("words", "end"), [({8: AND}, 8), ({8: BUT}, 8), ({7: COMMA, 8: AND}, 7), ({8: COMMA}, 20)]
)
def test_content_ends_before_the_conjunction_of_the_next_cue(words: dict[int, int], end: int) -> None:
    """`he trusts X, and calls Y`: the first content must not hold the second clause."""
    assert cut(words, [[(2, 20)], [(12, 20)]], [1, 10], [0.9, 0.9]) == [[(2, end)], [(12, 20)]]


def test_a_doubtful_second_cue_cuts_nothing() -> None:
    assert cut({8: AND}, [[(2, 20)], [(12, 20)]], [1, 10], [0.9, 0.3])[0] == [(2, 20)]


def test_a_conjunction_far_before_the_cue_cuts_nothing() -> None:
    assert cut({4: AND}, [[(2, 20)], [(12, 20)]], [1, 10], [0.9, 0.9])[0] == [(2, 20)]


def test_pieces_behind_the_cut_are_dropped() -> None:
    assert cut({8: AND}, [[(2, 16), (18, 25)], [(12, 16)]], [1, 10], [0.9, 0.9])[0] == [(2, 8)]
