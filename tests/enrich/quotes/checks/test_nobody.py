"""What nobody said is not published, marked or not; who alone said it is, and so is a name that begins with "No"."""

from __future__ import annotations

import pytest

from tests.enrich.quotes.checks.test_checks import published


@pytest.mark.parametrize(
    "text",
    [
        '"The minister is a thief," nobody said.',
        '"The minister is a thief," no one in the cabinet said.',
        '"The minister is a thief," neither the captain nor the owner said.',
        '"The minister is a thief," none of the jurors said.',
        'None of the jurors said "the minister is a thief and a liar".',
        "Not one of the jurors said the dam was safe.",
        "Not a single juror said the dam was safe.",
        "No Republican said the dam was unsafe.",
        "No Senate aide said the dam was unsafe.",
        "No Republican, Democrat or independent said the dam was unsafe.",
    ],
)
def test_nobody_says_nothing(text: str) -> None:
    assert published(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("None other than Roth said the dam was safe.", "Roth"),
        ("No one but Roth said the dam was safe.", "Roth"),
        ("No one except Roth said the dam was safe.", "No one except Roth"),
        ("Not one but two jurors said the dam was safe.", "two jurors"),
        ("No Labels said it would field a candidate.", "No Labels"),
        ("No stranger to scandal, Senator Falk said he would not resign.", "Senator Falk"),
        ("No longer a minister, Ada Brandt insisted that the party would win.", "Ada Brandt"),
        ("Neither rich nor famous, Falk said the law was clear.", "Falk"),
        ("No Mercy Group said the dam was unsafe.", "No Mercy Group"),
    ],
)
def test_somebody_says_it(text: str, speaker: str) -> None:
    assert [claim.speaker.text for claim in published(text) if claim.speaker] == [speaker]
