"""Whose figure it is: names of who tells it, and of days, part no claims. Invented sentences."""

from __future__ import annotations

import pytest

from tests.threads.test_rules import verdict
from tests.threads.test_same_measure import counted, money

FERRY = "The ferry was carrying 623 passengers when it sank near the reef in heavy seas, "


@pytest.mark.parametrize(
    ("text", "one", "other", "expected"),
    [
        (FERRY + "divers said on {}.", "Monday", "Tuesday", "same"),
        (FERRY + "{} said.", "Port Captain Lorne", "Mayor Tamm", "same"),
        (FERRY + "said {}.", "Ada Lorne", "Bo Tamm", "same"),
        (FERRY + "{} reported.", "Xinhua", "Reuters", "same"),
        (FERRY + "according to the {}.", "Skerry Post", "Tarrow Gazette", "same"),
        (FERRY + "off {}, divers said.", "Tarrow", "Skerry", "apart"),
        (
            "The line of {} said it sold trips to 623 passengers in the last week.",
            "Tarrow",
            "Skerry",
            "apart",
        ),
    ],
)
def test_who_tells_a_count_is_no_party_of_it(text: str, one: str, other: str, expected: str) -> None:
    a, b = [counted(text.format(name), "623 passengers", 623) for name in (one, other)]
    assert verdict(a, b) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Turkish rescuers said", "Ankara said", "disputed"),
        ("In Manila, divers said", "Philippine police said", "disputed"),
        ("Canadian growers said they and", "Australian growers said they and", "apart"),
    ],
)
def test_who_tells_another_count_disputes_it(one: str, other: str, expected: str) -> None:
    rest = "the storm had buried {} and torn the roofs off many homes in villages near the coast."
    a = counted(f"{one} {rest.format('5,120 boats')}", "5,120 boats", 5_120)
    b = counted(f"{other} {rest.format('5,630 boats')}", "5,630 boats", 5_630)
    assert verdict(a, b) == expected


def test_who_tells_another_amount_disputes_it() -> None:
    rest = "The disused shipyard of Tarrow will cost {} to clear of its asbestos by the spring,"
    a = money(f"{rest.format('$64 million')} Engineer Lorne said.", "$64 million", 64e6)
    b = money(f"{rest.format('$71 million')} Mayor Tamm said.", "$71 million", 71e6)
    assert verdict(a, b) == "disputed"
