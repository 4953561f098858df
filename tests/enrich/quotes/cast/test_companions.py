"""Who shares a surname, a firm or a verb with someone is not that one: `Lady Pike`, `Dunne and Sons`."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims
from tests.enrich.quotes.cast.test_mentions import last_name

COUPLE = "Sir Jan Falk and Lady Falk opened the museum. "


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        (COUPLE + "{Lady Falk} said so.", None),
        (COUPLE + "{Sir Jan} said so.", "Jan Falk"),
        (COUPLE + "{Falk} said so.", "Jan Falk"),
        ("Dame Rosa Vint and Lord Vint came. {Lord Vint} said so.", None),
        ("Rosa Vint came. Mr. Vint left. Ms. Vint stayed. {Mr. Vint} said so.", None),
        ("Rosa Vint came. Mr. Vint left. Ms. Vint stayed. {Ms. Vint} said so.", "Rosa Vint"),
        ("Tom Falk and Rosa Falk came. {Lady Falk} said so.", "Rosa Falk"),
        # a given name alone may be of either sex
        ("Andrea Vint came. {Mr. Vint} said so.", "Andrea Vint"),
    ],
)
def test_a_title_of_the_other_sex_is_another_ones(marked: str, name: str | None) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Jan Falk owns the brewer Falk and Sons. {Falk and Sons} said so.", "Falk and Sons"),
        ("{The brewer Vint and Daughters} said so.", "Vint and Daughters"),
        ("{Falk, Vint and Partners} said so.", "Falk, Vint and Partners"),
        ("Jan Falk owns Falk and Sons. {Falk} said so.", "Jan Falk"),
        ("{Jan Falk and Rosa Vint} said so.", "Jan Falk and Rosa Vint"),
        ("{Jan Falk and sons} said so.", "Jan Falk"),
    ],
)
def test_a_firm_called_after_a_family_is_nobody_of_it(marked: str, name: str) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{Both Rosa Vint and her lawyer} say so.", None),
        ("{Rosa Vint and her lawyer} said so.", None),
        ("{Rosa Vint, the mayor and her party's chief,} said so.", "Rosa Vint"),
        ("{Falk and not Vint} said so.", "Falk"),
        ("{Falk, but not Vint,} said so.", "Falk"),
    ],
)
def test_two_who_speak_are_not_one_of_them(marked: str, name: str | None) -> None:
    assert last_name(marked) == name


def test_who_is_denied_does_not_speak() -> None:
    (claim,) = find_claims("Falk but not Brandt said the fund was empty.").claims
    assert claim.speaker is not None
    assert claim.speaker.name == "Falk"


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Rosa Vint spoke. Falk's sister, Greta, wept. {She} said so.", "Greta"),
        ("Rosa Vint spoke. Falk's sister, Greta, wept. {She} said so. {She} added more.", "Greta"),
        ("Rosa Vint spoke. Tom Falk's wife, Greta Falk, wept. {She} said so.", "Greta Falk"),
        ("Greta Falk spoke. Falk's sister, Greta, wept. {She} said so.", "Greta Falk"),
        ("Falk's sister, Greta, wept. {She} said so.", "Greta"),
        ("Rosa Vint spoke. Her daughter, 12, looked on. {She} said so.", None),
        ("Rosa Vint spoke. Falk's sister wept. {She} said so. {She} added more.", None),
        # the pronoun means no brother, and what is told of a mother is told of whose mother it is
        ("Rosa Vint spoke. Falk's brother, Tom, wept. {She} said so.", "Rosa Vint"),
        ("Rosa Vint spoke. Her mother was a nurse. {She} said so.", "Rosa Vint"),
    ],
)
def test_a_pronoun_means_the_relative_brought_in_last(marked: str, name: str | None) -> None:
    assert last_name(marked) == name
