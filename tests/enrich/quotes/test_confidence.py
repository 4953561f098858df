"""Confidence is that of the whole claim: its words, its speaker, the speaker's name."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from service.enrich.claims import find_claims
from service.enrich.quotes.confidence import whole_confidence
from service.enrich.quotes.found import Attribution
from service.records import Speaker

PUBLISHABLE = 0.5
"""Confidence from which four of five claims can stand."""


def claim(confidence: float, *, marked: bool = False) -> Attribution:
    return Attribution(((10, 20),), (0, 5), (6, 9), (0, 20), marked, True, confidence, "test")


def long(confidence: float) -> Attribution:
    return Attribution(((10, 220),), (0, 5), (6, 9), (0, 220), True, True, confidence, "test")


def speaker(text: str, name: str | None = None, sure: float | None = None) -> Speaker:
    return Speaker(0, 5, text, name=name, name_confidence=sure)


def test_it_grows_with_the_estimate_of_the_model() -> None:
    values = [whole_confidence(claim(each / 20), speaker("the mayor")) for each in range(21)]
    assert values == sorted(values)
    assert values[0] == 0


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (speaker("he"), speaker("he", "Ivo Lund", 0.95)),
        (speaker("the harbour report"), speaker("some harbour pilots")),
        (speaker("his adviser"), speaker("a Coast Guard spokesman")),
        (speaker("a spokesman"), speaker("a Coast Guard spokesman")),
        (speaker("One of the pilots, Ivo Lund"), speaker("One senior harbour pilot")),
        (speaker("a Coast Guard spokesman"), speaker("Lund", "Ivo Lund", 0.95)),
        (speaker("Lund", "Lund", 0.95), speaker("Lund", "Ivo Lund", 0.95)),
        (speaker("Lund", "Ivo Lund", 0.7), speaker("Lund", "Ivo Lund", 0.95)),
        (None, speaker("Lund", "Ivo Lund", 0.95)),
    ],
)
def test_what_an_editor_would_not_publish_is_less_sure(worse: Speaker | None, better: Speaker) -> None:
    assert whole_confidence(claim(0.8), worse) < whole_confidence(claim(0.8), better)


def test_a_speaker_whose_name_is_elsewhere_is_doubted() -> None:
    for phrase in (
        "the report",
        "The president",
        "his adviser",
        "she",
        "Others",
        "Sources",
        "the firm's lawyers",
    ):
        assert whole_confidence(claim(0.95, marked=True), speaker(phrase)) < PUBLISHABLE


def test_a_source_left_unnamed_on_purpose_can_be_published() -> None:
    for phrase in ("a Coast Guard spokesman", "One senior harbour pilot"):
        assert whole_confidence(long(0.95), speaker(phrase)) > PUBLISHABLE


def test_a_long_quotation_of_a_named_speaker_with_an_office_is_sure() -> None:
    named = Speaker(0, 5, "Lund", name="Ivo Lund", name_confidence=0.97, role="mayor", kind="person")
    assert whole_confidence(long(0.97), named) > 0.9
    assert whole_confidence(long(0.97), replace(named, role=None)) < whole_confidence(long(0.97), named)
    assert whole_confidence(claim(0.97, marked=True), named) < whole_confidence(long(0.97), named)


def test_a_marked_passage_is_surer_than_words_without_marks() -> None:
    assert whole_confidence(claim(0.8, marked=True), None) > whole_confidence(claim(0.8), None)


def test_figures_in_words_that_nobody_said_are_claims_of_their_own() -> None:
    claims = find_claims("He was warned twice and jailed three times.").claims
    assert [quantity.text for one in claims if one.kind == "figure" for quantity in one.quantities] == [
        "three times"
    ]
