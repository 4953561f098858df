"""Who reports something and names the sources in between says it; the sources say nothing here."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "The Courier reported, citing two sources, that the minister would resign.",
            "The Courier",
            "that the minister would resign",
        ),
        (
            "Reuters reported on Monday, citing people familiar with the matter, that Halden would cut 900 jobs.",
            "Reuters",
            "that Halden would cut 900 jobs",
        ),
        (
            "Reuters said, citing a document it had seen, that the bank would be sold for $3 billion.",
            "Reuters",
            "that the bank would be sold for $3 billion",
        ),
        (
            "The Post reported Tuesday, citing three people with knowledge of the call, that Falk had asked for money.",
            "The Post",
            "that Falk had asked for money",
        ),
        (
            "Citing unnamed officials, the Courier said the mayor would resign.",
            "the Courier",
            "the mayor would resign",
        ),
    ],
)
def test_who_reports_speaks(text: str, speaker: str, content: str) -> None:
    claim = max(find_claims(text).claims, key=lambda one: one.confidence)
    assert claim.speaker is not None
    assert (claim.speaker.text, claim.text) == (speaker, content)
    assert claim.confidence > 0.3
