"""Of claims inside claims the innermost speaks, and `via` names those who passed it on, outward."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims


@pytest.mark.parametrize(
    ("text", "speaker", "via", "content"),
    [
        (
            "State media reported that Falk said exports would grow.",
            "Falk",
            ["State media"],
            "exports would grow",
        ),
        (
            "Falk told Moss that exports would grow, according to a transcript from Radio Tarrow.",
            "Falk",
            ["a transcript"],
            "that exports would grow",
        ),
        (
            "Harbour radio quoted Captain Nora Falk as saying that the sea was calm.",
            "Captain Nora Falk",
            ["Harbour radio"],
            "that the sea was calm",
        ),
        (
            'The indictment says Falk told an aide: "Sink the boat."',
            "Falk",
            ["The indictment"],
            '"Sink the boat."',
        ),
        (
            'Court papers say that Falk told a friend, "The judge is ours."',
            "Falk",
            ["Court papers"],
            '"The judge is ours."',
        ),
        (
            "Two days later, Falk said the dam was safe, according to Radio Tarrow.",
            "Falk",
            ["Radio Tarrow"],
            "the dam was safe",
        ),
        (
            "Last month, Ida Benn said she would resign, according to two people familiar with the matter.",
            "Ida Benn",
            ["two people familiar with the matter"],
            "she would resign",
        ),
        (
            "The dam was safe, Falk said a week later, according to Radio Tarrow.",
            "Falk",
            ["Radio Tarrow"],
            "The dam was safe",
        ),
        (
            "During the hearing, Judge Ana Roth said the evidence was thin, according to court records.",
            "Judge Ana Roth",
            ["court records"],
            "the evidence was thin",
        ),
        (
            '"It was a big mistake for us," the Tarrow Post quoted Falk as saying.',
            "Falk",
            ["the Tarrow Post"],
            '"It was a big mistake for us,"',
        ),
        (
            "Falk was quoted by Radio Tarrow as saying that the mine would close.",
            "Falk",
            ["Radio Tarrow"],
            "that the mine would close",
        ),
        (
            "Falk was quoted by Radio Tarrow as telling Harbour News that the mine would close; the union will strike.",
            "Falk",
            ["Radio Tarrow"],
            "that the mine would close",
        ),
        (
            "Radio Tarrow quoted Falk as telling the board that the mine would close.",
            "Falk",
            ["Radio Tarrow"],
            "that the mine would close",
        ),
        (
            "Rex Benn was cited by state media as saying the army was ready.",
            "Rex Benn",
            ["state media"],
            "the army was ready",
        ),
        (
            '"The army is ready," Falk told the council, state television reported.',
            "Falk",
            ["state television"],
            '"The army is ready,"',
        ),
        (
            "The council said on Monday that the mayor had said he would resign.",
            "the mayor",
            ["The council"],
            "he would resign",
        ),
        (
            "On Friday Falk and Moss denounced the “reckless closing of the port”, port aide Ida Roth said.",
            "Falk and Moss",
            ["port aide Ida Roth"],
            "the “reckless closing of the port”",
        ),
        (
            "“He told me to lie,” Falk told the inquiry on Monday, according to a transcript.",
            "Falk",
            ["a transcript"],
            "“He told me to lie,”",
        ),
        (
            "According to the Tarrow news agency, Falk said: “We have always kept our word in this matter.”",
            "Falk",
            ["the Tarrow news agency"],
            "“We have always kept our word in this matter.”",
        ),
        (
            "The pumps had failed, Vera Lund testified on Monday, according to the Courier.",
            "Vera Lund",
            ["the Courier"],
            "The pumps had failed",
        ),
        (
            "The pumps had failed, said an engineer, according to the mayor's office.",
            "an engineer",
            ["the mayor's office"],
            "The pumps had failed",
        ),
        (
            "The pumps had failed, an engineer told the panel, according to two aides, the Courier reported.",
            "an engineer",
            ["two aides", "the Courier"],
            "The pumps had failed",
        ),
        (
            "According to the Courier, the pumps had failed, Vera Lund testified.",
            "Vera Lund",
            ["the Courier"],
            "the pumps had failed",
        ),
        (
            "“We lost,” Falk said, the Courier reported on Monday.",
            "Falk",
            ["the Courier"],
            "“We lost,”",
        ),
        (
            "The mayor, who was ill, said the pumps had failed, according to Lund.",
            "The mayor",
            ["Lund"],
            "the pumps had failed",
        ),
        (
            "The president met his guest and stressed that the border would stay open, according to a readout.",
            "The president",
            ["a readout"],
            "that the border would stay open",
        ),
        (
            "The report says the bank's chairman said the loan was safe.",
            "the bank's chairman",
            ["The report"],
            "the loan was safe",
        ),
    ],
)
def test_the_innermost_speaks(text: str, speaker: str, via: list[str], content: str) -> None:
    claims = [
        claim for claim in find_claims(text).claims if claim.kind != "figure" and claim.confidence >= 0.15
    ]
    (claim,) = claims
    assert claim.speaker is not None
    assert (claim.speaker.text, claim.text) == (speaker, content)
    assert [carrier.text for carrier in claim.via] == via
    for carrier in claim.via:
        assert text[carrier.start : carrier.end] == carrier.text


def test_whom_the_model_found_inside_has_the_outer_one_as_carrier() -> None:
    (claim,) = find_claims("Falk said the report warned that the dam was weak.").claims
    assert claim.speaker is not None
    assert claim.speaker.text == "the report"
    assert [carrier.text for carrier in claim.via] == ["Falk"]


def test_an_agency_passes_on_marked_words_of_who_is_quoted() -> None:
    text = (
        "President Omar Sefu on Tuesday hosted Foreign Minister Lin Baro.\n\n"
        'State news agency KNA quoted Sefu as saying that "no third country" would be allowed to interfere.'
    )
    (claim,) = find_claims(text, language="en").claims
    assert claim.speaker is not None
    assert (claim.speaker.name, [carrier.text for carrier in claim.via]) == (
        "Omar Sefu",
        ["State news agency KNA"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "The dam was safe, Falk said, and Roth said it was not.",
        "“We lost,” Falk said, Roth added that he knew.",
    ],
)
def test_who_says_something_else_behind_a_claim_does_not_carry_it(text: str) -> None:
    assert [claim.via for claim in find_claims(text).claims if claim.kind != "figure"] == [(), ()]


def test_nobody_carries_their_own_words() -> None:
    (claim,) = find_claims("“The pumps had failed,” Falk said, Falk told reporters on Monday.").claims
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.via) == ("Falk", ())


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was open, but Ada Roth said on Friday it would close, according to the Courier.",
        "The bridge was open, Ada Roth said on Friday it would close, according to the Courier.",
        "The count rose to 40, more than Ada Roth said on Friday, according to the Courier.",
        "The count rose to 40, up from 31 that officers said on Friday, according to the Courier.",
    ],
)
def test_who_said_something_else_is_not_given_what_stands_before(text: str) -> None:
    speakers = [claim.speaker for claim in find_claims(text, language="en").claims if claim.kind != "figure"]
    assert [speaker.text for speaker in speakers if speaker is not None] == ["the Courier"]


def test_the_subject_of_both_verbs_is_no_pronoun() -> None:
    pronoun = "She hired a boat and said she would sail, according to court papers."
    noun = "The president spoke with her guest and stressed that the talks must go on, according to the ministry."
    found = [
        [claim.speaker.text for claim in find_claims(text).claims if claim.speaker is not None]
        for text in (pronoun, noun)
    ]
    assert found == [["court papers"], ["The president"]]


@pytest.mark.parametrize("behind", ["Lund said nothing", "he added"])
def test_who_adds_or_says_nothing_passes_nothing_on(behind: str) -> None:
    (claim,) = [claim for claim in find_claims(f'"We won," Falk said, {behind}.').claims if claim.speaker]
    assert claim.via == ()


@pytest.mark.parametrize(
    "text",
    [
        "According to police, the man, who was armed, said",
        "The plan would fail, said a,",
        "The mayor, says prosecutor Dana,",
        "The pumps, says a Harbour Bank chief,",
    ],
)
def test_a_text_may_end_anywhere(text: str) -> None:
    for end in range(1, len(text) + 1):
        find_claims(text[:end], language="en")


def test_a_day_before_the_inner_speaker_is_passed_over() -> None:
    (claim,) = find_claims("According to Reuters, on Friday Falk said the bridge was open.").claims
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.text) == ("Falk", "the bridge was open")
    assert [carrier.text for carrier in claim.via] == ["Reuters"]


def test_a_carrier_may_stand_behind_the_day_on_which_it_was_said() -> None:
    (claim,) = find_claims("The bridge was open, Ada Roth said on Friday, according to the Courier.").claims
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.text) == ("Ada Roth", "The bridge was open")
    assert [carrier.text for carrier in claim.via] == ["the Courier"]
