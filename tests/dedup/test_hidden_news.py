"""News that little tells: in a line like a credit, in an order, in the headline alone, in one word said of many."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec import structs

from service.dedup.index.fact_filter import FILTER_WORDS, fact_key, fill, hashes_for, is_in
from service.records import Relation
from service.sketch.english_facts import english_facts
from service.sketch.fact_bits import F_FIGURE, F_HEADLINE, F_LISTED, HASH_BITS, KIND_SHIFT
from service.sketch.facts import facts_of
from tests.dedup.articles import a_story
from tests.dedup.test_updates import FLASH, STORY, Feed

NEWS_LIKE_CREDITS = [
    "By evening 41 bodies had been found, and the mayor had resigned.",
    "Staff say that 41 bodies were found at the gate.",
    "Reporting rules were broken when 41 people died, minister Emil Venn said.",
    "Photo evidence shows that Emil Venn stood at the gate.",
    "AP: Venn 51, Solheim 49",
    "(c) Emil Venn pays 41 million crowns.",
    "(c) Emil Venn was arrested in Tarrow over the blaze.",
    "© 41 bodies were found in Tarrow, and Emil Venn resigned.",
]
CREDITS = [
    "Reporting by Ola Nord; editing by Kari Lund; +44 20 7946 0123",
    "Editing by Kari Lund; 2 p.m.",
    "Additional reporting by Ola Nord in Tarrow",
    "By Ola Nord - May 3, 2021 5:37 pm",
    "Photo by Kari Lund/AP",
    "Copyright 2021 Tarrow Post",
    "Staff writer Ola Nord contributed to this report",
    "Image: @olanord / AFP",
    "© 2021 Tarrow Post Media Limited or its affiliated companies. All rights reserved.",
    "(c) 2021 Tarrow Post",
    "Editing: Kari Lund; newsroom +44 20 7946 0123",
    "By Ola Nord, Staff Writer - 12/05/2026 14:32",
]
DATELINES = [
    "BERLIN, 13. Mai (dpa) - ",
    "Ostby, 3. Dezember (dpa) - ",
    "MADRID, 3 Dic. (EUROPA PRESS) - ",
    "ROMA, 13 DIC - ",
    "OSTBY, 13.05.2026 (AFP) - ",
    "OSTBY, Tuesday 13 (AFP) - ",
    "OSTBY, May 14 (AFP) - ",
]
SCORES = ["Ostby Owls {} - Tarrow Miners 1. ", "Theresa May {} - Corbyn 49. ", "PM Venn {}, Solheim 49 - "]


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("line", NEWS_LIKE_CREDITS)
def test_news_in_a_line_like_a_credit_goes_on_though_all_the_rest_is_known(line: str, is_first: bool) -> None:
    feed = Feed()
    feed.say(STORY, "first")
    text = f"{line}\n\n{STORY}" if is_first else f"{STORY}\n\n{line}"
    assert feed.say(text, "second").relation is Relation.UPDATE


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("line", CREDITS)
def test_a_credit_is_no_news(line: str, is_first: bool) -> None:
    feed = Feed()
    feed.say(STORY, "first")
    text = f"{line}\n\n{STORY}" if is_first else f"{STORY}\n\n{line}"
    assert not feed.say(text, "second").goes_on


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_in_any_language_is_no_news(dateline: str) -> None:
    feed = Feed()
    feed.say(STORY, "first")
    assert not feed.say(dateline + STORY, "second").goes_on


@pytest.mark.parametrize("score", SCORES)
def test_a_score_before_a_dash_is_no_dateline(score: str) -> None:
    feed = Feed()
    feed.say(score.format(51) + STORY, "first")
    assert feed.say(score.format(48) + STORY, "second").relation is Relation.UPDATE


MATCH = (
    "In the match that the whole town came to see on Monday, the team of Harte beat that of Venn by 41 points to 17, "
    "the coach Ida Umber said."
)
ORDERS = {
    "who said it": MATCH.replace("Ida Umber said", "said Ida Umber"),
    "the day": MATCH.replace(" on Monday", "").replace("17, ", "17 on Monday, "),
}


@pytest.mark.parametrize("sentence", ORDERS.values(), ids=ORDERS)
def test_a_copy_may_put_words_of_a_sentence_elsewhere(sentence: str) -> None:
    feed = Feed()
    feed.say(f"{STORY}\n\n{MATCH}", "first")
    assert not feed.say(f"{STORY}\n\n{sentence}", "second").goes_on


HEADLINE = "Council sells land for new yard at Ostby"


@pytest.mark.parametrize(
    "title",
    ["Council never sells land for new yard at Ostby", "Council sells no land for new yard at Ostby"],
)
def test_a_headline_that_says_the_opposite_goes_on(title: str) -> None:
    feed = Feed()
    feed.say(STORY, "first", title)
    assert feed.say(STORY, "second", HEADLINE.upper()).relation is Relation.UPDATE
    assert not feed.say(STORY, "third", HEADLINE.title()).goes_on


@pytest.mark.parametrize("title", ["Land for yard at Ostby not withheld", HEADLINE.replace("sells", "sold")])
def test_another_headline_is_no_news(title: str) -> None:
    feed = Feed()
    feed.say(STORY, "first", HEADLINE)
    assert not feed.say(STORY, "second", title).goes_on


@pytest.mark.parametrize(("one", "other"), [("aye", "nay"), ("present", "absent"), ("open", "shut")])
def test_one_word_that_is_said_of_many_names_is_news(one: str, other: str) -> None:
    names = "Alder Birch Cedar Dorne Elder Farrow Grove Hazel Linden Maple".split()
    roll, turned = (", ".join(f"{name} {word}" for name in names) for word in (one, other))
    feed = Feed()
    feed.say(f"{STORY}\n\nThe clerk read out the roll as follows: {roll}.", "first")
    update = f"{STORY}\n\nThe clerk read out the roll as follows: {turned}."
    assert feed.say(update, "second").relation is Relation.UPDATE
    assert not feed.say(f"{update}\n\nReporting by Ola Nord", "third").goes_on


NEW_SPEAKERS = [
    "The yard's owner, Ida Umber, said that loading would stop at the same yard.",
    "Brekke gave no date, and the yard's owner said that loading would stop, Umber said.",
    "In 2019 a blaze at the same yard hurt two people, Umber said in Ostby.",
]


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("line", NEW_SPEAKERS)
def test_known_words_of_somebody_new_are_news(line: str, is_first: bool) -> None:
    feed, long = Feed(), f"{STORY}\n\n{a_story(200, seed=9)}"
    feed.say(long, "first")
    assert (
        feed.say(f"{line}\n\n{long}" if is_first else f"{long}\n\n{line}", "second").relation
        is Relation.UPDATE
    )


def test_a_copy_of_an_article_remembered_by_an_earlier_version_is_a_copy() -> None:
    text = f"{STORY}\n\nThe clerk read: Alder aye, Birch aye, Cedar aye, Dorne aye, Elder aye, Farrow aye."
    facts = facts_of(HEADLINE, text, english_facts())
    is_newer = np.isin(facts.features >> np.uint32(KIND_SHIFT), (F_LISTED, F_HEADLINE))
    feed = Feed()
    earlier = structs.replace(facts, features=facts.features[~is_newer])
    feed.decide(structs.replace(feed.read(text, "first", HEADLINE), facts=earlier))
    assert is_newer.sum() == 4
    assert feed.say(text, "second", HEADLINE).relation is Relation.EXACT


def test_a_flash_with_another_figure_is_an_update_of_the_first() -> None:
    feed = Feed()
    feed.say(FLASH, "first", FLASH)
    verdict = feed.say(FLASH.replace("3-1", "4-1"), "second", FLASH.replace("3-1", "4-1"))
    assert (verdict.relation, verdict.match_id, verdict.cluster_id) == (Relation.UPDATE, "first", "first")
    assert verdict.new_facts


def test_a_full_filter_takes_hardly_any_headline_for_known() -> None:
    dice = np.random.default_rng(3)
    facts = dice.integers(1 << HASH_BITS, size=400, dtype=np.uint32) | np.uint32(F_FIGURE << KIND_SHIFT)
    row, hashes = np.zeros(FILTER_WORDS, np.uint64), hashes_for(400, 400)
    keys = np.array([fact_key(fact) for fact in facts], np.uint64)
    fill(facts, keys, np.ones(400, np.bool_), hashes, row)

    def known(kind: int) -> int:
        asked = dice.integers(1 << HASH_BITS, size=20_000, dtype=np.uint32) | np.uint32(kind << KIND_SHIFT)
        return sum(is_in(row, one, np.uint64(fact_key(one)), hashes) for one in asked)

    assert known(F_HEADLINE) < known(F_FIGURE) / 20
