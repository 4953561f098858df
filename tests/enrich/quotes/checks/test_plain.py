"""Plain reports are found by rule where the model passes them over, with their whole subject."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims
from service.records import Finding


def speech(text: str) -> list[Finding]:
    return [
        claim for claim in find_claims(text).claims if claim.kind != "figure" and claim.confidence >= 0.15
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Nora Falk, head of the Ostermark port and a former judge, said repairs would end by autumn.",
            "Nora Falk, head of the Ostermark port and a former judge",
            "repairs would end by autumn",
        ),
        ("Falk told Moss the dam was safe.", "Falk", "the dam was safe"),
        ("The ferry had sunk, Roth told the Gazette.", "Roth", "The ferry had sunk"),
        ("The mill is old; according to Roth, it will close.", "Roth", "it will close"),
        ("Emil Roth late Sunday told reporters the strike was over.", "Emil Roth", "the strike was over"),
        ("Moss denied hiding the letters.", "Moss", "hiding the letters"),
        (
            "According to three engineers briefed on the plan, the tunnel will stay closed until May.",
            "three engineers briefed on the plan",
            "the tunnel will stay closed until May",
        ),
        (
            "Two miners who wrote to the Gazette said the shaft was flooded.",
            "Two miners who wrote to the Gazette",
            "the shaft was flooded",
        ),
        (
            "Tenants, who say they were never warned, want to sue the town.",
            "Tenants",
            "they were never warned",
        ),
        (
            "Two in five farmers keep no sheep, and three in four said wool had lost its price.",
            "three in four",
            "wool had lost its price",
        ),
        (
            "Falk urged the town to free 30 prisoners and slammed its silence.",
            "Falk",
            "the town to free 30 prisoners",
        ),
        (
            "Tarrow and Ostermark's mayors met for an hour and agreed to build the canal, the ministry said.",
            "the ministry",
            "Tarrow and Ostermark's mayors met for an hour and agreed to build the canal",
        ),
        ("The feast ended at 3 a.m. Falk said nobody was drunk.", "Falk", "nobody was drunk"),
        ("The skier admitted doping.", "The skier", "doping"),
        ("The crews, who asked not to be named, said the quay was icy.", "The crews", "the quay was icy"),
        (
            "The glacier lost 14 metres of ice last year, according to a keeper in Aske.",
            "a keeper in Aske",
            "The glacier lost 14 metres of ice last year",
        ),
        ("Toys were sold in the U.S. Falk said she would not allow it.", "Falk", "she would not allow it"),
        (
            "'Better late than never', says Falk\n\nThe port opened on Monday.",
            "Falk",
            "'Better late than never'",
        ),
    ],
)
def test_who_says_what(text: str, speaker: str, content: str) -> None:
    (claim,) = speech(text)
    assert claim.speaker is not None
    assert (claim.speaker.text, claim.text) == (speaker, content)


@pytest.mark.parametrize(
    "text",
    [
        "The bill was late; according to plan, the vote was put off.",
        "Nora Falk, head of the port, praised Emil Roth.",
        "Falk was told the dam was safe.",
    ],
)
def test_what_is_no_report(text: str) -> None:
    assert [
        claim for claim in speech(text) if claim.speaker and claim.speaker.text.startswith(("Falk", "Nora"))
    ] == []


def test_a_passage_in_a_description_of_the_speaker_is_no_claim() -> None:
    text = '"Cold. Dark. Awful," said a sailor who goes by the name "Stumpy."'
    assert [claim.text for claim in speech(text)] == ['"Cold. Dark. Awful,"']
