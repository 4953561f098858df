"""Small words that change what a text says: units, ordinals, halves of a day, opposites, and any word of a flash."""

from __future__ import annotations

import numpy as np
import pytest

from service.dedup.index.fact_filter import HAS_UNITS
from service.records import GOES_ON, Relation
from service.sketch.english_facts import english_facts
from service.sketch.facts import facts_of
from tests.dedup.test_updates import TITLE, Feed

REPORT = (
    "The harbour board of Lindeby raised its forecast on Monday after freight rose 4.2 percent in the third "
    "quarter. Turnover came to 310 million euros, and a berth now costs $72.40 a metre. Two women and a man were "
    "slightly hurt when a crane fell at 5 p.m. on April 14.\n\n"
    "Director Ola Brandvik said the northern quay would be closed for six weeks, while a gale of 60 mph, or 27 "
    "metres a second, kept the ferries in port. Freight at Tarrow fell 2.5 percent. The inquiry found that a bolt "
    "had been loose, and a foreman was later arrested.\n\n"
    "The board will meet on June 3 at 9.30 a.m. to hear from the builders of the crane, who deny any blame. The "
    "southern quay stays open until 11 p.m. and the port expects a higher toll in the first months of the year."
)
TURNED = [
    ("310 million euros", "310 million dollars"),
    ("$72.40", "€72.40"),
    ("60 mph", "60 km/h"),
    ("six weeks", "six months"),
    ("4.2 percent", "4.2 points"),
    ("third quarter", "fourth quarter"),
    ("5 p.m.", "5 a.m."),
    ("9.30 a.m.", "9:30 p.m."),
    ("April 14", "May 14"),
    ("June 3", "May 3"),
    ("rose 4.2", "fell 4.2"),
    ("raised its forecast", "lowered its forecast"),
    ("raised its forecast", "kept its forecast"),
    ("later arrested", "later charged"),
    ("Two women and a man", "Two men and a woman"),
    ("northern quay would be closed", "northern quay would be opened"),
]
SPELLINGS = [
    ("310 million euros", "€310m"),
    ("310 million euros", "EUR 310 million"),
    ("$72.40", "72.40 dollars"),
    ("60 mph", "60mph"),
    ("60 mph", "60 miles per hour"),
    ("4.2 percent", "4.2%"),
    ("4.2 percent", "4.2 per cent"),
    ("third quarter", "3rd quarter"),
    ("5 p.m.", "17:00"),
    ("5 p.m.", "5pm"),
    ("9.30 a.m.", "9:30 am"),
    ("11 p.m.", "23:00"),
]


def changed(one: str, other: str) -> str:
    assert one in REPORT
    return REPORT.replace(one, other)


@pytest.mark.parametrize(("one", "other"), TURNED)
def test_another_word_in_the_same_place_is_news_though_the_text_has_it_elsewhere(
    one: str, other: str
) -> None:
    feed = Feed()
    feed.say(REPORT, "first")
    verdict = feed.say(changed(one, other), "second")
    assert (verdict.relation, verdict.match_id) == (Relation.UPDATE, "first")
    assert verdict.new_facts
    assert feed.say(changed(one, other) + "\n\nReporting by Ola Nord", "third").match_id == "second"


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_another_spelling_of_a_unit_or_a_time_is_none(one: str, other: str) -> None:
    for first, second in ((REPORT, changed(one, other)), (changed(one, other), REPORT)):
        feed = Feed()
        feed.say(first, "first")
        assert feed.say(second, "second").relation not in GOES_ON


@pytest.mark.parametrize(
    ("headline", "later"),
    [
        ("Harbour freight rises at Lindeby", "Harbour freight falls at Lindeby"),
        ("Foreman arrested after crane fell", "Foreman released after crane fell"),
    ],
)
def test_a_headline_that_says_the_opposite_in_words_of_the_text_goes_on(headline: str, later: str) -> None:
    feed = Feed()
    text = f"{REPORT}\n\nA toll that rises or falls is agreed, and nobody was released at Lindeby."
    feed.say(text, "first", headline)
    assert feed.say(text, "second", later).relation is Relation.UPDATE
    assert feed.say(text, "third", headline).relation not in GOES_ON


FLASHES = [
    ("Lindeby Owls 3, Tarrow Miners 2 (full time).", "Lindeby Owls 2, Tarrow Miners 2 (full time)."),
    ("Lindeby Owls 3, Tarrow Miners 2 (full time).", "Lindeby Owls 2, Tarrow Miners 3 (full time)."),
    ("Bridge at Tarrow closed after a lorry fire.", "Bridge at Tarrow reopened after a lorry fire."),
    ("Bridge at Tarrow closed after a lorry fire.", "Bridge at Tarrow partly closed after a lorry fire."),
    ("Ferry to Lindeby suspended because of gales.", "Ferry to Lindeby resumed because of gales."),
    ("Results: Ayle 2 Brent 1; Corley 0 Dorn 0.", "Results: Ayle 1 Brent 2; Corley 0 Dorn 0."),
    (
        "Gas leak at Tarrow school, pupils sent home.",
        "Gas leak at Tarrow school, pupils sent home, one in hospital.",
    ),
]
LABELLED = [
    (
        "Northern Cup, final: Lindeby Owls 3, Tarrow Miners 2. Scorers: Venn 12, 58, Falk 71; Moss 40, 90.",
        "Northern Cup, final: Tarrow Miners 2, Lindeby Owls 3. Scorers: Venn 12, 58, Falk 71; Moss 40, 90.",
    ),
    (
        "Prime minister Ada Falk leaves Lindeby hospital.",
        "URGENT - Prime Minister Ada Falk leaves Lindeby hospital",
    ),
    (
        "Prime minister Ada Falk leaves Lindeby hospital.",
        "Prime minister Ada Falk leaves Lindeby hospital - Newswire",
    ),
    (
        "Bridge at Tarrow closed until 5 p.m. on Friday.",
        "FLASH: Bridge at Tarrow closed until 5 p.m. on Friday",
    ),
]


@pytest.mark.parametrize(("flash", "later"), FLASHES)
def test_a_word_or_a_score_of_a_flash_is_news(flash: str, later: str) -> None:
    feed = Feed()
    feed.say(flash, "first")
    assert feed.say(later, "second").relation in GOES_ON


@pytest.mark.parametrize(("flash", "again"), LABELLED)
def test_a_label_or_another_order_of_a_result_is_no_news(flash: str, again: str) -> None:
    feed = Feed()
    feed.say(flash, "first")
    assert feed.say(again, "second").relation not in GOES_ON


def test_a_filter_that_an_earlier_version_filled_makes_no_news_of_what_it_does_not_hold() -> None:
    feed = Feed()
    store = feed.collection._memory.facts
    read = store.read(facts_of(TITLE, REPORT, english_facts()))
    row = store.row(read)
    numbers = np.array(
        [[row.hashes & ~HAS_UNITS, row.run_rate, row.words, row.negations, row.sums]], np.int64
    )
    store.remember(0, row.bits[None, :], numbers, row.small)
    told = store.compare(store.read(facts_of(TITLE, changed("5 p.m.", "17:00"), english_facts())), 0)
    assert told is not None
    assert told.score <= 0
