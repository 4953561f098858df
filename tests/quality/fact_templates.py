"""Templated news: reports of one wording about other storms, companies, people and days, and their reprints.

Each report is news of its own, though nearly all of its words stand in its siblings; each reprint says what one report
says, under another headline. The texts, names and figures are made up.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.quality.fact_reports import FIRST, LAST, PLACES, Article

_COUNTIES = "Arnsted Bellhaven Corvick Dunsmoor Elverton Farrowby Glenmark Hestwick Ingleside Jessamy".split()
_FIRMS = "Kolberg Lantrix Morvane Nexburg Oltavia Parswell Quintal Ravelin Solvaro Tarbeck".split()
_LINES = "Holdings,Foods,Rail,Cement,Optical,Shipping,Robotics,Seeds,Insurance,Broadcasting".split(",")
_CLUBS = "Rovers,Athletic,Wanderers,Harriers,Albion,Mariners,Swifts,Olympic".split(",")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_ORDINALS = "first second third fourth".split()

FAMILIES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "advisory": (
        (
            "Wind advisory for {county} County",
            "The weather service in {place} has issued a wind advisory for {county} County, in effect from "
            "{hour} a.m. {day} until {hour2} p.m. {day2}. Westerly winds of {n20} to {n35} mph with gusts up "
            "to {n55} mph are expected. Gusty winds could blow around unsecured objects. Tree limbs could be "
            "blown down and a few power outages may result. Use extra caution when driving, especially if "
            "operating a high-profile vehicle.",
        ),
        (
            "Fog slows traffic in {county}",
            "Dense fog with visibility of less than {n500} metres was reported across {county} on {day}, the "
            "road office said. Drivers were asked to leave early and to keep their distance. The fog was "
            "thickest around {place}, where buses ran {n20} minutes late. It should lift by {hour2} p.m.\n\nThe "
            "notice covers all main roads in the district and is renewed every three hours. Schools are open "
            "as usual. Flights were not affected, a spokesman for the airport said, but passengers should "
            "check with their airline before they set out.",
        ),
    ),
    "earnings": (
        (
            "{firm}: Q{q} earnings",
            "{firm} on {day} posted earnings of ${m1} million for its {nth} quarter. The {place}-based company "
            "said it had net income of {c1} cents per share. Earnings, adjusted for one-time costs, came to "
            "{c2} cents per share. The results beat expectations. The average estimate of {n9} analysts was "
            "for {c3} cents per share. The company posted revenue of ${m2} million in the period. {firm} "
            "shares have risen {n35} percent since the beginning of the year. This story was made from figures "
            "that the company filed.",
        ),
        (
            "{firm} sees full-year sales of ${m2} million",
            "{firm} expects sales of ${m2} million this year, it said on {day}, after a {nth} quarter in which "
            "profit came to ${m1} million.\n\nThe board of the {place} group proposes a dividend of {c1} cents a "
            "share, compared with {c2} cents last year. Order intake was {n35} percent above that of the same "
            'period a year ago.\n\n"Demand held up in all our markets and we keep our costs under control," said '
            "chief executive {person}. The full report will be published on {month} {n20}.",
        ),
    ),
    "obituary": (
        (
            "{person}, {age}",
            "{person}, {age}, of {place}, died {month} {n20} at home. Born in {county}, {last} worked for "
            "{n35} years as a teacher and was a member of the choir. Survivors include two daughters, a son "
            "and {n9} grandchildren. Visiting hours will be held on {day} from {hour} a.m. at the chapel. "
            "Burial will follow at the cemetery of the parish. In lieu of flowers, gifts may be made to the "
            "hospice.",
        ),
    ),
    "result": (
        (
            "{club} {g1} {club2} {g2}",
            "{club} beat {club2} {g1}-{g2} on {day} in front of {crowd} spectators. {person} scored in the "
            "{n35}th minute and again from the spot after the break, before the visitors pulled one back "
            'through {person2}. The win lifts the side to {n9}th place with {n55} points from {n20} games. "We '
            'deserved it over ninety minutes," the manager said. Both teams are in action again at the '
            "weekend, when they play away.",
        ),
    ),
    "filing": (
        (
            "{person} sues {firm}",
            "A complaint filed in {county} Circuit Court on {month} {n20} says that {firm} failed to keep its "
            "premises safe. {person} seeks damages of ${crowd}, with interest and the costs of the case. The "
            "plaintiff slipped on a wet floor in the defendant's shop in {place} and suffered injuries, the "
            "complaint says. {person2} of {place} represents the plaintiff. Case number {case}. A complaint "
            "gives only one side of a dispute; the defendant has thirty days to answer.",
        ),
    ),
    "jobs": (
        (
            "{county} jobless rate at {p1} percent",
            "The jobless rate in {county} was {p1} percent in {month}, compared with {p2} percent in the month "
            "before, the labour agency said. Employers added {crowd} jobs over the month. Factories took on "
            "{n500} people, while shops let {n35} go. Average pay rose {p3} percent on the year. The agency "
            "surveys {n55} thousand households for the report and corrects its figures a month later. The next "
            "report comes out on {month2} {n20}.",
        ),
    ),
    "award": (
        (
            "{firm} named among best employers",
            "{place} - {firm} today announced that it has been named one of the best employers in {county}, "
            "placing {n35}th of {n500} firms. The award is based on an anonymous survey in which {n55} percent "
            'of the staff took part. "This honour belongs to each and every member of our team," said '
            '{person}, who founded the company in {year}. "Our people are at the heart of everything we do." '
            "For more information, write to the press office. The company has offices in {n9} cities and "
            "employs {crowd} people.",
        ),
    ),
    "close": (
        (
            "Shares end {day} at {index}",
            "Shares in {place} ended {day} at {index} points, a change of {p1} percent. {firm} led the winners "
            "with a gain of {p2} percent, and {firm2} fell the most, losing {p3} percent. Turnover came to "
            "{n500} million crowns. Gold traded at ${crowd} an ounce and the crown bought {c1} cents. Dealers "
            "said that investors were waiting for the decision of the central bank. The exchange opens again "
            "at {hour} a.m. on the next working day.",
        ),
    ),
    "recall": (
        (
            "{firm} recalls {crowd} heaters",
            "{firm} is recalling {crowd} heaters because they may overheat and cause a fire, the safety office "
            "said on {day}. The firm has had {n20} reports of smoke; {n9} people were treated for burns. The "
            "heaters, model {case}, were sold from {month} to {month2} for about ${n55}. Owners should unplug "
            "them at once and ask for a refund. They were made in {county} and sold in stores in {place} and "
            "online.",
        ),
    ),
    "dividend": (
        (
            "{firm} sets payout",
            "{firm} said its board declared a quarterly dividend of {c1} cents a share, payable {month} {n20} "
            "to holders of record {month2} {n9}.",
        ),
    ),
    "disruption": (
        (
            "No ferries from {place} on {day}",
            "No ferries will run between {place} and {place2} on {day} from {hour} a.m. to {hour2} p.m. "
            "because of works on the quay, the operator said. Passengers may use the bus number {n55} free of "
            "charge. Tickets bought for these crossings are good until {month} {n20} or are refunded at the "
            "counter. Freight is not affected. The operator apologises for the inconvenience and thanks its "
            "customers for their patience.",
        ),
    ),
    "auction": (
        (
            "{county} sells bonds of {n500} million crowns",
            "{county} sold bonds of {n500} million crowns on {day} at an average yield of {p1} percent, "
            "compared with {p2} percent at the last auction. Bids came to {n900} million crowns, so that the "
            "sale was well covered. The bonds fall due on {month} {n20}, {year}. The treasury plans another "
            "sale of the same size in {month2}. The lowest price accepted was {p99}, a spokesman of the debt "
            "office in {place} said.",
        ),
    ),
}
"""Wordings of each family: headline and text with slots."""

LIGHT: Final = (
    "",
    "\n\nReporting by {person}",
    "\n\n(c) {year}. All rights reserved.",
    "\n\nShare this article | Print",
)


@dataclass(frozen=True, slots=True)
class Templated:
    """A report, what a reprint makes of it, and their family."""

    family: str
    report: Article
    reprint: Article


def templated(seed: int, each: int) -> Iterator[Templated]:
    """Yield so many reports of each family; the same seed gives the same."""
    for family, wordings in FAMILIES.items():
        for number in range(each):
            rng = random.Random(f"{seed} {family} {number}")
            title, text = wordings[number % len(wordings)]
            slots = _slots(rng)
            report = Article(title.format(**slots), text.format(**slots))
            yield Templated(family, report, _reprint(report, slots, rng))


def _reprint(report: Article, slots: dict[str, str], rng: random.Random) -> Article:
    """Return a report as another paper prints it: a dateline, its first words as headline, a line of furniture."""
    head = re.split(r"(?<=[a-z])[.,] ", report.body)[0]
    words = head.split()[: rng.randint(5, 9)]
    while any(map(str.isdigit, words[-1])):
        words.pop()  # half a figure would be another one
    title = rng.choice((report.title, " ".join(words), report.title.upper()))
    dateline = f"{rng.choice(PLACES).upper()}, {rng.choice(_MONTHS)} {rng.randint(1, 28)} (AP) - "
    return Article(title, dateline + report.body + rng.choice(LIGHT).format(**slots))


def _slots(rng: random.Random) -> dict[str, str]:
    """Return fillers of all slots."""
    county, _ = rng.sample(_COUNTIES, 2)
    firm, firm2 = rng.sample(_FIRMS, 2)
    place, place2, home, away = rng.sample(PLACES, 4)
    last, last2 = rng.sample(LAST, 2)
    goals = rng.randint(2, 6)
    month, month2 = rng.sample(_MONTHS, 2)
    day, day2 = rng.sample(_DAYS, 2)
    cents = [f"{rng.uniform(2, 99):.1f}" for _ in range(3)]
    percents = [f"{rng.uniform(0.3, 9):.2f}" for _ in range(3)]
    return {
        "county": county,
        "firm": f"{firm} {rng.choice(_LINES)}",
        "firm2": f"{firm2} {rng.choice(_LINES)}",
        "place": place,
        "place2": place2,
        "person": f"{rng.choice(FIRST)} {last}",
        "person2": f"{rng.choice(FIRST)} {last2}",
        "last": last,
        "club": f"{home} {rng.choice(_CLUBS)}",
        "club2": f"{away} {rng.choice(_CLUBS)}",
        "day": day,
        "day2": day2,
        "month": month,
        "month2": month2,
        "nth": rng.choice(_ORDINALS),
        "hour": str(rng.randint(5, 11)),
        "hour2": str(rng.randint(2, 10)),
        "n9": str(rng.randint(4, 9)),
        "n20": str(rng.randint(11, 28)),
        "n35": str(rng.randint(24, 39)),
        "n55": str(rng.randint(44, 69)),
        "n500": str(rng.randint(110, 590)),
        "n900": str(rng.randint(600, 990)),
        "age": str(rng.randint(58, 99)),
        "crowd": f"{rng.randint(1_200, 48_000):,}",
        "case": f"{rng.randint(10, 24)}-{rng.randint(1_000, 9_999)}",
        "index": f"{rng.uniform(2_100, 9_800):,.1f}",
        "year": str(rng.randint(1984, 2044)),
        "q": str(rng.randint(1, 4)),
        "g1": str(goals),
        "g2": str(rng.randint(0, goals - 1)),
        "m1": f"{rng.uniform(2, 90):.1f}",
        "m2": f"{rng.uniform(100, 900):.1f}",
        "c1": cents[0],
        "c2": cents[1],
        "c3": cents[2],
        "p1": percents[0],
        "p2": percents[1],
        "p3": percents[2],
        "p99": f"{rng.uniform(95, 104):.2f}",
    }
