"""Test kinds of figures that news writes and rules easily get wrong."""

from __future__ import annotations

from typing import Any

import pytest

from service.enrich.figures import find_quantities

Row = tuple[Any, ...]
# kind -> [(sentence, [(text, value, unit, currency)])]
KINDS: dict[str, list[tuple[str, list[Row]]]] = {
    "million or metre": [
        ("The yard lost 3m crates.", [("3m crates", 3e6, "crates", None)]),
        ("Some 6.5m new visitors came.", [("6.5m new visitors", 6.5e6, "new visitors", None)]),
        ("It sold 2m of its lamps.", [("2m of its lamps", 2e6, "lamps", None)]),
        ("It shipped 5m tonnes.", [("5m tonnes", 5e6, "tonne", None)]),
        ("It pumps 4m barrels a day.", [("4m barrels a day", 4e6, "barrel_per_day", None)]),
        ("She ran the 100m hurdles.", [("100m", 100, "metre", None)]),
        ("It laid 30m of cable.", [("30m", 30, "metre", None)]),
        ("A 5m high wall fell.", [("5m", 5, "metre", None)]),
    ],
    "scales alone": [
        ("Million", []),
        ("It needs parts per million.", []),
        ("Billion Velt", []),
        ("They come by the dozen.", []),
        ("The thousand or so who signed it left.", [("thousand", 1e3, None, None)]),
        ("It sold a million.", [("a million", 1e6, None, None)]),
        ("It cost over million.", [("million", 1e6, None, None)]),
        ("Million people came.", [("Million people", 1e6, "people", None)]),
        ("Two million voters came.", [("Two million voters", 2e6, "voters", None)]),
    ],
    "parts": [
        ("Rates rose half a point.", [("half a point", 0.5, "point", None)]),
        ("It fell a quarter of a percentage point.", [
            ("a quarter of a percentage point", 0.25, "percentage_point", None)]),
        ("It fell three-quarters of one percent.", [("three-quarters of one percent", 0.75, "percent", None)]),
        ("The mast is half a mile away.", [("half a mile", 0.5, "mile", None)]),
        ("It took two-and-a-half years.", [("two-and-a-half years", 2.5, "year", None)]),
        ("It needs five and one-half million tons.", [
            ("five and one-half million tons", 5.5e6, "ton", None)]),
        ("It weighs 12-1/2 pounds.", [("12-1/2 pounds", 12.5, "pound", None)]),
        ("Costs fell by a third.", [("a third", 1 / 3, "share", None)]),
        ("Costs are nearly a fifth lower.", [("a fifth", 0.2, "share", None)]),
        ("It was sold by a third party.", []),
        ("One in every five crews left.", [("One in every five", 0.2, "share", None)]),
        ("One of every two lamps broke.", [("One of every two", 0.5, "share", None)]),
        ("The twenty-fourth lamp broke.", []),
    ],
    "lists share a unit": [
        ("It rose 3, 5 and 7 percent.", [
            ("3", 3, "percent", None), ("5", 5, "percent", None), ("7 percent", 7, "percent", None)]),
        ("Boys aged 9, 11 and 12 sail.", [
            ("9", 9, "year_old", None), ("11", 11, "year_old", None), ("12", 12, "year_old", None)]),
        ("On 3, 12 boats sank.", [("3", 3, None, None), ("12 boats", 12, "boats", None)]),
        ("Sales rose to 40 million euros from 35 million.", [
            ("40 million euros", 40e6, None, "EUR"), ("35 million", 35e6, None, "EUR")]),
        ("The index lost 20.5 points, or 1%, to 9,844.30.", [
            ("20.5 points", 20.5, "point", None), ("1%", 1, "percent", None), ("9,844.30", 9844.3, "point", None)]),
    ],
    "ages": [
        ("Rosa Lind (61), a baker, left.", [("61", 61, "year_old", None)]),
        ("He was 34 when it sank.", [("34", 34, "year_old", None)]),
        ("She turned 50 last week.", [("50", 50, "year_old", None)]),
        ("The list (12) is long.", []),
    ],
    "marks between digits": [
        ("The fine is CHF 12'500.", [("CHF 12'500", 12500, None, "CHF")]),
        ("It cost 1’200.50 francs.", [("1’200.50 francs", 1200.5, None, "CHF")]),
        ("It cost Fr. 450'000.", [("Fr. 450'000", 450000, None, "CHF")]),
        ("It grew 5,8 percent.", [("5,8 percent", 5.8, "percent", None)]),
        ("It grew 0,3 in a day.", [("0,3", 0.3, None, None)]),
        ("It cost €3,50.", [("€3,50", 3.5, None, "EUR")]),
        ("It cost 1.250,50 euros.", [("1.250,50 euros", 1250.5, None, "EUR")]),
        ("It sold 3,5 million lamps.", [("3,5 million lamps", 3.5e6, "lamps", None)]),
        ("See rows 1,2,3 below.", []),
    ],
    "two numbers, one measure": [
        ("He is 6'2\" tall.", [("6'2\"", 6 + 2 / 12, "foot", None)]),
        ("He is 5ft 10in.", [("5ft 10in", 5 + 10 / 12, "foot", None)]),
        ("He weighs 12st 4lb.", [("12st 4lb", 172, "pound", None)]),
        ("The 21st lamp broke.", []),
        ("It cost 12 dollars 50.", [("12 dollars 50", 12.5, None, "USD")]),
        ("It cost 12 dollars 50 years ago.", [("12 dollars", 12, None, "USD")]),
    ],
    "a count before a measure": [
        ("Six 7-ounce bars sank.", [("Six", 6, "bars", None), ("7-ounce", 7, "ounce", None)]),
        ("They work two 12-hour shifts.", [("two", 2, "shifts", None), ("12-hour", 12, "hour", None)]),
        ("Two five-year plans failed.", [("Two", 2, "plans", None), ("five-year", 5, "year", None)]),
    ],
    "money": [
        ("It lost $-3.2bn.", [("$-3.2bn", -3.2e9, None, "USD")]),
        ("It lost USD -4 million.", [("USD -4 million", -4e6, None, "USD")]),
        ("Milk is 145.2p a litre.", [("145.2p", 1.452, "per_litre", "GBP")]),
        ("It streams in 1080p.", []),
    ],
    "shorthand of agencies": [
        ("Net 5.2 mln dlrs vs 3.1 mln.", [("5.2 mln dlrs", 5.2e6, None, "USD"), ("3.1 mln", 3.1e6, None, "USD")]),
        ("Shr 12-1/2 cts.", [("12-1/2 cts", 0.125, None, "USD")]),
        ("Sells five mln dlrs of notes.", [("five mln dlrs", 5e6, None, "USD")]),
        ("Lends 20 bln stg at 3-1/8 pct.", [
            ("20 bln stg", 20e9, None, "GBP"), ("3-1/8 pct", 3.125, "percent", None)]),
        ("Owes 200 mln Canadian dlrs.", [("200 mln Canadian dlrs", 2e8, None, "CAD")]),
        ("Oil is 15.25 dlrs a barrel.", [("15.25 dlrs", 15.25, "per_barrel", "USD")]),
    ],
    "votes and scores": [
        ("The house voted 215-210.", [("215", 215, "votes", None), ("210", 210, "votes", None)]),
        ("The house split 320-280 on it.", [("320", 320, "votes", None), ("280", 280, "votes", None)]),
        ("The reds won 21-19.", []),
    ],
    "capitals": [
        ("Two US crews and 12 MPs left.", [("Two US crews", 2, "US crews", None), ("12 MPs", 12, "MPs", None)]),
        ("12 police officers left, 3 police stayed.", [("12 police officers", 12, "police officers", None),
                                                       ("3 police", 3, "police", None)]),
        ("Of 36 news outlets none left.", [("36 news outlets", 36, "news outlets", None)]),
        ("One possible change is late.", []),
        ("One boat is late.", [("One boat", 1, "boat", None)]),
        ("It grew from 1000 to 2000 hires.", [("1000", 1000, "hires", None), ("2000 hires", 2000, "hires", None)]),
    ],
    "idioms": [
        ("A couple hundred boats came.", [("A couple hundred boats", 200, "boats", None)]),
        ("A couple of thousand boats came.", [("A couple of thousand boats", 2000, "boats", None)]),
        ("A six-figure sum and double-digit growth.", []),
        ("It is a two-horse race; he is a twenty-something.", []),
    ],
    "numbers that only identify": [
        ("Call 0800 555 0142 or +44 20 7946 0000.", []),
        ("The two leaders met, and the two sides agreed.", []),
        ("Two sides of it are known.", []),
        ("A firm[3] was named.", []),
    ],
}  # fmt: skip
ROWS = [(sentence, expected) for rows in KINDS.values() for sentence, expected in rows]


@pytest.mark.parametrize(("sentence", "expected"), ROWS, ids=[sentence for sentence, _ in ROWS])
def test_value_unit_and_currency_of_each_kind(sentence: str, expected: list[Row]) -> None:
    found = find_quantities(sentence)
    assert [(q.text, q.unit, q.currency) for q in found] == [(e[0], e[2], e[3]) for e in expected]
    assert [q.value for q in found] == pytest.approx([e[1] for e in expected])


@pytest.mark.parametrize(
    ("sentence", "comparator"),
    [
        ("He lied about three trips.", None),
        ("He lied to the court about 12 payments.", None),
        ("There were about 12 payments.", "about"),
        ("They pledged it over 10 years.", None),
        ("He served over 10 years.", "over"),
        ("It took over 10 years.", "over"),
        ("It has over 10 boats.", "over"),
    ],
)
def test_about_and_over_compare_only_where_they_are_no_prepositions(
    sentence: str, comparator: str | None
) -> None:
    assert [q.comparator for q in find_quantities(sentence)] == [comparator]
