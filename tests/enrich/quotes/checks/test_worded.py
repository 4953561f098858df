"""Words that are given as somebody's own in a rarer way than by a verb of saying behind a subject."""

from __future__ import annotations

import pytest

from tests.enrich.quotes.checks.test_checks import published


@pytest.mark.parametrize(
    ("text", "told", "name"),
    [
        ('"The plan is dead," as Ida Roth put it.', '"The plan is dead,"', "Ida Roth"),
        ('"The plan is dead," as the mayor, Ida Roth, once put it.', '"The plan is dead,"', "Ida Roth"),
        (
            'In the words of Ida Roth, "the plan is dead and buried."',
            '"the plan is dead and buried."',
            "Ida Roth",
        ),
        (
            "As Roth put it, the harbour had never paid for itself.",
            "the harbour had never paid for itself",
            "Roth",
        ),
        (
            "Residents were assured by the mayor, Ted Orr, that the dam was safe.",
            "that the dam was safe",
            "Ted Orr",
        ),
        (
            "The council was warned by its engineer, Ida Roth, that the dam was unsafe.",
            "that the dam was unsafe",
            "Ida Roth",
        ),
    ],
)
def test_words_are_whose_they_are(text: str, told: str, name: str) -> None:
    claims = published(text)
    assert [(claim.text, claim.speaker.name) for claim in claims if claim.speaker] == [(told, name)]


@pytest.mark.parametrize(
    "text",
    [
        "They put it off, and the harbour was closed.",
        "As the crew put it aside, the harbour was closed for days.",
        "Roth put it there. As the tide rose, the boats were moved.",
        "Residents were not assured by the mayor that the dam was safe.",
        "Residents, who were assured by Ted Orr that the dam was safe, left their homes.",
        "Were residents assured by the mayor that the dam was safe?",
    ],
)
def test_nobody_put_it_so(text: str) -> None:
    assert not [claim for claim in published(text) if claim.method == "rule: put so"]
