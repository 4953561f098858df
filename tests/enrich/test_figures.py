"""Quantities: sentences written for the purpose, with what must be read from them beside them."""

from __future__ import annotations

import math
import sys
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.enrich.dates import find_dates
from service.enrich.dates.mentions import MENTIONS_MAX
from service.enrich.figures import find_quantities
from service.enrich.figures.quantities import QUANTITIES_MAX
from service.enrich.lexer.codes import CODES, ENDS_IN_ED, ENDS_IN_S
from service.enrich.lexer.number_tokens import Tokens

# (sentence, [(text, value, value_high, unit, currency)])
MONEY: list[tuple[str, list[tuple[Any, ...]]]] = [
    ("Harbour fees brought in USD34.6 million.", [("USD34.6 million", 34.6e6, None, None, "USD")]),
    ("The pass costs USD 200.", [("USD 200", 200, None, None, "USD")]),
    ("They raised $1MM last spring.", [("$1MM", 1e6, None, None, "USD")]),
    ("It cost half million euros.", [("half million euros", 5e5, None, None, "EUR")]),
    ("A ticket is a hundred dollars.", [("a hundred dollars", 100, None, None, "USD")]),
    ("He found hundred dollars.", [("hundred dollars", 100, None, None, "USD")]),
    ("Cash flow was negative $71.5 million.", [("negative $71.5 million", -71.5e6, None, None, "USD")]),
    ("The ferry made $2.5bn.", [("$2.5bn", 2.5e9, None, None, "USD")]),
    ("The bridge cost £816m.", [("£816m", 816e6, None, None, "GBP")]),
    ("Fares rose by 60 cents.", [("60 cents", 0.6, None, None, "USD")]),
    ("Shares closed at 470 pence.", [("470 pence", 4.7, None, None, "GBP")]),
    ("The yard cost $16.4 million.", [("$16.4 million", 16400000, None, None, "USD")]),
    ("It cost $5 million a year earlier.", [("$5 million", 5e6, None, None, "USD")]),
    ("The firm's $3 toll stays.", [("$3", 3, None, None, "USD")]),
    ("It pays 12 cents a share.", [("12 cents", 0.12, None, "per_share", "USD")]),
    ("It sold for C$16.4 million and A$20.", [
        ("C$16.4 million", 16.4e6, None, None, "CAD"), ("A$20", 20, None, None, "AUD")]),
    ("Tolls: $US5 ($A7), HK$40, R$25.", [
        ("$US5", 5, None, None, "USD"), ("$A7", 7, None, None, "AUD"),
        ("HK$40", 40, None, None, "HKD"), ("R$25", 25, None, None, "BRL")]),
    ("The fine was 10,000 Swiss francs.", [("10,000 Swiss francs", 1e4, None, None, "CHF")]),
    ("He owes 40 Hong Kong dollars.", [("40 Hong Kong dollars", 40, None, None, "HKD")]),
    ("She won 200 EUR.", [("200 EUR", 200, None, None, "EUR")]),
    ("Rent is RM79 a month.", [("RM79", 79, None, "per_month", "MYR")]),
    ("Land sells at $80 per sq m.", [("$80", 80, None, "per_square_metre", "USD")]),
    ("The dam cost Rs 5 crore, or ₹12 lakh a gate.", [
        ("Rs 5 crore", 5e7, None, None, "INR"), ("₹12 lakh", 12e5, None, None, "INR")]),
    ("A fund of $3-5bn was set up.", [("$3-5bn", 3e9, 5e9, None, "USD")]),
    ("Bids ran from $2m to $3m.", [("$2m", 2e6, None, None, "USD"), ("$3m", 3e6, None, None, "USD")]),
    ("It cost 3 dollars 50 cents.", [("3 dollars 50 cents", 3.5, None, None, "USD")]),
    ("Tens of thousands of dollars are gone.", [("Tens of thousands of dollars", 1e4, 1e5, None, "USD")]),
    ("The yard owes 5 million pounds.", [("5 million pounds", 5e6, None, None, "GBP")]),
]  # fmt: skip
MEASURES: list[tuple[str, list[tuple[Any, ...]]]] = [
    ("The mast is 5 feet 2 inches.", [("5 feet 2 inches", 5 + 2 / 12, None, "foot", None)]),
    ("Hundreds of miles away it burns.", [("Hundreds of miles", 100, 1000, "mile", None)]),
    ("It held 275 pound-feet.", [("275 pound-feet", 275, None, "pound_foot", None)]),
    ("It used 5.5 kilowatt-hours and 2 sq. km.", [
        ("5.5 kilowatt-hours", 5.5, None, "kilowatt_hour", None), ("2 sq. km", 2, None, "square_kilometre", None)]),
    ("A mass of 1.5 × 10^8 kg.", [("1.5 × 10^8 kg", 1.5e8, None, "kilogram", None)]),
    ("Fishers\nPer cent of 210\nYes", [("Per cent of 210", 210, None, "percent", None)]),
    ("What per cent of 210 boats sank?", [("210 boats", 210, None, "boats", None)]),
    ("Catches fell 4 per cent.", [("4 per cent", 4, None, "percent", None)]),
    ("The yield rose 40 basis points.", [("40 basis points", 40, None, "basis_point", None)]),
    ("Turnout is up two percentage points.", [("two percentage points", 2, None, "percentage_point", None)]),
    ("The quay holds 816 000 t of grain.", [("816 000 t", 816000, None, "tonne", None)]),
    ("A 37m mast stood there.", [("37m", 37, None, "metre", None)]),
    ("The crate weighs 25 pounds.", [("25 pounds", 25, None, "pound", None)]),
    ("Winds of 80km/h were measured.", [("80km/h", 80, None, "kilometre_per_hour", None)]),
    ("Water left at 45 degrees Celsius.", [("45 degrees Celsius", 45, None, "celsius", None)]),
    ("Cold reached minus-130 degrees Fahrenheit.", [
        ("minus-130 degrees Fahrenheit", -130, None, "fahrenheit", None)]),
    ("A hall of 660 square meters burned.", [("660 square meters", 660, None, "square_metre", None)]),
    ("They pump 800,000 barrels a day.", [("800,000 barrels a day", 8e5, None, "barrel_per_day", None)]),
    ("It ran 10 1/2 miles.", [("10 1/2 miles", 10.5, None, "mile", None)]),
    ("Sales grew 10-15 percent.", [("10-15 percent", 10, 15, "percent", None)]),
    ("Sales grew 5% to 10%.", [("5%", 5, None, "percent", None), ("10%", 10, None, "percent", None)]),
    ("It takes three or four years.", [("three or four years", 3, 4, "year", None)]),
    ("She is 25 years old, her son a 3-year-old.", [
        ("25 years old", 25, None, "year_old", None), ("3-year-old", 3, None, "year_old", None)]),
    ("Lena Moss, 44, runs the yard.", [("44", 44, None, "year_old", None)]),
    ("The driver, 43, lost his way.", [("43", 43, None, "year_old", None)]),
    *((f"{counted}, 43, is the highest yet.", [("43", 43, None, None, None)])
      for counted in ("The toll", "The score", "Shares in the firm", "The count")),
]  # fmt: skip
COUNTS: list[tuple[str, list[tuple[Any, ...]]]] = [
    ("Between 3 and 5 people came.", [("3 and 5 people", 3, 5, "people", None)]),
    ("The yard has 13,000 workers.", [("13,000 workers", 13000, None, "workers", None)]),
    ("Eight other employees left.", [("Eight other employees", 8, None, "other employees", None)]),
    ("Eight more boats sank.", [("Eight more boats", 8, None, "boats", None)]),
    ("Three dozen boats sank.", [("Three dozen boats", 36, None, "boats", None)]),
    ("Two hundred and five votes were cast.", [("Two hundred and five votes", 205, None, "votes", None)]),
    ("Half a million people came.", [("Half a million people", 5e5, None, "people", None)]),
    ("A third of the crew quit.", [("A third", 1 / 3, None, "share", None)]),
    ("Nearly two-thirds of them agreed.", [("two-thirds", 2 / 3, None, "share", None)]),
    ("One in five fishers quit.", [("One in five", 0.2, None, "share", None)]),
    ("Nine out of 10 boats leak.", [("Nine out of 10", 0.9, None, "share", None)]),
    ("Two of Moss's boats sank.", [("Two of Moss's boats", 2, None, "boats", None)]),
    ("One boat sank.", [("One boat", 1, None, "boat", None)]),
    ("Men aged 18 to 34 sail.", [("18 to 34", 18, 34, "year_old", None)]),
    ("More than 1000 customers left.", [("1000 customers", 1000, None, "customers", None)]),
    ("Several hundred people came.", [("hundred people", 100, None, "people", None)]),
    ("A million and a half tons came.", [("A million and a half tons", 1.5e6, None, "ton", None)]),
    ("Dozens of boats sank.", [("Dozens of boats", 12, None, "boats", None)]),
]  # fmt: skip
NOT_QUANTITIES = [
    "Once the tide turns, all is well.",
    "One of the ferries sank.",
    "They met on 20 November 2023 at 2.15pm.",
    "The 75th anniversary is near.",
    "The season 2012–13 was wet.",
    "It happened in 1998 and again in 2019.",
    "A Boeing 737 landed; the G20 met; 5G and COVID-19 came.",
    "An F-16 flew over.",
    "The One China policy stays.",
    "Call 555-123-4567 now.",
    "Section 5 says so, on page 12.",
    "See http://example.com/2023/45 and #tag99.",
    "On Monday the two spoke at length.",
    "They drew 2-2.",
    "The Group of Seven foreign ministers met.",
    "How one defines it matters.",
    "Tesla's Model 3s and the 747s are old.",
    "Someone lost it twice.",
    "The late 1980s were cold.",
]


def _read(sentence: str) -> list[tuple[Any, ...]]:
    return [(q.text, q.value, q.value_high, q.unit, q.currency) for q in find_quantities(sentence)]


@pytest.mark.parametrize(("sentence", "expected"), MONEY + MEASURES + COUNTS)
def test_value_unit_and_currency_are_read(sentence: str, expected: list[tuple[Any, ...]]) -> None:
    found = _read(sentence)
    assert [(f[0], *f[2:]) for f in found] == [(e[0], *e[2:]) for e in expected]
    assert [f[1] for f in found] == pytest.approx([e[1] for e in expected])


@pytest.mark.parametrize("sentence", NOT_QUANTITIES)
def test_numbers_that_are_no_quantities_are_left_alone(sentence: str) -> None:
    assert _read(sentence) == []


def test_a_fall_to_a_level_is_two_quantities_and_only_the_first_changed() -> None:
    fell, level = find_quantities("Profit fell 3.2 percent to 5 billion.")
    assert (fell.value, fell.unit, fell.change) == (3.2, "percent", "down")
    assert (level.value, level.unit, level.change) == (5e9, None, None)


@pytest.mark.parametrize(
    ("words", "comparator"),
    [("over", "over"), ("more than", "over"), ("at least", "at_least"), ("no fewer than", "at_least"),
     ("under", "under"), ("less than", "under"), ("up to", "at_most"), ("no more than", "at_most"),
     ("about", "about"), ("nearly", "about"), ("some", "about"), ("exactly", "equal")],
)  # fmt: skip
def test_words_before_a_figure_become_its_comparator(words: str, comparator: str) -> None:
    (quantity,) = find_quantities(f"The mill lost {words} 300 sacks of flour.")
    assert quantity.comparator == comparator


@pytest.mark.parametrize(
    ("sentence", "change"),
    [("Exports rose 31 percent.", "up"), ("Exports were up by nearly 3%.", "up"), ("Rents rose to 31 percent.", None),
     ("It was a 19% drop.", "down"), ("Shares lost 162.31 points.", "down"), ("It holds 31 percent.", None)],
)  # fmt: skip
def test_verbs_around_a_figure_tell_its_change(sentence: str, change: str | None) -> None:
    (quantity,) = find_quantities(sentence)
    assert quantity.change == change


def test_scale_is_kept_beside_the_value_it_was_applied_to() -> None:
    (quantity,) = find_quantities("The ferry line made $2.5bn.")
    assert (quantity.value, quantity.scale) == (2.5e9, 1e9)


def test_large_amounts_are_exact() -> None:
    (quantity,) = find_quantities("It cost 16.4 million crowns.")
    assert quantity.value == 16_400_000


def test_every_listed_word_is_found_by_its_code() -> None:
    for word, code in CODES.items():
        if "\0" not in word:
            assert Tokens(f"{word} 1").code[0] == code, word


def test_unlisted_words_are_told_by_their_endings() -> None:
    codes = Tokens("1 frobbed blorks grass xyzzy Zedded").code
    assert codes[1:6] == [CODES[ENDS_IN_ED], CODES[ENDS_IN_S], 0, 0, 0]


_PIECES = st.lists(
    st.sampled_from(
        "one two hundred and a half million 3 5 1,000 2.5 $ £ % percent per cent - – to or between from pounds old "
        "year of the boats km / square in out 10 bn m k minus ( ) , . US EUR cents dozen tens thirds aged No F".split()
    ),
    max_size=40,
)


@given(st.one_of(st.text(max_size=300), _PIECES.map(" ".join), _PIECES.map("".join)))
@example("1" * 2000)
@example("$" * 500 + "1")
@example("ONE£ONE")
@example("5 million-dollar 3")
@example("\ud800 5 km")
def test_any_text_gives_exact_spans_and_finite_values(text: str) -> None:
    found = find_quantities(text)
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text != ""
        assert math.isfinite(quantity.value)
        assert quantity.value_high is None or math.isfinite(quantity.value_high)
    assert [q.start for q in found] == sorted(q.start for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_number_of_a_million_digits_is_no_quantity() -> None:
    assert find_quantities("9" * 1_000_000 + " people") == []
    assert Tokens("9" * 1_000_000).count == 1


_HOSTILE = (
    "1 ", "123 ", "$1", "1-", "1,", "1.", "1:", "1/", "1,22", "one ", "hundred ", "twenty-", "a million ", "2 1/2 ",
    "5 to ", "half of a ", "tens of ", "minus 5 ", "10 x 10^", "5 feet 2 ", "5 pounds ", "5 Swiss ", "year ",
    "2 years ",
    "two of A ", "May ", "Monday ", "May 5-", "January-", "the last ", "U.S. $5 ", "1 in ", "3 or ", "'90s ", "9 a.m. ",
)  # fmt: skip


def _lines_run(text: str) -> int:
    """How many lines of Python run for figures and dates of a text: work without a clock."""
    lines = 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        find_quantities(text)
        find_dates(text, None)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("piece", _HOSTILE)
def test_work_grows_no_faster_than_the_text(piece: str) -> None:
    once, twice = (_lines_run(piece * (length // len(piece))) for length in (800, 1600))
    assert twice <= 2.1 * once + 200


def test_of_a_table_the_first_figures_and_dates_are_read() -> None:
    found = find_quantities("123 " * (QUANTITIES_MAX + 500))
    assert len(found) == QUANTITIES_MAX
    assert found[-1].end == 4 * QUANTITIES_MAX - 1
    assert len(find_dates("May 5, 2020; " * (MENTIONS_MAX + 50), None)) == MENTIONS_MAX
