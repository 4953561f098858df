"""Charges, hopes, silence and amounts are nobody's words; hearers are no part of what was said."""

from __future__ import annotations

import pytest

from tests.enrich.quotes.checks.test_checks import published


@pytest.mark.parametrize(
    "text",
    [
        "Ida Falk stands accused of bribing a judge.",
        "Ida Falk is under investigation for claiming that the ballots were burnt.",
        "Falk faces charges of telling aides that the files should burn.",
        "The union is waiting for the mayor to say that the mill will stay open.",
        "Kestrel said it would not comment.",
        "The army said it had no immediate comment on the report.",
        "The bank said it had nothing to add.",
        "The bank said that it does not comment on rumours.",
        "The index added 95 points, and the crown gained a cent.",
        "Kestrel reported to a court in Aske on Monday.",
        "Ida Falk reported to prison on Monday.",
    ],
)
def test_nobody_said_it(text: str) -> None:
    assert not published(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kestrel said it had not deleted the comments.", "it had not deleted the comments"),
        ("The bank said it could not comment but the funds were safe.", "it could not comment but the funds"),
        ("It was wrong for the mayor to say that the mill was safe.", "that the mill was safe"),
        ("The minister added 3,000 jobs had been lost.", "3,000 jobs had been lost"),
        ("Lund was mocked for claiming that the earth is flat.", "that the earth is flat"),
    ],
)
def test_what_only_looks_like_it_is_said(text: str, told: str) -> None:
    assert [claim.text for claim in published(text) if claim.text.startswith(told)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Roth told his brother the boat was sold.", "the boat was sold"),
        ("Roth told her husband's lawyer the boat was sold.", "the boat was sold"),
        ("Roth told his two sons he was ill.", "he was ill"),
        ("Roth told his 40,000 readers that the quay was lost.", "that the quay was lost"),
        ("Roth warned her staff in Vell and Tarrow that the quay was lost.", "that the quay was lost"),
        ("Roth told her prices would rise.", "prices would rise"),
    ],
)
def test_a_hearer_of_the_speaker_is_no_part_of_it(text: str, told: str) -> None:
    assert [claim.text for claim in published(text)] == [told]


@pytest.mark.parametrize(
    "text",
    [
        # only supposed
        "Falk might say that the dam is safe.",
        "Critics could reasonably argue that the dam is unsafe.",
        'Or, as Falk might say, "the dam will hold for ever and a day."',
        "Roth can claim that he had no idea of the dam.",
        # only concluded
        "Her reluctance to vote suggested that the plan was dead.",
        "A recent interview with Falk suggests that the plan is dead.",
        # only promised to a reader
        "What the minister said about the dam",
    ],
)
def test_nobody_has_said_it_yet(text: str) -> None:
    assert not published(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Falk could only say that the dam was safe.", "that the dam was safe"),
        ("Falk may have said that the dam was safe.", "that the dam was safe"),
        ("Falk can be heard saying that the dam is safe.", "that the dam is safe"),
        ("The paper can reveal that the dam is unsafe.", "that the dam is unsafe"),
        ("Falk would later say that the dam was unsafe.", "that the dam was unsafe"),
        ("In an interview, Falk suggested that the dam was unsafe.", "that the dam was unsafe"),
        ("Falk, who spoke after his defeat, suggested that the dam was unsafe.", "that the dam was unsafe"),
    ],
)
def test_what_could_be_said_and_was(text: str, told: str) -> None:
    assert [claim.text for claim in published(text)] == [told]
