"""Passives have their agent as speaker, and what nobody said is doubted below the default threshold."""

from __future__ import annotations

from typing import Any

import pytest

from service.enrich.claims import find_claims
from service.enrich.quotes.checks import labels
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import Vocabulary
from service.records import Finding
from service.settings import EnrichSettings

LEAST = EnrichSettings().confidence_min


def published(text: str) -> list[Finding]:
    """The quotations and statements that the default threshold lets through."""
    return [
        claim for claim in find_claims(text).claims if claim.kind != "figure" and claim.confidence >= LEAST
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Peter Lund was accused by prosecutors of hiding the money.", "prosecutors"),
        ("Lund has been told by two doctors that he will never walk again.", "two doctors"),
        ('Peter Lund was described by a neighbour as "a quiet man".', "a neighbour"),
        (
            "Ada Brandt was described by neighbours as a quiet woman who had never missed a payment.",
            "neighbours",
        ),
    ],
)
def test_the_agent_of_a_passive_speaks(text: str, speaker: str) -> None:
    claims = published(text)
    assert [claim.speaker.text for claim in claims if claim.speaker] == [speaker]
    assert not any(" by " in claim.text for claim in claims)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Peter Lund is accused of stealing 300,000 crowns from a charity.", "Peter Lund"),
        ("Residents were warned that the dam could collapse.", "Residents"),
        ("The colonel is reported to have told aides that he would step down.", "The colonel"),
        ("Villagers were ordered to leave their homes by Sunday.", "Villagers"),
        ("Peter Lund, accused of arson, left the country on Monday.", "Peter Lund"),
        ("Peter Lund was accused of saying the judge took bribes.", "Peter Lund"),
        ("Peter Lund was accused of falsely claiming that the judge took bribes.", "Peter Lund"),
        ("Peter Lund, accused of saying the judge took bribes, left.", "Peter Lund"),
    ],
)
def test_the_subject_of_a_passive_does_not_speak(text: str, subject: str) -> None:
    assert not [claim for claim in published(text) if claim.speaker and claim.speaker.text == subject]


@pytest.mark.parametrize(
    "text",
    [
        "The minister declined to say whether the base would close.",
        "A spokesman for Kestrel Bank declined to comment.",
        "Mayor Falk said nothing of it.",
        "Mayor Falk said little about the closure of the quay.",
        "“No comment,” said Falk.",
        "Asked if she would resign, Brandt left the room.",
        "He refused to say how much he earns.",
        "Police did not say whether the man was armed.",
        "Officials, who asked not to be named, left early.",
        "Neither Lund nor Moss said the bridge was safe.",
        "Neither Lund nor his lawyer said whether they would appeal.",
        "No witness said the car was red.",
        "None of the witnesses said they had seen a gun.",
        "Not all analysts say rates will rise.",
        "Prime minister Ada Brandt conceded shortly before midnight.",
    ],
)
def test_what_nobody_said_is_not_published(text: str) -> None:
    assert published(text) == []


def test_a_number_and_a_rank_speak() -> None:
    assert published("No. 10 said the bill would pass.")
    assert published("No less an authority than Judge Brandt said the law was dead.")


def test_an_answer_and_a_request_stay() -> None:
    assert published('Asked why the pumps had failed, Ada Brandt said: "Nobody paid for the fuel."')
    assert published("The mayor denied that she had met the builder.")


def test_labels_of_a_transcript_give_speakers() -> None:
    text = (
        "MARSH: Minister, how old was the pier?\n\nLUND: It was old, but no report said that it would fall.\n\n"
        "MARSH: You were warned.\n\nLUND: That is not true. They wrote to the province."
    )
    said = [(claim.speaker.text, claim.text) for claim in published(text) if claim.speaker]
    assert said == [
        ("LUND", "It was old, but no report said that it would fall."),
        ("MARSH", "You were warned."),
        ("LUND", "That is not true. They wrote to the province."),
    ]


def test_labels_may_have_brackets_beside_them() -> None:
    text = (
        "[00:05:12] MARSH: How old was the pier?\n\n[00:05:20] LUND (on the phone): It was old.\n\n"
        "[00:05:31] MARSH: You were warned.\n\n[00:05:40] LUND: That is not true."
    )
    claims = [claim for claim in published(text) if claim.speaker]
    assert [(claim.speaker.text, claim.text) for claim in claims if claim.speaker] == [
        ("LUND", "It was old."),
        ("MARSH", "You were warned."),
        ("LUND", "That is not true."),
    ]
    assert claims[-1].speaker is not None
    assert claims[-1].speaker.kind is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "MARSH: We knew the pier was old. JONES: Nobody told us.\n\nMARSH: That is not true.",
            [
                ("MARSH", "We knew the pier was old."),
                ("JONES", "Nobody told us."),
                ("MARSH", "That is not true."),
            ],
        ),
        (
            "MARSH: We knew the pier was old. JONES: Nobody told us that it would fall.",
            [("MARSH", "We knew the pier was old."), ("JONES", "Nobody told us that it would fall.")],
        ),
        (
            "Q: How bad is it? A: Very bad. We have lost the pier.\n\nQ: Who pays? A: The state must pay.",
            [(None, "Very bad. We have lost the pier."), (None, "The state must pay.")],
        ),
        ("WHEN: It begins on Monday. WHERE: It is held in Tarrow.", []),
        (
            "TARROW: The council passed the plan, Ada Marsh said. SKERRY: The ferry will run again, Olle Lund said.",
            [
                ("Ada Marsh", "The council passed the plan"),
                ("Olle Lund", "The ferry will run again"),
            ],
        ),
        ("HERALD: Marsh said the pier was safe. COURIER: Lund said the pier was old.", None),
    ],
)
def test_labels_change_inside_a_line(text: str, said: list[tuple[str | None, str]] | None) -> None:
    found = [(claim.speaker.name, claim.text) for claim in published(text) if claim.speaker]
    if said is None:  # whoever is found, the labels speak for nobody
        assert {"Marsh", "Lund"} >= {name for name, _ in found}
    else:
        assert found == said


def test_the_end_of_a_line_is_sought_once_however_many_labels_it_holds() -> None:
    class Kinds(bytes):
        sought = 0

        def find(self, *place: Any) -> int:
            self.sought += 1
            return super().find(*place)

    view = View(tokenise("MARSH: It is old. " * 300 + "\n" + "JONES: It is not. " * 300, Vocabulary()))
    kinds = view.kinds = Kinds(view.kinds)
    assert len(labels._labelled(view)) > 400
    assert kinds.sought == 2


def test_the_headings_of_a_fact_box_speak_for_nobody() -> None:
    box = "Name: Pump {0}\n\nStage: Tested in the harbour\n\nBackground: It was built in the town.\n\n"
    assert published(box.format("one") + box.format("two") + box.format("three")) == []


def test_surnames_of_people_in_the_text_are_labels() -> None:
    text = (
        "The harbour director Olle Marsh met Rex Lund of the Herald.\n\nLund: How old was the pier?\n\n"
        "Marsh: It was old, but no report said that it would fall.\n\nLund: You were warned.\n\n"
        "Marsh: That is not true. They wrote to the province."
    )
    names = [claim.speaker.name for claim in published(text) if claim.speaker]
    assert names == ["Olle Marsh", "Rex Lund", "Olle Marsh"]


def test_a_colon_alone_is_no_transcript() -> None:
    text = "Weather: It rained all day.\n\nSport: The harbour team won."
    assert published(text) == []


def test_what_somebody_has_yet_to_say_is_not_said() -> None:
    assert published("Falk aides have yet to call for the mayor to resign.") == []


def test_who_criticises_does_not_say_what_is_criticised() -> None:
    assert published("Roth was criticised by unions for saying that wages were too high.") == []
