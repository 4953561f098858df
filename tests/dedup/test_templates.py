"""Reports by template: each is news of its own, and its reprints are not, however many siblings there are."""

from __future__ import annotations

import pytest

from service.records import Relation
from tests.dedup.test_updates import Feed

COUNTIES = "Ostby Venn Solheim Harte Balt Kestwick Hallum Ferrant Lindeby Tarrow".split()
MANY = 60


def report(town: str, high: int, low: int, wind: int) -> str:
    return (
        f"The weather office forecasts a high of {high} degrees and a low of {low} in {town} on Monday. Winds will be "
        f"from the southwest at {wind} miles per hour. No warnings are in force. Residents are advised to check the "
        "latest forecast before travelling. The forecast is updated every six hours by the weather office."
    )


def test_reports_of_one_template_are_news_and_their_reprints_are_not() -> None:
    feed = Feed()
    reports = [
        (f"r{n}", report(town, 50 + n, 30 + 2 * n, 4 + n))
        for n, town in enumerate(("Ostby", "Venn", "Solheim", "Harte", "Balt"))
    ]
    for article_id, text in reports:
        assert feed.say(text, article_id, "Weather").goes_on
    for article_id, text in reports:
        verdict = feed.say(f"NEWPORT, May 3 (ANP) - {text}", f"copy of {article_id}", "Weather")
        assert (verdict.goes_on, verdict.match_id) == (False, article_id)


def crossing(number: int) -> str:
    return (
        f"No ferries will run to {COUNTIES[number % 10]} Island from {5 + number % 7} a.m. on May {1 + number // 10} "
        f"because of works on quay {100 + number}, the operator said. Passengers may use bus {300 + 7 * number} "
        "free of charge. Tickets bought for these crossings are good for a month or are refunded at the counter. "
        f"Freight is not affected. Call {4_000 + 37 * number} for more, or write to the office on the quay."
    )


def test_a_reprint_is_known_by_its_facts_when_most_of_its_words_are_those_of_a_template() -> None:
    """What is left to tell by shares are a few runs of words, and those of dateline and credit are new."""
    feed = Feed()
    for number in range(MANY):
        assert feed.say(crossing(number), f"item {number}", "Crossings").goes_on
    for number in range(MANY):
        again = f"NEWPORT, May 3 (ANP) - {crossing(number)}\n\nReporting by Ola Nord"
        verdict = feed.say(again, f"copy {number}", "Crossings")
        assert (verdict.relation, verdict.match_id) == (Relation.NEAR_DUPLICATE, f"item {number}")


FIRE = (
    "A fire broke out in the timber yard of Ostby on Tuesday and crews from four towns were sent there, the fire "
    "service said. Roads around the yard were closed to traffic."
)


@pytest.mark.parametrize(
    "line",
    [
        "By evening 41 bodies had been found, and the mayor, Hanno Brekke, had resigned.",
        "Staff say that 41 bodies were found and that the owner, Hanno Brekke, fled.",
        "Reporting rules were broken when 41 people died, minister Hanno Brekke said.",
    ],
)
def test_news_in_a_line_that_begins_as_a_credit_does_goes_on(line: str) -> None:
    feed = Feed()
    feed.say(FIRE, "fire", "Fire in Ostby")
    assert feed.say(f"{FIRE}\n\n{line}", "later", "Fire in Ostby").goes_on


def test_a_vote_that_turned_round_goes_on_though_each_word_of_it_is_short() -> None:
    names = "Alder Birch Cedar Dorne Elder Farrow Grove Hazel Linden Maple Oaks Lund".split()
    opening = (
        "Roll call on the harbour bill in the council of Ostby on Monday evening, as the clerk read it out: "
    )
    feed = Feed()
    feed.say(opening + ", ".join(f"{name} aye" for name in names) + ".", "ayes", "Roll call")
    votes = ["nay"] * 10 + ["abstained", "absent"]
    turned = ", ".join(f"{name} {vote}" for name, vote in zip(names, votes, strict=True))
    assert feed.say(f"{opening}{turned}.", "nays", "Roll call").goes_on
