"""Of a statement that its attribution interrupts, the one it is about is not the one who speaks."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims
from tests.enrich.quotes.checks.test_checks import published
from tests.enrich.quotes.checks.test_edges_of_statements import said


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "The senator, said his former aide Lee Orr, beat his wife.",
            "Lee Orr",
            "The senator | beat his wife",
        ),
        (
            "The mayor, says prosecutor Dana Cole, took bribes from a builder.",
            "Dana Cole",
            "The mayor | took bribes from a builder",
        ),
        ("The suspect, said police, had a knife.", "police", "The suspect | had a knife"),
        (
            "The senator, said Lee Orr, a former aide, beat his wife.",
            "Lee Orr",
            "The senator | beat his wife",
        ),
        (
            "The senator, a Democrat, said Lee Orr, beat his wife.",
            "Lee Orr",
            "The senator, a Democrat | beat his wife",
        ),
        ('The senator, said Lee Orr, "beat his wife every day".', "Lee Orr", '"beat his wife every day"'),
        ("The senator, Lee Orr said, beat his wife.", "Lee Orr", "The senator | beat his wife"),
        ("The bank's chairman, said the regulator, lied.", "the regulator", "The bank's chairman | lied"),
        (
            "The bank's chairman, Tom Ellis, the regulator said, had lied to investors.",
            "the regulator",
            "The bank's chairman, Tom Ellis | had lied to investors",
        ),
        ("Tom Ellis, the prosecutor said, had lied.", "the prosecutor", "Tom Ellis | had lied"),
        ("Tom Ellis, he said, had lied to investors.", "he", "Tom Ellis | had lied to investors"),
        ("Dr. Cole, the hospital said, was drunk.", "the hospital", "Dr. Cole | was drunk"),
        (
            "Hall, 29, said Webb, 34, had threatened her before.",
            "Hall",
            "Webb, 34, had threatened her before",
        ),
        (
            "Hall, a nurse, said Webb, 34, had threatened her before.",
            "Hall",
            "Webb, 34, had threatened her before",
        ),
    ],
)
def test_who_stands_between_the_halves_speaks(text: str, speaker: str, content: str) -> None:
    assert said(text) == [(speaker, content)]


def test_words_before_a_marked_passage_stay_outside() -> None:
    text = (
        "Hall, 35, the daughter of Ida Hall, announced on the web on Monday, in reference to her child, "
        "“We are five.”"
    )
    assert [words for _, words in said(text)] == ["“We are five.”"]


def test_a_day_before_the_speaker_is_no_part_of_it() -> None:
    text = (
        "On Wednesday, however, the director of the Harbour Office, Jan B. Falk, said that messages about the port by "
        "Ms. Roth and her husband, Ivo Roth, were lost."
    )
    assert [name for name, _ in said(text)] == ["Jan B. Falk"]


def test_the_subject_is_no_carrier() -> None:
    assert [
        claim.via for claim in find_claims("The senator, a Democrat, said Lee Orr, beat his wife.").claims
    ] == [()]


def test_a_half_alone_is_not_published() -> None:
    assert published("Mr. Orr, said the judge, made it up.") == []


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ('"We lost everything," Hall, 29, said.', "Hall, 29", '"We lost everything,"'),
        ('"It was quick," Hall, 29, said of Webb, 34, who fell first.', "Hall", '"It was quick,"'),
        (
            "Hall, 29, said Webb, 34, had left the house before noon.",
            "Hall, 29",
            "Webb, 34, had left the house before noon",
        ),
        ("Hall, 29, of Tarrow, said the house was lost.", "Hall, 29, of Tarrow", "the house was lost"),
    ],
)
def test_an_age_stays_beside_the_name_of_who_speaks(text: str, speaker: str, content: str) -> None:
    claims = [claim for claim in published(text) if claim.speaker]
    assert [(claim.speaker.text, claim.text) for claim in claims if claim.speaker] == [(speaker, content)]
