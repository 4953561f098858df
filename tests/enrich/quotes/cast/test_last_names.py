"""Names that a long description ends in, and descriptions that only speak of somebody."""

from __future__ import annotations

import pytest

from tests.enrich.quotes.cast.test_mentions import last_name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        # two things that one person is
        ("{stage and film producer Ida Roth} said so.", "Ida Roth"),
        ("{the Ostmark philosopher and statesman Emil Falk} said so.", "Emil Falk"),
        ("{Tarrow councilman and Lund backer Emil Falk, lamenting the delay}, said so.", "Emil Falk"),
        ("{Tarrow committeeman and Lund backer Ida Falk, lamenting the delay}, said so.", "Ida Falk"),
        # a clause between
        ("{The woman who asked the question, Kerry Lund}, said so.", "Kerry Lund"),
        ("{One of that group, Sen. Ada Brandt of Tarrow}, said so.", "Ada Brandt"),
        ("{One of the wards, Aske Charity Hospital}, said so.", "Aske Charity Hospital"),
        ("{Another vocal critic, the activist Deray Mack}, said so.", "Deray Mack"),
        # how somebody looks
        ("Emil Falk came. {A smiling Falk} said so.", "Emil Falk"),
        # the name of a body goes on behind "and"
        ("{Centres for Dam Control and Prevention Director Tom Frey} said so.", "Tom Frey"),
        ("{Office of Dams and Budget Director Mick Frey on Thursday} said so.", "Mick Frey"),
    ],
)
def test_a_description_ends_in_a_name(marked: str, name: str) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize(
    "marked",
    [
        # perhaps two
        "{the mayor and council member Ida Roth} said so.",
        # of whom it is only spoken
        "{a friend of stage and film producer Ida Roth} said so.",
        "{A man from Vell, Ostmark}, said so.",
        "A Democrat came. {A leading Democrat} said so.",
        "{Department of Harbour Safety and House Speaker Paul Roth} said so.",
        # a document
        "{The report that shook the harbour, Ida Roth} said so.",
    ],
)
def test_a_name_at_the_end_of_a_description_may_be_of_another(marked: str) -> None:
    assert last_name(marked) is None
