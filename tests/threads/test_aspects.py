"""Which figures that differ dispute each other by what is said to become of what they count: invented sentences."""

from __future__ import annotations

import pytest

from tests.threads.test_rules import verdict
from tests.threads.test_same_measure import counted

BALLOT = "delegates on the first ballot for the chair of the Tarrow herring league, the rivals' camps agree."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Falk has won", "Falk has won", "disputed"),
        ("Falk has won", "Falk needs", "apart"),
        ("Falk needs", "Falk needs", "disputed"),
        ("Falk has won", "Falk wants", "apart"),
        ("Falk has won", "Falk was projected to win", "apart"),
        ("Falk has won", "Falk was promised", "apart"),
        ("Falk has won", "Falk has lost", "apart"),
    ],
)
def test_figures_of_two_aspects_dispute_nothing(one: str, other: str, expected: str) -> None:
    a = counted(f"{one} 1,240 {BALLOT}", "1,240 delegates", 1_240)
    b = counted(f"{other} 1,105 {BALLOT}", "1,105 delegates", 1_105)
    assert verdict(a, b) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("killed %s people", "killed %s people", "disputed"),
        ("killed %s people", "injured %s people", "apart"),
        ("killed %s people", "killed %s other people", "apart"),
        ("killed %s people", "killed %s more people", "apart"),
        ("killed more than %s people", "killed %s people", "disputed"),
        ("killed %s people", "killed all aboard, including %s people", "apart"),
    ],
)
def test_other_harm_and_a_part_dispute_nothing(one: str, other: str, expected: str) -> None:
    rest = "asleep in the sailors' hostel above the chandlery of Skerry harbour"
    a, b = [
        counted(f"The fire {form % number} {rest}.", f"{number} {form.split('%s ')[1]}", number)
        for number, form in ((31, one), (40, other))
    ]
    assert verdict(a, b) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [("Skerry", "disputed"), ("Iceland", "disputed"), ("the islands", "disputed")],
)
def test_a_tally_of_one_place_that_grows_is_a_dispute(place: str, expected: str) -> None:
    first = f"A landslide at dawn in {place} killed 12 people in the huts below the quarry, the mayor said."
    later = (
        "Lawmakers who had blocked the dredging bill all spring gave way, a week of quarrels after the landslide "
        f"in {place} that killed 17 people and buried the quarry road for good."
    )
    assert verdict(counted(first, "12 people", 12), counted(later, "17 people", 17)) == expected


def test_tallies_of_two_places_dispute_nothing() -> None:
    rest = "killed {} people in the huts below the quarry, the mayor told the radio before dawn."
    a = counted(f"A landslide in Norway {rest.format(12)}", "12 people", 12)
    b = counted(f"A landslide in Portugal {rest.format(17)}", "17 people", 17)
    assert verdict(a, b) == "apart"


def test_a_list_of_values_disputes_nothing() -> None:
    rest = "miles over the sound of Tarrow before they fell into the water off the herring banks"
    a = counted(f"The two rockets flew 260 and 167 {rest}, respectively.", "167 miles", 167)
    b = counted(f"The rockets flew 125 {rest}.", "125 miles", 125)
    assert verdict(a, b) == "apart"
    b = counted(f"The two rockets flew 260 and 167 {rest}.", "167 miles", 167)
    a = counted(f"The rockets flew 125 {rest}.", "125 miles", 125)
    assert verdict(a, b) == "disputed"
