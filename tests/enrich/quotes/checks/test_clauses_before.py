"""Clauses and participles before a subject are no part of the speaker."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims
from tests.enrich.quotes.checks.test_checks import published


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Falk shrugged as Roth said the ferry was late.", "Roth"),
        ("Ida Falk smiled while her lawyer said the case was closed.", "her lawyer"),
        ("Roth wept as Judge Ada Lund said the boy would go to prison.", "Judge Ada Lund"),
        ("Ida Falk retired and Tom Moss said he would run the mill.", "Tom Moss"),
        ("Mayor Ida Falk left and her deputy, Tom Lund, said the school would stay open.", "Tom Lund"),
        ("Standing behind Roth, Falk said the mill was safe.", "Falk"),
        ("Guarded by Tom Roth, Ida Lund announced she would stay.", "Ida Lund"),
        ("Succeeding Tom Roth, Ida Falk vowed that the mine would reopen.", "Ida Falk"),
        ("Beside Roth, Falk said the ferry was full.", "Falk"),
        ("Mocked by Roth, Falk, 58, said he was hurt.", "Falk"),
        ("For years an ally of Roth, Falk now says she was wrong.", "Falk"),
    ],
)
def test_what_stands_before_the_subject_does_not_speak(text: str, speaker: str) -> None:
    claim = next(claim for claim in published(text) if claim.speaker)
    assert claim.speaker is not None
    assert speaker.endswith(claim.speaker.name or claim.speaker.text) or claim.speaker.text == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Falk and Roth said the plan was dead.", "Falk and Roth"),
        ("Fred Lund and Roth said the plan was dead.", "Fred Lund and Roth"),
        ("A man named as Roth said the plan was dead.", "A man named as Roth"),
        ("Leading Edge, a start-up, said it would close.", "Leading Edge, a start-up"),
        ("Falk, standing beside Roth, said the dam was safe.", "Falk, standing beside Roth"),
        ("Those injured and the dead man's brother said the bus was too fast.", "Those injured and the dead"),
    ],
)
def test_what_belongs_to_the_subject_stays(text: str, speaker: str) -> None:
    claim = next(claim for claim in find_claims(text).claims if claim.speaker)
    assert claim.speaker is not None
    assert claim.speaker.text.startswith(speaker)


def test_a_clause_before_another_is_not_what_was_said() -> None:
    claims = published("Shares fell after Governor Ida Lund said rates would rise.")
    assert [claim.text for claim in claims] == ["rates would rise"]
    claims = published('The Courier could not find Roth, and his agent said only: "He is away for good."')
    assert [claim.text for claim in claims] == ['"He is away for good."']
