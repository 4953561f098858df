"""Test what the words around a figure, and the length of its text, say about its worth."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims
from service.enrich.figures.worth import SMALL_IN_ARTICLE
from service.enrich.quotes.confidence import INTRODUCED_CHARS_MIN

LEAST = 0.3
"""The default of enrich.confidence_min."""
FILLED = " The pier lay empty." * (INTRODUCED_CHARS_MIN // 20)
"""Sentences without a figure that make an article of a brief."""
SMALL = [
    "Rosa Lind (61), a baker, was away.",
    "The council has 24 members.",
    "The trial took two and a half years.",
    "He was fined six times.",
    "The quay lies 30 miles north of the town.",
    "It has a 50-foot mast.",
    "The report has 400 pages.",
    "The act is number 2265, and 2266 is another.",
    "Is the quay worth $3 million?",
]
WORTHY = [
    "Exports rose to $3 million.",
    "The storm killed nine people.",
    "At least 12 sailors were injured.",
    "The gunman gunned down 11 dockers.",
    "The toll rose to 19 by night.",
    "The fire of 1987 killed 31.",
    "Two soldiers died and at least 8 were wounded.",
    "The port has 300 cranes.",
    "It takes three times as many crates.",
    "The levee gave way along 30 miles of the river.",
    "He led by 10 points.",
]


def confidence(text: str) -> float:
    (claim,) = find_claims(text, language="en").claims
    return claim.confidence


@pytest.mark.parametrize("sentence", SMALL)
def test_what_is_small_is_told_in_a_brief_and_left_out_in_an_article(sentence: str) -> None:
    assert confidence(sentence) >= LEAST
    assert confidence(sentence + FILLED) < LEAST
    assert confidence(sentence + FILLED) == pytest.approx(confidence(sentence) * SMALL_IN_ARTICLE, abs=0.1)


@pytest.mark.parametrize("sentence", WORTHY)
def test_what_belongs_into_a_table_is_told_in_an_article_too(sentence: str) -> None:
    assert confidence(sentence + FILLED) == confidence(sentence) >= 0.5


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("He was fined three times.", "He pays three times as much."),
        ("The town lies 30 miles away.", "The town built 30 miles of road."),
        ("They have a 10-point plan.", "They have a 10-point lead."),
        ("Two cases remain.", "Twelve cases remain."),
        ("It is in file 4471.", "It has 4,471 in all."),
        ("She wrote 140 words.", "She sold 140 boats."),
        ("Nine people came.", "Nine people died."),
        ("Several hundred boats came.", "Two hundred boats came."),
        ("There is no death. In all nine people came.", "The blast killed nine people."),
    ],
)
def test_words_beside_a_figure_tell_its_worth(less: str, more: str) -> None:
    assert confidence(less) < 0.5 <= confidence(more)
