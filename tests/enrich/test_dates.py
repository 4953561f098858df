"""Dates: sentences written for the purpose, resolved against Wednesday 22 November 2023."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.enrich.dates import find_dates

PUBLISHED = dt.datetime(2023, 11, 22, 9, 30, tzinfo=dt.UTC)

# (sentence, [(text, type, value)])
Cases = list[tuple[str, list[tuple[str, str, str | None]]]]
ABSOLUTE: Cases = [
    ("It opened on 20 November 2023.", [("20 November 2023", "date", "2023-11-20")]),
    ("It opened on Nov. 20, 2023.", [("Nov. 20, 2023", "date", "2023-11-20")]),
    ("It opened on the 20th of November, 2023.", [("the 20th of November, 2023", "date", "2023-11-20")]),
    ("Dated 2023-11-20.", [("2023-11-20", "date", "2023-11-20")]),
    ("Dated 20/11/2023 or 11/20/2023.", [
        ("20/11/2023", "date", "2023-11-20"), ("11/20/2023", "date", "2023-11-20")]),
    ("Dated 20.11.2023.", [("20.11.2023", "date", "2023-11-20")]),
    ("Dated 03/04/2021.", [("03/04/2021", "date", None)]),
    ("In November 2019 it closed.", [("November 2019", "date", "2019-11")]),
    ("It closed in 2019.", [("2019", "date", "2019")]),
    ("The season 2012–13 was wet.", [("2012–13", "date", "2012/2013")]),
    ("In the early 1980s it was cold.", [("the early 1980s", "date", "1980/1989")]),
    ("In the 19th century it was cold.", [("the 19th century", "date", "1800/1899")]),
    ("The first three quarters of 2023 were good.", [
        ("The first three quarters of 2023", "date", "2023-01-01/2023-09-30")]),
    ("The third quarter of 2022 was bad.", [
        ("The third quarter of 2022", "date", "2022-07-01/2022-09-30")]),
    ("In the second half of 2021 it rose.", [("the second half of 2021", "date", "2021-07-01/2021-12-31")]),
    ("The summer of 2019 was dry.", [("The summer of 2019", "date", "2019-22")]),
    ("It ran on Sept. 20-24, 2022.", [("Sept. 20-24, 2022", "date", "2022-09-20/2022-09-24")]),
    ("In nineteen ninety-six it closed.", [("nineteen ninety-six", "date", "1996")]),
]  # fmt: skip
RELATIVE: Cases = [
    ("The port closed on Tuesday.", [("Tuesday", "date", "2023-11-21")]),
    ("The port closed Wednesday.", [("Wednesday", "date", "2023-11-22")]),
    ("The port closed last Wednesday.", [("last Wednesday", "date", "2023-11-15")]),
    ("The council will vote on Friday.", [("Friday", "date", "2023-11-24")]),
    ("On Friday, the council will vote.", [("Friday", "date", "2023-11-24")]),
    ("She arrived yesterday and leaves tomorrow.", [
        ("yesterday", "date", "2023-11-21"), ("tomorrow", "date", "2023-11-23")]),
    ("Prices rose last month.", [("last month", "date", "2023-10")]),
    ("It starts next year.", [("next year", "date", "2024")]),
    ("It starts next week.", [("next week", "date", "2023-W48")]),
    ("It opened two weeks ago.", [("two weeks ago", "date", "2023-W45")]),
    ("It opened nearly three years ago.", [("nearly three years ago", "date", "2020")]),
    ("It opened a year ago.", [("a year ago", "date", "2022")]),
    ("It opened in January.", [("January", "date", "2023-01")]),
    ("It will open in January.", [("January", "date", "2024-01")]),
    ("From January-November it grew.", [("January-November", "date", "2023-01/2023-11")]),
    ("It fell in the past three months.", [
        ("the past three months", "duration", "2023-08-22/2023-11-22")]),
    ("Last year's fourth quarter was weak.", [
        ("Last year's fourth quarter", "date", "2022-10-01/2022-12-31")]),
    ("Profit in the third quarter fell.", [("the third quarter", "date", "2023-07-01/2023-09-30")]),
    ("Last summer it was dry.", [("Last summer", "date", "2023-22")]),
    ("Next summer it may be dry.", [("Next summer", "date", "2024-22")]),
    ("She sailed over the weekend.", [("the weekend", "date", "2023-11-18/2023-11-19")]),
    ("She will sail over the weekend.", [("the weekend", "date", "2023-11-25/2023-11-26")]),
    ("It was halted by a judge on Feb. 3.", [("Feb. 3", "date", "2023-02-03")]),
    ("It may come as soon as Friday.", [("Friday", "date", "2023-11-24")]),
    ("By Christmas it was over.", [("Christmas", "date", "2023-12-25")]),
    ("Sales for the quarter fell.", [("the quarter", "date", None)]),
    ("The year-ago quarter was better.", [("The year-ago quarter", "date", None)]),
    ("The same day it sank.", [("The same day", "date", None)]),
    ("Late last night it sank.", [("Late last night", "time", "2023-11-21")]),
    ("She spoke on Tuesday night.", [("Tuesday night", "time", "2023-11-21")]),
    ("Doors opened at 9 a.m. Tuesday.", [("9 a.m. Tuesday", "time", "2023-11-21T09:00")]),
]  # fmt: skip
LENGTHS_AND_SETS: Cases = [
    ("It took 2.5 years.", [("2.5 years", "duration", "P2Y6M")]),
    ("It lasted at least 30 days.", [("at least 30 days", "duration", "P30D")]),
    ("A five-hour flight.", [("five-hour", "duration", "PT5H")]),
    ("It took a minute and a half.", [("a minute and a half", "duration", "PT1M30S")]),
    ("It rang at 0735 GMT.", [("0735 GMT", "time", "T07:35")]),
    ("It rang at 11 o'clock.", [("11 o'clock", "time", "T11:00")]),
    ("It floods every 20 minutes.", [("every 20 minutes", "set", "R/PT20M")]),
    ("It lasted a couple of years.", [("a couple of years", "duration", "P2Y")]),
    ("It lasted several years.", [("several years", "duration", None)]),
    ("It lasted two decades.", [("two decades", "duration", "P20Y")]),
    ("Ferries leave every Tuesday.", [("every Tuesday", "set", "R/2023-W47-2/P1W")]),
    ("Ferries leave daily.", [("daily", "set", "R/P1D")]),
    ("Each month it floods.", [("Each month", "set", "R/P1M")]),
    ("At 2.15pm it rang.", [("2.15pm", "time", "T14:15")]),
    ("At 10:35 a.m. it rang.", [("10:35 a.m.", "time", "T10:35")]),
]  # fmt: skip
NOT_DATES = [
    "A year-on-year rise.",
    "USA TODAY reports.",
    "They sell Christmas cards.",
    "The halves of the match differed.",
    "More than 1000 customers left.",
    "It was a 2019% rise.",
    "They won 10:35 on points.",
    "You may march on.",
    "Leaves fall and springs run.",
    "2000 people came.",
    "He is 44 years old.",
    "It costs $2019.",
    "Flight 1999 landed.",
    "Read the Daily Harbour.",
    "They lost 10-11-12 times or 1.2.3.",
]


@pytest.mark.parametrize(("sentence", "expected"), ABSOLUTE + RELATIVE + LENGTHS_AND_SETS)
def test_dates_are_read_and_resolved(sentence: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(d.text, d.type, d.value) for d in find_dates(sentence, PUBLISHED)] == expected


@pytest.mark.parametrize("sentence", NOT_DATES)
def test_words_that_only_look_like_dates_are_left_alone(sentence: str) -> None:
    assert find_dates(sentence, PUBLISHED) == []


@pytest.mark.parametrize(("sentence", "expected"), RELATIVE)
def test_relative_dates_stay_unresolved_without_a_day_of_publication(
    sentence: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = find_dates(sentence, None)
    assert [d.text for d in found] == [text for text, _, _ in expected]
    assert all(d.value is None or d.value.startswith(("P", "T")) for d in found)


@pytest.mark.parametrize("year", [1, 2, 9998, 9999])
@pytest.mark.parametrize("sentence", [sentence for sentence, _ in RELATIVE + LENGTHS_AND_SETS])
def test_the_ends_of_the_calendar_break_nothing(sentence: str, year: int) -> None:
    assert find_dates(sentence, dt.datetime(year, 1, 1, tzinfo=dt.UTC))
    assert find_dates(sentence, dt.datetime(year, 12, 31, tzinfo=dt.UTC))


_WORDS = st.lists(
    st.sampled_from(
        "last next this the first third 3 2023 November Monday , . - / quarter year weeks ago of half two hundred "
        "million $ at 9:30 a m pm early 20 '90s every a and to from % percent 12 31 th".split()
    ),
    max_size=40,
)


@given(st.one_of(st.text(max_size=200), _WORDS.map(" ".join), _WORDS.map("".join)))
@example("31 November 2023, 30 February and 99/99/9999")
@example("9999999999 years ago and 10" + "0" * 30 + " weeks ago")
@example("the next 900000000 centuries")
def test_any_text_gives_exact_spans_in_order(text: str) -> None:
    found = find_dates(text, PUBLISHED)
    for date in found:
        assert text[date.start : date.end] == date.text != ""
    assert all(a.end <= b.start for a, b in pairwise(found))
