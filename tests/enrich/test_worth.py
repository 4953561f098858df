"""Test which figures are estimated to belong into a table."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims

FIGURES_FOR_TABLES = [
    "The yard made $3.2 million.",
    "Catches fell 4 percent.",
    "The yard has 13,000 workers.",
    "The mast of the ship that sank there was 37 metres tall.",
    "The house voted 215-210.",
    "The storm caused three deaths.",
    "One in five crews quit.",
]
OTHER_FIGURES = [
    "It took two weeks.",
    "Two judges came.",
    "The 46-year-old skipper came.",
    "Thousands of boats came.",
    "It is a five-star hotel.",
]


@pytest.mark.parametrize("sentence", FIGURES_FOR_TABLES)
def test_quantities_for_a_table_have_a_high_confidence(sentence: str) -> None:
    assert [claim.confidence >= 0.5 for claim in find_claims(sentence, language="en").claims] == [True]


@pytest.mark.parametrize("sentence", OTHER_FIGURES)
def test_small_counts_ages_and_spans_of_time_have_a_low_confidence(sentence: str) -> None:
    assert [claim.confidence < 0.5 for claim in find_claims(sentence, language="en").claims] == [True]


def test_several_figures_are_worth_a_little_more_than_one() -> None:
    one, two = (
        find_claims(s, language="en").claims[0].confidence
        for s in ("It has 30 boats.", "It has 30 boats and 40 crews.")
    )
    assert one < two < 0.97


def test_a_span_with_a_fraction_was_measured() -> None:
    whole, half = (
        find_claims(s, language="en").claims[0].confidence
        for s in ("The trial took two years.", "The trial took two-and-a-half years.")
    )
    assert whole < 0.3 <= half


def test_nobody_counted_what_is_vague() -> None:
    (claim,) = find_claims("Thousands of boats came.", language="en").claims
    assert claim.confidence < 0.3


def test_the_number_of_a_picture_is_no_figure() -> None:
    assert not find_claims("Show caption 4 of 76 photos: boats in the harbour.", language="en").claims


def test_figures_in_words_too_doubtful_to_publish_are_claims_of_their_own() -> None:
    text = "Commenting on the minutes and the fact that trade grew by 29.5% to $176 million, Lund was calm."
    published = [claim for claim in find_claims(text, language="en").claims if claim.confidence >= 0.3]
    assert [quantity.value for claim in published for quantity in claim.quantities] == [29.5, 176e6]
