"""What courts rule and what bodies and documents find is a statement; what a person finds or thinks is none."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims
from service.records import Finding


def statements(text: str) -> list[Finding]:
    """Return the statements of a text that somebody may have made."""
    return [claim for claim in find_claims(text).claims if claim.kind != "figure" and claim.confidence > 0.1]


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("The court ruled that the law was void.", "The court", "organisation"),
        ("A federal judge ruled on Tuesday that the map was illegal.", "A federal judge", "person"),
        ("Judge Ana Roth ruled that the evidence could be used.", "Judge Ana Roth", "person"),
        ("The commission found that the bank had misled its customers.", "The commission", "organisation"),
        ("The report found that one in five families was hungry.", "The report", "document"),
        ("Two studies have found that the drug does not work.", "Two studies", "document"),
        ("The audit showed that the city had lost its way.", "The audit", "document"),
        ("Polls show that few voters trust the council.", "Polls", "document"),
        ("A team of scientists found that the river was dead.", "A team of scientists", "organisation"),
        ("The jury determined that the company was negligent.", "The jury", "organisation"),
    ],
)
def test_a_court_or_a_document_tells_it(text: str, speaker: str, kind: str) -> None:
    (claim,) = statements(text)
    assert claim.speaker is not None
    assert (claim.speaker.text, claim.speaker.kind) == (speaker, kind)
    assert claim.text.startswith("that ")


@pytest.mark.parametrize("behind", [", and state media said it would strike", " and police said it must go"])
def test_a_ruling_ends_before_speakers_without_an_article(behind: str) -> None:
    claims = statements(f"The court ruled that the mine must close{behind}.")
    assert claims[0].text == "that the mine must close"


def test_who_speaks_behind_a_ruling_keeps_the_own_words() -> None:
    ruled, said = statements(
        "The court ruled on Monday that Roth, who was ill, must go, and Falk said he was glad."
    )
    assert (ruled.text, said.text) == ("that Roth, who was ill, must go", "he was glad")


@pytest.mark.parametrize(
    "text",
    [
        "He found that the keys were gone.",
        "Residents found that their homes had been looted.",
        "The team found that it could not score.",
        "Ida Falk found that the door was locked.",
        "The court did not find that the firm had lied.",
        "It was found that the firm had lied.",
        "The event shows that the town has lost its way.",
        "The committee approved rules that would be strict.",
    ],
)
def test_a_mere_finding_is_no_statement(text: str) -> None:
    assert statements(text) == []
