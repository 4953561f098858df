"""What the text says that someone is: the words before a name and behind its comma, and whose words these are."""

from __future__ import annotations

import pytest

from tests.enrich.quotes.cast.test_mentions import spoken


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        # whether the office is still held
        ("{former Tarrow Mayor Ida Roth} said so.", "former Tarrow Mayor"),
        ("{acting Port Director Ida Roth} said so.", "acting Port Director"),
        ("{then-Attorney General Ida Roth} said so.", "then-Attorney General"),
        ("The council waited, and then {Mayor Ida Roth} said so.", "Mayor"),
        (
            "{former Aske Farmers Union executive director Ida Roth} said so.",
            "former Aske Farmers Union executive director",
        ),
        # a day and a courtesy are no part of it, a full stop ends what is another's
        ("{Foreign Secretary Mr Emil Koch} said so.", "Foreign Secretary"),
        ("{Assoc. Prof. Ida Roth} said so.", "Assoc. Prof."),
        ("{Budget Director Ida Roth Thursday} said so.", "Budget Director"),
        # names of bodies go on behind "and"
        (
            "{Dan Falk, analyst at the Centre on Rivers and Wells}, said so.",
            "analyst at the Centre on Rivers and Wells",
        ),
        (
            "{Dan Falk, the Director of Research and Chief Economist at Kestrel}, said so.",
            "Director of Research",
        ),
        ("{Dan Falk, a mayor from Ostmark and Emil Koch} said so.", "mayor from Ostmark"),
        # what leads on to a nickname
        ('{Ida Roth, the wife of the late "Bear" Falk}, said so.', "wife"),
        (
            "{Dan Falk, former rival turned supporter of the dam}, said so.",
            "former rival turned supporter of the dam",
        ),
        ("{Dan Falk, an aide to Senator Ida Roth}, said so.", "aide to Senator Ida Roth"),
    ],
)
def test_a_role_is_whole(marked: str, role: str) -> None:
    assert spoken(marked)[-1].role == role


@pytest.mark.parametrize(
    "marked",
    [
        "Dan Falk, Ostmark Sen. Ida Roth and Emil Koch met. {Falk} said so.",
        "Dan Falk, former Vice President Ida Roth and Emil Koch met. {Falk} said so.",
        "{Dan Falk, joined by Justice Ida Roth}, said so.",
        "{Dan Falk, while mocking the chief strategist}, said so.",
        "Against Dan Falk, the mayor's team used the film. {Falk} said so.",
        "As for Dan Falk, the nominee's campaign manager stopped short of a promise. {Falk} said so.",
        "{Kestrel Dredging, a firm founded by President Ivo Lund}, said so.",
        "He is a Republican. {Mr. Falk} said so.",
    ],
)
def test_what_is_told_of_another_is_no_role(marked: str) -> None:
    assert spoken(marked)[-1].role is None


def test_the_former_holder_of_an_office_is_not_the_holder() -> None:
    text = "Mayor Ida Roth met former Mayor Emil Koch. {The former mayor} said so."
    assert spoken(text)[-1].name == "Emil Koch"
