"""The compiled pass finds the passages between marks that two expressions find."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest

from service.sketch.claims.claim_words import words_of
from service.sketch.claims.quoted import PASSAGES_MAX, passages
from service.sketch.claims.word_codes import tables

DOUBLE = re.compile(r"[“\"„«]([^”\"“»„«]{2,})(?:[”\"“»]|$)")
SINGLE = re.compile(r"['‘](?<!\w['‘])((?=\w)(?:[^'‘’“”\"]|(?<=\w)['’](?=\w)){2,600})['’](?!\w)")
PIECES = (*"“”„\"«»'‘’'‘’“”a_ \n3é", "it", "don't", ", ", "no crane’s fault")


def expected(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the passages as expressions find them; single marks inside double ones begin none."""
    spans = [match.span(1) for match in DOUBLE.finditer(text, start, end)]
    for match in SINGLE.finditer(text, start, end):
        if not any(first <= match.start() < last for first, last in spans):
            spans.append(match.span(1))
    return sorted(spans)[:PASSAGES_MAX]


def found(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the passages as the compiled pass finds them."""
    doubles, out = np.empty((PASSAGES_MAX, 2), np.int64), np.empty((PASSAGES_MAX, 2), np.int64)
    count = passages(words_of(text).points, tables().kinds, start, end, doubles, out)
    return [(int(first), int(last)) for first, last in out[:count]]


@pytest.mark.parametrize("seed", range(4))
def test_passages_are_those_of_the_expressions(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(3_000):
        text = "".join(dice.choices(PIECES, k=dice.choice((4, 12, 150))))
        start = dice.randint(0, len(text) // 2)
        end = dice.randint(start, len(text))
        assert found(text, start, end) == expected(text, start, end), (text, start, end)


def test_a_passage_between_single_marks_has_an_end() -> None:
    for length in (599, 600, 601):
        text = f"‘{'a' * length}’"
        assert found(text, 0, len(text)) == expected(text, 0, len(text))
