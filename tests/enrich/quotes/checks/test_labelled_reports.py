"""What a labelled speaker only passes on is said by who said it; the rest stays with the label."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims

Told = tuple[str | None, list[str], list[str]]


def told(text: str) -> list[Told]:
    """List speaker, pieces and carriers of each claim."""
    return [
        (
            claim.speaker.text if claim.speaker else None,
            [text[piece.start : piece.end] for piece in claim.segments],
            [carrier.text for carrier in claim.via],
        )
        for claim in find_claims(text).claims
        if claim.kind != "figure"
    ]


def test_a_report_inside_a_transcript_has_its_own_speaker() -> None:
    found = told(
        "FALK: We knew it was old. Lund said it would be repaired. We believed him then.\nROTH: I see.\nFALK: I do."
    )
    assert found == [
        ("FALK", ["We knew it was old.", "We believed him then."], []),
        ("Lund", ["it would be repaired"], ["FALK"]),
        ("ROTH", ["I see."], []),
        ("FALK", ["I do."], []),
    ]


@pytest.mark.parametrize("lead", ["I doubt", "Maybe", "Falsely,", "I think", "Suppose", "Has"])
def test_a_report_in_doubt_stays_with_the_label(lead: str) -> None:
    words = f"{lead} Lund said it was unsafe. We closed it."
    assert told(f"BELK: {words}\nROTH: I see.\nBELK: I do.")[0] == ("BELK", [words], [])


@pytest.mark.parametrize(
    ("report", "speaker"),
    [
        ("And Lund said the bridge was old", "Lund"),
        ("Well, Lund said the bridge was old", "Lund"),
        ("The mayor told us the bridge was old", "The mayor"),
    ],
)
def test_a_report_that_nothing_doubts_is_passed_on_once(report: str, speaker: str) -> None:
    found = told(f"BELK: {report}. It fell.\nROTH: I see.\nBELK: I do.")
    assert found[:2] == [(speaker, ["the bridge was old"], ["BELK"]), ("BELK", ["It fell."], [])]


def test_outlets_as_labels_pass_on_what_others_said() -> None:
    found = told(
        "CNN: Falk said the wall would be built.\nFOX: Lund said the wall would not be built.\nCNN: Falk said it would."
    )
    assert found[:2] == [
        ("Falk", ["the wall would be built"], ["CNN"]),
        ("Lund", ["the wall would not be built"], ["FOX"]),
    ]


def test_whose_answer_it_is_stays_open_where_only_a_letter_labels_it() -> None:
    found = told(
        "Q: What did Lund say?\nA: Lund said the dam would be repaired by spring.\nQ: And?\nA: I hoped so."
    )
    assert found[0] == ("Lund", ["the dam would be repaired by spring"], [])


def test_a_report_with_words_of_the_label_around_it_stays_with_the_label() -> None:
    words = "The council said on Friday that the bridge would close, and I was glad."
    assert told(f"BELK: {words}\nROTH: Were you?\nBELK: I was.")[0] == ("BELK", [words], [])


def test_words_before_a_passage_are_not_lost_behind_a_label() -> None:
    words = 'He told me, "Do not worry about the dam at all." That was it.'
    assert told(f"FALK: {words}\nROTH: I see.\nFALK: I do.")[0] == ("FALK", [words], [])


def test_a_heading_that_takes_turns_is_somebodys_name() -> None:
    turns = "Is it old?\n{0}: It is being mended.\n{1}: When will it be done?\n{0}: In May, on time."
    for asking, name in [("FALK", "PRICE"), ("Falk", "Read"), ("FALK", "SOURCE")]:
        found = told(f"{asking}: {turns.format(name, asking)}")
        assert [speaker for speaker, _, _ in found] == [name, name]


def test_headings_are_no_labels() -> None:
    found = told(
        "FALK: It is old.\nREAD: What you should know\nROTH: I see.\nREAD: Ten new piers\nFALK: I do."
    )
    assert [speaker for speaker, _, _ in found] == ["FALK", "ROTH", "FALK"]
    assert told("Update: It rained in Tarrow.\nNote: The pier is old.\nUpdate: The pier is shut.") == []
