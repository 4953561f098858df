"""Confidence is that of the whole claim: its words, its speaker, the speaker's name."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims
from service.enrich.quotes.confidence import ESTIMATES, PUBLISHABLE, whole_confidence
from service.enrich.quotes.found import Attribution
from service.records import Speaker


def claim(confidence: float, *, marked: bool = False) -> Attribution:
    return Attribution(((10, 20),), (0, 5), (6, 9), (0, 20), marked, True, confidence, "test")


def speaker(text: str, name: str | None = None, sure: float | None = None) -> Speaker:
    return Speaker(0, 5, text, name=name, name_confidence=sure)


def test_it_grows_with_the_estimate_of_the_model() -> None:
    assert list(ESTIMATES) == sorted(ESTIMATES)
    assert list(PUBLISHABLE) == sorted(PUBLISHABLE)
    values = [whole_confidence(claim(each / 20), speaker("the mayor")) for each in range(21)]
    assert values == sorted(values)
    assert values[0] == 0


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (speaker("he"), speaker("he", "Ivo Lund", 0.95)),
        (speaker("they"), speaker("the miners")),
        (speaker("those who argue so"), speaker("they")),
        (speaker("Lund", "Ivo Lund", 0.7), speaker("Lund", "Ivo Lund", 0.95)),
        (speaker("one who knows"), speaker("one of the lawyers")),
        (None, speaker("the mayor")),
    ],
)
def test_what_an_editor_would_not_publish_is_less_sure(worse: Speaker | None, better: Speaker) -> None:
    assert whole_confidence(claim(0.8), worse) < whole_confidence(claim(0.8), better)


def test_a_marked_passage_needs_no_speaker() -> None:
    assert whole_confidence(claim(0.8, marked=True), None) > whole_confidence(claim(0.8), None)


def test_figures_in_words_that_nobody_said_are_claims_of_their_own() -> None:
    claims = find_claims("He was warned twice and jailed three times.").claims
    assert [quantity.text for one in claims if one.kind == "figure" for quantity in one.quantities] == [
        "three times"
    ]


def test_a_quotation_with_a_verb_of_saying_and_nobody_beside_it_is_less_sure() -> None:
    found = claim(0.8, marked=True)
    alone = Attribution(((10, 20),), None, None, (0, 20), True, True, 0.8, "test")
    assert whole_confidence(found, None) < whole_confidence(alone, None)
