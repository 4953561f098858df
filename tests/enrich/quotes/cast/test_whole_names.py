"""A speaker's name is the name and nothing beside it: no office, no place, no party, no list, no page furniture."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims
from service.enrich.quotes.cast.names import read_name
from tests.enrich.quotes.cast.test_mentions import last_name
from tests.enrich.quotes.cast.test_resolver import resolved


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Secretary of the Air Force Laura Quill", "Laura Quill"),
        ("ambassador to the European Union Martin Falk", "Martin Falk"),
        ("the ambassador to Northland Robert Moss", "Robert Moss"),
        ("Speaker of the House Karl Benn", "Karl Benn"),
        ("Federal Reserve Bank of Tarrow President Thomas Lund", "Thomas Lund"),
        ("Small Business Board Administrator Carla Amsel", "Carla Amsel"),
        ("Aske Gov. Robert Moss", "Robert Moss"),
        ("Assemblywoman Nina Falk", "Nina Falk"),
        ("Virginia Gov. Robert Moss", "Robert Moss"),
        ("Georgia Republican Rep. Carl Falk", "Carl Falk"),
        ("Archbishop William K. Moss", "William K. Moss"),
        ("Father Robert Falk", "Robert Falk"),
        ("Incumbent David Lund", "David Lund"),
        ("Senators Robert Moss and Nina Falk", "Robert Moss and Nina Falk"),
        ("Robert Moss Robert Moss", "Robert Moss"),
        ("Lang Lang", "Lang Lang"),
        ("Stephen King", "Stephen King"),
        ("Anna Baker", "Anna Baker"),
        ("Undersheriff Tim Amsel", "Tim Amsel"),
        ("Northland MP Andrew Quill", "Andrew Quill"),
        ("President Pro Tem Karl de Moss", "Karl de Moss"),
        ("Senate President Pro Tempore Karl Moss", "Karl Moss"),
        ("Transport and the Harbour Committee Chairman Karl Moss", "Karl Moss"),
        ("House Roads and Bridges Chairman David Lund", "David Lund"),
        ("Food and Drug Commissioner Stephen Quill", "Stephen Quill"),
        ("Senate Minority Whip Richard A. Falk Aske Democrat", "Richard A. Falk"),
        ("Nina Moss, Aske Republican, and Robert Lund", "Nina Moss and Robert Lund"),
        ("Karl B. Moss, the Tarrow Customs and Harbour Protection commissioner", "Karl B. Moss"),
        ("the Tarrow Centers for Disease Control and Prevention", "Tarrow Centers for Disease Control and Prevention"),
        ("The Tarrow Post on Wednesday night", "Tarrow Post"),
        ("The Harbour Department on Sunday", "Harbour Department"),
        ("President Karl Falk's administration", "Karl Falk administration"),
        ("Image Debra Falk", "Debra Falk"),
        ("The C.D.C.", "C.D.C."),
        ("Falk & Sons", "Falk & Sons"),
        ("Ada Falk & Tom Moss", "Ada Falk and Tom Moss"),
        ("Nina Falk, Robert Lund, Karl Moss", "Nina Falk, Robert Lund and Karl Moss"),
        ("Robert Lund, Miami, Florida", "Robert Lund"),
        ("Kestrel Oil Co <KES.N>", "Kestrel Oil Co"),
    ],
)  # fmt: skip
def test_a_name_is_told_from_what_stands_beside_it(mention: str, name: str) -> None:
    text = f"It rained in Tarrow. The harbour will stay open until May, {mention} said."
    assert [one.name for one in resolved(text, mention)] == [name]


@pytest.mark.parametrize(
    "mention",
    [
        "Experts",
        "Authorities",
        "Protesters",
        "People",
        "Half of the residents",
        "The top Republican in the House",
        "The Aske Democrat",
        "Harbour supply experts",
        "Deputy Harbour Adviser",
        "Chinese and American officials",
        "Fishermen who had lost their boats",
    ],
)
def test_what_only_describes_is_no_name(mention: str) -> None:
    text = f"{mention} said that the harbour will stay open until May."
    assert [one.name for one in resolved(text, mention)] == [None]


def test_a_surname_finds_who_held_a_post() -> None:
    text = "The ambassador to Northland Robert Moss left. He waited, and Moss said that it rained."
    assert [one.name for one in resolved(text, "Robert Moss", "Moss")] == ["Robert Moss", "Robert Moss"]


def test_a_role_goes_on_behind_an_abbreviation() -> None:
    mention = "Rex Lund, assistant secretary of health under Mr. Falk,"
    (one,) = resolved(f"{mention} said that it rained.", mention)
    assert (one.name, one.role) == ("Rex Lund", "assistant secretary of health under Mr. Falk")


def test_buttons_before_a_name_are_no_part_of_it() -> None:
    assert read_name("Facebook Twitter Pinterest Anna Brandt").words == ("Anna", "Brandt")


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Nicholas Falk Jr. came. Falk Jr. said that it rained.", "Falk Jr", "Nicholas Falk Jr"),
        (
            "Mats van der Moss came late. Van der Moss said that it rained.",
            "Van der Moss",
            "Mats van der Moss",
        ),
        ("Already Rex Lund had left. Already Lund said that it rained.", "Already Lund", "Rex Lund"),
        ("The Kremlin aid said that it rained. Kremlin aide Yuri Falk left.", "The Kremlin aid", "Yuri Falk"),
    ],
)
def test_another_form_of_a_name_finds_its_bearer(text: str, mention: str, name: str) -> None:
    assert [one.name for one in resolved(text, mention)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The Center for Trade and Peace in Beijing moved. Beijing said that it rained.",
        "A manager at Beijing Policy left in May. Beijing said that it rained.",
    ],
)
def test_a_place_is_nobody_whose_name_it_is_part_of(text: str) -> None:
    assert [one.name for one in resolved(text, "Beijing said".split()[0])][-1:] == ["Beijing"]


def test_a_party_in_brackets_is_nobody() -> None:
    text = "Rep. Ada Lund and Rep. Rex Falk (D., Nev.) met in May. The two lawmakers said that it rained."
    assert [one.name for one in resolved(text, "The two lawmakers")] == ["Ada Lund and Rex Falk"]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Det.", "Det."),
        ("Supt.", "Supt."),
        ("Cmdr.", "Cmdr."),
        ("Adm.", "Adm."),
        ("Pfc.", "Pfc."),
        ("Msgr.", "Msgr."),
        ("Assoc. Prof.", "Assoc. Prof."),
        ("Asst. Dist. Atty.", "Asst. Dist. Atty."),
        ("Sgt. 1st Class", None),
    ],
)
def test_a_rank_written_short_ends_no_sentence_and_is_the_role(title: str, role: str | None) -> None:
    (claim,) = find_claims(f"It rained. {title} Ida Moss said the road was closed.").claims
    assert claim.speaker is not None
    assert (claim.speaker.text, claim.speaker.name, claim.speaker.role) == (
        f"{title} Ida Moss",
        "Ida Moss",
        role,
    )


@pytest.mark.parametrize(
    ("mention", "name", "role"),
    [
        ("US President Omar Falk", "Omar Falk", "US President"),
        ("US Navy spokesman Cmdr. Ida Moss", "Ida Moss", "Navy spokesman Cmdr."),
        ("Northland leader Capt. Ida Moss", "Ida Moss", "Northland leader Capt."),
        ("Northland presidential hopeful Gen. Ida Moss", "Ida Moss", "Gen."),
        ("White House press secretary Ida Moss", "Ida Moss", "White House press secretary"),
        (
            "Harbour Research Center vice president Ida Moss",
            "Ida Moss",
            "Harbour Research Center vice president",
        ),
        ("Ida Moss, the woman Falk met,", "Ida Moss", None),
        ("his newly appointed campaign manager Ida Moss", "Ida Moss", "campaign manager"),
        ("Petty Officer 1st Class Ida Moss", "Ida Moss", None),
        ("City Councilor Ida Moss", "Ida Moss", "City Councilor"),
        ("Ida Moss, the mayor of New Haven,", "Ida Moss", "mayor of New Haven"),
        ("Ida Moss, a lost property clerk,", "Ida Moss", "lost property clerk"),
        ("Falk, an analyst at Aske Bank", "Falk", "analyst at Aske Bank"),
        ("Anchor Don Moss", "Don Moss", "Anchor"),
        ("Ida Moss, of Tarrow General Hospital,", "Ida Moss", None),
        ("former Falk spokesman and Northland consultant Ida Moss", "Ida Moss", "Northland consultant"),
        ("A police officer and Ida Moss", None, None),
        ("The governor and Mayor Ida Moss", None, None),
        ("The king and prime minister Ida Moss", None, None),
        ("A witness and Sheriff Ida Moss", None, None),
        ("The author and columnist Ida Moss", "Ida Moss", "columnist"),
        ("The chief actuary of the Harbour Administration, Ida Moss,", "Ida Moss", None),
        ("One of the victims, Virginia Moss,", "Virginia Moss", None),
        ("World Class Boats", "World Class Boats", None),
    ],
)
def test_a_role_begins_before_a_rank_and_us_with_capitals_is_no_pronoun(
    mention: str, name: str | None, role: str | None
) -> None:
    (one,) = resolved(f"{mention} said that it rained.", mention)
    assert (one.name, one.role) == (name, role)


def test_a_paper_is_not_the_one_whose_trade_it_is_called_after() -> None:
    (one,) = resolved("Vera Lund left on Monday. The Courier said that it rained.", "The Courier")
    assert one.name is None


def test_a_newspaper_is_no_person() -> None:
    (one,) = resolved("The newspaper Porto Nota said that it rained.", "The newspaper Porto Nota")
    assert (one.name, one.kind) == ("Porto Nota", "organisation")


@pytest.mark.parametrize(
    ("before", "meant"),
    [
        ("The vote was mocked by a lawyer for the bank, ", "a lawyer for the bank"),
        ("Officials briefed on the matter, ", "Officials briefed on the matter"),
    ],
)
def test_who_stands_for_someone_and_not_for_a_thing(before: str, meant: str) -> None:
    (one,) = resolved(f"{before}who said that it rained, left.", "who")
    assert one.text == meant


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Falk, Lund, Moss said the dam was safe.", "Falk, Lund and Moss"),
        ("Falk, Lund say the dam is safe.", "Falk and Lund"),
        ("Lund, Tarrow, said the dam was safe.", "Lund"),
    ],
)
def test_a_list_without_and_names_all(text: str, name: str) -> None:
    (claim,) = find_claims(text).claims
    assert claim.speaker is not None
    assert claim.speaker.name == name


def test_a_role_ends_before_a_verb() -> None:
    text = "Ida Moss, head of strategy at Halden Bank is in the bull camp. Moss said that it rained."
    (one,) = resolved(text, "Moss")
    assert one.role == "head of strategy at Halden Bank"


def test_an_official_behind_a_place_is_not_the_place() -> None:
    text = 'It rained in Aske, a Northland official said. "It was cold," the official added.'
    assert [one.name for one in resolved(text, "the official")] == [None]


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("President Robert Moss met Robert Moss Jr. on Monday.", "Robert Moss"),
        ("Robert Moss spoke. His son, Robert Moss Jr., came late.", "Robert Moss"),
        ("President Moss met Robert Moss Jr. on Monday.", "Moss"),
        ("Robert Moss Jr. came on Monday.", "Robert Moss Jr"),
        ("Rev. Robert Moss Jr. came on Monday. Robert Moss sat down.", "Robert Moss Jr"),
    ],
)
def test_a_father_is_not_his_son(before: str, name: str) -> None:
    claims = find_claims(f"It rained. {before} Moss said the deal was dead.").claims
    assert [claim.speaker.name for claim in claims if claim.speaker] == [name]


@pytest.mark.parametrize(
    ("before", "speaker", "name"),
    [
        ("President Robert Moss met Robert Moss Jr. on Monday.", "Moss Jr.", "Robert Moss Jr"),
        ("Robert Moss Sr. met Robert Moss Jr. on Monday.", "Moss Jr.", "Robert Moss Jr"),
        ("Sen. Robert Moss met Robert Moss Jr. on Monday.", "Moss Jr.", "Robert Moss Jr"),
        ("Sen. Robert Moss met Robert Moss Jr. on Monday.", "Moss", "Robert Moss"),
        ("Robert Moss Jr. was late.", "His father, President Robert Moss,", "Robert Moss"),
        ("Robert Moss Jr. was late.", "Dr. Robert Moss", "Robert Moss Jr"),
        ("Mr. Moss was late. Robert Moss Jr. sat down.", "Moss", "Robert Moss Jr"),
        ("Mayor Robert Moss was late. Robert Moss Sr. sat down.", "Moss", "Robert Moss Sr"),
    ],
)
def test_a_son_is_known_by_his_name_and_is_one_man(before: str, speaker: str, name: str) -> None:
    claims = find_claims(f"It rained. {before} {speaker} said the deal was dead.").claims
    assert [claim.speaker.name for claim in claims if claim.speaker] == [name]


def test_an_office_is_not_held_by_who_is_foremost() -> None:
    text = "Robert Moss spoke for an hour. It rained. The attorney general said that it was late."
    assert [one.name for one in resolved(text, "The attorney general")] == [None]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Carlos Vint Mora leads. {Vint Mora} said so.", "Carlos Vint Mora"),
        ("Mary Ann Vint leads. {Ann Vint} said so.", "Ann Vint"),  # another given name
        ("{Coach Park Min-jae} said so.", "Park Min-jae"),
        ("{Harbour Park Lines} said so.", "Harbour Park Lines"),
        ("{Jan van 't Falk} said so.", "Jan van 't Falk"),
        ("{Mariam bint Khalid} said so.", "Mariam bint Khalid"),
        ("{Jan de los Santos} said so.", "Jan de los Santos"),
        ("Jan du Falk left. {Du Falk} said so.", "Jan du Falk"),
    ],
)
def test_names_of_other_countries_are_whole(marked: str, name: str) -> None:
    assert last_name(marked) == name
