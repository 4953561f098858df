"""Test what the words around a figure say: bounds turned round, ranges that leave a part out, what is no change."""

from __future__ import annotations

from typing import Any

import pytest

from service.enrich.figures import find_quantities

# kind -> [(sentence, [(text, value, upper end, unit or currency, comparator, change)])]
KINDS: dict[str, list[tuple[str, list[tuple[Any, ...]]]]] = {
    "bounds turned round by not": [
        ("Not more than 9 boats may sail.", [("9 boats", 9, None, "boats", "at_most", None)]),
        ("It takes not less than 40 tonnes.", [("40 tonnes", 40, None, "tonne", "at_least", None)]),
        ("The toll was never under 6 percent.", [("6 percent", 6, None, "percent", "at_least", None)]),
        ("Loads may not exceed 12 tons.", [("12 tons", 12, None, "ton", "at_most", None)]),
        ("Loads are not to exceed 12 tons.", [("12 tons", 12, None, "ton", "at_most", None)]),
        ("It can't exceed $5.", [("$5", 5, None, "USD", "at_most", None)]),
        ("It isn’t more than 4 miles.", [("4 miles", 4, None, "mile", "at_most", None)]),
        ("It cannot top 4 percent.", [("4 percent", 4, None, "percent", "at_most", None)]),
        ("Fares not exceeding $7 are free.", [("$7", 7, None, "USD", "at_most", None)]),
        ("Some 40, if not more than 50, came.", [
            ("40", 40, None, None, "about", None), ("50", 50, None, None, "over", None)]),
        ("Whether or not over 50 came is open.", [("50", 50, None, None, "over", None)]),
        ("It is not about 12 seats.", [("12 seats", 12, None, "seats", None, None)]),
        ("It was no longer than 3 miles.", [("3 miles", 3, None, "mile", "at_most", None)]),
    ],
    "bounds in other words": [
        ("Upwards of 70 crates sank.", [("70 crates", 70, None, "crates", "over", None)]),
        ("It paid in excess of £4bn.", [("£4bn", 4e9, None, "GBP", "over", None)]),
        ("Its debt exceeds €2bn.", [("€2bn", 2e9, None, "EUR", "over", None)]),
        ("Turnout topped 60 percent.", [("60 percent", 60, None, "percent", "over", None)]),
        ("It runs 30 mph at most.", [("30 mph", 30, None, "mile_per_hour", "at_most", None)]),
        ("He sails 5 at least twice.", [("5", 5, None, None, None, None)]),
        ("A $30-million-plus pier fell.", [("$30-million", 30e6, None, "USD", "at_least", None)]),
        ("The 80-plus floors and 200-odd metres shook.", [
            ("80-plus floors", 80, None, "floors", "at_least", None),
            ("200-odd metres", 200, None, "metre", "about", None)]),
        ("Some 1,500 or so pupils, and 60 or more boats, left.", [
            ("1,500 or so pupils", 1500, None, "pupils", "about", None),
            ("60 or more boats", 60, None, "boats", "at_least", None)]),
        ("Costs could top $3bn.", [("$3bn", 3e9, None, "USD", "over", None)]),
        ("Costs will not top $3bn.", [("$3bn", 3e9, None, "USD", "at_most", None)]),
        ("The top 3 percent paid.", [("3 percent", 3, None, "percent", None, None)]),
        ("Over 90 came.", [("90", 90, None, None, "over", None)]),
        ("Not over 90 came by boats.", [("90", 90, None, None, "at_most", None)]),
    ],
    "ranges that leave a part out": [
        ("Some 30-35,000 fans came.", [("30-35,000 fans", 30000, 35000, "fans", "about", None)]),
        ("It costs £200-300,000.", [("£200-300,000", 200e3, 300e3, "GBP", None, None)]),
        ("Between 4 and 8,000 pupils left.", [("4 and 8,000 pupils", 4000, 8000, "pupils", None, None)]),
        ("It lost 3 to 4,000 crates.", [("3 to 4,000 crates", 3000, 4000, "crates", None, "down")]),
        ("Staff grew from 2 to 3,000.", [("2", 2, None, None, None, None), ("3,000", 3000, None, None, None, None)]),
        ("Some 10-100,000 eels hatch.", [("10-100,000 eels", 10, 100_000, "eels", "about", None)]),
        ("It has 5-1,500 members.", [("5-1,500 members", 5, 1500, "members", None, None)]),
        ("A six-to-eight-day trip.", [("six-to-eight-day", 6, 8, "day", None, None)]),
        ("A 6-to-8-inch board.", [("6-to-8-inch", 6, 8, "inch", None, None)]),
        ("A one-to-one talk and a 5-to-1 lead.", []),
        ("The term is from two to four years.", [("two to four years", 2, 4, "year", None, None)]),
        ("From 5 to 7 boats sank.", [("5 to 7 boats", 5, 7, "boats", None, None)]),
        ("The rise was from 5 to 7 percent.", [
            ("5", 5, None, "percent", None, None), ("7 percent", 7, None, "percent", None, None)]),
        ("Rents rose in 3 of 10 towns.", [("3 of 10", 0.3, None, "share", None, None)]),
        ("He won 3 of 10 games.", [("3", 3, None, None, None, None), ("10 games", 10, None, "games", None, None)]),
        ("The $2.5-3 billion dam needs 9-12,000 workers.", [
            ("$2.5-3 billion", 2.5e9, 3e9, "USD", None, None),
            ("9-12,000 workers", 9000, 12000, "workers", None, None)]),
    ],
    "what is no change": [
        ("Eels make up 30 percent of it.", [("30 percent", 30, None, "percent", None, None)]),
        ("The crew gave up 12 crates.", [("12 crates", 12, None, "crates", None, None)]),
        ("Guards shot down 9 drones.", [("9 drones", 9, None, "drones", None, None)]),
        ("Fares were up 30 percent.", [("30 percent", 30, None, "percent", None, "up")]),
        ("Costs went down 12 percent.", [("12 percent", 12, None, "percent", None, "down")]),
        ("The bill fell by 61 votes to 40.", [
            ("61 votes", 61, None, "votes", None, None), ("40", 40, None, "votes", None, None)]),
        ("It rose by 10 votes to 290.", [
            ("10 votes", 10, None, "votes", None, "up"), ("290", 290, None, None, None, None)]),
        ("It swung to a loss of $4m.", [("$4m", 4e6, None, "USD", None, None)]),
        ("It made a gain of $5m, or 7 cents a share.", [
            ("$5m", 5e6, None, "USD", None, None), ("7 cents", 0.07, None, "USD", None, None)]),
        ("It closed with a gain of 5 percent.", [("5 percent", 5, None, "percent", None, "up")]),
        ("It came from a 9m euro loss.", [("9m euro", 9e6, None, "EUR", None, None)]),
        ("It ended with a loss of 30 seats.", [("30 seats", 30, None, "seats", None, "down")]),
    ],
    "changes by half and told twice": [
        ("Output was cut by half.", [("half", 0.5, None, "share", None, "down")]),
        ("Rents rose by more than half in May.", [("half", 0.5, None, "share", "over", "up")]),
        ("It is due by half-time, by half past nine.", []),
        ("The index shed 90 points, or 0.8%.", [
            ("90 points", 90, None, "point", None, "down"), ("0.8%", 0.8, None, "percent", None, "down")]),
        ("It rose 90 points (about 2%).", [
            ("90 points", 90, None, "point", None, "up"), ("2%", 2, None, "percent", "about", "up")]),
        ("It rose 90 points (2%).", [
            ("90 points", 90, None, "point", None, "up"), ("2%", 2, None, "percent", None, "up")]),
        ("It rose 90 points and 2% left.", [
            ("90 points", 90, None, "point", None, "up"), ("2%", 2, None, "percent", None, None)]),
    ],
    "cents and currencies": [
        ("It costs 3 euros, 40 cents more.", [
            ("3 euros", 3, None, "EUR", None, None), ("40 cents", 0.4, None, "EUR", None, None)]),
        ("It costs A$3. A part is 20 cents.", [
            ("A$3", 3, None, "AUD", None, None), ("20 cents", 0.2, None, "AUD", None, None)]),
        ("It costs 3 euros, or 5 US cents a piece.", [
            ("3 euros", 3, None, "EUR", None, None), ("5 US cents", 0.05, None, "USD", None, None)]),
        ("It costs £3 and 40 cents.", [
            ("£3", 3, None, "GBP", None, None), ("40 cents", 0.4, None, "USD", None, None)]),
        ("It costs 3 euros.\n\nIt fell 40 cents.", [
            ("3 euros", 3, None, "EUR", None, None), ("40 cents", 0.4, None, "USD", None, "down")]),
        ("He owes Dh700 and Dhs 2m.", [
            ("Dh700", 700, None, "AED", None, None), ("Dhs 2m", 2e6, None, "AED", None, None)]),
        ("They met at COP30; COP300m went.", [("COP300m", 300e6, None, "COP", None, None)]),
    ],
    "rates per so many": [
        ("Thefts were 7.2 per 100,000 people.", [
            ("7.2 per 100,000 people", 7.2, None, "per 100,000 people", None, None)]),
        ("It has 9 deaths per 1,000 live births.", [
            ("9 deaths per 1,000 live births", 9, None, "deaths per 1,000 live births", None, None)]),
        ("It saw 40 cases per million.", [("40 cases per million", 40, None, "cases per million", None, None)]),
        ("It fell to 30 per cent.", [("30 per cent", 30, None, "percent", None, None)]),
    ],
    "votes that confirm": [
        ("The chamber confirmed him 52-48.", [
            ("52", 52, None, "votes", None, None), ("48", 48, None, "votes", None, None)]),
        ("The visitors won 52-48.", []),
    ],
}  # fmt: skip
CASES = [(text, quantities) for group in KINDS.values() for text, quantities in group]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words_around_a_figure_are_read(text: str, expected: list[tuple[Any, ...]]) -> None:
    found = [
        (q.text, q.value, q.value_high, q.currency or q.unit, q.comparator, q.change)
        for q in find_quantities(text)
    ]
    assert found == expected


@pytest.mark.parametrize("text", ["He has a 401(k).", "A group under 501(c)(3) gave.", "Sales: 512(a)."])
def test_a_number_with_a_letter_in_brackets_is_a_name(text: str) -> None:
    assert not find_quantities(text)


def test_a_mark_at_school_is_no_pressure() -> None:
    assert [quantity.unit for quantity in find_quantities("He has a 3.8 GPA.")] == [None]


@pytest.mark.parametrize("text", ["They racked up 30 wins.", "The gunman gunned down 20 guests."])
def test_a_particle_of_its_verb_says_no_change(text: str) -> None:
    assert [quantity.change for quantity in find_quantities(text)] == [None]
