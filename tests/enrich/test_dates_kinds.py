"""Test kinds of dates that news writes and rules easily get wrong, resolved against Wednesday 12 March 2025."""

from __future__ import annotations

import datetime as dt

import pytest

from service.enrich.dates import find_dates
from service.enrich.figures import find_quantities

PUBLISHED = dt.datetime(2025, 3, 12, 10, tzinfo=dt.UTC)

# kind -> [(sentence, [(text, value)])]
KINDS: dict[str, list[tuple[str, list[tuple[str, str | None]]]]] = {
    "quarters in code": [
        ("Sales fell in Q1 and Q2 but rose in Q4 2024.", [
            ("Q1", "2024-01-01/2024-03-31"), ("Q2", "2024-04-01/2024-06-30"), ("Q4 2024", "2024-10-01/2024-12-31")]),
        ("Profit for Q4 rose.", [("Q4", "2024-10-01/2024-12-31")]),
        ("It sees 2Q sales of 90.", [("2Q", "2025-04-01/2025-06-30")]),
        ("Sales in H1 2024 and 2H25.", [("H1 2024", "2024-01-01/2024-06-30"), ("2H25", "2025-07-01/2025-12-31")]),
        ("It beat Quarter 1 2018 and 4Q17.", [
            ("Quarter 1 2018", "2018-01-01/2018-03-31"), ("4Q17", "2017-10-01/2017-12-31")]),
        ("In fiscal 2024 and FY25 it fell.", [("fiscal 2024", None), ("FY25", None)]),
        ("The third quarter of fiscal year 2024 was bad.", [("The third quarter of fiscal year 2024", None)]),
        ("The virus H1N1 and a Q5 came.", []),
    ],
    "weekdays ahead": [
        ("The bridge reopens on Friday.", [("Friday", "2025-03-14")]),
        ("Residents were told they can return on Friday.", [("Friday", "2025-03-14")]),
        ("She faces trial on Monday.", [("Monday", "2025-03-17")]),
        ("Tickets go on sale on Sunday.", [("Sunday", "2025-03-16")]),
        ("They are nervous ahead of Thursday's vote.", [("Thursday", "2025-03-13")]),
        ("It must pass no later than Friday.", [("Friday", "2025-03-14")]),
        ("The crew threatened to strike from Monday.", [("Monday", "2025-03-17")]),
        ("It will be paid on Friday.", [("Friday", "2025-03-14")]),
        ("The shops reopen on Friday at 2pm.", [("Friday at 2pm", "2025-03-14T14:00")]),
    ],
    "days told from days": [
        ("It sank the day before yesterday.", [("the day before yesterday", "2025-03-10")]),
        ("The day after tomorrow the toll ends.", [("The day after tomorrow", "2025-03-14")]),
        ("The day after the storm it sank.", [("The day after", None)]),
        ("The fair is tomorrow week.", [("tomorrow week", "2025-03-20")]),
        ("He sailed a week ago on Monday.", [("a week ago on Monday", "2025-03-03")]),
        ("He sailed two weeks ago. On Monday he was back.", [
            ("two weeks ago", "2025-W09"), ("Monday", "2025-03-10")]),
        ("A year ago today it burned.", [("A year ago today", "2024-03-12")]),
        ("It burned two weeks ago yesterday.", [("two weeks ago yesterday", "2025-02-25")]),
        ("It burned a year ago. Today it is shut.", [("a year ago", "2024"), ("Today", "2025-03-12")]),
        ("A man sits in the snow on Monday.", [("Monday", "2025-03-10")]),
        ("The panel sits at 9 a.m. Monday.", [("9 a.m. Monday", "2025-03-17T09:00")]),
    ],
    "days of a month told from now": [
        ("He died on the 2nd of this month.", [("the 2nd of this month", "2025-03-02")]),
        ("It shuts on the 31st of next month.", [("the 31st of next month", None)]),
        ("It shut on the 28th of last month.", [("the 28th of last month", "2025-02-28")]),
        ("He was the 2nd this month.", [("this month", "2025-03")]),
    ],
    "months of a year named before": [
        ("She won in 1994; that October she lost.", [("1994", "1994"), ("that October", "1994-10")]),
        ("In March 1998, and again that July, it rained.", [("March 1998", "1998-03"), ("that July", "1998-07")]),
        ("She left in 1994. That October she was back.", [("1994", "1994"), ("That October", "1994-10")]),
        ("She said in 1994 that October was cold.", [("1994", "1994"), ("October", "2024-10")]),
        ("It fell in October 1998 and again that April.", [("October 1998", "1998-10"), ("that April", None)]),
        ("It snowed. That December to March of 2018 it rained.", [
            ("That December", "2017-12"), ("March of 2018", "2018-03")]),
        ("It rained and hailed. That April it snowed.", [("That April", None)]),
    ],
    "weekdays past": [
        ("Prices fell Monday.", [("Monday", "2025-03-10")]),
        ("By Tuesday 300 of the tents had come.", [("Tuesday", "2025-03-11")]),
        ("They rallied after Friday's loss.", [("Friday", "2025-03-07")]),
        ("He scored three runs on Friday.", [("Friday", "2025-03-07")]),
    ],
    "weekdays of a span": [
        ("The bridge is closed from Saturday until Monday.", [("Saturday", "2025-03-15"), ("Monday", "2025-03-17")]),
        ("The shop was open from Sunday to Tuesday.", [("Sunday", "2025-03-09"), ("Tuesday", "2025-03-11")]),
        ("The fair ran from Monday through Thursday.", [("Monday", "2025-03-10"), ("Thursday", "2025-03-13")]),
        ("It will run from Friday till Friday.", [("Friday", "2025-03-14"), ("Friday", "2025-03-21")]),
        ("It runs from Tuesday, March 18, to Sunday.", [("Tuesday, March 18", "2025-03-18"), ("Sunday", "2025-03-23")]),
        ("It is open March 18 through Sunday.", [("March 18", "2025-03-18"), ("Sunday", "2025-03-23")]),
        ("It is shut from today to Friday.", [("today", "2025-03-12"), ("Friday", "2025-03-14")]),
        ("It rained between March 3 and Friday.", [("March 3", "2025-03-03"), ("Friday", "2025-03-07")]),
    ],
    "ends of spans without a year": [
        ("It ran between Oct. 1 and Sept. 30.", [("Oct. 1", "2024-10-01"), ("Sept. 30", "2025-09-30")]),
        ("It was shut from November to May.", [("November", "2024-11"), ("May", "2025-05")]),
        ("It ran from April 1 to May 3.", [("April 1", "2025-04-01"), ("May 3", "2025-05-03")]),
        ("It ran from Feb. 28 through March 4.", [("Feb. 28", "2025-02-28"), ("March 4", "2025-03-04")]),
    ],
    "dates that were changed or are compared": [
        ("The talk was moved from March 20 to March 10.", [("March 20", "2025-03-20"), ("March 10", "2025-03-10")]),
        ("It came forward from March 20 to March 10.", [("March 20", "2025-03-20"), ("March 10", "2025-03-10")]),
        ("Sales rose from February to January.", [("February", "2025-02"), ("January", "2025-01")]),
        ("It was moved from Friday to Monday.", [("Friday", "2025-03-07"), ("Monday", "2025-03-10")]),
    ],
    "counted weekdays": [
        ("It opens on the first Monday of September 2025.", [("the first Monday of September 2025", "2025-09-01")]),
        ("It was the last Friday in January 2013.", [("the last Friday in January 2013", "2013-01-25")]),
        ("It opens on the second Saturday in July.", [("the second Saturday in July", "2025-07-12")]),
        ("It is on the first Sunday of next month.", [("the first Sunday of next month", "2025-04-06")]),
        ("He left on Sunday two weeks ago.", [("Sunday two weeks ago", "2025-02-23")]),
        ("It is a week on Monday.", [("a week on Monday", "2025-03-24")]),
        ("It is due Friday fortnight.", [("Friday fortnight", "2025-03-28")]),
        ("Sales on the following Friday fell.", [("the following Friday", None)]),
    ],
    "months": [
        ("The ban began last April.", [("last April", "2024-04")]),
        ("The ban began last April 1.", [("last April 1", "2024-04-01")]),
        ("It ends next June 11.", [("next June 11", "2025-06-11")]),
        ("It is due this December.", [("this December", "2025-12")]),
        ("It plans to fly in April, after stopping in December.", [("April", "2025-04"), ("December", "2024-12")]),
        ("It cost 30 in June.", [("June", "2024-06")]),
        ("Dated 19-Nov-2012 and 7-Feb-24.", [("19-Nov-2012", "2012-11-19"), ("7-Feb-24", "2024-02-07")]),
        ("It rose from 2023 December on.", [("2023 December", "2023-12")]),
        ("It fell between 2021-06 and 2021-09.", [("2021-06", "2021-06"), ("2021-09", "2021-09")]),
        ("The season 2009-10 was wet.", [("2009-10", "2009/2010")]),
        ("He left on January twenty-fourth.", [("January twenty-fourth", "2025-01-24")]),
        ("He left on the twenty-fourth of January.", [("the twenty-fourth of January", "2025-01-24")]),
    ],
    "ranges": [
        ("It will run from 3 to 7 June.", [("3 to 7 June", "2025-06-03/2025-06-07")]),
        ("It was held between 3 and 9 March.", [("3 and 9 March", "2025-03-03/2025-03-09")]),
        ("It will run March 28-April 2.", [("March 28-April 2", "2025-03-28/2025-04-02")]),
        ("It ran from 3 May to 7 June 2022.", [("3 May", "2022-05-03"), ("7 June 2022", "2022-06-07")]),
    ],
    "people": [
        ("June Carter and April Jensen came.", []),
        ("Theresa May and Mr March left.", []),
        ("Judge Dora May may act in May.", [("May", "2025-05")]),
    ],
    "holidays": [
        ("It will run from Christmas Eve to New Year's Day.", [
            ("Christmas Eve", "2025-12-24"), ("New Year's Day", "2026-01-01")]),
        ("Easter Monday falls on 21 April.", [("Easter Monday", "2025-04-21"), ("21 April", "2025-04-21")]),
        ("Good Friday 2024 was wet.", [("Good Friday 2024", "2024-03-29")]),
        ("By Thanksgiving it was over.", [("Thanksgiving", "2024-11-28")]),
        ("It closed on Boxing Day 2023.", [("Boxing Day 2023", "2023-12-26")]),
    ],
    "lengths": [
        ("Half a year ago it sank.", [("Half a year ago", "2024-09")]),
        ("It takes half a decade.", [("half a decade", "P5Y")]),
        ("It was half an hour late.", [("half an hour", "PT30M")]),
        ("He got two-and-a-half years.", [("two-and-a-half years", "P2Y6M")]),
        ("It took several dozen minutes.", [("dozen minutes", None)]),
    ],
    "times and years": [
        ("The curfew starts at 2200 hours.", [("2200 hours", "T22:00")]),
        ("It ends at 0500 hours.", [("0500 hours", "T05:00")]),
        ("The class of '68 met.", [("'68", "1968")]),
        ("The summer of '69 was dry.", [("The summer of '69", "1969-22")]),
    ],
    "other dates settle them": [
        ("In the third quarter it made $5m, against $4m a year earlier.", [
            ("the third quarter", "2024-07-01/2024-09-30"), ("a year earlier", "2023-07-01/2023-09-30")]),
        ("Second-quarter sales rose; the quarter was good.", [
            ("Second-quarter", "2024-04-01/2024-06-30"), ("the quarter", "2024-04-01/2024-06-30")]),
        ("It sold; the year before it had not.", [("the year before", None)]),
        ("In the 2023 quarter it made 4m.", [("the 2023 quarter", "2023")]),
        ("The second quarter was poor beside the 2023 period.", [
            ("The second quarter", "2024-04-01/2024-06-30"), ("the 2023 period", "2023-04-01/2023-06-30")]),
        ("It made 3m in the second quarter, 2m in the year-ago second quarter.", [
            ("the second quarter", "2024-04-01/2024-06-30"),
            ("the year-ago second quarter", "2023-04-01/2023-06-30")]),
    ],
    "beside another date": [
        ("It opened in 1987 and closed the following year.", [("1987", "1987"), ("the following year", "1988")]),
        ("She came in June 1998 and left later that year.", [("June 1998", "1998-06"), ("later that year", "1998")]),
        ("Founded in March 1989, it was sold the following month.", [
            ("March 1989", "1989-03"), ("the following month", "1989-04")]),
        ("He fell on Monday. The next day he rose.", [("Monday", "2025-03-10"), ("The next day", "2025-03-11")]),
        ("On 5 May 2020 it rained. Earlier that day it had snowed.", [
            ("5 May 2020", "2020-05-05"), ("Earlier that day", "2020-05-05")]),
        ("It fell on 5 May 2020 and rose the following Friday.", [
            ("5 May 2020", "2020-05-05"), ("the following Friday", "2020-05-08")]),
        ("Sales rose to $5m in 2023 from $4m a year earlier.", [("2023", "2023"), ("a year earlier", "2022")]),
        ("They met on Monday. A day earlier, ships had left.", [
            ("Monday", "2025-03-10"), ("A day earlier", "2025-03-09")]),
        ("He resigned in 2019; the year before, he had won.", [("2019", "2019"), ("the year before", "2018")]),
        ("It is heard in the week of March 24.", [("the week of March 24", "2025-W13")]),
        ("It fell in 1995. The following day was dry.", [("1995", "1995"), ("The following day", None)]),
        ("He said on Monday that the following year was lost.", [
            ("Monday", "2025-03-10"), ("the following year", None)]),
        ("He came on Monday, the day after the vote.", [("Monday", "2025-03-10"), ("the day after", None)]),
        ("Over the next day it will rain.", [("the next day", "2025-03-12/2025-03-13")]),
    ],
    "lengths with a bound, without an estimate": [
        ("It took about five hours.", [("five hours", "PT5H")]),
        ("It took at least five hours.", [("at least five hours", "PT5H")]),
        ("He left about two years ago.", [("about two years ago", "2023")]),
    ],
    "years in words, and lengths that leave more open": [
        ("It began in the year two thousand.", [("the year two thousand", "2000")]),
        ("It began in the year two thousand and six.", [("the year two thousand and six", "2006")]),
        ("It will last for a year or two.", [("a year or two", "P1Y")]),
        ("It grew over the next year or so.", [("the next year or so", "2025-03-12/2026-03-12")]),
        ("It grows during the next 12 to 18 months.", [("the next 12 to 18 months", "2025-03-12/2026-09-12")]),
        ("It began months ago.", [("months ago", None)]),
        ("It began a few months ago.", [("a few months ago", None)]),
    ],
    "what is still to come": [
        ("It is paid Apr. 15 to holders of record Dec. 21.", [("Apr. 15", "2025-04-15"), ("Dec. 21", "2025-12-21")]),
        ("Lund is planning for the summit in December.", [("December", "2025-12")]),
        ("It called for the redemption on Dec. 7 of all shares.", [("Dec. 7", "2025-12-07")]),
        ("It made nine films this year through February.", [("this year", "2025"), ("February", "2025-02")]),
    ],
    "two days of a month": [
        ("It runs on 13 and 14 March.", [("13 and 14 March", "2025-03-13/2025-03-14")]),
        ("It runs on March 13 and 14.", [("March 13 and 14", "2025-03-13/2025-03-14")]),
        ("On March 3 and 12 people fell.", [("March 3", "2025-03-03")]),
        ("The talks are to resume on Thursday.", [("Thursday", "2025-03-13")]),
    ],
}  # fmt: skip
ROWS = [(sentence, expected) for rows in KINDS.values() for sentence, expected in rows]


@pytest.mark.parametrize(("sentence", "expected"), ROWS, ids=[sentence for sentence, _ in ROWS])
def test_dates_of_each_kind(sentence: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(d.text, d.value) for d in find_dates(sentence, PUBLISHED)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It ran from 3 to 7 June.",
        "Dated 19-Nov-2012.",
        "The class of '68 met.",
        "It ends at 0500 hours.",
        "Sales rose in 4Q17.",
    ],
)
def test_numbers_of_a_date_are_no_quantities(sentence: str) -> None:
    assert find_quantities(sentence) == []


def test_a_date_far_behind_another_is_not_told_from_it() -> None:
    between = "Nobody in the valley said a word of it to anyone. " * 7
    assert [
        d.value for d in find_dates(f"It opened in 1987. {between}The following year it shut.", PUBLISHED)
    ] == [
        "1987",
        None,
    ]


def test_dates_told_one_from_the_other_end_after_a_few() -> None:
    found = find_dates("It rose in 1900. " + "The following year it fell. " * 3_000, PUBLISHED)
    values = [d.value for d in found]
    assert values[:9] == [str(1900 + n) for n in range(9)]
    assert len(values) == 3_001
    assert set(values[9:]) == {None}
