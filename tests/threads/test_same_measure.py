"""Which figures that differ are of one measure, and what tables of results and rounding say: invented sentences."""

from __future__ import annotations

import numpy as np
import pytest

from service.records import Quantity
from service.sketch.claims.claim_facets import THIN, Facet
from service.sketch.claims.claim_figures import FIGURE, ROUNDED
from service.sketch.claims.facet_words import WORDS_MAX
from service.threads.explaining import VERDICTS
from service.threads.pairs import compare_facets
from service.threads.same_figure import is_rounding
from tests.threads.test_rules import facet, verdict


def money(text: str, shown: str, value: float) -> Facet:
    return facet(text, kind="figure", text=shown, value=value, currency="USD")


def counted(text: str, shown: str, value: float) -> Facet:
    return facet(text, kind="figure", text=shown, value=value, unit=shown.split()[-1])


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Shr loss 88 cts vs loss 76 cts", "88 cts"), ("Net profit 88 cts vs loss 82 cts", "88 cts")],
)
def test_a_row_of_results_says_nothing_of_any_company(text: str, shown: str) -> None:
    assert money(text, shown, 0.88).flags & THIN


def test_a_footnote_is_furniture() -> None:
    note = "Note: results include a gain of $1.75 million from the sale of the shipyard's northern dock."
    with pytest.raises(StopIteration):
        money(note, "$1.75 million", 1.75e6)
    assert not money(note.replace("Note: results", "Results"), "$1.75 million", 1.75e6).flags & THIN


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe now for as little as $2 a month to read all of Tarrow's news!",
        "Sign up for the Skerry newsletter and get $2 off the first three months.",
        "We and our partners store and access information worth $2 million on a device, the site said.",
        "“Please keep your comments civil and give $2 to the moderators,” the editors say.",
        "This article was updated to say that the repairs cost $2 million, the editors said.",
        "The panel paid 1,004 adults $2 million to be questioned by telephone in June.",
    ],
)
def test_offers_and_footers_are_furniture(line: str) -> None:
    with pytest.raises(StopIteration):
        money(line, "$2", 2)
    said = "The council of Tarrow updated its subscribers by telephone: $2 a month will go into the old pier."
    assert not money(said, "$2", 2).flags & THIN


@pytest.mark.parametrize(
    "line",
    [
        "The count of 412 voters who were turned away is wrong, the clerk said by telephone from Tarrow.",
        "The page was updated by 412 editors of the encyclopedia within hours of the storm, its founder said.",
        "The mint put a bridge of Tarrow on its new note: 412 copies were printed by mistake, auditors found.",
        "More than 412 readers sign up for the newsletter each day, the owner of the paper told the council.",
        "If 412 more readers subscribe now the paper of Tarrow lives, its owner told the council.",
        "The hospitals store and access information on 412 patients in one cellar, auditors found.",
        "Wardens keep comments civil on 412 pages of the library of Tarrow, its director told the council.",
    ],
)
def test_words_of_footers_in_a_story_are_no_furniture(line: str) -> None:
    assert not facet(line, kind="figure", text="412", value=412).flags & THIN


@pytest.mark.parametrize(
    "line",
    [
        "The institute surveyed 1,004 adults in all of Tarrow by telephone from Monday to Friday.",
        "Editor’s note: of 1,004 cranes in the port of Tarrow nobody has kept a list.",
    ],
)
def test_polls_and_notes_of_editors_are_furniture(line: str) -> None:
    with pytest.raises(StopIteration):
        facet(line, kind="figure", text="1,004", value=1_004)


REST = "sold to foreign millers under the harvest aid programme, the grain office said"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Wheat: %s {}", "Wheat: %s {}", "disputed"),
        ("Canadian wheat: %s {}", "Australian wheat: %s {}", "apart"),
        ("Wheat: %s {} vs a year ago", "Wheat: %s {}", "apart"),
    ],
)
def test_counts_of_others_and_rows_of_a_table_dispute_nothing(one: str, other: str, expected: str) -> None:
    a = counted(one.format(REST) % "5,400 cargoes", "5,400 cargoes", 5_400)
    b = counted(other.format(REST) % "4,900 cargoes", "4,900 cargoes", 4_900)
    assert verdict(a, b) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Tarrow Ferries", "Tarrow Ferries", "disputed"),
        ("Tarrow Ferries", "Skerry Ferries", "apart"),
        ("the ferries", "the ferries", "apart"),
    ],
)
def test_amounts_dispute_only_where_both_are_somebodys(one: str, other: str, expected: str) -> None:
    rest = "will pay {} for the disused shipyard and its two cranes after months of quarrels over asbestos."
    a = money(f"In the end {one} {rest.format('$64 million')}", "$64 million", 64e6)
    b = money(f"In the end {other} {rest.format('$71 million')}", "$71 million", 71e6)
    assert verdict(a, b) == expected


@pytest.mark.parametrize(
    ("told_by", "same_story", "expected"),
    [
        ("Norwegian customs", True, "disputed"),
        ("Swedish customs", True, "apart"),
        ("Norwegian Salmon", True, "apart"),  # a firm
        ("Norwegian customs", False, "apart"),
    ],
)
def test_in_one_story_a_country_is_named_by_its_people_too(
    told_by: str, same_story: bool, expected: str
) -> None:
    told = (
        "The record trade volume of {} in herring, timber and turbines between both countries came a year ahead of "
        "the ambitious target set by {}."
    )
    a = money(told.format("$64 million", "Norway and its neighbour"), "$64 million", 64e6)
    b = money(told.format("$61 million", f"both, according to {told_by}"), "$61 million", 61e6)
    assert VERDICTS[compare_facets(a, b, days=1, same_story=same_story).verdict] == expected


def test_a_case_between_two_parties_is_no_row_of_a_table() -> None:
    rest = "the court awarded {} to the widow of a miner who died of asbestos in the shipyard."
    a = money(f"In Lorne vs Tamm {rest.format('$64 million')}", "$64 million", 64e6)
    b = money(f"In Lorne vs Tamm {rest.format('$71 million')}", "$71 million", 71e6)
    assert verdict(a, b) == "disputed"


def test_two_sentences_that_each_compare_two_values_dispute_nothing() -> None:
    def stocks(now: int, before: int = 0) -> Facet:
        shown, then = f"{now:,} barrels", f"{before:,} barrels" if before else "far more"
        text = f"Stocks of herring in the cold store of Tarrow fell to {shown} from {then} over the winter."
        start = text.index(then)
        also = [Quantity(start, start + len(then), then, before, unit="barrels")] if before else []
        return facet(text, kind="figure", also=also, text=shown, value=now, unit="barrels")

    assert verdict(stocks(5_400, 8_100), stocks(4_900, 7_600)) == "apart"
    assert verdict(stocks(5_400, 8_100), stocks(4_900)) == "disputed"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(500_000, 650_000, False), (600_000, 650_000, True), (640_000, 650_000, True)],
)
def test_a_word_that_widens_a_figure_explains_no_wide_gap(
    one: float, other: float, *, expected: bool
) -> None:
    rows = np.zeros(2, FIGURE)
    rows["value"], rows["flags"] = (one, other), (0, ROUNDED)
    assert is_rounding(rows[0], rows[1]) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"), [(42.6, 42.6, "same"), (42.6, 42.3, "apart"), (76_000, 75_980, "same")]
)
def test_of_two_values_of_as_many_digits_none_is_rounded(one: float, other: float, expected: str) -> None:
    rest = (
        "of the passengers approve of the mayor's handling of the ferries, the Tarrow barometer shows today."
    )
    a, b = [
        facet(f"{value:g} {rest}", kind="figure", text=f"{value:g}", value=value, unit="percent")
        for value in (one, other)
    ]
    assert verdict(a, b) == expected


@pytest.mark.parametrize(("word", "expected"), [("about ", "same"), ("", "disputed")])
def test_an_estimate_disputes_no_value_close_to_it(word: str, expected: str) -> None:
    rest = "barrels of herring lie in the cold store of Tarrow at the end of the winter."
    a = counted(f"The wardens write that {word}42,300 {rest}", "42,300 barrels", 42_300)
    b = counted(f"The wardens write that 42,600 {rest}", "42,600 barrels", 42_600)
    assert verdict(a, b) == expected


def test_a_figure_behind_the_words_that_are_kept_has_no_place() -> None:
    long = " ".join(f"harbour{number}" for number in range(WORDS_MAX)) + " paid {} for the pier."
    figures = [
        np.frombuffer(money(text, "$64 million", 64e6).figures, FIGURE)[0]
        for text in (long.format("$64 million"), "Tarrow Ferries paid $64 million for the disused pier.")
    ]
    assert [bool(figure["length"]) for figure in figures] == [False, True]
