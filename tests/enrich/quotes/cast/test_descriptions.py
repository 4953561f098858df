"""Whom a text means without the name: pairs, offices, documents, someone named later; and whom it does not mean."""

from __future__ import annotations

import pytest

from tests.enrich.quotes.cast.test_mentions import last_name, spoken

LETTER = (
    "Also Monday, port chairman Jan Falk (D-Ostmark) and Mayor Rosa Vint sent a letter to the bank. It rained. Rain "
    "fell for days. "
)


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        (LETTER + "{The two lawmakers} said so.", "Jan Falk and Rosa Vint"),
        (LETTER + "{Both} said so.", "Jan Falk and Rosa Vint"),
        (LETTER + "{The pair} said so.", "Jan Falk and Rosa Vint"),
        ("Senator Jan Falk and Senator Rosa Vint came. {The senators} said so.", "Jan Falk and Rosa Vint"),
        # one of the two is something else
        ("Senator Jan Falk and Mayor Rosa Vint came. {The two senators} said so.", None),
        ("Senator Jan Falk and Mayor Rosa Vint came. {The senators} said so.", None),
        # two others
        (LETTER + "{Two lawmakers} said so.", None),
        # not side by side
        ("Jan Falk met Rosa Vint. {The two} said so.", None),
        ("Jan Falk left, and then Rosa Vint came. {The two} said so.", None),
    ],
)
def test_two_are_those_named_side_by_side(marked: str, name: str | None) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        (LETTER + "{The letter} says so.", "Jan Falk and Rosa Vint"),
        (LETTER + "{The missive} says so.", "Jan Falk and Rosa Vint"),
        ("Ana Roth wrote in a June 10, 2009 email that it was late. {The message} says so.", "Ana Roth"),
        # who says it in a letter wrote it, not who is spoken of
        ("Falk and Moss met, {the Port Bank} said in a statement. {The statement} says so.", "Port Bank"),
        ("Ana Roth got a letter. {The letter} says so.", None),
        ("Ana Roth heard that Jan Falk sent a letter. {The letter} says so.", None),
        (LETTER + "{The report} says so.", None),
    ],
)
def test_a_document_is_its_authors(marked: str, name: str | None) -> None:
    speaker = spoken(marked)[-1]
    assert (speaker.name, speaker.kind) == (name, "document")
    assert speaker.resolved_by == ("author" if name else None)


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{A Harbour Council report} says so.", "Harbour Council"),
        ("{The results of the latest Ostmark University poll released Monday} say so.", "Ostmark University"),
        ("{A KTV poll} says so.", "KTV"),
        # places and carriers publish nothing
        ("{A New York poll} says so.", None),
        ("{A United States report} says so.", None),
        ("{A Ferrybook post} says so.", None),
    ],
)
def test_a_report_is_called_after_the_body_that_published_it(marked: str, name: str | None) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{A port spokesman} said no. Rosa Vint came. Port spokesman Jan Falk left.", "Jan Falk"),
        ("{Lawmaker} says no\nSen. Jan Falk met Mayor Rosa Vint.", "Jan Falk"),
        # somebody else's
        ("{A spokesman for Rosa Vint} said no. Harbour spokesman Jan Falk left.", None),
        # there are two
        ("{A spokesman} said no. Port spokesman Jan Falk met bank spokesman Karl Benn.", None),
        # not at the head of a text
        (
            "It rained. It rained. It rained. It rained. {A spokesman} said no. Port spokesman Jan Falk left.",
            None,
        ),
        # a party is no role
        ("{A Republican} said no. Republican Jan Falk left.", None),
    ],
)
def test_someone_at_the_head_of_a_text_is_named_later(marked: str, name: str | None) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{Former US secretary of state Madeleine Horn, a friend,} said so.", "Madeleine Horn"),
        ("{The secretary of the Harbour Board} said so.", None),
        (
            "{The Science and Technology Directorate of the Department of Ports} said so.",
            "Science and Technology Directorate of the Department of Ports",
        ),
        ("{Lund's team} said so.", "Lund team"),
        ("{Vice-President Mike Penn} said so.", "Mike Penn"),
        ("{Mob rushes Nancy Pell} saying so.", None),
        ("{Port officers Nancy Pell} said so.", "Nancy Pell"),
        ("The mayor of Tarrow, {who} said so.", None),
        # a heading that lost its line break
        (
            "{Yury Falk} spoke of joint energy projects and trade. {Joint Energy Projects Falk} said so.",
            "Yury Falk",
        ),
        ("{Mohammed Sisi} left. {Abdel Fattah Sisi} said so.", "Abdel Fattah Sisi"),
        ("Overall, the Secretary of State met the press. {the secretary of state's office} said so.", None),
        ("Overall, the Secretary of State met the press. {the secretary of state} said so.", None),
        ("President Moss Twitter feeds are odd. {the president} said so.", None),
        ("Anna Benn left. {Kremlin} said so.", "Kremlin"),
        ("Mayor Benn Resigns After {Report} Reveals Gifts", None),
        ("Tad Lund came. Later {his wife, Jane,} said so. {She} left, she said.", "Jane"),
    ],
)
def test_names_stand_in_phrases(marked: str, name: str | None) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        # a clause tells somebody new
        ("{Peter Lund} came. {The sailor who wrote the book} said so.", None),
        ("{Peter Lund} came. {The sailor} said so.", "Peter Lund"),
        # who asks is somebody else
        ("{Peter Lund} came. {The interviewer} said so.", None),
        # who adds spoke before
        ("{Karl Benn} said so. Tom Roth, who sells boats, fits in, {he} added.", "Karl Benn"),
        ("{Karl Benn} said so. Tom Roth, who sells boats, fits in, {he} said.", None),
    ],
)
def test_descriptions_and_pronouns_mean_who_is_spoken_of(marked: str, name: str | None) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        # whom the opening is about
        ("In a letter to Rosa Vint, {the regulator} said so.", None),
        ("In a note to Governor Rosa Vint, {the governor} said so.", None),
        ("Speaking about Mayor Jan Falk, {the mayor} said so.", None),
        ("Governor Rosa Vint came. In a note to the bank, {the governor} said so.", "Rosa Vint"),
        ("Mayor Jan Falk met Governor Rosa Vint. In Tarrow, {the mayor} said so.", "Jan Falk"),
        # whom it tells
        ("{The president} told President Rosa Vint so.", None),
        # of somewhere else
        ("The trial of Mayor Jan Falk began. {The mayor of nearby Tarrow} said so.", None),
        ("Mayor Jan Falk of Tarrow visited Harlow. {The mayor of Harlow} said so.", None),
        ("Rosa Vint, a spokeswoman for the army, came. {The spokeswoman for the navy} said so.", None),
        ("Mayor Jan Falk of Tarrow came. {The mayor of Tarrow} said so.", "Jan Falk"),
        ("Ostmark's President Jan Falk came. {The president of Ostmark} said so.", "Jan Falk"),
        ("Tarrow Mayor Jan Falk came. {The mayor of Tarrow} said so.", "Jan Falk"),
        ("Rosa Vint, head of the port union, came. {The head of the union} said so.", "Rosa Vint"),
    ],
)
def test_a_description_means_nobody_who_is_spoken_to_or_of_elsewhere(marked: str, name: str | None) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        # deputies, former holders and advisers are no presidents
        ("President Jan Falk came. Vice President Rosa Vint left. {The president} said so.", "Jan Falk"),
        ("President Jan Falk met former President Rosa Vint. {The president} said so.", "Jan Falk"),
        (
            "President Jan Falk met Rosa Vint, a senior adviser to President Falk. {The president} said so.",
            "Jan Falk",
        ),
        ("Vice President Rosa Vint left. {The president} said so.", None),
        ("Lieutenant Governor Jan Falk met former Governor Rosa Vint. {The governor} said so.", None),
        ("Former Mayor Jan Falk stayed away. {The mayor} said so.", None),
        # nor is whoever leads something else
        ("Executive Chairman Jan Falk came. {The president} said so.", None),
        ("Prime Minister Jan Falk came. {The leader} said so.", "Jan Falk"),
        ("Prime Minister Jan Falk came. {The premier} said so.", "Jan Falk"),
        # a deputy director is who else directs nothing
        ("Associate Professor Jan Falk came. {The professor} said so.", "Jan Falk"),
        # no place holds an office
        (
            "He spoke of Paris, the bank head said. Bank chairman Jan Falk left. {The bank head} said so.",
            "Jan Falk",
        ),
    ],
)
def test_an_office_has_one_holder(marked: str, name: str | None) -> None:
    assert last_name(marked) == name


def test_the_president_of_a_text_is_no_guest_from_abroad() -> None:
    at_home = "President Jan Falk spoke. Falk smiled. Falk sat down. "
    abroad = "Once Russian President Ivo Brandt had come here. "
    long_ago = (
        "The hall was full of people who had come from all over the country to see the new dam, and it rained. "
        * 4
    )
    assert last_name(at_home + abroad + long_ago + "{The president} said so.") == "Jan Falk"
    assert last_name(at_home + long_ago + abroad + "{The president} said so.") is None
    assert last_name("President Jan Falk met Russian President Ivo Brandt. {The president} said so.") is None
