"""Confidence of whole claims."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from service.enrich.claims import find_claims
from service.enrich.quotes.confidence import (
    CONFIDENCES,
    INTRODUCED_CHARS_MIN,
    SHARES,
    least_estimate,
    whole_confidence,
)
from service.enrich.quotes.found import Attribution
from service.records import Speaker

ARTICLE, BRIEF = INTRODUCED_CHARS_MIN, INTRODUCED_CHARS_MIN - 1
"""Characters of a text that introduces its speakers, and of one that is too short to."""
LEAST = 0.3
"""The default of enrich.confidence_min."""


def claim(confidence: float, *, marked: bool = False, chars: int = 10) -> Attribution:
    return Attribution(((10, 10 + chars),), (0, 5), (6, 9), marked, True, confidence, "test")


def long(confidence: float) -> Attribution:
    return claim(confidence, marked=True, chars=210)


def speaker(text: str, name: str | None = None, sure: float | None = None) -> Speaker:
    return Speaker(0, 5, text, name=name, name_confidence=sure)


@pytest.mark.parametrize("chars", [ARTICLE, BRIEF])
def test_it_grows_with_the_estimate_of_the_model(chars: int) -> None:
    assert list(SHARES) == sorted(SHARES)
    assert list(CONFIDENCES) == sorted(CONFIDENCES)
    values = [whole_confidence(claim(each / 20), speaker("the mayor"), chars) for each in range(21)]
    assert values == sorted(values)
    assert values[0] == 0
    assert values[-1] <= 1


@pytest.mark.parametrize("chars", [ARTICLE, BRIEF])
@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("least", [0.0, 0.05, LEAST, 0.5, 0.9, 1.0])
def test_no_speaker_makes_an_estimate_surer_than_its_least_says(
    least: float, marked: bool, chars: int
) -> None:
    floor = least_estimate(least, marked=marked)
    named = replace(speaker("Mayor Lund", "Ivo Lund", 1.0), role="Mayor", kind="person")
    for who in (named, speaker("he"), speaker("some pilots"), None):
        for each in range(400):
            estimate = each / 400
            if whole_confidence(claim(estimate, marked=marked, chars=210), who, chars) >= least:
                assert estimate >= floor


def test_the_least_estimate_is_that_of_a_long_claim_of_a_speaker_with_name_and_office() -> None:
    named = replace(speaker("Mayor Lund", "Ivo Lund", 1.0), role="Mayor", kind="person")
    for marked in (True, False):
        estimate = least_estimate(0.5, marked=marked)
        told = whole_confidence(claim(estimate, marked=marked, chars=210), named, ARTICLE)
        assert told == pytest.approx(0.5, abs=1e-6)


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
    assert whole_confidence(claim(0.8), worse, ARTICLE) < whole_confidence(claim(0.8), better, ARTICLE)


@pytest.mark.parametrize(
    "phrase",
    ["the report", "The president", "his adviser", "she", "Others", "Sources", "the firm's lawyers"],
)
def test_a_speaker_whose_name_is_elsewhere_in_an_article_is_left_out(phrase: str) -> None:
    assert whole_confidence(claim(0.95, marked=True), speaker(phrase), ARTICLE) < LEAST


def test_a_long_quotation_of_a_speaker_left_open_is_kept_and_never_sure() -> None:
    assert LEAST < whole_confidence(long(0.99), speaker("the report"), ARTICLE) < 0.7
    assert whole_confidence(claim(0.95, chars=210), speaker("the report"), ARTICLE) < LEAST


def test_a_long_quotation_of_a_document_without_a_name_is_kept() -> None:
    statement = replace(speaker("the statement"), kind="document")
    for document in (statement, speaker("it")):
        assert LEAST < whole_confidence(long(0.95), document, ARTICLE) < 0.7
        assert whole_confidence(claim(0.95, marked=True), document, ARTICLE) < LEAST
    assert whole_confidence(claim(0.95, chars=210), statement, ARTICLE) < LEAST


@pytest.mark.parametrize("phrase", ["the report", "The president", "his adviser", "Sources"])
def test_a_text_too_short_to_name_the_speaker_is_not_doubted(phrase: str) -> None:
    assert whole_confidence(claim(0.9), speaker(phrase), BRIEF) > 0.7


@pytest.mark.parametrize("phrase", ["he", "they", "those who argue so", "anyone"])
def test_nobody_is_doubted_in_a_short_text_too(phrase: str) -> None:
    mayor = whole_confidence(claim(0.8), speaker("the mayor"), BRIEF)
    assert whole_confidence(claim(0.8), speaker(phrase), BRIEF) < mayor


def test_a_source_left_unnamed_on_purpose_can_be_published() -> None:
    for phrase in ("a Coast Guard spokesman", "One senior harbour pilot"):
        assert whole_confidence(long(0.95), speaker(phrase), ARTICLE) > LEAST


def test_a_description_that_the_text_explained_before_is_such_a_source() -> None:
    official = Speaker(0, 12, "the official", role="former port official", kind="person")
    told = whole_confidence(claim(0.95), official, ARTICLE)
    assert told > whole_confidence(claim(0.95), replace(official, role=None), ARTICLE)
    assert told == whole_confidence(claim(0.95), speaker("a former port official"), ARTICLE)


@pytest.mark.parametrize(
    "said_by", [None, speaker("a Coast Guard spokesman"), speaker("some harbour pilots")]
)
def test_words_without_marks_for_which_nobody_answers_are_left_out_of_articles(
    said_by: Speaker | None,
) -> None:
    unmarked = claim(0.9, chars=210)
    assert whole_confidence(unmarked, said_by, ARTICLE) < LEAST < whole_confidence(unmarked, said_by, BRIEF)
    assert whole_confidence(long(0.97), said_by, ARTICLE) > LEAST


def test_words_without_marks_that_a_pronoun_said_are_less_sure() -> None:
    named = Speaker(0, 5, "Lund", name="Ivo Lund", name_confidence=0.95, resolved_by="last_name")
    for chars, less in ((ARTICLE, True), (BRIEF, False)):
        pronoun, name = (
            whole_confidence(claim(0.8, chars=90), replace(named, resolved_by=by), chars)
            for by in ("pronoun", "last_name")
        )
        assert (pronoun < name) is less


def test_a_long_quotation_of_a_named_speaker_with_an_office_is_sure() -> None:
    named = Speaker(0, 5, "Lund", name="Ivo Lund", name_confidence=0.97, role="mayor", kind="person")
    sure = whole_confidence(long(0.97), named, ARTICLE)
    assert sure > 0.9
    assert whole_confidence(long(0.97), replace(named, role=None), ARTICLE) < sure
    assert whole_confidence(claim(0.97, marked=True), named, ARTICLE) < sure


def test_a_marked_passage_is_surer_than_words_without_marks() -> None:
    for chars in (ARTICLE, BRIEF):
        marked = whole_confidence(claim(0.8, marked=True), None, chars)
        assert marked > whole_confidence(claim(0.8), None, chars)


def test_figures_in_words_that_nobody_said_are_claims_of_their_own() -> None:
    claims = find_claims("He was warned twice and jailed three times.").claims
    assert [quantity.text for one in claims if one.kind == "figure" for quantity in one.quantities] == [
        "three times"
    ]
